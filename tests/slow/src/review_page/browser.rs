//! A headless browser, controlled with ChromeDriver over HTTP by real key presses and clicks.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Key of an element reference in WebDriver.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Arguments of Chromium: headless, as root, without background network traffic.
const ARGUMENTS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,1000",
];

pub(super) type Result<T> = std::result::Result<T, String>;

/// Keys that are not characters.
pub(super) const ENTER: char = '\u{e007}';
pub(super) const ESCAPE: char = '\u{e00c}';

/// A browser window.
pub(super) struct Browser {
    driver: Child,
    agent: ureq::Agent,
    session: String,
    /// Name and version of the browser.
    pub(super) name: String,
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Closes the window. Errors cannot be reported here.
        let _ = self.agent.delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Browser {
    /// Opens a window with an empty profile.
    pub(super) fn open() -> Result<Self> {
        let missing = "Chromium is missing: install `chromium` and `chromium-driver` (Debian's names), so that \
                       `chromedriver` can be run";
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{missing} ({error})"))?;
        let output = driver.stdout.take().map(BufReader::new).ok_or("chromedriver has no output")?;
        let port = output.lines().map_while(std::result::Result::ok).find_map(|line| {
            let port = line.split_once("started successfully on port ")?.1;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let config =
            ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(60)));
        let agent: ureq::Agent = config.build().into();
        let base = format!("http://127.0.0.1:{}/session", port.unwrap_or_default());
        let mut browser = Self { driver, agent, session: base, name: String::new() };
        if port.is_none() {
            return Err("chromedriver did not start".to_owned());
        }
        let log = json!({"browser": "ALL", "performance": "ALL"});
        let options = json!({"goog:chromeOptions": {"args": ARGUMENTS}, "goog:loggingPrefs": log});
        let opened = browser.post("", &json!({"capabilities": {"alwaysMatch": options}}))?;
        let text = |pointer: &str| opened.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        browser.name = format!("{} {}", text("/capabilities/browserName"), text("/capabilities/browserVersion"));
        browser.session = format!("{}/{}", browser.session, text("/sessionId"));
        Ok(browser)
    }

    fn post(&self, command: &str, body: &Value) -> Result<Value> {
        let url = format!("{}{command}", self.session);
        let mut answer = self.agent.post(&url).send(body.to_string()).map_err(|error| format!("{command}: {error}"))?;
        let text = answer.body_mut().with_config().limit(64 << 20).read_to_string();
        let text = text.map_err(|error| format!("{command}: {error}"))?;
        let mut value: Value = serde_json::from_str(&text).map_err(|error| format!("{command}: {error}: {text}"))?;
        let value = value["value"].take();
        match value.get("error") {
            Some(error) => Err(format!("{command} {body}: {error}: {}", value["message"].as_str().unwrap_or_default())),
            None => Ok(value),
        }
    }

    /// Opens a URL, and waits until the page is loaded.
    pub(super) fn go(&self, url: &str) -> Result<()> {
        self.post("/url", &json!({ "url": url })).map(drop)
    }

    /// Returns the result of a script in the page. It runs as the body of a function.
    pub(super) fn ask<T: DeserializeOwned>(&self, script: &str, arguments: &[&str]) -> Result<T> {
        let value = self.post("/execute/sync", &json!({"script": script, "args": arguments}))?;
        serde_json::from_value(value.clone()).map_err(|error| format!("{script}: {value}: {error}"))
    }

    /// Clicks on the visible element of a selector.
    pub(super) fn click(&self, selector: &str) -> Result<()> {
        let found = self.post("/element", &json!({"using": "css selector", "value": selector}))?;
        let id = found[ELEMENT].as_str().unwrap_or_default();
        self.post(&format!("/element/{id}/click"), &json!({})).map(drop)
    }

    /// Presses keys in order, in the focused element.
    pub(super) fn press(&self, keys: impl IntoIterator<Item = char>) -> Result<()> {
        let one = |key: char| [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key})];
        let actions: Vec<Value> = keys.into_iter().flat_map(one).collect();
        self.post("/actions", &json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})).map(drop)
    }

    /// Sends a command of the DevTools protocol.
    pub(super) fn devtools(&self, command: &str, parameters: &Value) -> Result<Value> {
        self.post("/goog/cdp/execute", &json!({"cmd": command, "params": parameters}))
    }

    /// Returns the log entries of the browser since the last call.
    pub(super) fn log(&self, kind: &str) -> Result<Vec<String>> {
        let entries = self.post("/se/log", &json!({ "type": kind }))?;
        let text = |entry: &Value| entry["message"].as_str().unwrap_or_default().to_owned();
        Ok(entries.as_array().map(|entries| entries.iter().map(text).collect()).unwrap_or_default())
    }
}
