//! Copy on write: what a snapshot shares is copied before the first change, and only then.

use std::rc::Rc;

/// The content of `shared`, which nobody else sees: a copy, if somebody else holds it as well.
#[inline]
pub fn unshared<T: Clone>(shared: &mut Rc<T>) -> &mut T {
    if Rc::get_mut(shared).is_none() {
        copy(shared);
    }
    Rc::get_mut(shared).expect("it was just copied")
}

/// The same for a list of fixed length.
#[inline]
pub fn unshared_items<T: Clone>(shared: &mut Rc<[T]>) -> &mut [T] {
    if Rc::get_mut(shared).is_none() {
        copy_items(shared);
    }
    Rc::get_mut(shared).expect("it was just copied")
}

#[cold]
#[inline(never)]
fn copy<T: Clone>(shared: &mut Rc<T>) {
    *shared = Rc::new(shared.as_ref().clone());
}

#[cold]
#[inline(never)]
fn copy_items<T: Clone>(shared: &mut Rc<[T]>) {
    *shared = shared.iter().cloned().collect();
}
