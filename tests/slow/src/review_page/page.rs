//! The page, and what must be on it.

use super::browser::{Browser, Result};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A finding, as the report for programs has it.
#[derive(Debug, Deserialize)]
pub(super) struct Finding {
    pub(super) fingerprint: String,
    pub(super) wire: String,
    pub(super) rust: String,
    pub(super) direction: String,
    pub(super) methods: Vec<String>,
    pub(super) subject: String,
    pub(super) message: String,
    pub(super) before: Option<serde_json::Value>,
    pub(super) after: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Report {
    changes: Vec<Finding>,
}

/// The page in a browser.
pub(super) struct Page {
    pub(super) browser: Browser,
    pub(super) url: String,
    /// In the order of the report.
    pub(super) findings: Vec<Finding>,
}

impl Page {
    pub(super) fn new(browser: Browser, file: &Path, report: &str) -> Result<Self> {
        let report: Report = serde_json::from_str(report).map_err(|error| error.to_string())?;
        Ok(Self { browser, url: format!("file://{}", file.display()), findings: report.changes })
    }

    /// Opens it anew, at an anchor.
    pub(super) fn open(&self, anchor: &str) -> Result<()> {
        // Another anchor alone would not load the page.
        self.browser.go("about:blank")?;
        self.browser.go(&format!("{}{anchor}", self.url))
    }

    /// Opens it as if for the first time.
    pub(super) fn open_first(&self) -> Result<()> {
        self.open("")?;
        self.browser.ask::<()>("localStorage.clear()", &[])?;
        self.open("")
    }

    /// The findings that can be seen, in their order on the page.
    pub(super) fn shown(&self) -> Result<Vec<String>> {
        let script =
            "return [...document.querySelectorAll('details.f')].filter((f) => f.checkVisibility()).map((f) => f.id)";
        self.browser.ask(script, &[])
    }

    /// A text of each finding.
    pub(super) fn texts(&self, which: &str) -> Result<BTreeMap<String, String>> {
        let all = "[...document.querySelectorAll('details.f')]";
        self.browser.ask(&format!("return Object.fromEntries({all}.map((f) => [f.id, f.{which}]))"), &[])
    }

    /// Checks that exactly the expected findings are visible.
    pub(super) fn shows(&self, what: &str, wanted: impl Fn(&Finding) -> bool) -> Result<()> {
        let shown = self.shown()?;
        let seen: BTreeSet<&str> = shown.iter().map(String::as_str).collect();
        let wanted = self.findings.iter().filter(|finding| wanted(finding)).map(|f| f.fingerprint.as_str());
        let wanted: BTreeSet<&str> = wanted.collect();
        if seen != wanted || seen.len() != shown.len() {
            let more: Vec<_> = seen.difference(&wanted).collect();
            let less: Vec<_> = wanted.difference(&seen).collect();
            return Err(format!("{what}: {} findings; too many: {more:?}, missing: {less:?}", shown.len()));
        }
        let count: String = self.browser.ask("return document.getElementById('count').textContent", &[])?;
        let all = self.findings.len();
        let told = if wanted.len() == all { format!("{all} findings") } else { format!("{} of {all}", wanted.len()) };
        expect(count == told, || format!("{what}: it says `{count}`, not `{told}`"))?;
        let none: bool = self.browser.ask("return document.getElementById('none').checkVisibility()", &[])?;
        expect(none == wanted.is_empty(), || format!("{what}: `Nothing fits` stands there: {none}"))
    }

    /// Writes into a field, after what is there was taken away.
    pub(super) fn write(&self, field: &str, text: &str) -> Result<()> {
        self.browser.click(field)?;
        let select = "document.querySelector(arguments[0]).select()";
        self.browser.ask::<()>(select, &[field])?;
        self.browser.press(if text.is_empty() { vec!['\u{e003}'] } else { text.chars().collect() })
    }

    /// Returns the truth value of a script for a finding, `f` in the script.
    pub(super) fn holds(&self, fingerprint: &str, script: &str) -> Result<bool> {
        let script = format!("const f = document.getElementById(arguments[0]); return Boolean({script})");
        self.browser.ask(&script, &[fingerprint])
    }
}

/// A fault, unless something holds.
pub(super) fn expect(holds: bool, fault: impl FnOnce() -> String) -> Result<()> {
    if holds { Ok(()) } else { Err(fault()) }
}
