//! Keyboard shortcuts of the page.

use super::browser::{ENTER, ESCAPE, Result};
use super::page::{Page, expect};

/// Keys listed on the page.
const KEYS: &str = "/ j k Enter b r s e d Esc";

/// Presses all keys, and checks their effects.
pub(super) fn all(page: &Page) -> Result<String> {
    let browser = &page.browser;
    let order = page.visible()?;
    let is_on = |at: usize| {
        let id = &order[at];
        let script = "f.classList.contains('on') && f.contains(document.activeElement) \
                      && getComputedStyle(f).outlineStyle === 'solid' && f.getBoundingClientRect().top >= 0 \
                      && f.querySelector('summary').getBoundingClientRect().bottom <= innerHeight";
        page.holds(id, script).and_then(|holds| expect(holds, || format!("finding {at} is not in view")))
    };
    browser.press(['j'])?;
    is_on(0)?;
    browser.press(['j', 'j'])?;
    is_on(2)?;
    browser.press(['k'])?;
    is_on(1)?;
    for open in [true, false] {
        browser.press([ENTER])?;
        let holds = page.holds(&order[1], "f.open")?;
        expect(holds == open, || format!("Enter: the finding is open: {holds}"))?;
    }
    let many = 30;
    browser.press(std::iter::repeat_n('j', many))?;
    settled(page)?;
    is_on(1 + many)?;
    browser.press(std::iter::repeat_n('k', many + 5))?;
    settled(page)?;
    is_on(0)?;

    for (key, wire) in [('b', "breaking"), ('r', "risky"), ('s', "safe")] {
        browser.press([key])?;
        page.shows(wire, |f| f.wire == wire)?;
        browser.press([key])?;
        page.shows("no filter again", |_| true)?;
    }

    browser.press(['/'])?;
    let focus = "return document.activeElement.id + '=' + document.getElementById('q').value";
    let focused: String = browser.ask(focus, &[])?;
    expect(focused == "q=", || format!("/: the focus is on {focused}"))?;
    // Letters in the search field are not shortcuts.
    browser.press("bejd/".chars())?;
    let focused: String = browser.ask(focus, &[])?;
    expect(focused == "q=bejd/", || format!("the search field has {focused}"))?;
    browser.press([ESCAPE])?;
    let focused: String = browser.ask(focus, &[])?;
    expect(focused == "=", || format!("Esc: the focus is on {focused}"))?;
    page.shows("Esc", |_| true)?;

    for (key, open, label) in [('e', order.len(), "Close all"), ('e', 0, "Open all")] {
        browser.press([key])?;
        let count: usize = browser.ask("return document.querySelectorAll('details[open]').length", &[])?;
        expect(count == open, || format!("{key}: {count} findings are open"))?;
        // The button changes in the next frame.
        settled(page)?;
        let text: String = browser.ask("return document.getElementById('open').textContent", &[])?;
        expect(text == label, || format!("{key}: the text of the button is `{text}`"))?;
    }

    let paper = || browser.ask::<String>("return getComputedStyle(document.body).backgroundColor", &[]);
    let before = paper()?;
    browser.press(['d'])?;
    expect(paper()? != before, || "d: the colors do not change".to_owned())?;
    page.open("")?;
    expect(paper()? != before, || "d: the colors are not remembered".to_owned())?;
    browser.press(['d'])?;
    expect(paper()? == before, || "d: the colors do not change back".to_owned())?;

    browser.press(['b', '?'])?;
    let listed: String = browser
        .ask("return [...document.querySelectorAll('#keys[open] kbd')].map((key) => key.textContent).join(' ')", &[])?;
    expect(listed == KEYS, || format!("?: the listed keys are `{listed}`, the tested ones are `{KEYS}`"))?;
    browser.press([ESCAPE])?;
    let open: bool = browser.ask("return document.getElementById('keys').open", &[])?;
    expect(!open, || "Esc: the list of keys does not close".to_owned())?;
    page.shows("Esc in the list of keys", |f| f.wire == "breaking")?;
    browser.press([ESCAPE])?;
    page.shows("Esc", |_| true)?;
    Ok(KEYS.to_owned())
}

/// Waits until the page does not scroll any more.
fn settled(page: &Page) -> Result<()> {
    let mut last = f64::NAN;
    for _ in 0..50 {
        std::thread::sleep(std::time::Duration::from_millis(100));
        let at: f64 = page.browser.ask("return scrollY", &[])?;
        if at == last {
            return Ok(());
        }
        last = at;
    }
    Err("the page does not stop scrolling".to_owned())
}
