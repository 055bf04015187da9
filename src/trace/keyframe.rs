//! Snapshots of something that grows: bounded in number, evenly spread however long it gets.

/// Snapshots in ascending order of their keys. When there are too many, every other one is dropped and later ones
/// are taken half as often, so that the way from any key back to a snapshot stays a fixed part of the whole.
#[derive(Clone, Debug)]
pub struct Keyframes<T> {
    frames: Vec<(u64, T)>,
    stride: u64,
    /// The largest distance that was allowed so far.
    widest: u64,
    limit: usize,
}

impl<T> Keyframes<T> {
    /// No snapshots yet; the first ones will be `stride` apart, and there will never be more than `limit`.
    pub fn new(stride: u64, limit: usize) -> Self {
        Self {
            frames: Vec::new(),
            stride: stride.max(1),
            widest: stride.max(1),
            limit: limit.max(2),
        }
    }

    /// Takes a snapshot if the last one is far enough behind. `worth` is the distance in which as much is done as the
    /// snapshot costs to take: large things are not taken more often than that.
    pub fn offer(&mut self, key: u64, worth: u64, snapshot: impl FnOnce() -> T) {
        let distance = self.stride.max(worth);
        let last = self.frames.last().map(|(key, _)| *key);
        if last.is_some_and(|last| key < last.saturating_add(distance)) {
            self.widest = self.widest.max(distance);
            return;
        }
        if self.frames.len() == self.limit {
            self.thin();
        }
        self.frames.push((key, snapshot()));
    }

    /// The last snapshot for which `before` holds; it must hold for a first part of them.
    pub fn last_where(&self, before: impl Fn(u64, &T) -> bool) -> Option<(u64, &T)> {
        let end = self
            .frames
            .partition_point(|(key, frame)| before(*key, frame));
        let (key, frame) = self.frames.get(end.checked_sub(1)?)?;
        Some((*key, frame))
    }

    /// The largest distance between snapshots, which bounds the work of going back to one.
    pub fn widest(&self) -> u64 {
        self.widest
    }

    /// How many snapshots there are.
    pub fn len(&self) -> usize {
        self.frames.len()
    }

    /// Whether there is no snapshot.
    pub fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    fn thin(&mut self) {
        let mut nth = 0;
        self.frames.retain(|_| {
            nth += 1;
            nth % 2 == 1
        });
        self.stride = self.stride.saturating_mul(2);
        self.widest = self.widest.max(self.stride);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_never_too_many_and_never_too_few() {
        let mut frames = Keyframes::new(10, 8);
        for key in 0..100_000 {
            frames.offer(key, key / 1000, || key);
            assert!(frames.len() <= 8);
            let (nearest, frame) = frames.last_where(|at, _| at <= key).unwrap();
            assert_eq!(nearest, *frame);
            assert!(key - nearest < frames.widest());
        }
        assert!(frames.widest() < 100_000 / 2);
    }
}
