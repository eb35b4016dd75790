//! `request`.

use super::*;

/// Runs a command of curl with a shell, and returns its arguments and its standard input.
fn shell(command: &str) -> Vec<u8> {
    let curl = r#"curl() { for one; do printf '%s|' "$one"; case $one in @-) cat;; esac; done; }"#;
    let output = Command::new("bash").args(["-c", &format!("{curl}\n{command}")]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// With `-X HEAD`, curl waits for a body.
#[test]
fn curl_reads_no_body_after_head() {
    let head = PETS.replace("    delete:\n", "    head:\n");
    let folder = Folder::new(&[("pets.yaml", &head)]);
    let command = folder.ok(&["request", "pets.yaml", "owners.purge", "--format", "curl"]);
    assert!(command.starts_with("curl --head \\\n"), "{command}");
}

#[test]
fn a_byte_order_mark_is_no_part_of_json() {
    let folder = pets();
    folder.write("body", "\u{feff}{\"name\": \"x\"}");
    let request = folder.ok(&["request", "pets.yaml", "pets.create", "--body", "body"]);
    assert!(request.contains("\n\n{\n  \"name\": \"x\"\n}\n"), "{request}");
}

#[test]
fn curl_sends_the_bytes_of_the_body() {
    let folder = pets();
    let curl = |method: &str, body: &[u8]| {
        folder.write("body", body);
        let command = folder.ok(&["request", "pets.yaml", method, "--body", "body", "--format", "curl"]);
        assert!(command.chars().all(|c| c == '\n' || !c.is_control()), "{command}");
        shell(&command)
    };
    let sent = curl("notes.create", b"@/etc/hostname");
    assert!(has(&sent, b"|--data-raw|@/etc/hostname|"));
    let sent = curl("notes.create", b"it's\r\n\x1b[2J\\n  12");
    assert!(has(&sent, b"|--data-raw|it's\r\n\x1b[2J\\n  12|"));
    let sent = curl("notes.create", b"\0%s\xff'\\1\n");
    assert!(has(&sent, b"|--data-binary|@-|\0%s\xff'\\1\n"));
    let sent = curl("photos.create", br#"{"note": "n"}"#);
    assert!(has(&sent, b"form-data; name=\"note\"\r\n\r\nn\r\n--"), "{}", String::from_utf8_lossy(&sent));
    let sent = curl("pets.create", br#"{"name": "x"}"#);
    assert!(has(&sent, b"|-d|{\n  \"name\": \"x\"\n}|"));
    // Text stays as it is, also if it could be JSON.
    let sent = curl("notes.create", b" 1.0 ");
    assert!(has(&sent, b"|--data-raw| 1.0 |"));
}

#[test]
fn messages_of_http_are_text() {
    let folder = pets();
    folder.write("body", br#"{"note": "n"}"#);
    let text = folder.ok(&["request", "pets.yaml", "photos.create", "--body", "body"]);
    assert!(text.contains("name=\"note\"\n\nn\n--") && !text.contains("\\u{d}"), "{text}");
    folder.write("body", b"\xff\xfe");
    let text = folder.ok(&["request", "pets.yaml", "notes.create", "--body", "body"]);
    assert!(text.contains("<2 bytes that are not text>"), "{text}");
    let json = folder.ok(&["request", "pets.yaml", "notes.create", "--body", "body", "--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["body"], &json["body_base64"]), (&Value::Null, &"//4=".into()));
}

#[test]
fn arguments_have_the_types_of_the_parameters() {
    let folder = pets();
    let fails = |arguments: &[&str]| folder.fails(&[&["request", "pets.yaml"], arguments].concat());
    for (parameters, message) in [
        (&["limit=abc"][..], "`limit` of `pets.list` is integer"),
        (&["limit=1", "limit=2"], "`limit` of `pets.list` takes one value, not 2"),
        (&["filter={\"kindd\":1}"], "unknown property `kindd` of `Filter` (did you mean `kind`?)"),
    ] {
        let parameters: Vec<&str> = parameters.iter().flat_map(|parameter| ["--param", parameter]).collect();
        let error = fails(&[&["pets.list"], &parameters[..]].concat());
        assert!(error.contains(message), "{error}");
    }
    folder.ok(&["request", "pets.yaml", "pets.list", "--param", "limit=1", "--param", "filter={\"kind\":\"x\"}"]);
    let error = fails(&["pets.create"]);
    assert!(error.contains("`pets.create` requires a request body") && error.contains("--body FILE"), "{error}");
    let error = fails(&["pets.list", "--endpoint", "http://example.com"]);
    assert!(error.contains("--insecure"), "{error}");
    let error = fails(&["pets.list", "--location", "us"]);
    assert!(error.contains("`--endpoint URL`"), "{error}");
}
