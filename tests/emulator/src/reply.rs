//! Responses, and the faults that affect them.

use crate::fault::Fault;
use bytes::Bytes;
use http::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;

/// Response to send; `None` if the connection is closed instead.
pub(crate) type Reply = Option<Sent>;

/// Head and chunks of a response.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) status: StatusCode,
    pub(crate) content_type: &'static str,
    pub(crate) pieces: Vec<Bytes>,
    /// Pause before each chunk.
    pub(crate) pause: Duration,
    pub(crate) end: End,
}

/// End of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Whole,
    Cut,
    Never,
}

pub(crate) const JSON: &str = "application/json; charset=UTF-8";

impl Sent {
    pub(crate) fn new(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self {
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            content_type,
            pieces: vec![body.into()],
            pause: Duration::ZERO,
            end: End::Whole,
        }
    }

    /// Creates a response with one JSON message.
    pub(crate) fn json(status: u16, value: &Value) -> Self {
        Self::new(status, JSON, format!("{value:#}\n"))
    }

    /// Creates a response with messages as server-sent events or as a JSON array; each is a chunk.
    pub(crate) fn stream(messages: &[Value], events: bool) -> Self {
        let mut sent = Self::new(200, if events { "text/event-stream" } else { JSON }, Bytes::new());
        sent.pieces = if events {
            messages.iter().map(|message| format!("data: {message}\r\n\r\n").into()).collect()
        } else {
            let before = |index| if index == 0 { "[" } else { ",\r\n" };
            let pieces = messages.iter().enumerate().map(|(index, m)| format!("{}{m:#}", before(index)).into());
            pieces.chain([Bytes::from_static(b"\n]\n")]).collect()
        };
        sent
    }

    /// Creates a response with an HTML page.
    pub(crate) fn html(status: u16, title: &str) -> Self {
        let page = format!("<!DOCTYPE html>\n<html lang=en>\n  <title>{title}</title>\n  <p>{title}\n");
        Self::new(status, "text/html; charset=UTF-8", page)
    }

    /// Applies a fault to the response of a call that was executed.
    pub(crate) fn with_fault(mut self, fault: &Fault) -> Reply {
        let whole: Bytes = self.pieces.concat().into();
        match fault {
            Fault::CutAfter => return None,
            Fault::CutWithin | Fault::Stalled => {
                self.pieces = vec![whole.slice(..whole.len() / 2)];
                self.end = if *fault == Fault::CutWithin { End::Cut } else { End::Never };
            }
            Fault::Slow(pause) => {
                self.pieces = whole.chunks(whole.len().div_ceil(8).max(1)).map(Bytes::copy_from_slice).collect();
                self.pause = *pause;
            }
            Fault::Garbage => self.pieces = vec![Bytes::from_static(b"\x1f\xff{]]> not JSON at all \"")],
            Fault::Huge(bytes) => {
                let message = json!({"name": "x".repeat(*bytes)});
                let events = self.content_type == "text/event-stream";
                self.pieces = Self::stream(std::slice::from_ref(&message), events).pieces;
                if self.content_type == JSON {
                    self.pieces = vec![message.to_string().into()];
                }
            }
            Fault::TooManyRequests(_) | Fault::Unavailable | Fault::BadGateway | Fault::CutBefore => {}
        }
        Some(self)
    }
}
