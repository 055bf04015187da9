//! The events of a run in few bytes: what did not change since the event before is left out, and numbers take as many
//! bytes as they need. A run has millions of events, and a page has to keep them all.

use super::event::{Event, Instant, Kind, TaskId};
use super::packing::{Buffer, Pack, Scratch};

/// Every so many events there is a mark to begin decoding at.
const STRIDE: usize = 32;

/// So many events lie in one piece of memory. A single one for all would have to be copied whenever it is full, and
/// most of the memory of a long run is that of its events.
const CHUNK: usize = 128 * STRIDE;

/// An append-only list of events. Going over it is cheap; picking one decodes up to [`STRIDE`] of them.
#[derive(Clone, Debug, Default)]
pub struct Events {
    chunks: Vec<Chunk>,
    len: usize,
    last: Head,
    scratch: Scratch,
    /// Those that were appended since they were asked for last, as they were given: taking them is cheaper than decoding
    /// them. None where nobody asks.
    fresh: Option<Vec<Event>>,
}

/// When and where an event happened.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Head {
    /// The instant of the virtual clock.
    pub at: Instant,
    /// Number of the running thread.
    pub thread: u16,
    /// Line of its innermost user frame.
    pub line: u32,
    /// One more than the number of the task that runs on its loop; 0 when there is none.
    pub task: u32,
}

impl Head {
    /// [`Head::task`] for a task.
    pub fn number_of(task: Option<TaskId>) -> u32 {
        task.map_or(0, |task| task.0.wrapping_add(1))
    }

    /// Appends what is not as it was in the event before, and takes its place.
    fn pack_after(self, last: &mut Self, packed: &mut Buffer) {
        let last = std::mem::replace(last, self);
        let (first, mut flags) = (packed.reserve(), 0);
        if self.at != last.at {
            flags |= AT;
            // Time moves forwards, except in traces that somebody wrote by hand.
            self.at.ns.wrapping_sub(last.at.ns).pack(packed);
            self.at.hop.pack(packed);
        }
        if self.thread != last.thread {
            flags |= THREAD;
            self.thread.pack(packed);
        }
        if self.line != last.line {
            flags |= LINE;
            self.line.pack(packed);
        }
        if self.task != last.task {
            flags |= TASK;
            self.task.pack(packed);
        }
        packed.fill(first, flags);
    }

    /// The event of this kind.
    #[inline]
    fn with(self, kind: Kind) -> Event {
        Event {
            at: self.at,
            thread: self.thread,
            line: self.line,
            task: self.task.checked_sub(1).map(TaskId),
            kind,
        }
    }
}

/// [`CHUNK`] events, or fewer at the end.
#[derive(Clone, Debug, Default)]
struct Chunk {
    bytes: Vec<u8>,
    marks: Vec<Mark>,
}

/// Where to begin decoding.
#[derive(Clone, Copy, Debug)]
struct Mark {
    /// Offset of the first byte in its chunk.
    offset: u32,
    /// The head of the event before.
    head: Head,
}

/// What differs from the head of the event before, as bits of the first byte of an event.
const AT: u8 = 1;
const THREAD: u8 = 2;
const LINE: u8 = 4;
const TASK: u8 = 8;

impl Events {
    /// Appends an event.
    pub fn push(&mut self, event: Event) {
        let head = Head {
            at: event.at,
            thread: event.thread,
            line: event.line,
            task: Head::number_of(event.task),
        };
        self.append(head, event.kind);
    }

    /// Appends an event, given in two parts. Inlined, so that each place packs the one kind of event that it writes.
    #[inline(always)]
    pub(super) fn append(&mut self, head: Head, kind: Kind) {
        self.pack(head, kind);
        if let Some(fresh) = &mut self.fresh {
            keep(fresh, head.with(kind));
        }
    }

    #[inline(always)]
    fn pack(&mut self, head: Head, kind: Kind) {
        if self.len.is_multiple_of(STRIDE) {
            self.mark();
        }
        self.len += 1;
        let mut packed = Buffer::new(&mut self.scratch);
        // Most events happen where the one before did.
        match head == self.last {
            true => packed.push(0),
            false => head.pack_after(&mut self.last, &mut packed),
        }
        kind.pack(&mut packed);
        if let Some(chunk) = self.chunks.last_mut() {
            packed.append_to(&mut chunk.bytes);
        }
    }

