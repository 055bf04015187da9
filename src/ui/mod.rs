//! The page: Yew components, the only code that knows the DOM and the wall clock.
