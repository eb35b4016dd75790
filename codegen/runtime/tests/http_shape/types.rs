//! Generated types.

use discovery_runtime::__private::{FieldInfo, Slot};
use discovery_runtime::{Message, UnknownFields};

#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct TuningJob {
    pub name: Option<String>,
    pub unknown_fields: UnknownFields,
}

impl TuningJob {
    pub fn set_name(mut self, value: impl Into<String>) -> Self {
        self.name = Some(value.into());
        self
    }
}

impl Message for TuningJob {
    fn fields(&self) -> &'static [FieldInfo] {
        const { &[FieldInfo::new("name", 0)] }
    }
    fn slots(&self, visit: &mut dyn FnMut(&[&dyn Slot])) {
        visit(&[&self.name, &self.unknown_fields]);
    }
    fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Slot])) {
        visit(&mut [&mut self.name, &mut self.unknown_fields]);
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ListTuningJobsResponse {
    pub tuning_jobs: Vec<TuningJob>,
    pub next_page_token: Option<String>,
    pub unknown_fields: UnknownFields,
}

impl Message for ListTuningJobsResponse {
    fn fields(&self) -> &'static [FieldInfo] {
        const { &[FieldInfo::new("tuningJobs", 0), FieldInfo::new("nextPageToken", 1)] }
    }
    fn slots(&self, visit: &mut dyn FnMut(&[&dyn Slot])) {
        visit(&[&self.tuning_jobs, &self.next_page_token, &self.unknown_fields]);
    }
    fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Slot])) {
        visit(&mut [&mut self.tuning_jobs, &mut self.next_page_token, &mut self.unknown_fields]);
    }
}

/// Implementation of `Page` for a list response.
impl discovery_runtime::http::Page for ListTuningJobsResponse {
    type Item = TuningJob;

    fn next_page_token(&self) -> Option<&str> {
        self.next_page_token.as_deref()
    }

    fn into_items(self) -> Vec<TuningJob> {
        self.tuning_jobs
    }
}

/// An enum of a parameter.
#[derive(Clone, Debug, PartialEq)]
#[allow(dead_code)]
pub enum View {
    Basic,
    Full,
}

impl View {
    pub fn as_str(&self) -> &str {
        match self {
            Self::Basic => "BASIC",
            Self::Full => "FULL",
        }
    }
}
