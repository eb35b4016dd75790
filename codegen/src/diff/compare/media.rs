//! Content that is uploaded or downloaded.

use super::{Comparison, Draft, Place};
use crate::model::{MediaProtocol, MediaUpload, Method};
use serde_json::json;

impl Comparison<'_> {
    pub(super) fn media(&mut self, place: &Place, a: &Method, b: &Method) {
        let upload = place.part("mediaUpload");
        match (&a.media_upload, &b.media_upload) {
            (None, Some(new)) => {
                let draft = Draft::new("upload-added", &upload, "content can be uploaded");
                self.push(draft.after(json!(new.accept)));
            }
            (Some(old), None) => {
                let draft = Draft::new("upload-removed", &upload, "content can no longer be uploaded");
                self.push(draft.before(json!(old.accept)));
            }
            (Some(old), Some(new)) => {
                self.media_limits(&upload, old, new);
                for (name, was, is) in
                    [("simple", &old.simple, &new.simple), ("resumable", &old.resumable, &new.resumable)]
                {
                    self.media_protocol(&upload.part(&format!("protocols.{name}")), name, was, is);
                }
            }
            (None, None) => {}
        }
        if a.media_download != b.media_download {
            let part = place.part("supportsMediaDownload");
            let draft = match b.media_download {
                true => Draft::new("download-added", &part, "content can be downloaded"),
                false => Draft::new("download-removed", &part, "content can no longer be downloaded"),
            };
            self.push(draft.values(a.media_download, b.media_download));
        }
    }

    fn media_limits(&mut self, place: &Place, old: &MediaUpload, new: &MediaUpload) {
        if old.accept != new.accept {
            let takes = |list: &[String], one: &String| {
                list.is_empty()
                    || list.iter().any(|t| {
                        t == one || t == "*/*" || one.starts_with(t.trim_end_matches('*')) && t.ends_with("/*")
                    })
            };
            let narrowed =
                if old.accept.is_empty() { true } else { !old.accept.iter().all(|one| takes(&new.accept, one)) };
            let draft = match narrowed && !new.accept.is_empty() {
                true => ("upload-types-narrowed", "fewer media types are taken"),
                false => ("upload-types-widened", "more media types are taken"),
            };
            let part = place.part("accept");
            self.push(Draft::new(draft.0, &part, draft.1).values(json!(old.accept), json!(new.accept)));
        }
        if old.max_size != new.max_size {
            let most = |size: Option<u64>| size.unwrap_or(u64::MAX);
            let draft = match most(new.max_size) < most(old.max_size) {
                true => ("upload-size-lowered", "less content is taken"),
                false => ("upload-size-raised", "more content is taken"),
            };
            let part = place.part("maxSize");
            self.push(Draft::new(draft.0, &part, draft.1).values(json!(old.max_size), json!(new.max_size)));
        }
    }

    fn media_protocol(&mut self, place: &Place, name: &str, was: &Option<MediaProtocol>, is: &Option<MediaProtocol>) {
        match (was, is) {
            (None, Some(b)) => {
                let draft = Draft::new("upload-protocol-added", place, format!("there is a {name} upload"));
                self.push(draft.after(b.path.to_string()));
            }
            (Some(a), None) => {
                let draft = Draft::new("upload-protocol-removed", place, format!("there is no {name} upload any more"));
                self.push(draft.before(a.path.to_string()));
            }
            (Some(a), Some(b)) => {
                if a.path != b.path {
                    let draft =
                        Draft::new("upload-path-changed", place, format!("the {name} upload is at another path"));
                    self.push(draft.values(a.path.to_string(), b.path.to_string()));
                }
                if a.multipart != b.multipart {
                    let draft = match b.multipart {
                        true => ("upload-multipart-added", "metadata may come along"),
                        false => ("upload-multipart-removed", "metadata may no longer come along"),
                    };
                    self.push(Draft::new(draft.0, place, draft.1).values(a.multipart, b.multipart));
                }
            }
            (None, None) => {}
        }
    }
}
