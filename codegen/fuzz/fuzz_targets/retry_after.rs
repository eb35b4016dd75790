#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| discovery_fuzz::service::retry_after(data));
