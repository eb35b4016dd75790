//! A finding: its address, and that it can be read.

use super::browser::Result;
use super::page::{Page, expect};
use serde_json::json;

/// Open, within the window, and with a line around it.
const MARKED: &str = "f.open && getComputedStyle(f).outlineStyle === 'solid' && f.getBoundingClientRect().top >= 0 \
                      && f.getBoundingClientRect().top < innerHeight / 2 \
                      && document.elementFromPoint(innerWidth / 2, f.getBoundingClientRect().top + 8).closest('details') === f";

/// Every finding has an address; those that are tried open there, marked.
pub(super) fn addresses(page: &Page) -> Result<String> {
    let missing = "return arguments[0].split(' ').filter((id) => !document.getElementById(id))";
    let all: Vec<&str> = page.findings.iter().map(|f| f.fingerprint.as_str()).collect();
    let missing: Vec<String> = page.browser.ask(missing, &[&all.join(" ")])?;
    expect(missing.is_empty(), || format!("{missing:?} have no address"))?;
    let mut count = 0;
    for id in all.iter().step_by(25).chain(all.last()) {
        page.open(&format!("#{id}"))?;
        marked(page, id)?;
        let others: usize = page.browser.ask("return document.querySelectorAll('details[open], .on').length", &[])?;
        expect(others == 1, || format!("#{id}: {others} findings are open or marked"))?;
        count += 1;
    }
    // On the page: the link that a finding has, another address, and one of a finding that a filter hides.
    page.open("")?;
    page.browser.click(&format!("[id='{}'] summary", all[0]))?;
    page.browser.click(&format!("[id='{}'] .foot a", all[0]))?;
    let url: String = page.browser.ask("return location.href", &[])?;
    expect(url == format!("{}#{}", page.url, all[0]), || format!("a finding's link leads to {url}"))?;
    marked(page, all[0])?;
    page.browser.press(['b'])?;
    let hidden = page.findings.iter().rfind(|f| f.wire != "breaking").ok_or("all is breaking")?;
    page.browser.ask::<()>("location.hash = arguments[0]", &[&hidden.fingerprint])?;
    marked(page, &hidden.fingerprint)?;
    expect(!page.holds(all[0], "f.classList.contains('on')")?, || "two findings are marked".to_owned())?;
    Ok(format!("{count} opened"))
}

/// The page may still be on its way there.
fn marked(page: &Page, id: &str) -> Result<()> {
    for _ in 0..50 {
        if page.holds(id, MARKED)? {
            return Ok(());
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    Err(format!("#{id} does not open its finding, marked, in view"))
}

/// Without scripts all findings are there and open; what would need scripts is not there.
pub(super) fn without_scripts(page: &Page) -> Result<String> {
    page.browser.devtools("Emulation.setScriptExecutionDisabled", &json!({"value": true}))?;
    let result = read_all(page);
    page.browser.devtools("Emulation.setScriptExecutionDisabled", &json!({"value": false}))?;
    result
}

fn read_all(page: &Page) -> Result<String> {
    page.open("")?;
    let scripted: bool = page.browser.ask("return document.documentElement.classList.contains('js')", &[])?;
    expect(!scripted, || "scripts run".to_owned())?;
    let bar: bool = page.browser.ask("return document.getElementById('bar').checkVisibility()", &[])?;
    expect(!bar, || "filters are there and cannot work".to_owned())?;
    let shown = page.shown()?;
    expect(shown.len() == page.findings.len(), || format!("{} findings can be seen", shown.len()))?;
    let texts = page.texts("querySelector('summary').textContent")?;
    for finding in &page.findings {
        let id = &finding.fingerprint;
        let text = &texts[id];
        for part in [finding.message.replace('`', ""), finding.subject.clone(), finding.wire.clone()] {
            expect(text.contains(&part), || format!("{id} does not say `{part}`: {text}"))?;
        }
    }
    for finding in page.findings.iter().step_by(20) {
        let id = &finding.fingerprint;
        page.browser.click(&format!("[id='{id}'] summary"))?;
        let reads = page.holds(id, "f.open && f.querySelector('.more').checkVisibility()")?;
        expect(reads, || format!("{id} does not open"))?;
    }
    Ok(format!("{} findings", shown.len()))
}
