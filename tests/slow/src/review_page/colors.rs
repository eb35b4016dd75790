//! Light and dark colors, chosen by the system or the user, with readable contrast.

use super::browser::Result;
use super::page::{Page, expect};
use serde_json::json;

const CONTRAST: &str = include_str!("contrast.js");

/// Checks both color schemes, with all findings open and all filters pressed.
pub(super) fn all(page: &Page) -> Result<String> {
    let result = both(page);
    page.browser.devtools("Emulation.setEmulatedMedia", &json!({"features": []}))?;
    result
}

fn both(page: &Page) -> Result<String> {
    let mut colors = Vec::new();
    let mut pairs = 0;
    for scheme in ["light", "dark"] {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        page.browser.devtools("Emulation.setEmulatedMedia", &json!({ "features": features }))?;
        let of_page = "const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]";
        colors.push(page.browser.ask::<Vec<String>>(of_page, &[])?);
        pairs += readable(page).map_err(|error| format!("{scheme}: {error}"))?;
        // Chosen by the user, when the system prefers the other one.
        let by_hand: Vec<String> = {
            let other = if scheme == "light" { "dark" } else { "light" };
            let features = json!([{"name": "prefers-color-scheme", "value": other}]);
            page.browser.devtools("Emulation.setEmulatedMedia", &json!({ "features": features }))?;
            page.open("")?;
            page.browser.press(['d'])?;
            let colors = page.browser.ask(of_page, &[])?;
            page.open_first()?;
            colors
        };
        expect(Some(&by_hand) == colors.last(), || {
            format!("{scheme}: chosen by the user {by_hand:?}, expected {colors:?}")
        })?;
    }
    let differ = colors[0].iter().zip(&colors[1]).all(|(light, dark)| light != dark);
    expect(differ, || format!("light and dark have the same colors: {colors:?}"))?;
    Ok(format!("{pairs} pairs of text and background colors have a contrast of 4.5 or more"))
}

/// Checks that all pairs of colors have enough contrast, and returns their number.
fn readable(page: &Page) -> Result<usize> {
    let mut count = 0;
    // Without results, with the list of keys, and with everything open.
    let states = [
        "document.getElementById('q').value = 'no such word'; \
         document.getElementById('q').dispatchEvent(new Event('input'))",
        "document.getElementById('clear').click(); document.getElementById('keys').showModal()",
        "document.getElementById('keys').close(); \
         document.querySelectorAll('[data-key] button').forEach((button) => button.click()); \
         document.querySelectorAll('details').forEach((f) => { f.open = true; })",
    ];
    for state in states {
        page.browser.ask::<()>(state, &[])?;
        let (pairs, faint): (usize, Vec<String>) = page.browser.ask(CONTRAST, &[])?;
        expect(faint.is_empty(), || format!("insufficient contrast: {}", faint.join("\n")))?;
        count += pairs;
    }
    Ok(count)
}
