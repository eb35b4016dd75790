//! Lists, as streams of pages and of items.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use ::http::Response;
use futures_core::Stream;

use super::call::Call;
use super::descriptor::{Method, Paging};
use super::error::Error;
use super::kind::SingleResponse;
use super::response::Page;
use super::transport::BoxFuture;
use super::usage_error::UsageError;
use super::{endpoint, link, redirect};

impl<R: Page, K: SingleResponse> Call<R, K> {
    /// Returns a stream of pages, from the one whose token is set, or the first.
    pub fn pages(&self) -> Pages<R> {
        let call = Call::<R>::from_parts(self.parts.clone());
        let paging = Paging::of::<R>(call.method());
        let parameter = paging.parameter().and_then(|name| call.method().params.iter().position(|p| p.name == name));
        let token = parameter.and_then(|parameter| call.parts.values(parameter).next()).map(str::to_owned);
        let size = paging.size().and_then(|name| call.method().params.iter().position(|p| p.name == name));
        let size = size.and_then(|size| call.parts.values(size).next()?.parse().ok());
        Pages {
            token,
            fetch: Box::new(move |next| {
                let mut call = call.clone();
                match (parameter, next) {
                    (Some(parameter), Some(value)) => call.set(parameter, &value),
                    (None, Some(url)) => match next_page(&call, url) {
                        Ok(url) => call.parts.next_page = Some(url),
                        Err(error) => return Box::pin(async { Err(error) }),
                    },
                    _ => {}
                }
                Box::pin(call.send_with_response())
            }),
            // Without a parameter, a token leads nowhere.
            paging: Some(paging).filter(|paging| parameter.is_some() || *paging == Paging::Link),
            size,
            seen: Seen::default(),
            state: State::Ready,
        }
    }

    /// Returns a stream of the listed items, from the page whose token is set, or the first. Values that are not of the
    /// items' type are in the pages ([`Self::pages`]) only.
    pub fn items(&self) -> Items<R> {
        Items { token: None, pages: self.pages(), page: Vec::new().into_iter() }
    }
}

impl Paging {
    fn of<R: Page>(method: &Method) -> Self {
        method.paging.unwrap_or(Self::Token(R::TOKEN))
    }

    /// Returns the parameter that takes the token of a page.
    fn parameter(self) -> Option<&'static str> {
        match self {
            Self::Token(parameter) | Self::Number(parameter, _) | Self::Offset(parameter, _) => Some(parameter),
            Self::Link => None,
        }
    }

    /// Returns the parameter that takes the number of items of a page.
    fn size(self) -> Option<&'static str> {
        match self {
            Self::Number(_, size) | Self::Offset(_, size) => Some(size).filter(|size| !size.is_empty()),
            Self::Token(_) | Self::Link => None,
        }
    }

    /// Returns the token of the page after the one with this token: for a list without tokens, a number or a URL.
    fn next<R: Page>(self, token: Option<&str>, size: Option<usize>, page: &Response<R>) -> Option<String> {
        let count = page.body().item_count();
        let is_last = count == 0 || size.is_some_and(|size| count < size);
        let number = |first: u64| token.map_or(Some(first), |token| token.parse().ok());
        match self {
            Self::Token(_) => page.body().next_page_token().filter(|token| !token.is_empty()).map(str::to_owned),
            Self::Link => link::next(page.headers()),
            Self::Number(..) | Self::Offset(..) if is_last => None,
            Self::Number(..) => Some(number(1)?.checked_add(1)?.to_string()),
            Self::Offset(..) => Some(number(0)?.checked_add(count.try_into().ok()?)?.to_string()),
        }
    }
}

/// Returns the URL of the next page, which must be at the server of the first: it gets the same credentials.
fn next_page<R>(call: &Call<R>, next: &str) -> Result<String, Error> {
    let first = call.request()?;
    let next = redirect::resolve(first.uri(), next)?;
    if !endpoint::same_origin(first.uri(), &next) {
        return Err(UsageError::NextPage { host: next.host().unwrap_or_default().to_owned() }.into());
    }
    Ok(next.to_string())
}

/// Stream of pages.
///
/// Ends after the last page, after an error, or when the service repeats a token, since the same pages would follow
/// again.
pub struct Pages<R> {
    fetch: Box<Fetch<R>>,
    /// Way to the next page, if there is one.
    paging: Option<Paging>,
    /// Number of items of a full page, if the call states it.
    size: Option<usize>,
    token: Option<String>,
    seen: Seen,
    state: State<R>,
}

/// Tokens of the pages so far, as hashes: a token may have a million bytes.
///
/// Keyed at random, so that no service can choose two tokens of one hash; among a million, two have one by chance in
/// one of 30 million lists.
#[derive(Default)]
struct Seen {
    hashes: HashSet<u64>,
    key: RandomState,
}

impl Seen {
    fn insert(&mut self, token: Option<&str>) {
        self.hashes.extend(token.map(|token| self.key.hash_one(token)));
    }

    fn contains(&self, token: &str) -> bool {
        self.hashes.contains(&self.key.hash_one(token))
    }
}

/// Fetches the page with a token.
type Fetch<R> = dyn Fn(Option<&str>) -> BoxFuture<'static, Result<Response<R>, Error>> + Send;

enum State<R> {
    Ready,
    Busy(BoxFuture<'static, Result<Response<R>, Error>>),
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

    /// Returns the token of the next page, from which another call can continue the list. `None` is the first page
    /// before anything was read, and the end afterwards.
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
                        let token = this.token.take();
                        this.token = this.paging.and_then(|paging| paging.next(token.as_deref(), this.size, page));
                        this.seen.insert(token.as_deref());
                        if this.token.as_deref().is_some_and(|token| this.seen.contains(token)) {
                            tracing::warn!("the service repeated a page token: the list ends here");
                            this.token = None;
                        }
                        if this.token.is_some() {
                            this.state = State::Ready;
                        }
                    }
                    return Poll::Ready(Some(page.map(Response::into_body)));
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

/// Stream of listed items.
///
/// Ends as [`Pages`] does.
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

    /// Returns the token of the page with the next item. Continuing from it repeats the items of that page that were
    /// read, and loses none. `None` is the first page.
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
