//! Anchors and readability of findings.

use super::browser::Result;
use super::page::{Page, expect};
use serde_json::json;

/// Script that is true for a finding that is open, in view and highlighted.
const MARKED: &str = "f.open && getComputedStyle(f).outlineStyle === 'solid' && f.getBoundingClientRect().top >= 0 \
                      && f.getBoundingClientRect().top < innerHeight / 2 \
                      && document.elementFromPoint(innerWidth / 2, f.getBoundingClientRect().top + 8).closest('details') === f";

/// Checks that every finding has an anchor, and that some anchors open their finding, highlighted.
pub(super) fn addresses(page: &Page) -> Result<String> {
    let missing = "return arguments[0].split(' ').filter((id) => !document.getElementById(id))";
    let all: Vec<&str> = page.findings.iter().map(|f| f.fingerprint.as_str()).collect();
    let missing: Vec<String> = page.browser.ask(missing, &[&all.join(" ")])?;
    expect(missing.is_empty(), || format!("missing anchors {missing:?}"))?;
    let mut count = 0;
    for id in all.iter().step_by(25).chain(all.last()) {
        page.open(&format!("#{id}"))?;
        marked(page, id)?;
        let others: usize = page.browser.ask("return document.querySelectorAll('details[open], .on').length", &[])?;
        expect(others == 1, || format!("#{id}: {others} findings are open or highlighted"))?;
        count += 1;
    }
    // On the page: the link of a finding, another anchor, and that of a finding that a filter hides.
    page.open("")?;
    page.browser.click(&format!("[id='{}'] summary", all[0]))?;
    page.browser.click(&format!("[id='{}'] .foot a", all[0]))?;
    let url: String = page.browser.ask("return location.href", &[])?;
    expect(url == format!("{}#{}", page.url, all[0]), || format!("the link of a finding leads to {url}"))?;
    marked(page, all[0])?;
    page.browser.press(['b'])?;
    let hidden = page.findings.iter().rfind(|f| f.wire != "breaking").ok_or("all findings are breaking")?;
    page.browser.ask::<()>("location.hash = arguments[0]", &[&hidden.fingerprint])?;
    marked(page, &hidden.fingerprint)?;
    expect(!page.holds(all[0], "f.classList.contains('on')")?, || "two findings are highlighted".to_owned())?;
    Ok(format!("{count} opened"))
}

/// Waits until a finding is open, in view and highlighted, since the page may still scroll.
fn marked(page: &Page, id: &str) -> Result<()> {
    for _ in 0..50 {
        if page.holds(id, MARKED)? {
            return Ok(());
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    Err(format!("#{id} does not open and highlight its finding"))
}

/// Checks that without scripts all findings are visible and can be opened, and controls that need scripts are hidden.
pub(super) fn without_scripts(page: &Page) -> Result<String> {
    page.browser.devtools("Emulation.setScriptExecutionDisabled", &json!({"value": true}))?;
    let result = read_all(page);
    page.browser.devtools("Emulation.setScriptExecutionDisabled", &json!({"value": false}))?;
    result
}

fn read_all(page: &Page) -> Result<String> {
    page.open("")?;
    let scripted: bool = page.browser.ask("return document.documentElement.classList.contains('js')", &[])?;
    expect(!scripted, || "scripts are enabled".to_owned())?;
    let bar: bool = page.browser.ask("return document.getElementById('bar').checkVisibility()", &[])?;
    expect(!bar, || "filters are visible without scripts".to_owned())?;
    let visible = page.visible()?;
    expect(visible.len() == page.findings.len(), || format!("{} findings are visible", visible.len()))?;
    let texts = page.texts("querySelector('summary').textContent")?;
    for finding in &page.findings {
        let id = &finding.fingerprint;
        let text = &texts[id];
        for part in [finding.message.replace('`', ""), finding.subject.clone(), finding.wire.clone()] {
            expect(text.contains(&part), || format!("{id} does not contain `{part}`: {text}"))?;
        }
    }
    for finding in page.findings.iter().step_by(20) {
        let id = &finding.fingerprint;
        page.browser.click(&format!("[id='{id}'] summary"))?;
        let reads = page.holds(id, "f.open && f.querySelector('.more').checkVisibility()")?;
        expect(reads, || format!("{id} does not open"))?;
    }
    Ok(format!("{} findings", visible.len()))
}
