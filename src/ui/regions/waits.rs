//! Who waits for whom, in the region Tasks: the graph that `scene::waits` lays out. Lines are drawn, nodes are plain
//! elements above them, so that text flows, is found and is read aloud.

use yew::prelude::*;

use super::sends;
use crate::scene::threads::Activity;
use crate::scene::waits::{Edge, Node, NodeKind, WaitGraph};
use crate::sim::event::TaskId;
use crate::ui::state::{Action, Dispatch};

/// Size of a node, and what lies between nodes, in pixels.
const WIDTH: usize = 120;
const HEIGHT: usize = 38;
const ACROSS: usize = 22;
const DOWN: usize = 14;
/// Room beside the graph, for outlines and for edges that lead back, and above it, for edges that lead past boxes.
const MARGIN: usize = 6;
const ABOVE: usize = 9;

/// What the graph shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The graph.
    pub graph: WaitGraph,
    /// The task that is followed.
    pub followed: Option<TaskId>,
}

/// The graph.
#[component]
pub fn Waits(props: &Props) -> Html {
    let dispatch = use_context::<Dispatch>();
    let graph = &props.graph;
    if graph.nodes.is_empty() {
        return html! { <p class="empty">{ "Nobody waits." }</p> };
    }
    let (width, height) = (
        graph.columns * (WIDTH + ACROSS) - ACROSS + 2 * MARGIN,
        // An edge may lead back below the last row.
        graph.rows * (HEIGHT + DOWN) + ABOVE,
    );
    html! {
        <div class="waits" tabindex="0" role="group" aria-label="Who waits for whom">
            <svg width={width.to_string()} height={height.to_string()}>
                { for graph.edges.iter().filter_map(|edge| line(graph, edge)) }
                { for graph.nodes.iter().map(|node| place(graph, node, props.followed, &dispatch)) }
            </svg>
            if graph.more > 0 {
                <p class="more">{ super::more(graph.more) }</p>
            }
        </div>
    }
}

fn corner(node: &Node) -> (usize, usize) {
    (
        MARGIN + node.column * (WIDTH + ACROSS),
        ABOVE + node.row * (HEIGHT + DOWN),
    )
}

/// An edge from who waits to what is waited for.
fn line(graph: &WaitGraph, edge: &Edge) -> Option<Html> {
    let (from, to) = (graph.nodes.get(edge.from)?, graph.nodes.get(edge.to)?);
    let (way, head) = match (from.column, to.column) {
        (one, other) if one.abs_diff(other) > 1 => detour(from, to),
        (left, right) if left < right => rightwards(from, to),
        (one, other) if one == other => upright(from, to),
        _ if from.row == to.row && is_mutual(graph, edge) => around(from, to),
        _ => leftwards(from, to),
    };
    let class = classes!(
        "edge",
        format!("hue-{}", from.hue),
        edge.circular.then_some("circular")
    );
    Some(html! {
        <g key={format!("{}>{}", from.id, to.id)} {class}>
            <path class="way" d={way} />
            <path class="head" d={head} />
        </g>
    })
}

fn is_mutual(graph: &WaitGraph, edge: &Edge) -> bool {
    let mut edges = graph.edges.iter();
    edges.any(|other| (other.from, other.to) == (edge.to, edge.from))
}

/// The tip of an arrow to the right.
fn tip_right(x: usize, y: usize) -> String {
    format!("M{} {} l6 4 l-6 4 z", x.saturating_sub(6), y - 4)
}

/// The tip of an arrow to the left, which ends six pixels before this place.
fn tip_left(x: usize, y: usize) -> String {
    format!("M{x} {} l-6 4 l6 4 z", y - 4)
}

/// From the right side of who waits to the left side of what is waited for.
fn rightwards(from: &Node, to: &Node) -> (String, String) {
    let ((x1, y1), (x2, y2)) = (corner(from), corner(to));
    let (x1, y1, y2) = (x1 + WIDTH, y1 + HEIGHT / 2, y2 + HEIGHT / 2);
    let (bend, end) = (ACROSS / 2, x2.saturating_sub(6));
    let way = format!(
        "M{x1} {y1} C{} {y1} {} {y2} {end} {y2}",
        x1 + bend,
        x2.saturating_sub(bend)
    );
    (way, tip_right(x2, y2))
}

/// Past the boxes of the columns between: in the gap beside the row of what is waited for.
fn detour(from: &Node, to: &Node) -> (String, String) {
    let ((x1, y1), (x2, y2)) = (corner(from), corner(to));
    let gap = match to.row >= from.row {
        true => y2.saturating_sub(DOWN / 2),
        false => y2 + HEIGHT + DOWN / 2,
    };
    let (y1, y2) = (y1 + HEIGHT / 2, y2 + HEIGHT / 2);
    let bend = ACROSS / 2;
    let (start, out, along, until, into, end, head) = match from.column < to.column {
        true => {
            let start = x1 + WIDTH;
            let (into, end) = (x2.saturating_sub(bend), x2.saturating_sub(6));
            let until = x2.saturating_sub(ACROSS);
            let head = tip_right(x2, y2);
            (start, start + bend, start + ACROSS, until, into, end, head)
        }
        false => {
            let (out, along) = (x1.saturating_sub(bend), x1.saturating_sub(ACROSS));
            let end = x2 + WIDTH;
            let (until, into) = (end + ACROSS, end + bend);
            (x1, out, along, until, into, end + 6, tip_left(end + 6, y2))
        }
    };
    let way = format!(
        "M{start} {y1} C{out} {y1} {out} {gap} {along} {gap} L{until} {gap} C{into} {gap} {into} {y2} {end} {y2}"
    );
    (way, head)
}