    /// From now on, those that are appended are kept for [`Events::take_fresh`].
    pub fn follow(&mut self) {
        self.fresh.get_or_insert_default();
    }

    /// Those that were appended since the last time, if they are followed. They may be given back with
    /// [`Events::return_fresh`].
    pub fn take_fresh(&mut self) -> Option<Vec<Event>> {
        self.fresh.as_mut().map(std::mem::take)
    }

    /// Gives the memory of those that were taken back, to be used for the next ones.
    pub fn return_fresh(&mut self, mut taken: Vec<Event>) {
        taken.clear();
        self.fresh = Some(taken);
    }

    #[cold]
    fn mark(&mut self) {
        if self.chunks.len() == self.len / CHUNK {
            self.chunks.push(Chunk::after(self.chunks.last()));
        }
        if let Some(chunk) = self.chunks.last_mut() {
            chunk.marks.push(Mark {
                offset: chunk.bytes.len() as u32,
                head: self.last,
            });
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many bytes they take.
    pub fn size(&self) -> usize {
        let size = |chunk: &Chunk| chunk.bytes.len() + chunk.marks.len() * size_of::<Mark>();
        self.chunks.iter().map(size).sum()
    }

    /// The event with an index.
    pub fn get(&self, index: usize) -> Option<Event> {
        self.from(index).next()
    }

    /// The last one.
    pub fn last(&self) -> Option<Event> {
        self.get(self.len.checked_sub(1)?)
    }

    /// All of them, in order.
    pub fn iter(&self) -> Iter<'_> {
        self.from(0)
    }

    /// Those from an index on.
    pub fn from(&self, index: usize) -> Iter<'_> {
        let chunks = self.chunks.get(index / CHUNK..).unwrap_or_default();
        let place = chunks.split_first().filter(|_| index < self.len);
        let place = place.and_then(|(chunk, rest)| {
            let mark = chunk.marks.get(index % CHUNK / STRIDE)?;
            Some((mark, chunk.bytes.get(mark.offset as usize..)?, rest))
        });
        let Some((mark, bytes, rest)) = place else {
            return Iter {
                bytes: &[],
                rest: &[],
                head: self.last,
                left: 0,
            };
        };
        let begin = index - index % STRIDE;
        let mut iter = Iter {
            bytes,
            rest,
            head: mark.head,
            left: self.len - begin,
        };
        for _ in begin..index {
            iter.next();
        }
        iter
    }

    /// The last one for which something holds, if it is the case for any.
    pub fn rfind(&self, mut wanted: impl FnMut(&Event) -> bool) -> Option<Event> {
        let blocks = (0..self.len.div_ceil(STRIDE)).rev();
        let within = |block: usize| self.from(block * STRIDE).take(STRIDE);
        { blocks }.find_map(|block| within(block).filter(|event| wanted(event)).last())
    }

    /// The index of the last one before `end` for which something holds, if it is the case for any.
    pub fn rposition(&self, end: usize, wanted: impl Fn(&Event) -> bool) -> Option<usize> {
        let end = end.min(self.len);
        let mut blocks = (0..end.div_ceil(STRIDE)).rev();
        blocks.find_map(|block| {
            let begin = block * STRIDE;
            let within = self.from(begin).take(STRIDE.min(end - begin));
            let found = within.enumerate().filter(|(_, event)| wanted(event)).last();
            found.map(|(offset, _)| begin + offset)
        })
    }

