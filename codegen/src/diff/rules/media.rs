//! Rules on uploads and downloads.

use super::rules;

rules! {
    UPLOAD_ADDED: "upload-added", (Safe, Safe), Minor,
        "The method accepts uploads.",
        "`plants.create` accepts images.";
    UPLOAD_REMOVED: "upload-removed", (Breaking, Breaking), Major,
        "The method no longer accepts uploads.",
        "`photos.insert` accepts no upload.";
    UPLOAD_PROTOCOL_ADDED: "upload-protocol-added", (Safe, Safe), Patch,
        "One more upload protocol is accepted. The signature in Rust is the same.",
        "`photos.insert` accepts resumable uploads.";
    UPLOAD_PROTOCOL_REMOVED: "upload-protocol-removed", (Breaking, Breaking), Patch,
        "An upload protocol is no longer accepted. The signature in Rust is the same, and calls fail.",
        "`photos.insert` no longer accepts simple uploads.";
    UPLOAD_PATH_CHANGED: "upload-path-changed", (Breaking, Breaking), Patch,
        "The old URL accepts no uploads. The signature in Rust is the same.",
        "`/upload/v1/photos` becomes `/upload/v2/photos`.";
    UPLOAD_MULTIPART_ADDED: "upload-multipart-added", (Safe, Safe), Patch,
        "Uploads may include metadata.",
        "`multipart` is set.";
    UPLOAD_MULTIPART_REMOVED: "upload-multipart-removed", (Breaking, Breaking), Patch,
        "Uploads may no longer include metadata.",
        "`multipart` is unset.";
    UPLOAD_TYPES_WIDENED: "upload-types-widened", (Safe, Safe), Patch,
        "Uploads of more media types are accepted.",
        "`image/jpeg` is accepted in addition to `image/png`.";
    UPLOAD_TYPES_NARROWED: "upload-types-narrowed", (Breaking, Breaking), Patch,
        "Uploads of a media type that was accepted are rejected.",
        "`image/png` is no longer accepted.";
    UPLOAD_SIZE_RAISED: "upload-size-raised", (Safe, Safe), Patch,
        "Larger uploads are accepted.",
        "`10MB` becomes `20MB`.";
    UPLOAD_SIZE_LOWERED: "upload-size-lowered", (Breaking, Breaking), Patch,
        "Uploads of a size that was accepted are rejected.",
        "`10MB` becomes `1MB`.";
    DOWNLOAD_ADDED: "download-added", (Safe, Safe), Minor,
        "The method serves downloads.",
        "`plants.get` supports `alt=media`.";
    DOWNLOAD_REMOVED: "download-removed", (Breaking, Breaking), Major,
        "The method no longer serves downloads.",
        "`photos.get` no longer supports `alt=media`.";
}
