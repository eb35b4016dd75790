//! Comparison of media uploads and downloads.

use super::characteristics::keeps_response;
use super::{Comparison, Draft, Place};
use crate::diff::rules;
use crate::diff::similarity::segment_delta;
use crate::diff::url::normal;
use crate::model::{Api, MediaProtocol, MediaUpload, Method};
use serde_json::json;
use std::collections::HashSet;

impl Comparison<'_> {
    pub(super) fn media(&mut self, place: &Place, a: &Method, b: &Method) {
        let upload = place.part("mediaUpload");
        match (&a.media_upload, &b.media_upload) {
            (None, Some(new)) => {
                let draft = Draft::new(&rules::UPLOAD_ADDED, &upload, format!("`{}` accepts uploads", place.label));
                self.push(draft.after(json!(new.accept)));
            }
            (Some(old), None) => {
                let draft =
                    Draft::new(&rules::UPLOAD_REMOVED, &upload, format!("`{}` no longer accepts uploads", place.label));
                self.push(draft.before(json!(old.accept)));
            }
            (Some(old), Some(new)) => {
                self.media_limits(&upload, old, new);
                for (name, was, is) in
                    [("simple", &old.simple, &new.simple), ("resumable", &old.resumable, &new.resumable)]
                {
                    self.media_protocol(&upload.part(&format!("protocols.{name}")), name, (a, b), was, is);
                }
            }
            (None, None) => {}
        }
        if a.media_download != b.media_download && !keeps_response(a, b) {
            let part = place.part("supportsMediaDownload");
            let draft = match b.media_download {
                true => Draft::new(&rules::DOWNLOAD_ADDED, &part, format!("`{}` serves downloads", place.label)),
                false => {
                    Draft::new(&rules::DOWNLOAD_REMOVED, &part, format!("`{}` no longer serves downloads", place.label))
                }
            };
            let draft = draft.values(a.media_download, b.media_download);
            // A response that is no longer JSON is a download.
            self.push(draft.caused_by(&place.part("response").subject, &rules::RESPONSE_FORMAT_CHANGED));
        }
    }

    fn media_limits(&mut self, place: &Place, old: &MediaUpload, new: &MediaUpload) {
        // Any media type may be stated, or none.
        let types = |upload: &MediaUpload| match upload.accept.iter().any(|one| one == "*/*") {
            true => Vec::new(),
            false => upload.accept.clone(),
        };
        let (was, is) = (types(old), types(new));
        if was != is {
            let accepted: HashSet<&str> = is.iter().map(String::as_str).collect();
            let takes = |one: &String| {
                let range = one.split_once('/').map(|(kind, _)| format!("{kind}/*"));
                accepted.is_empty()
                    || accepted.contains(one.as_str())
                    || range.is_some_and(|range| accepted.contains(range.as_str()))
            };
            let narrowed = was.is_empty() || !was.iter().all(takes);
            let draft = match narrowed && !is.is_empty() {
                true => (&rules::UPLOAD_TYPES_NARROWED, "fewer"),
                false => (&rules::UPLOAD_TYPES_WIDENED, "more"),
            };
            let part = place.part("accept");
            let words = |accept: &[String]| if accept.is_empty() { "any".to_owned() } else { accept.join(", ") };
            let (from, to) = (words(&was), words(&is));
            let message = format!("uploads of `{}` accept {} media types: `{from}` → `{to}`", place.label, draft.1);
            self.push(Draft::new(draft.0, &part, message).values(json!(was), json!(is)));
        }
        if old.max_size != new.max_size {
            let most = |size: Option<u64>| size.unwrap_or(u64::MAX);
            let draft = match most(new.max_size) < most(old.max_size) {
                true => (&rules::UPLOAD_SIZE_LOWERED, "lowered"),
                false => (&rules::UPLOAD_SIZE_RAISED, "raised"),
            };
            let part = place.part("maxSize");
            let words = |size: Option<u64>| size.map_or_else(|| "none".to_owned(), |size| format!("{size} bytes"));
            let (from, to) = (words(old.max_size), words(new.max_size));
            let message = format!("size limit of uploads of `{}` {}: `{from}` → `{to}`", place.label, draft.1);
            self.push(Draft::new(draft.0, &part, message).values(json!(old.max_size), json!(new.max_size)));
        }
    }

    fn media_protocol(
        &mut self,
        place: &Place,
        name: &str,
        methods: (&Method, &Method),
        was: &Option<MediaProtocol>,
        is: &Option<MediaProtocol>,
    ) {
        let method_path = place.subject.replace(&format!(".mediaUpload.protocols.{name}"), ".path");
        match (was, is) {
            (None, Some(b)) => {
                let draft = Draft::new(
                    &rules::UPLOAD_PROTOCOL_ADDED,
                    place,
                    format!("{name} upload of `{}` added", place.label),
                );
                self.push(draft.after(b.path.to_string()));
            }
            (Some(a), None) => {
                let draft = Draft::new(
                    &rules::UPLOAD_PROTOCOL_REMOVED,
                    place,
                    format!("{name} upload of `{}` removed", place.label),
                );
                self.push(draft.before(a.path.to_string()));
            }
            (Some(a), Some(b)) => {
                let rooted = |api: &Api, path: String| normal(&format!("{}{path}", api.root_url));
                if a.path != b.path && rooted(self.old, a.path.to_string()) != rooted(self.new, b.path.to_string()) {
                    let (from, to) = (a.path.to_string(), b.path.to_string());
                    let message = format!("path of the {name} upload of `{}`: `{from}` → `{to}`", place.label);
                    // The same change of segments in both paths is one change.
                    let path = &methods.0.path.to_string();
                    let same_step = segment_delta(path, &methods.1.path.to_string()) == segment_delta(&from, &to);
                    let reported = self.changes.iter().rev().find(|change| change.subject == method_path);
                    let draft = match reported.map(|change| change.rule).filter(|_| same_step) {
                        Some(rule) => Draft::new(rule, place, message).caused_by(&method_path, rule),
                        None => Draft::new(&rules::UPLOAD_PATH_CHANGED, place, message),
                    };
                    self.push(draft.values(from, to));
                }
                if a.multipart != b.multipart {
                    let draft = match b.multipart {
                        true => (&rules::UPLOAD_MULTIPART_ADDED, "may"),
                        false => (&rules::UPLOAD_MULTIPART_REMOVED, "may no longer"),
                    };
                    let message = format!("{name} uploads of `{}` {} include metadata", place.label, draft.1);
                    self.push(Draft::new(draft.0, place, message).values(a.multipart, b.multipart));
                }
            }
            (None, None) => {}
        }
    }
}
