//! Calls of clients against servers on the loopback interface and custom transports.

mod api;
mod body;
mod fake;
mod limits;
mod media;
mod pages;
mod poller;
mod public_futures;
mod resume;
mod secrets;
mod security;
mod send;
mod server;
mod spans;
mod stream;
mod stream_errors;
mod truncated;
