//! Codec of bytes, as base64.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose};
use bytes::Bytes;

use super::JsonCodec;
use crate::json::{Error, Reader, Writer};
use crate::message::ValueEncoding;

const TOLERANT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, TOLERANT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, TOLERANT);

impl JsonCodec for Bytes {
    fn empty() -> Self {
        Bytes::new()
    }

    fn read(&mut self, reader: &mut Reader<'_>, encoding: ValueEncoding) -> Result<(), Error> {
        let text = reader.string()?;
        let engine = if text.contains(['-', '_']) { URL_SAFE } else { STANDARD };
        match engine.decode(&*text) {
            Ok(bytes) => *self = bytes.into(),
            Err(error) => return Err(reader.error(format!("expected base64 ({error})"))),
        }
        // OpenAPI's services differ in alphabet and padding: it is written as it was read.
        reader.lossy |= encoding != ValueEncoding::String && engine_of(encoding).encode(&*self) != *text;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, encoding: ValueEncoding) {
        writer.bare(&engine_of(encoding).encode(self));
    }
}

/// Returns the engine that encodes.
fn engine_of(encoding: ValueEncoding) -> GeneralPurpose {
    if encoding == ValueEncoding::UrlSafe { general_purpose::URL_SAFE } else { general_purpose::STANDARD }
}
