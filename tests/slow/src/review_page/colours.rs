//! Light and dark: both by what the system wants and by hand, and everything can be read.

use super::browser::Result;
use super::page::{Page, expect};
use serde_json::json;

const CONTRAST: &str = include_str!("contrast.js");

/// Looks at both, with all findings open and all filters pressed.
pub(super) fn all(page: &Page) -> Result<String> {
    let result = both(page);
    page.browser.devtools("Emulation.setEmulatedMedia", &json!({"features": []}))?;
    result
}

fn both(page: &Page) -> Result<String> {
    let mut colours = Vec::new();
    let mut pairs = 0;
    for scheme in ["light", "dark"] {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        page.browser.devtools("Emulation.setEmulatedMedia", &json!({ "features": features }))?;
        let of_page = "const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]";
        colours.push(page.browser.ask::<Vec<String>>(of_page, &[])?);
        pairs += readable(page).map_err(|error| format!("{scheme}: {error}"))?;
        // The same by hand, where the system wants the other.
        let by_hand: Vec<String> = {
            let other = if scheme == "light" { "dark" } else { "light" };
            let features = json!([{"name": "prefers-color-scheme", "value": other}]);
            page.browser.devtools("Emulation.setEmulatedMedia", &json!({ "features": features }))?;
            page.open("")?;
            page.browser.press(['d'])?;
            let colours = page.browser.ask(of_page, &[])?;
            page.open_first()?;
            colours
        };
        expect(Some(&by_hand) == colours.last(), || format!("{scheme} by hand is {by_hand:?}, not {colours:?}"))?;
    }
    let differ = colours[0].iter().zip(&colours[1]).all(|(light, dark)| light != dark);
    expect(differ, || format!("light and dark have the same colours: {colours:?}"))?;
    Ok(format!("{pairs} pairs of ink and paper have a contrast of 4.5 or more"))
}

/// Checks that all pairs of colours are readable, and returns their number.
fn readable(page: &Page) -> Result<usize> {
    let mut count = 0;
    // With nothing found, with the list of keys, and with everything open.
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
        expect(faint.is_empty(), || format!("too faint: {}", faint.join("\n")))?;
        count += pairs;
    }
    Ok(count)
}
