//! What is to be drawn, as pure functions of a model at a cursor.
