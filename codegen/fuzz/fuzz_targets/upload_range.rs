#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| discovery_fuzz::service::upload_range(data));
