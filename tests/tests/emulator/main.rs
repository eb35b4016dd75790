//! The emulator, asked by others: the tutorials' own requests, Google's own Python client, and requests that are wrong.

mod partial;
mod python;
mod raw;
mod refusals;
mod tutorials;
