//! `update` with real documents.

use super::*;

#[test]
fn the_documents_of_this_repository_are_up_to_date() {
    let workplace = Workplace::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let copy = |folder: &str| {
        let run = Command::new("cp").arg("-r").arg(root.join(folder)).arg(workplace.path()).status().unwrap();
        assert!(run.success());
    };
    copy("spec");
    copy("generated");
    let served = &workplace.server;
    for (path, file) in [
        ("/aiplatform", "aiplatform.v1.json"),
        ("/gemini", "generativelanguage.v1beta.json"),
        ("/palm", "generativelanguage.v1beta3.json"),
    ] {
        served.serve(path, workplace.read(&format!("spec/{file}")));
    }
    let item = |version: &str, path: &str| {
        format!(r#"{{"version": "{version}", "discoveryRestUrl": "{}/{path}"}}"#, served.root)
    };
    let items = format!(r#"{{"items": [{}, {}]}}"#, item("v1", "aiplatform"), item("v1beta", "gemini"));
    served.serve("/directory", items);
    let configuration = workplace.read("spec/codegen.toml");
    let (before, after) = configuration.split_once("url = \"").unwrap();
    let after = after.split_once('"').unwrap().1;
    workplace.write("spec/codegen.toml", &format!("{before}url = \"{}/palm\"{after}", served.root));
    let before = workplace.files();
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 0 && text.ends_with("up to date\n") && text.matches(": unchanged (").count() == 3, "{text}");
    assert_eq!(workplace.files(), before);
}

#[test]
fn vertex_ai_in_two_releases() {
    let workplace = Workplace::new();
    let serve = |release: &str| workplace.server.serve("/zoo", &real::document(release, "aiplatform.v1").text);
    serve("2.190.0");
    let arguments = ["init", "aiplatform:v1", "--include", "projects.locations.tuningJobs.**", "--name", "tuning"];
    let (code, text) = workplace.text(&arguments);
    assert_eq!(code, 0, "{text}");
    let before = workplace.files();
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 0 && text.ends_with("up to date\n"), "{text}");
    assert_eq!(workplace.files(), before);

    serve("2.202.0");
    let (code, text) = workplace.text(&["update"]);
    // Ten months of changes are additions: of 0.x, a patch version.
    assert!(code == 0 && text.contains("version: 0.1.0 → 0.1.1 (minor changes)"), "{text}");
    let after = workplace.files();
    let changed: Vec<&str> =
        after.iter().filter(|(path, text)| before.get(*path) != Some(text)).map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        changed,
        [
            "spec/aiplatform.v1.json",
            "spec/aiplatform.v1.lock.toml",
            "tuning/CHANGELOG.md",
            "tuning/Cargo.toml",
            "tuning/reviews/0.1.1.md",
            "tuning/src/aiplatform_v1/methods.rs",
            "tuning/src/aiplatform_v1/mod.rs",
            "tuning/src/aiplatform_v1/types.rs",
            "tuning/src/lib.rs",
        ]
    );
    let review = workplace.read("tuning/reviews/0.1.1.md");
    assert!(review.contains("Old clients still work.") && !review.contains("did not fit"), "{review}");
    let changelog = workplace.read("tuning/CHANGELOG.md");
    let lines = changelog.lines().filter(|line| line.starts_with("- ")).count();
    assert!(lines >= 10 && !changelog.contains("**breaking**") && !changelog.contains("### Removed"), "{changelog}");
    let (code, text) = workplace.text(&["update"]);
    assert!(code == 0 && text.ends_with("up to date\n"), "{text}");
    assert_eq!(workplace.files(), after);
}
