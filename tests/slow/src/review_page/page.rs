//! The page, with its expected contents.

use super::browser::{Browser, Result};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A finding of the JSON report.
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

/// The page, opened in a browser.
pub(super) struct Page {
    pub(super) browser: Browser,
    pub(super) url: String,
    /// Findings in the order of the report.
    pub(super) findings: Vec<Finding>,
}

impl Page {
    pub(super) fn new(browser: Browser, file: &Path, report: &str) -> Result<Self> {
        let report: Report = serde_json::from_str(report).map_err(|error| error.to_string())?;
        Ok(Self { browser, url: format!("file://{}", file.display()), findings: report.changes })
    }

    /// Loads the page again, at an anchor.
    pub(super) fn open(&self, anchor: &str) -> Result<()> {
        // A change of the anchor would not load the page.
        self.browser.go("about:blank")?;
        self.browser.go(&format!("{}{anchor}", self.url))
    }

    /// Loads the page without stored settings.
    pub(super) fn open_first(&self) -> Result<()> {
        self.open("")?;
        self.browser.ask::<()>("localStorage.clear()", &[])?;
        self.open("")
    }

    /// Returns the visible findings, in their order on the page.
    pub(super) fn visible(&self) -> Result<Vec<String>> {
        let script =
            "return [...document.querySelectorAll('details.f')].filter((f) => f.checkVisibility()).map((f) => f.id)";
        self.browser.ask(script, &[])
    }

    /// Returns a text of each finding.
    pub(super) fn texts(&self, which: &str) -> Result<BTreeMap<String, String>> {
        let all = "[...document.querySelectorAll('details.f')]";
        self.browser.ask(&format!("return Object.fromEntries({all}.map((f) => [f.id, f.{which}]))"), &[])
    }

    /// Checks that exactly the expected findings are visible.
    pub(super) fn shows(&self, context: &str, wanted: impl Fn(&Finding) -> bool) -> Result<()> {
        let visible = self.visible()?;
        let seen: BTreeSet<&str> = visible.iter().map(String::as_str).collect();
        let wanted = self.findings.iter().filter(|finding| wanted(finding)).map(|f| f.fingerprint.as_str());
        let wanted: BTreeSet<&str> = wanted.collect();
        if seen != wanted || seen.len() != visible.len() {
            let more: Vec<_> = seen.difference(&wanted).collect();
            let less: Vec<_> = wanted.difference(&seen).collect();
            return Err(format!("{context}: {} findings; too many: {more:?}, missing: {less:?}", visible.len()));
        }
        let count: String = self.browser.ask("return document.getElementById('count').textContent", &[])?;
        let all = self.findings.len();
        let expected =
            if wanted.len() == all { format!("{all} findings") } else { format!("{} of {all}", wanted.len()) };
        expect(count == expected, || format!("{context}: the count is `{count}`, expected `{expected}`"))?;
        let none: bool = self.browser.ask("return document.getElementById('none').checkVisibility()", &[])?;
        expect(none == wanted.is_empty(), || format!("{context}: `Nothing fits` is visible: {none}"))
    }

    /// Replaces the text of a field.
    pub(super) fn write(&self, field: &str, text: &str) -> Result<()> {
        self.browser.click(field)?;
        let select = "document.querySelector(arguments[0]).select()";
        self.browser.ask::<()>(select, &[field])?;
        self.browser.press(if text.is_empty() { vec!['\u{e003}'] } else { text.chars().collect() })
    }

    /// Returns the value of a boolean script expression for a finding, `f` in the script.
    pub(super) fn holds(&self, fingerprint: &str, script: &str) -> Result<bool> {
        let script = format!("const f = document.getElementById(arguments[0]); return Boolean({script})");
        self.browser.ask(&script, &[fingerprint])
    }
}

/// Returns an error unless a condition holds.
pub(super) fn expect(holds: bool, fault: impl FnOnce() -> String) -> Result<()> {
    if holds { Ok(()) } else { Err(fault()) }
}