    /// The index of the first one for which something does not hold that holds for a first part of them.
    pub fn partition_point(&self, mut before: impl FnMut(&Event) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len);
        while low < high {
            let middle = (low + high) / 2;
            match self.get(middle).is_some_and(|event| before(&event)) {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        low
    }

    /// Takes everything out, and keeps a little memory for what comes next.
    pub fn clear(&mut self) {
        self.chunks.truncate(1);
        for chunk in &mut self.chunks {
            chunk.bytes.clear();
            chunk.marks.clear();
        }
        (self.len, self.last) = (0, Head::default());
    }
}

impl Chunk {
    /// An empty one, with a little more memory than the one before has needed.
    fn after(before: Option<&Self>) -> Self {
        let needed = before.map_or((0, 0), |it| (it.bytes.len(), it.marks.len()));
        Self {
            bytes: Vec::with_capacity(needed.0 + needed.0 / 8),
            marks: Vec::with_capacity(needed.1),
        }
    }
}

#[inline(never)]
fn keep(fresh: &mut Vec<Event>, event: Event) {
    fresh.push(event);
}

impl PartialEq for Events {
    fn eq(&self, other: &Self) -> bool {
        let same = |(ours, theirs): (&Chunk, &Chunk)| ours.bytes == theirs.bytes;
        self.len == other.len && self.chunks.iter().zip(&other.chunks).all(same)
    }
}

impl Extend<Event> for Events {
    fn extend<I: IntoIterator<Item = Event>>(&mut self, events: I) {
        events.into_iter().for_each(|event| self.push(event));
    }
}

impl FromIterator<Event> for Events {
    fn from_iter<I: IntoIterator<Item = Event>>(events: I) -> Self {
        let mut all = Self::default();
        all.extend(events);
        all
    }
}

impl<'a> IntoIterator for &'a Events {
    type Item = Event;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// Goes over events, decoding each.
#[derive(Clone, Debug)]
pub struct Iter<'a> {
    bytes: &'a [u8],
    /// The chunks behind the one that these bytes are of.
    rest: &'a [Chunk],
    head: Head,
    left: usize,
}

impl Iter<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(first)
    }

    fn number(&mut self) -> Option<u64> {
        u64::unpack(&mut self.bytes)
    }

    fn take_head(&mut self) -> Option<()> {
        let flags = self.byte()?;
        if flags & AT != 0 {
            self.head.at.ns = self.head.at.ns.wrapping_add(self.number()?);
            self.head.at.hop = self.number()? as u32;
        }
        if flags & THREAD != 0 {
            self.head.thread = self.number()? as u16;
        }
        if flags & LINE != 0 {
            self.head.line = self.number()? as u32;
        }
        if flags & TASK != 0 {
            self.head.task = self.number()? as u32;
        }
        Some(())
    }
}

impl Iterator for Iter<'_> {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        self.left = self.left.checked_sub(1)?;
        if self.bytes.is_empty() {
            let (next, rest) = self.rest.split_first()?;
            (self.bytes, self.rest) = (&next.bytes, rest);
        }
        self.take_head()?;
        let kind = Kind::unpack(&mut self.bytes)?;
        Some(self.head.with(kind))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Iter<'_> {}

#[cfg(test)]
mod tests {
    use super::super::event::{HandleId, Kind, LoopId, Seconds, Text};
    use super::*;

    fn event(n: u32) -> Event {
        let kind = match n % 3 {
            0 => Kind::RunEnd {
                handle: HandleId(n),
                loop_: LoopId(1),
            },
            1 => Kind::CallAt {
                handle: HandleId(u32::MAX),
                callback: Text(u32::MAX),
                when: Seconds(f64::NEG_INFINITY),
                loop_: LoopId(u32::MAX),
            },
            _ => Kind::Sleep {
                secs: Seconds(f64::from(n) / 7.0),
            },
        };
        Event {
            at: Instant {
                ns: u64::from(n / 50) * 1_000_000_007,
                hop: n / 50,
            },
            thread: (n / 40) as u16,
            line: n / 5,
            task: (!n.is_multiple_of(4)).then_some(TaskId(n / 7)),
            kind,
        }
    }

    #[test]
    fn what_goes_in_comes_out() {
        const COUNT: usize = 2 * CHUNK + 1000;
        let all: Vec<Event> = (0..COUNT as u32).map(event).collect();
        let events: Events = all.iter().copied().collect();
        assert_eq!(events.iter().collect::<Vec<_>>(), all);
        for (index, event) in all.iter().enumerate() {
            assert_eq!(events.get(index).as_ref(), Some(event));
        }
        assert_eq!(events.get(COUNT), None);
        assert_eq!(events.from(COUNT - 10).len(), 10);
        let found = events.rfind(|event| event.line == 100);
        assert_eq!(found, Some(event(504)));
        let found = events.partition_point(|event| event.line < 100);
        assert_eq!(found, 500);
        for end in [0, 1, 31, 32, 33, 500, CHUNK, CHUNK + 1, COUNT, 2 * COUNT] {
            let wanted = |event: &Event| event.line.is_multiple_of(3);
            let found = events.rposition(end, wanted);
            assert_eq!(found, all[..end.min(COUNT)].iter().rposition(wanted));
        }
    }
}
