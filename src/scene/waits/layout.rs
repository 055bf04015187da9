//! Places for the nodes of the graph of waits: a column behind whoever waits for it, a row beside it.

use super::WaitGraph;
use std::collections::BTreeSet;

/// Gives every node a column and a row, and marks the edges of circles.
pub fn arrange(graph: &mut WaitGraph) {
    let closing = closing_edges(graph);
    let (forward, back): (Vec<Way>, Vec<Way>) = graph
        .edges
        .iter()
        .map(|edge| (edge.from, edge.to))
        .partition(|way| !closing.contains(way));
    set_columns(graph, &forward);
    set_rows(graph, &forward);
    if !back.is_empty() {
        mark_circles(graph);
    }
    for (from, to) in back {
        bend_circle(graph, &way(graph, &forward, to, from));
    }
    let size =
        |of: fn(&super::Node) -> usize| graph.nodes.iter().map(of).max().map_or(0, |last| last + 1);
    (graph.columns, graph.rows) = (size(|node| node.column), size(|node| node.row));
}

/// An edge, from one node to another.
type Way = (usize, usize);

/// The edges that lead back to a node from which they were reached, without which there are no circles.
fn closing_edges(graph: &WaitGraph) -> BTreeSet<Way> {
    #[derive(Clone, Copy, PartialEq)]
    enum Visit {
        Not,
        Open,
        Over,
    }
    let mut closing = BTreeSet::new();
    let mut visits = vec![Visit::Not; graph.nodes.len()];
    for start in 0..graph.nodes.len() {
        // A node on the stack, and the edge to follow next.
        let mut stack = vec![(start, 0)];
        while let Some((node, next)) = stack.pop() {
            if next == 0 && visits[node] == Visit::Over {
                continue;
            }
            visits[node] = Visit::Open;
            let found = (next..graph.edges.len()).find(|&edge| graph.edges[edge].from == node);
            let Some(edge) = found else {
                visits[node] = Visit::Over;
                continue;
            };
            stack.push((node, edge + 1));
            let to = graph.edges[edge].to;
            match visits[to] {
                Visit::Open => {
                    closing.insert((node, to));
                }
                Visit::Not => stack.push((to, 0)),
                Visit::Over => {}
            }
        }
    }
    closing
}

/// An edge is part of a circle if a way leads back from its end to its beginning.
fn mark_circles(graph: &mut WaitGraph) {
    let edges: Vec<Way> = graph
        .edges
        .iter()
        .map(|edge| (edge.from, edge.to))
        .collect();
    let leads = |from: usize, to: usize| {
        let mut seen = BTreeSet::from([from]);
        let mut open = vec![from];
        while let Some(node) = open.pop() {
            let next = edges.iter().filter(|(from, _)| *from == node);
            open.extend(next.map(|&(_, to)| to).filter(|&to| seen.insert(to)));
        }
        seen.contains(&to)
    };
    for edge in &mut graph.edges {
        edge.circular = leads(edge.to, edge.from);
    }
}

/// A node's column is the longest way to it.
fn set_columns(graph: &mut WaitGraph, forward: &[Way]) {
    let mut changed = true;
    while changed {
        changed = false;
        for &(from, to) in forward {
            let column = graph.nodes[from].column + 1;
            let to = &mut graph.nodes[to];
            if to.column < column {
                to.column = column;
                changed = true;
            }
        }
    }
}

/// A node stands beside the first of those that it waits for; each of the others takes a row of its own below.
fn set_rows(graph: &mut WaitGraph, forward: &[Way]) {
    let mut waited = vec![false; graph.nodes.len()];
    for &(_, to) in forward {
        waited[to] = true;
    }
    let mut rows = Rows {
        placed: vec![false; graph.nodes.len()],
        free: 0,
    };
    for root in (0..graph.nodes.len()).filter(|&node| !waited[node]) {
        rows.place(graph, forward, root);
        rows.free += 1;
    }
}

/// Rows given so far.
struct Rows {
    placed: Vec<bool>,
    free: usize,
}

