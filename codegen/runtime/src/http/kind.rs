//! What a method can do besides being called: the second parameter of [`Call`](super::Call).

use std::marker::PhantomData;

/// One request, one response.
#[derive(Debug)]
pub enum Unary {}

/// One request, a stream of messages.
#[derive(Debug)]
pub enum Streaming {}

/// A file can be sent along with the request.
#[derive(Debug)]
pub enum Uploads {}

/// The response can be a file.
#[derive(Debug)]
pub enum Download {}

/// The response is an operation that ends in a `T` and reports an `M` on the way.
#[derive(Debug)]
pub struct Operation<T, M>(PhantomData<fn() -> (T, M)>);

/// The kinds whose calls are answered with one message.
pub trait Answered: sealed::Sealed {}

impl Answered for Unary {}
impl Answered for Uploads {}
impl Answered for Download {}
impl<T, M> Answered for Operation<T, M> {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Unary {}
    impl Sealed for super::Uploads {}
    impl Sealed for super::Download {}
    impl<T, M> Sealed for super::Operation<T, M> {}
}
