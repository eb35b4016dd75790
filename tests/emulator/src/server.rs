//! HTTP server, in its own thread.

use crate::fault::Rule;
use crate::journal::Entry;
use crate::reply::{End, Sent};
use crate::route;
use crate::service::Service;
use crate::settings::Settings;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Request, Response};
use http_body::{Body, Frame};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::{Sleep, sleep};

/// Maximum size of a request body, in bytes.
const LARGEST: usize = 64 << 20;

/// Time to send written data before a connection is closed.
const FLUSH: Duration = Duration::from_millis(10);

/// A running emulator. It has its own thread, and stops when it is dropped.
pub struct Emulator {
    url: String,
    service: Arc<Service>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Starts an emulator on a free port.
    ///
    /// # Errors
    /// When no port or no thread is available.
    pub fn start(settings: Settings) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        listener.set_nonblocking(true)?;
        let url = format!("http://{}/", listener.local_addr()?);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let service = Arc::new(Service::new(settings));
        // The documents are parsed now, so that the first response is not slower than the others.
        route::table();
        let (stop, stopped) = oneshot::channel();
        let served = service.clone();
        let thread = std::thread::Builder::new().name("emulator".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    _ = stopped => {}
                    () = listen(listener, served) => {}
                }
            });
        })?;
        Ok(Self { url, service, stop: Some(stop), thread: Some(thread) })
    }

    /// Returns the root URL of all APIs, with a trailing slash.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns all requests so far, in order.
    #[must_use]
    pub fn journal(&self) -> Vec<Entry> {
        self.service.journal()
    }

    /// Returns the number of successful calls of a method.
    #[must_use]
    pub fn done(&self, method: &str) -> usize {
        self.journal().iter().filter(|entry| entry.method == method && entry.done).count()
    }

    /// Returns the number of calls of a method, whatever their outcome.
    #[must_use]
    pub fn calls(&self, method: &str) -> usize {
        self.journal().iter().filter(|entry| entry.method == method).count()
    }

    /// Adds a fault. Calls are counted from the start of the emulator.
    pub fn add_fault(&self, rule: Rule) {
        self.service.add_fault(rule);
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // Fails if the thread has already ended.
        let _ = self.stop.take().map(|stop| stop.send(()));
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

impl std::fmt::Debug for Emulator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Emulator").field("url", &self.url).finish_non_exhaustive()
    }
}

async fn listen(listener: std::net::TcpListener, service: Arc<Service>) {
    let Ok(listener) = TcpListener::from_std(listener) else {
        return;
    };
    loop {
        // The connection was closed before it was accepted.
        if let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(connection(stream, service.clone()));
        }
    }
}

async fn connection(stream: TcpStream, service: Arc<Service>) {
    let answer = service_fn(move |request: Request<Incoming>| {
        let service = service.clone();
        async move {
            let (head, body) = request.into_parts();
            let body = Limited::new(body, LARGEST).collect().await.map_err(io::Error::other)?.to_bytes();
            match service.answer(&head, &body) {
                Some(sent) => Ok(response(sent)),
                // An error closes the connection without a response.
                None => Err(io::Error::from(io::ErrorKind::ConnectionAborted)),
            }
        }
    });
    // The client reports errors of the connection.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await;
}

fn response(sent: Sent) -> Response<Pieces> {
    let (status, content_type) = (sent.status, sent.content_type);
    let pieces = sent.pieces.into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().into_iter();
    let mut response = Response::new(Pieces { pieces, pause: sent.pause, end: sent.end, waiting: None });
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// Response body that is sent in chunks.
struct Pieces {
    pieces: std::vec::IntoIter<Bytes>,
    pause: Duration,
    end: End,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = &mut *self;
        let pause = match this.pieces.len() {
            0 if this.end == End::Cut => FLUSH,
            0 => Duration::ZERO,
            _ => this.pause,
        };
        if !pause.is_zero() {
            ready!(this.waiting.get_or_insert_with(|| Box::pin(sleep(pause))).as_mut().poll(cx));
            this.waiting = None;
        }
        match (this.pieces.next(), this.end) {
            (Some(piece), _) => Poll::Ready(Some(Ok(Frame::data(piece)))),
            (None, End::Whole) => Poll::Ready(None),
            (None, End::Cut) => Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into()))),
            (None, End::Never) => Poll::Pending,
        }
    }
}
