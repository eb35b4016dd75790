//! Unions of real documents, imported from the protos of npm packages, compared with a reading of the protos' texts.

use crate::documents::NEW;
use crate::real;
use crate::text;
use discovery_codegen::import;
use discovery_codegen::model::{Api, Message, Shape};
use discovery_codegen::parser::{self, overlay};
use discovery_codegen::source::Source;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Documents, the packages of npm with their protos, and the packages of the protos.
const APIS: [(&str, &str, &str); 29] = [
    ("aiplatform.v1", "@google-cloud/aiplatform@6.11.0", "google.cloud.aiplatform.v1"),
    ("batch.v1", "@google-cloud/batch@2.5.0", "google.cloud.batch.v1"),
    ("bigqueryconnection.v1", "@google-cloud/bigquery-connection@4.0.1", "google.cloud.bigquery.connection.v1"),
    ("bigquerydatatransfer.v1", "@google-cloud/bigquery-data-transfer@5.1.3", "google.cloud.bigquery.datatransfer.v1"),
    ("cloudasset.v1", "@google-cloud/asset@6.3.3", "google.cloud.asset.v1"),
    ("cloudbuild.v1", "@google-cloud/cloudbuild@5.6.0", "google.devtools.cloudbuild.v1"),
    ("clouddeploy.v1", "@google-cloud/deploy@4.0.0", "google.cloud.deploy.v1"),
    ("cloudfunctions.v2", "@google-cloud/functions@4.2.2", "google.cloud.functions.v2"),
    ("cloudkms.v1", "@google-cloud/kms@5.7.0", "google.cloud.kms.v1"),
    ("cloudtasks.v2", "@google-cloud/tasks@6.3.0", "google.cloud.tasks.v2"),
    ("container.v1", "@google-cloud/container@6.10.0", "google.container.v1"),
    ("dataproc.v1", "@google-cloud/dataproc@6.0.1", "google.cloud.dataproc.v1"),
    ("dialogflow.v2", "@google-cloud/dialogflow@7.9.0", "google.cloud.dialogflow.v2"),
    ("dialogflow.v3", "@google-cloud/dialogflow-cx@5.8.2", "google.cloud.dialogflow.cx.v3"),
    ("discoveryengine.v1", "@google-cloud/discoveryengine@2.9.0", "google.cloud.discoveryengine.v1"),
    ("dlp.v2", "@google-cloud/dlp@6.7.0", "google.privacy.dlp.v2"),
    ("documentai.v1", "@google-cloud/documentai@9.6.2", "google.cloud.documentai.v1"),
    ("firestore.v1", "@google-cloud/firestore@8.7.1", "google.firestore.v1 google.firestore.admin.v1"),
    ("language.v1", "@google-cloud/language@7.2.3", "google.cloud.language.v1"),
    ("monitoring.v3", "@google-cloud/monitoring@5.4.0", "google.monitoring.v3"),
    ("privateca.v1", "@google-cloud/security-private-ca@7.0.2", "google.cloud.security.privateca.v1"),
    ("pubsub.v1", "@google-cloud/pubsub@5.3.1", "google.pubsub.v1"),
    ("run.v2", "@google-cloud/run@3.3.0", "google.cloud.run.v2"),
    ("secretmanager.v1", "@google-cloud/secret-manager@6.3.0", "google.cloud.secretmanager.v1"),
    ("speech.v1", "@google-cloud/speech@7.5.0", "google.cloud.speech.v1"),
    ("storagetransfer.v1", "@google-cloud/storage-transfer@3.6.1", "google.storagetransfer.v1"),
    ("translate.v3", "@google-cloud/translate@9.4.2", "google.cloud.translation.v3"),
    ("videointelligence.v1", "@google-cloud/video-intelligence@6.2.2", "google.cloud.videointelligence.v1"),
    ("vision.v1", "@google-cloud/vision@5.3.7", "google.cloud.vision.v1"),
];

/// Protos that most packages import.
const COMMON: &str = "google-gax@5.0.8";

/// Members of unions, by schema and name.
type Unions = BTreeMap<(String, String), BTreeSet<String>>;

/// Imports the unions of each document, and prints how many of those that it shares with the protos were imported.
///
/// # Errors
/// When a union or a member is not imported, or a union is imported that the texts do not have.
pub(crate) fn run() -> Result<(), String> {
    let mut differences = Vec::new();
    let (mut all, mut all_members, mut all_found) = (0, 0, 0);
    println!("| document | protos | unions | members | imported |\n|---|---|---|---|---|");
    for (name, npm, packages) in APIS {
        let folders = [npm, COMMON].map(|package| real::npm_package(package).join("build/protos"));
        let document = real::document(NEW, name);
        let api = parser::read(&document).map_err(|faults| faults.to_string())?;
        let shared = shared(&api, &folders, &packages.split(' ').collect::<Vec<_>>())?;
        let imported = imported(&document, &folders).map_err(|error| format!("{name}: {error}"))?;
        let mut found = 0;
        for (union, members) in &shared {
            match imported.get(union) {
                Some(others) if others.is_superset(members) => found += 1,
                _ => differences.push(format!("{name}: {}.{}: {members:?}", union.0, union.1)),
            }
        }
        let other = imported.keys().filter(|union| !shared.contains_key(*union));
        other.for_each(|(schema, union)| differences.push(format!("{name}: {schema}.{union} is not in the texts")));
        let members: usize = shared.values().map(BTreeSet::len).sum();
        println!("| `{name}` | `{npm}` | {} | {members} | {found} |", shared.len());
        all += shared.len();
        all_members += members;
        all_found += found;
    }
    println!("| {} documents | | {all} | {all_members} | {all_found} |", APIS.len());
    if differences.is_empty() {
        Ok(())
    } else {
        Err(format!("{} differences\n{}", differences.len(), differences.join("\n")))
    }
}

