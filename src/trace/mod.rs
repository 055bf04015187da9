//! Runs as data: events, the model folded from them, keyframes and the cursor.
