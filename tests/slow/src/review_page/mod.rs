//! The HTML page of a review in a real browser: a real change of a large API, compared with the JSON form of the same
//! review.

mod browser;
mod colors;
mod filters;
mod finding;
mod keys;
mod layout;
mod page;

use crate::documents::{NEW, OLD};
use crate::real;
use browser::{Browser, Result};
use discovery_codegen::commands::diff::review::{Request, review};
use discovery_codegen::diff::render::{Format, Options, render};
use page::Page;

const API: &str = "aiplatform.v1.json";

type Check = fn(&Page) -> Result<String>;

/// Checks of the page, in order; each starts with a reloaded page.
const CHECKS: [(&str, Check); 10] = [
    ("verdicts and directions", filters::buttons),
    ("resources and methods", filters::names),
    ("search", filters::search),
    ("addresses", finding::addresses),
    ("keys", keys::all),
    ("wide", layout::wide),
    ("narrow", layout::narrow),
    ("colors", colors::all),
    ("no scripts", finding::without_scripts),
    ("alone", alone),
];

/// Renders the page, and runs all checks.
///
/// # Errors
/// When no browser is found, or a check fails.
pub(crate) fn run() -> Result<()> {
    let document = |release: &str| real::documents(release).join(API).display().to_string();
    let (old, new) = (document(OLD), document(NEW));
    let request = Request { old: &old, new: Some(&new), ..Request::default() };
    let review = review(&request).map_err(|errors| errors.to_string())?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let file = folder.path().join("review.html");
    std::fs::write(&file, render(&review, Format::Html, &Options::default())).map_err(|error| error.to_string())?;
    let page = Page::new(Browser::open()?, &file, &render(&review, Format::Json, &Options::default()))?;
    println!("{}: {} findings in {}", API, page.findings.len(), page.browser.name);
    for (name, check) in CHECKS {
        page.open_first().map_err(|error| format!("{name}: {error}"))?;
        let found = check(&page).map_err(|error| format!("{name}: {error}"))?;
        println!("  {name}: {found}");
    }
    Ok(())
}

/// Checks that the browser fetched nothing but the page itself, and logged no errors.
fn alone(page: &Page) -> Result<String> {
    let messages = page.browser.log("browser")?;
    if !messages.is_empty() {
        return Err(format!("browser log: {}", messages.join("\n")));
    }
    let mut visits = 0;
    for entry in page.browser.log("performance")? {
        let entry: serde_json::Value = serde_json::from_str(&entry).map_err(|error| error.to_string())?;
        if entry["message"]["method"] == "Network.requestWillBeSent" {
            let url = entry["message"]["params"]["request"]["url"].as_str().unwrap_or_default();
            if url != page.url {
                return Err(format!("the page fetches {url}"));
            }
            visits += 1;
        }
    }
    match visits {
        0 => Err("the browser reports no requests".to_owned()),
        visits => Ok(format!("{visits} visits, no other requests, no log messages")),
    }
}