/// Returns the unions that an import writes.
fn imported(document: &Arc<Source>, folders: &[PathBuf]) -> Result<Unions, String> {
    let empty = Arc::new(Source::new("overlay.toml", ""));
    let written = import::import_protos(document, &empty, folders).map_err(|faults| faults.to_string())?;
    let notes =
        overlay::read(&Arc::new(Source::new("overlay.toml", written.text))).map_err(|fault| fault.to_string())?;
    let unions = notes.schemas.into_iter().flat_map(|(schema, notes)| {
        let members = |members: Vec<overlay::Member>| members.iter().map(|member| member.name().to_owned()).collect();
        notes.unions.into_iter().map(move |(union, notes)| ((schema.clone(), union), members(notes.members)))
    });
    Ok(unions.collect())
}

/// Returns the unions that the texts of the protos state, with the members that the document has.
fn shared(api: &Api, folders: &[PathBuf], packages: &[&str]) -> Result<Unions, String> {
    let messages = api.schemas.iter().filter_map(|(name, schema)| match &schema.shape {
        Shape::Message(message) if !schema.is_inline() => Some((name, message)),
        _ => None,
    });
    let files = files(folders)?;
    let names = names(api, &files, packages);
    let mut unions = Unions::new();
    for (schema, shape) in messages {
        let Some(message) = names.message(schema, shape) else { continue };
        for (union, fields) in &message.oneofs {
            let members: BTreeSet<String> =
                fields.iter().filter(|field| shape.fields.contains_key(*field)).cloned().collect();
            if !members.is_empty() {
                unions.insert((schema.clone(), union.clone()), members);
            }
        }
    }
    Ok(unions)
}

/// Reads all protos, by their paths in imports.
fn files(folders: &[PathBuf]) -> Result<BTreeMap<String, text::File>, String> {
    fn walk(root: &Path, folder: &Path, files: &mut BTreeMap<String, text::File>) -> std::io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                walk(root, &path, files)?;
            } else if path.extension().is_some_and(|extension| extension == "proto") {
                let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                files.entry(name).or_insert(text::read(&fs::read_to_string(&path)?));
            }
        }
        Ok(())
    }
    let mut files = BTreeMap::new();
    for folder in folders {
        walk(folder, folder, &mut files).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    Ok(files)
}

/// Messages by the names of schemas, without underscores: the most specific kind of name first.
struct Names<'a>([BTreeMap<String, Vec<&'a text::Message>>; 3]);

impl<'a> Names<'a> {
    /// Returns the message of a schema: of several, the one with the same fields.
    fn message(&self, schema: &str, shape: &Message) -> Option<&'a text::Message> {
        let name = schema.replace('_', "");
        let found = self.0.iter().find_map(|names| names.get(&name))?;
        let common =
            |message: &text::Message| message.fields.iter().filter(|field| shape.fields.contains_key(*field)).count();
        let known = found.iter().filter(|message| common(message) > 0);
        known.max_by_key(|message| (common(message), std::cmp::Reverse(message.fields.len()))).copied()
    }
}

fn names<'a>(api: &Api, files: &'a BTreeMap<String, text::File>, packages: &[&str]) -> Names<'a> {
    let is_own = |package: &str| packages.contains(&package);
    let is_within =
        |package: &str| packages.iter().any(|own| package.strip_prefix(own).is_some_and(|rest| rest.starts_with('.')));
    // The files of the packages, and all that they import.
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> = files
        .iter()
        .filter(|(_, file)| is_own(&file.package) || is_within(&file.package))
        .map(|(name, _)| name.as_str())
        .collect();
    if api.schemas.contains_key("Operation") {
        open.push("google/longrunning/operations.proto");
    }
    while let Some(name) = open.pop() {
        if let Some(file) = files.get(name)
            && reached.insert(name)
        {
            open.extend(file.imports.iter().map(String::as_str));
        }
    }
    let mut names = [const { BTreeMap::new() }; 3];
    let [full, own, imported] = &mut names;
    let add = |names: &mut BTreeMap<String, Vec<&'a text::Message>>, name: String, message| {
        names.entry(name.replace('_', "")).or_default().push(message);
    };
    for (path, file) in files {
        let package: String = file.package.split(['.', '_']).map(capital).collect();
        for message in &file.messages {
            let (joined, last) = (message.path.concat(), message.path.last().cloned().unwrap_or_default());
            let short: BTreeSet<&String> = BTreeSet::from([&joined, &last]);
            for name in &short {
                add(full, format!("{package}{name}"), message);
            }
            if is_own(&file.package) {
                short.into_iter().for_each(|name| add(own, name.clone(), message));
            } else if reached.contains(path.as_str()) {
                add(imported, last.clone(), message);
            }
        }
    }
    Names(names)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
