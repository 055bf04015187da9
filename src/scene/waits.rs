//! Who waits for whom, as a graph: tasks and blocked threads on the left, what each waits for to the right of it.
//!
//! Tasks that do the same at the same place become one node as soon as there are many, so that ten thousand of them
//! are still a picture.

mod build;
mod layout;
mod threads;

use super::names::{Hue, View};
use super::tasks::Stage;
use super::threads::Activity;
use crate::sim::event::TaskId;

/// A picture has at most this many nodes.
const NODE_LIMIT: usize = 80;

/// The graph, drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WaitGraph {
    /// Its nodes.
    pub nodes: Vec<Node>,
    /// Its edges, by indexes of nodes.
    pub edges: Vec<Edge>,
    /// How many columns it has.
    pub columns: usize,
    /// How many rows it has.
    pub rows: usize,
    /// How many tasks and threads are left out.
    pub more: usize,
}

/// A node: who waits, or what is waited for.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Stable from step to step.
    pub id: String,
    /// What it is.
    pub kind: NodeKind,
    /// Its name.
    pub label: String,
    /// More about it: a place, a time.
    pub detail: String,
    /// Its hue.
    pub hue: Hue,
    /// Its column, from the left.
    pub column: usize,
    /// Its row, from the top.
    pub row: usize,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// A task.
    Task(TaskId, Stage),
    /// Tasks that all do the same.
    Tasks(Stage),
    /// A thread that is blocked, or that others wait for.
    Thread(Activity),
    /// What is waited for: a future, a timer, a lock …
    Thing,
}

/// An edge: the first waits for the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Who waits.
    pub from: usize,
    /// For what.
    pub to: usize,
    /// Whether it is part of a circle of waits.
    pub circular: bool,
}

/// Draws the graph.
pub fn graph(view: View) -> WaitGraph {
    let mut graph = build::graph(view);
    layout::arrange(&mut graph);
    graph
}
