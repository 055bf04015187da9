//! Finding a task or a thread by its name, where there are too many to look through.

use super::names::View;
use super::timeline::LaneId;

/// How well a name fits what is looked for, the best last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Contains,
    Begins,
    Is,
}

/// The task or thread whose name fits best; the first one of several. The view is at the end of what is recorded.
pub fn lane(view: View, name: &str) -> Option<LaneId> {
    let sought = name.trim().to_lowercase();
    let model = view.model;
    let tasks = model.tasks.values();
    let tasks = tasks.map(|task| (LaneId::Task(task.id), view.task_name(task.id)));
    let threads = model.threads.values();
    let threads = threads.map(|thread| (LaneId::Thread(thread.id), view.thread_name(thread.id)));
    let mut best: Option<(Fit, LaneId)> = None;
    for (lane, name) in tasks.chain(threads) {
        let fit = fit(&name.to_lowercase(), &sought);
        if let Some(fit) = fit.filter(|fit| best.is_none_or(|(before, _)| *fit > before)) {
            best = Some((fit, lane));
        }
    }
    best.map(|(_, lane)| lane)
}

fn fit(name: &str, sought: &str) -> Option<Fit> {
    match sought {
        "" => None,
        sought if name == sought => Some(Fit::Is),
        sought if name.starts_with(sought) => Some(Fit::Begins),
        sought if name.contains(sought) => Some(Fit::Contains),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_name_fits_better_than_a_part_of_it() {
        assert_eq!(fit("task-1", "task-1"), Some(Fit::Is));
        assert!(fit("task-1", "task-1") > fit("task-10", "task-1"));
        assert!(fit("task-10", "task") > fit("my task", "task"));
        assert_eq!(fit("task-1", ""), None);
        assert_eq!(fit("task-1", "other"), None);
    }
}
