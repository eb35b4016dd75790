//! Uploads and downloads of files.

mod content;
mod download;
mod integrity;
mod multipart;
mod resumable;
mod resumption;
mod upload;

pub use content::Media;
pub use download::Content;
pub use upload::{Protocol, UploadCall};
