//! Python source text to syntax tree, and syntax errors as data.
