//! Who waits for whom, in the region Tasks: the graph that `scene::waits` lays out. Lines are drawn, nodes are plain
//! elements above them, so that text flows, is found and is read aloud.

use yew::prelude::*;

use super::sends;
use crate::scene::threads::Activity;
use crate::scene::waits::{Edge, Node, NodeKind, WaitGraph};
use crate::sim::event::TaskId;
use crate::ui::state::{Action, Dispatch};

/// Size of a node, and what lies between nodes, in pixels.
const WIDTH: usize = 132;
const HEIGHT: usize = 38;
const ACROSS: usize = 24;
const DOWN: usize = 14;
/// Room around the graph, for outlines and for edges that lead back.
const MARGIN: usize = 6;

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
        graph.rows * (HEIGHT + DOWN) - DOWN + 2 * MARGIN,
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
        MARGIN + node.row * (HEIGHT + DOWN),
    )
}

/// An edge from who waits to what is waited for.
fn line(graph: &WaitGraph, edge: &Edge) -> Option<Html> {
    let (from, to) = (graph.nodes.get(edge.from)?, graph.nodes.get(edge.to)?);
    let (way, head) = match (from.column, to.column) {
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
    (way, format!("M{end} {} l-6 4 l6 4 z", y2 - 4))
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
