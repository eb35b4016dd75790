//! Lists, as streams of pages and of items.

use std::collections::HashSet;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::call::Call;
use super::error::Error;
use super::kind::SingleResponse;
use super::response::Page;
use super::transport::BoxFuture;

impl<R: Page, K: SingleResponse> Call<R, K> {
    /// Returns a stream of pages, from the one whose token is set, or the first.
    pub fn pages(&self) -> Pages<R> {
        let call = Call::<R>::from_parts(self.parts.clone());
        let token = call.method().params.iter().position(|param| param.name == R::TOKEN);
        Pages {
            token: token.and_then(|token| call.parts.values(token).next()).map(str::to_owned),
            fetch: Box::new(move |next| {
                let mut call = call.clone();
                if let (Some(token), Some(value)) = (token, next) {
                    call.set(token, &value);
                }
                Box::pin(call.send())
            }),
            pages_with_tokens: token.is_some(),
            seen: HashSet::new(),
            state: State::Ready,
        }
    }

    /// Returns a stream of the listed items, from the page whose token is set, or the first.
    pub fn items(&self) -> Items<R> {
        Items { token: None, pages: self.pages(), page: Vec::new().into_iter() }
    }
}

/// Stream of pages. Ends after the last page, after an error, or when the service repeats a token, since the same pages
/// would follow again.
pub struct Pages<R> {
    fetch: Box<Fetch<R>>,
    pages_with_tokens: bool,
    token: Option<String>,
    seen: HashSet<String>,
    state: State<R>,
}

/// Fetches the page with a token.
type Fetch<R> = dyn Fn(Option<&str>) -> BoxFuture<'static, Result<R, Error>> + Send;

enum State<R> {
    Ready,
    Busy(BoxFuture<'static, Result<R, Error>>),
    Ended,
}

impl<R: Page> Pages<R> {
    /// Returns the next page; `None` after the last. Cancel safe.
    ///
    /// # Errors
    /// Those of [`Call::send`]. The stream ends after an error; [`Self::token`] is where to continue.
    pub async fn next(&mut self) -> Option<Result<R, Error>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Returns the token of the next page, from which another call can continue the list. `None` is the first page before
    /// anything was read, and the end afterwards.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }
}

impl<R: Page> Stream for Pages<R> {
    type Item = Result<R, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            match &mut this.state {
                State::Ended => return Poll::Ready(None),
                State::Ready => this.state = State::Busy((this.fetch)(this.token.as_deref())),
                State::Busy(page) => {
                    let page = ready!(page.as_mut().poll(cx));
                    this.state = State::Ended;
                    if let Ok(page) = &page {
                        this.seen.extend(this.token.take());
                        this.token = page.next_page_token().filter(|token| !token.is_empty()).map(str::to_owned);
                        if this.token.as_ref().is_some_and(|token| this.seen.contains(token)) {
                            tracing::warn!("the service repeated a page token: the list ends here");
                            this.token = None;
                        }
                        if this.token.is_some() && this.pages_with_tokens {
                            this.state = State::Ready;
                        }
                    }
                    return Poll::Ready(Some(page));
                }
            }
        }
    }
}

impl<R> fmt::Debug for Pages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("token", &self.token).finish_non_exhaustive()
    }
}

/// Stream of listed items. Ends as [`Pages`] does.
pub struct Items<R: Page> {
    pages: Pages<R>,
    /// Token of the page with the next item.
    token: Option<String>,
    page: std::vec::IntoIter<R::Item>,
}

impl<R: Page> Items<R> {
    /// Returns the next item; `None` after the last. Cancel safe.
    ///
    /// # Errors
    /// Those of [`Call::send`]. The stream ends after an error; [`Self::token`] is where to continue.
    pub async fn next(&mut self) -> Option<Result<R::Item, Error>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Returns the token of the page with the next item. Continuing from it repeats the items of that page that were read,
    /// and loses none. `None` is the first page.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        if self.page.as_slice().is_empty() { self.pages.token() } else { self.token.as_deref() }
    }
}

impl<R: Page> Stream for Items<R> {
    type Item = Result<R::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let token = this.pages.token().map(str::to_owned);
            match ready!(Pin::new(&mut this.pages).poll_next(cx)) {
                Some(Ok(page)) => {
                    this.token = token;
                    this.page = page.into_items().into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<R: Page> fmt::Debug for Items<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("token", &self.token()).finish_non_exhaustive()
    }
}
