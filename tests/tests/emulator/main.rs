//! Tests of the emulator: requests of the tutorials, Google's Python client, and invalid requests.

mod partial;
mod python;
mod raw;
mod refusals;
mod tutorials;