impl Rows {
    /// Places a node in the free row, and what it waits for beside and below; leaves the last row used as the free one.
    /// The depth is bounded by the number of nodes of a picture.
    fn place(&mut self, graph: &mut WaitGraph, forward: &[Way], node: usize) {
        self.placed[node] = true;
        graph.nodes[node].row = self.free;
        let next = forward.iter().filter(|(from, _)| *from == node);
        let mut first = true;
        for &(_, to) in next {
            if !self.placed[to] {
                self.free += usize::from(!std::mem::take(&mut first));
                self.place(graph, forward, to);
            }
        }
    }
}

/// Bends a long circle, so that it is seen as such: the second half of its nodes comes back in a row below the first half.
fn bend_circle(graph: &mut WaitGraph, circle: &[usize]) {
    let row = circle.first().map(|&node| graph.nodes[node].row);
    let level = circle
        .iter()
        .all(|&node| Some(graph.nodes[node].row) == row);
    if circle.len() > 2 && level {
        bend(graph, circle);
    }
}

/// The nodes on the way from one to another, both included; empty if none leads there.
fn way(graph: &WaitGraph, forward: &[Way], from: usize, to: usize) -> Vec<usize> {
    let mut way = vec![from];
    while let Some(&last) = way.last().filter(|&&last| last != to) {
        let next = forward.iter().find(|(from, _)| *from == last);
        match next {
            Some(&(_, to)) if way.len() < graph.nodes.len() => way.push(to),
            _ => return Vec::new(),
        }
    }
    way
}

fn bend(graph: &mut WaitGraph, circle: &[usize]) {
    let (upper, lower) = circle.split_at(circle.len().div_ceil(2));
    let row = graph.nodes[circle[0]].row;
    for node in graph.nodes.iter_mut().filter(|node| node.row > row) {
        node.row += 1;
    }
    for (&above, &node) in upper.iter().rev().zip(lower) {
        graph.nodes[node].column = graph.nodes[above].column;
        graph.nodes[node].row = row + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::waits::{Edge, Node, NodeKind};

    fn arranged(nodes: usize, edges: &[(usize, usize)]) -> WaitGraph {
        let node = |number: usize| Node {
            id: number.to_string(),
            kind: NodeKind::Thing,
            label: String::new(),
            detail: String::new(),
            hue: 0,
            column: 0,
            row: 0,
        };
        let edge = |&(from, to): &(usize, usize)| Edge {
            from,
            to,
            circular: false,
        };
        let mut graph = WaitGraph {
            nodes: (0..nodes).map(node).collect(),
            edges: edges.iter().map(edge).collect(),
            ..WaitGraph::default()
        };
        arrange(&mut graph);
        graph
    }

    #[test]
    fn what_is_waited_for_stands_behind_and_no_two_share_a_place() {
        let graph = arranged(6, &[(0, 1), (1, 2), (1, 3), (4, 3), (5, 3)]);
        let columns: Vec<usize> = graph.nodes.iter().map(|node| node.column).collect();
        assert_eq!(columns, [0, 1, 2, 2, 0, 0]);
        let mut places: Vec<_> = graph
            .nodes
            .iter()
            .map(|node| (node.column, node.row))
            .collect();
        places.sort();
        places.dedup();
        assert_eq!(places.len(), 6);
        assert_eq!((graph.columns, graph.rows), (3, 4));
    }

    #[test]
    fn a_long_circle_comes_back_below() {
        let graph = arranged(5, &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 1)]);
        let places: Vec<_> = graph
            .nodes
            .iter()
            .map(|node| (node.column, node.row))
            .collect();
        assert_eq!(places, [(0, 0), (1, 0), (2, 0), (2, 1), (1, 1)]);
        let circular: Vec<bool> = graph.edges.iter().map(|edge| edge.circular).collect();
        assert_eq!(circular, [false, true, true, true, true]);
    }

    #[test]
    fn a_circle_is_marked_and_does_not_push_its_nodes_apart() {
        let graph = arranged(2, &[(0, 1), (1, 0)]);
        let circular: Vec<bool> = graph.edges.iter().map(|edge| edge.circular).collect();
        assert_eq!(circular, [true, true]);
        assert_eq!(graph.columns, 2);
    }
}
