//! "Did you mean …?": the closest of some names (`Lib/traceback.py`: _compute_suggestion_error, _levenshtein_distance).

const MOVE: usize = 2;
const CASE: usize = 1;
const LONGEST: usize = 40;
const MOST: usize = 750;

/// The candidate that is closest to a wrong name, if one is close enough; of several the first. Where CPython cannot
/// import its C function any more, names have to be closer.
pub fn closest<'a>(wrong: &str, candidates: &[&'a str], in_c: bool) -> Option<&'a str> {
    if candidates.len() > MOST || wrong.len() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for &candidate in candidates {
        if candidate == wrong || (candidate.starts_with('_') && !wrong.starts_with('_')) {
            continue;
        }
        let most = (candidate.len() + wrong.len() + 3) * MOVE / 6;
        let known = best.map(|(distance, _)| distance);
        let beaten = known.or((!in_c).then_some(wrong.chars().count()));
        let limit = beaten.map_or(most, |distance| most.min(distance.saturating_sub(1)));
        let distance = levenshtein(wrong, candidate);
        if distance <= limit {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, name)| name)
}

/// What a message adds about a keyword argument that is not known.
pub fn hint(wrong: &str, known: &[&str]) -> String {
    closest(wrong, known, true).map_or(String::new(), |best| format!(". Did you mean '{best}'?"))
}

/// Puts names of built-ins into the order in which CPython's dict has them.
pub fn order_builtins(names: &mut [&str]) {
    let place = |name: &str| FUNCTIONS.split_whitespace().position(|known| known == name);
    names.sort_by_key(|name| place(name).unwrap_or(usize::MAX));
}

/// The built-in functions and the classes that are not exceptions, as CPython lists them.
const FUNCTIONS: &str = "abs all any ascii bin breakpoint callable chr compile delattr dir divmod eval exec format
    getattr globals hasattr hash hex id input isinstance issubclass iter aiter len locals max min next anext oct ord
    pow print repr round setattr sorted sum vars None Ellipsis NotImplemented False True bool memoryview bytearray
    bytes classmethod complex dict enumerate filter float frozenset property int list map object range reversed set
    slice staticmethod str super tuple type zip";

fn levenshtein(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).map(|n| n * MOVE).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = (i + 1) * MOVE;
        for (j, &y) in b.iter().enumerate() {
            let substituted = diagonal + cost(x, y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + MOVE).min(diagonal + MOVE);
        }
    }
    row[b.len()]
}

fn cost(a: char, b: char) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE
    } else {
        MOVE
    }
}
