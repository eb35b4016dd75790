//! Layout on a desktop and on a phone.

use super::browser::Result;
use super::page::{Page, expect};
use serde_json::json;

/// Checks that old and new values are side by side, and nothing is wider than the window.
pub(super) fn wide(page: &Page) -> Result<String> {
    both(page, "before.top === after.top && before.right < after.left && before.width > 400")?;
    fits(page, 1280)?;
    Ok("side by side".to_owned())
}

/// Checks that on a phone old values are above new ones, nothing is wider than the window, and controls are large
/// enough.
pub(super) fn narrow(page: &Page) -> Result<String> {
    let phone = json!({"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true});
    page.browser.devtools("Emulation.setDeviceMetricsOverride", &phone)?;
    let result = phone_sized(page);
    page.browser.devtools("Emulation.clearDeviceMetricsOverride", &json!({}))?;
    result
}

fn phone_sized(page: &Page) -> Result<String> {
    page.open("")?;
    both(page, "before.bottom < after.top && before.left === after.left && before.width > 300")?;
    fits(page, 390)?;
    let small: Vec<String> = page.browser.ask(
        "return [...document.querySelectorAll('#bar button, #bar input, summary')].filter((e) => e.checkVisibility() \
         && e.getBoundingClientRect().height < 32).map((e) => e.outerHTML)",
        &[],
    )?;
    expect(small.is_empty(), || format!("too small for touch: {small:?}"))?;
    Ok("stacked, within 390 pixels".to_owned())
}

/// Checks the position of the old and new value of a finding.
fn both(page: &Page, script: &str) -> Result<()> {
    let two = page
        .findings
        .iter()
        .find(|f| f.before.is_some() && f.after.is_some())
        .ok_or("no finding has an old and a new value")?;
    page.browser.click(&format!("[id='{}'] summary", two.fingerprint))?;
    let script = format!(
        "(() => {{ const [before, after] = [...f.querySelectorAll('.sides > pre')].map((p) => p.getBoundingClientRect()); \
         return {script}; }})()"
    );
    expect(page.holds(&two.fingerprint, &script)?, || format!("{}: unexpected position of the values", two.fingerprint))
}

/// Checks that no element is wider than the window, with all findings open.
fn fits(page: &Page, width: u32) -> Result<()> {
    let open = "document.querySelectorAll('details').forEach((f) => { f.open = true; })";
    page.browser.ask::<()>(open, &[])?;
    let inner: u32 = page.browser.ask("return innerWidth", &[])?;
    expect(inner == width, || format!("the window has {inner} pixels, not {width}"))?;
    let over: Vec<String> = page.browser.ask(
        "const width = document.documentElement.clientWidth; \
         if (document.documentElement.scrollWidth > width) return ['the page: ' + document.documentElement.scrollWidth]; \
         return [...document.querySelectorAll('main *')].filter((e) => e.checkVisibility() && e.tagName !== 'LEGEND' \
         && (e.getBoundingClientRect().right > width + 0.5 || e.scrollWidth > e.clientWidth + 1 && e.tagName === 'PRE')) \
         .slice(0, 5).map((e) => e.outerHTML.slice(0, 200))",
        &[],
    )?;
    expect(over.is_empty(), || format!("wider than {width} pixels: {over:?}"))
}
