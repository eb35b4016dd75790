//! Where things stand, on a desk and on a phone.

use super::browser::Result;
use super::page::{Page, expect};
use serde_json::json;

/// Before and after side by side, and nothing wider than the window.
pub(super) fn wide(page: &Page) -> Result<String> {
    both(page, "before.top === after.top && before.right < after.left && before.width > 400")?;
    fits(page, 1280)?;
    Ok("side by side".to_owned())
}

/// On a phone, before above after; nothing is wider than the window, and what is to be touched is large enough.
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
    expect(small.is_empty(), || format!("too small to be touched: {small:?}"))?;
    Ok("stacked, 390 pixels are enough".to_owned())
}

/// Where both sides of a finding stand that has two.
fn both(page: &Page, script: &str) -> Result<()> {
    let two =
        page.findings.iter().find(|f| f.before.is_some() && f.after.is_some()).ok_or("no finding has two sides")?;
    page.browser.click(&format!("[id='{}'] summary", two.fingerprint))?;
    let script = format!(
        "(() => {{ const [before, after] = [...f.querySelectorAll('.sides > pre')].map((p) => p.getBoundingClientRect()); \
         return {script}; }})()"
    );
    expect(page.holds(&two.fingerprint, &script)?, || format!("{}: the sides stand elsewhere", two.fingerprint))
}

/// With everything open, nothing reaches over the edge.
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
