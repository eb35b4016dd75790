//! `diff`.

use super::*;

/// Reports replace earlier reports, and no other files.
#[test]
fn a_report_overwrites_reports_only() {
    let new = PETS.replace("filter, in: query", "sort, in: query").replace("1.0.0", "1.1.0");
    let folder = Folder::new(&[("a/pets.yaml", PETS), ("b/pets.yaml", &new), ("c/toys.yaml", PETS)]);
    folder.write("d/pets.yaml", new.replace("title: Pets, version: 1.1.0", "title: Pets, version: ''"));
    for format in ["text", "markdown", "json", "html", "github", "junit", "sarif"] {
        let sides = [
            ("a/pets.yaml", "b/pets.yaml"),
            ("a/pets.yaml", "a/pets.yaml"),
            ("a/pets.yaml", "d/pets.yaml"),
            ("a", "b"),
            ("a", "c"),
            ("a", "a"),
        ];
        for (old, new) in sides {
            folder.write("report", "");
            let diff = ["diff", old, new, "--format", format, "--output", "report"];
            folder.ok(&diff);
            assert!(!folder.read("report").is_empty(), "{format}: {old} {new}");
            folder.ok(&diff);
        }
        for text in [
            "my notes\n",
            "# Notes\n\n- one · two\n",
            "- thread-safe · fast\n",
            "{\"a\": 1}\n",
            PETS,
            "<!doctype html>\n<p>mine\n",
        ] {
            folder.write("own", text);
            let error = folder.fails(&["diff", "a", "b", "--format", format, "--output", "own"]);
            assert!(error.contains("`own` exists, and is not a report"), "{error}");
            assert_eq!(folder.read("own"), text);
        }
    }
}

#[test]
fn a_revision_of_both_sides_is_named_once() {
    let new = PETS.replace("filter, in: query", "sort, in: query");
    let folder =
        Folder::new(&[("a/pets.yaml", PETS), ("b/pets.yaml", &new), ("c/pets.yaml", &new.replace("1.0.0", "2"))]);
    assert!(folder.ok(&["diff", "a", "b"]).starts_with("pets, 1.0.0\n"));
    assert!(folder.ok(&["diff", "a", "c"]).starts_with("pets, 1.0.0 → 2\n"));
    assert_eq!(folder.ok(&["diff", "a", "a"]), "0 APIs changed, 0 added, 0 removed: none\n");
}
