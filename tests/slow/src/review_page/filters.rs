//! Filters show exactly the findings with the property; search narrows them further.

use super::browser::Result;
use super::page::{Finding, Page, expect};
use std::collections::BTreeSet;

/// Checks the buttons: each alone, two of one kind, and two of different kinds.
pub(super) fn buttons(page: &Page) -> Result<String> {
    let property = |kind: &str, f: &Finding| match kind {
        "w" => f.wire.clone(),
        "r" => f.rust.clone(),
        _ => f.direction.clone(),
    };
    let kinds = [
        ("w", vec!["breaking", "risky", "safe"]),
        ("r", vec!["major", "minor", "patch"]),
        ("d", vec!["request", "response", "both", "unused"]),
    ];
    let button = |kind: &str, value: &str| format!("[data-key={kind}] [data-v={value}]");
    page.shows("no filter", |_| true)?;
    for (kind, values) in &kinds {
        for value in values {
            page.browser.click(&button(kind, value))?;
            page.shows(value, |f| property(kind, f) == *value)?;
            let pressed = "return document.querySelector(arguments[0]).getAttribute('aria-pressed')";
            let pressed: String = page.browser.ask(pressed, &[&button(kind, value)])?;
            expect(pressed == "true", || format!("{value}: `aria-pressed` of the button is {pressed}"))?;
            page.browser.click(&button(kind, value))?;
            page.shows("a removed filter", |_| true)?;
        }
        page.browser.click(&button(kind, values[0]))?;
        page.browser.click(&button(kind, values[1]))?;
        page.shows("two of one kind", |f| values[..2].contains(&property(kind, f).as_str()))?;
        page.browser.click("#clear")?;
        page.shows("no filter again", |_| true)?;
    }
    page.browser.click(&button("w", "safe"))?;
    page.browser.click(&button("r", "major"))?;
    page.shows("safe and major", |f| f.wire == "safe" && f.rust == "major")?;
    page.browser.click(&button("w", "safe"))?;
    page.browser.click(&button("w", "risky"))?;
    page.shows("risky and major", |f| f.wire == "risky" && f.rust == "major")?;
    page.browser.click("#none button")?;
    page.shows("no filter again", |_| true)?;
    Ok("10 buttons, alone and together".to_owned())
}

/// Checks filters by resources, by methods, and by parts of names.
pub(super) fn names(page: &Page) -> Result<String> {
    let methods: BTreeSet<&String> = page.findings.iter().flat_map(|f| &f.methods).collect();
    let resources: BTreeSet<&str> = methods.iter().filter_map(|m| m.rsplit_once('.')).map(|(r, _)| r).collect();
    let below = |method: &str, resource: &str| {
        method.strip_prefix(resource).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    // Typing all of them would take minutes.
    let (mut resource_count, mut method_count) = (0, 0);
    for resource in resources.iter().step_by(9) {
        page.write("#resource", resource)?;
        page.shows(resource, |f| f.methods.iter().any(|method| below(method, resource)))?;
        resource_count += 1;
    }
    page.write("#resource", "projects.locations.tuning")?;
    page.shows("the beginning of a resource name, which is no resource", |_| false)?;
    page.write("#resource", "")?;
    let clashing = methods.iter().find(|m| methods.iter().any(|other| other != *m && other.contains(m.as_str())));
    for method in methods.iter().step_by(60).chain(clashing) {
        page.write("#method", method)?;
        page.shows(method, |f| f.methods.contains(method))?;
        method_count += 1;
    }
    page.write("#method", "tuningJobs.c")?;
    page.shows("a part of a name", |f| f.methods.iter().any(|method| method.contains("tuningJobs.c")))?;
    let offered: Vec<Vec<String>> = page.browser.ask(
        "return ['resources', 'methods'].map((id) => [...document.getElementById(id).options].map((o) => o.value))",
        &[],
    )?;
    expect(offered[1].iter().collect::<BTreeSet<_>>() == methods, || "missing suggestions of methods".to_owned())?;
    let lacking = resources.iter().find(|r| !offered[0].iter().any(|offer| offer == *r));
    expect(lacking.is_none(), || format!("missing suggestion {lacking:?}"))?;
    page.browser.click("#clear")?;
    page.shows("no filter again", |_| true)?;
    Ok(format!("{resource_count} resources, {method_count} methods"))
}

/// Checks that exactly the findings that contain the search text are visible.
pub(super) fn search(page: &Page) -> Result<String> {
    for finding in page.findings.iter().step_by(20) {
        page.write("#q", &finding.fingerprint)?;
        page.shows("a fingerprint", |f| f.fingerprint == finding.fingerprint)?;
    }
    let texts = page.texts("textContent")?;
    let searches = ["tuningJob", "is NEW", "deprecated schemas", "speechmetadata", "no such word"];
    for words in searches {
        page.write("#q", words)?;
        let visible = page.visible()?;
        let words: Vec<String> = words.split(' ').map(str::to_lowercase).collect();
        let has_all = |text: &str| words.iter().all(|word| text.to_lowercase().contains(word));
        for finding in &page.findings {
            let id = &finding.fingerprint;
            let is_visible = visible.contains(id);
            if has_all(&format!("{} {}", finding.message.replace('`', ""), finding.subject)) {
                expect(is_visible, || format!("{words:?}: {id} is hidden"))?;
            }
            expect(has_all(&texts[id]) == is_visible, || format!("{words:?}: {id} is visible: {is_visible}"))?;
        }
        expect(visible.len() < page.findings.len(), || format!("{words:?} hides no findings"))?;
    }
    // Search and other filters are combined.
    page.write("#q", "is new")?;
    let visible = page.visible()?;
    page.browser.click("[data-key=d] [data-v=response]")?;
    page.shows("search and a filter", |f| f.direction == "response" && visible.contains(&f.fingerprint))?;
    Ok(format!("{} texts", searches.len()))
}
