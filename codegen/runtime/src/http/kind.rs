//! Kinds of calls: the second type parameter of [`Call`](super::Call).

use std::marker::PhantomData;

/// One request, one response.
#[derive(Debug)]
pub enum Unary {}

/// One request, a stream of messages.
#[derive(Debug)]
pub enum Streaming {}

/// One request that can carry a file, one response.
#[derive(Debug)]
pub enum Upload {}

/// One request, one response that can be a file.
#[derive(Debug)]
pub enum Download {}

/// One request that starts an operation with the result `T` and the progress `M`.
#[derive(Debug)]
pub struct Operation<T, M>(PhantomData<fn() -> (T, M)>);

/// Kinds of calls with exactly one response message.
pub trait SingleResponse: sealed::Sealed {}

impl SingleResponse for Unary {}
impl SingleResponse for Upload {}
impl SingleResponse for Download {}
impl<T, M> SingleResponse for Operation<T, M> {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Unary {}
    impl Sealed for super::Upload {}
    impl Sealed for super::Download {}
    impl<T, M> Sealed for super::Operation<T, M> {}
}
