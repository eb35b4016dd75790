//! Work on several items at once: in parallel in the command, one after the other in a build script, which Cargo runs
//! in parallel with other work, and whose dependencies each user compiles.

/// Maps items, in order.
#[cfg(feature = "cli")]
pub(crate) fn map<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    use rayon::prelude::*;
    items.par_iter().map(f).collect()
}

/// Maps items, in order.
#[cfg(not(feature = "cli"))]
pub(crate) fn map<T, R>(items: &[T], f: impl Fn(&T) -> R) -> Vec<R> {
    items.iter().map(f).collect()
}

/// Runs two functions in parallel, and returns both results.
#[cfg(feature = "cli")]
pub(crate) fn join<A: Send, B: Send>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(a, b)
}

/// Runs two functions in order, and returns both results.
#[cfg(not(feature = "cli"))]
pub(crate) fn join<A, B>(a: impl FnOnce() -> A, b: impl FnOnce() -> B) -> (A, B) {
    (a(), b())
}