/// Straight down, or up.
fn upright(from: &Node, to: &Node) -> (String, String) {
    let ((x, y1), (_, y2)) = (corner(from), corner(to));
    let x = x + WIDTH / 2;
    match y1 < y2 {
        true => (
            format!("M{x} {} V{}", y1 + HEIGHT, y2 - 5),
            format!("M{} {} l4 6 l4 -6 z", x - 4, y2 - 6),
        ),
        false => (
            format!("M{x} {y1} V{}", y2 + HEIGHT + 5),
            format!("M{} {} l4 -6 l4 6 z", x - 4, y2 + HEIGHT + 6),
        ),
    }
}

/// From the left side of who waits back to the right side of what is waited for.
fn leftwards(from: &Node, to: &Node) -> (String, String) {
    let ((x1, y1), (x2, y2)) = (corner(from), corner(to));
    let (x2, y1, y2) = (x2 + WIDTH, y1 + HEIGHT / 2, y2 + HEIGHT / 2);
    let (bend, end) = (ACROSS / 2, x2 + 6);
    let way = format!(
        "M{x1} {y1} C{} {y1} {} {y2} {end} {y2}",
        x1.saturating_sub(bend),
        x2 + bend
    );
    (way, tip_left(end, y2))
}

/// Back to who waits for it in its turn: around below both.
fn around(from: &Node, to: &Node) -> (String, String) {
    let ((x1, y1), (x2, y2)) = (corner(from), corner(to));
    let (x1, y1, y2) = (x1 + WIDTH, y1 + HEIGHT / 2, y2 + HEIGHT / 2);
    let (bend, end) = (ACROSS / 2, x2.saturating_sub(6));
    let below = y1.max(y2) + HEIGHT / 2 + DOWN / 2;
    let (right, left) = (x1 + bend, x2.saturating_sub(bend));
    let way = format!(
        "M{x1} {y1} C{right} {y1} {right} {below} {} {below} L{} {below} C{left} {below} {left} {y2} {end} {y2}",
        x1 - WIDTH / 2,
        x2 + WIDTH / 2,
    );
    (way, tip_right(x2, y2))
}

fn place(
    graph: &WaitGraph,
    node: &Node,
    followed: Option<TaskId>,
    dispatch: &Option<Dispatch>,
) -> Html {
    let (x, y) = corner(node);
    let size = (WIDTH.to_string(), HEIGHT.to_string());
    html! {
        <foreignObject key={node.id.clone()} x={x.to_string()} y={y.to_string()} width={size.0} height={size.1}>
            <div xmlns="http://www.w3.org/1999/xhtml" class={format!("wait hue-{}", node.hue)} data-form={form(node)}
                data-followed={is_followed(node, followed).then_some("")} title={format!("{} {}", node.label, node.detail)}>
                { name(node, followed, dispatch) }
                <span class="detail">{ &node.detail }</span>
                <span class="unseen">{ waits_for(graph, node) }</span>
            </div>
        </foreignObject>
    }
}

fn form(node: &Node) -> &'static str {
    match node.kind {
        NodeKind::Task(_, stage) | NodeKind::Tasks(stage) => stage.word(),
        NodeKind::Thread(Activity::Running) => "running",
        NodeKind::Thread(Activity::Runnable) => "ready",
        NodeKind::Thread(Activity::Blocked | Activity::Ended) => "thread",
        NodeKind::Thing => "thing",
    }
}

fn is_followed(node: &Node, followed: Option<TaskId>) -> bool {
    matches!(node.kind, NodeKind::Task(id, _) if followed == Some(id))
}

fn name(node: &Node, followed: Option<TaskId>, dispatch: &Option<Dispatch>) -> Html {
    match node.kind {
        NodeKind::Task(id, _) => html! {
            <button class="name" aria-pressed={is_followed(node, followed).to_string()}
                onclick={sends(dispatch, Action::Follow(id))}>{ &node.label }</button>
        },
        _ => html! { <b class="name">{ &node.label }</b> },
    }
}

/// For those who do not see the lines.
fn waits_for(graph: &WaitGraph, node: &Node) -> String {
    let names: Vec<&str> = graph
        .edges
        .iter()
        .filter(|edge| {
            graph
                .nodes
                .get(edge.from)
                .is_some_and(|from| from.id == node.id)
        })
        .filter_map(|edge| graph.nodes.get(edge.to))
        .map(|to| to.label.as_str())
        .collect();
    match names.is_empty() {
        true => String::new(),
        false => format!(" waits for {}", names.join(", ")),
    }
}
