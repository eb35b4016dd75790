//! Files in the order of their imports: each is read and compiled once, after those that it imports.

use super::compile::Finder;
use prost_reflect::DescriptorPool;
use protox::file::{File, FileResolver, GoogleFileResolver};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::{Arc, Mutex};

/// Number of files that all files together import through the public imports of others, at most: each is an import of
/// the importing file, too.
const PUBLIC: usize = 50_000;

/// Number of files of a cycle that its error names, from either end.
const SHOWN: usize = 5;

/// Compiles files with what they import.
pub(super) struct Imports {
    finder: Finder,
    compiler: protox::Compiler,
    parsed: Parsed,
    files: HashMap<String, State>,
    /// Number of files that may still be imported through others.
    public: usize,
}

/// A file that was begun.
enum State {
    /// Its imports are being compiled.
    Open,
    /// It is compiled: the files that it imports publicly, directly or not.
    Compiled(Rc<BTreeSet<String>>),
    /// It cannot be compiled, for this reason.
    Failed(Rc<str>),
}

/// A file whose imports are being compiled.
struct Importing {
    name: String,
    file: File,
    /// Number of imports that are done.
    next: usize,
}

impl Imports {
    pub(super) fn new(finder: Finder) -> Self {
        let parsed = Parsed::default();
        let compiler = protox::Compiler::with_file_resolver(parsed.clone());
        Self { finder, compiler, parsed, files: HashMap::new(), public: PUBLIC }
    }

    /// Compiles a file with its imports, unless it was compiled before.
    ///
    /// # Errors
    /// An invalid file, or one that imports it.
    pub(super) fn open(&mut self, name: &str) -> Result<(), Rc<str>> {
        let mut open: Vec<Importing> = Vec::new();
        self.enter(name, &mut open);
        while let Some(top) = open.last_mut() {
            let import = top.file.file_descriptor_proto().dependency.get(top.next).cloned();
            let failed: Rc<str> = match import.as_deref().map(|import| (import, self.files.get(import))) {
                Some((import, None)) => {
                    self.enter(import, &mut open);
                    continue;
                }
                Some((_, Some(State::Compiled(_)))) => {
                    top.next = top.next.saturating_add(1);
                    continue;
                }
                Some((_, Some(State::Failed(error)))) => error.clone(),
                Some((import, Some(State::Open))) => circular(&open, import).into(),
                None => {
                    if let Some(Importing { name, file, .. }) = open.pop() {
                        let state = self.compile(&name, file).map_or_else(State::Failed, State::Compiled);
                        self.files.insert(name, state);
                    }
                    continue;
                }
            };
            if let Some(top) = open.pop() {
                self.files.insert(top.name, State::Failed(failed));
            }
        }
        match self.files.get(name) {
            Some(State::Failed(error)) => Err(error.clone()),
            _ => Ok(()),
        }
    }

    /// Returns the names of the files that were compiled.
    pub(super) fn names(&self) -> BTreeSet<String> {
        let compiled = self.files.iter().filter(|(_, state)| matches!(state, State::Compiled(_)));
        compiled.map(|(name, _)| name.clone()).collect()
    }

    pub(super) fn pool(&self) -> DescriptorPool {
        self.compiler.descriptor_pool()
    }

    fn enter(&mut self, name: &str, open: &mut Vec<Importing>) {
        if self.files.contains_key(name) {
            return;
        }
        let state = match self.finder.open_file(name) {
            Ok(file) => {
                open.push(Importing { name: name.to_owned(), file, next: 0 });
                State::Open
            }
            // Its debug form has file, line and column.
            Err(error) => State::Failed(format!("{error:?}").into()),
        };
        self.files.insert(name.to_owned(), state);
    }

    /// Compiles a file whose imports are compiled, and returns the files that it imports publicly.
    fn compile(&mut self, name: &str, file: File) -> Result<Rc<BTreeSet<String>>, Rc<str>> {
        let (file, public) = self.with_public_imports(file)?;
        // Only errors need the positions of a file, and each of its options takes time for all of them.
        let mut descriptor = file.file_descriptor_proto().clone();
        descriptor.source_code_info = None;
        if self.add(name, File::from_file_descriptor_proto(descriptor)).is_err() {
            self.add(name, file)?;
        }
        Ok(public)
    }

    fn add(&mut self, name: &str, file: File) -> Result<(), Rc<str>> {
        if let Ok(mut parsed) = self.parsed.0.lock() {
            parsed.insert(name.to_owned(), file);
        }
        self.compiler.open_file(name).map(drop).map_err(|error| Rc::from(format!("{error:?}")))
    }

    /// Returns a file that imports itself what it would import through the public imports of others, and the files that
    /// it imports publicly. The compiler would follow public imports again for each file, and not all of them.
    fn with_public_imports(&mut self, file: File) -> Result<(File, Rc<BTreeSet<String>>), Rc<str>> {
        let stated = file.file_descriptor_proto();
        let (mut public, mut others) = (BTreeSet::new(), BTreeSet::new());
        for (index, import) in stated.dependency.iter().enumerate() {
            let through = match self.files.get(import) {
                Some(State::Compiled(public)) => public.clone(),
                _ => Rc::default(),
            };
            let is_public = stated.public_dependency.iter().any(|public| usize::try_from(*public) == Ok(index));
            let count = through.len().saturating_add(usize::from(is_public));
            self.public = self.public.checked_sub(count).ok_or("too many files are imported by `import public`")?;
            others.extend(through.iter().cloned());
            if is_public {
                public.extend(through.iter().cloned().chain([import.clone()]));
            }
        }
        for import in &stated.dependency {
            others.remove(import);
        }
        if others.is_empty() && public.is_empty() {
            return Ok((file, Rc::default()));
        }
        let mut descriptor = stated.clone();
        descriptor.dependency.extend(others);
        descriptor.public_dependency.clear();
        Ok((File::from_file_descriptor_proto(descriptor), Rc::new(public)))
    }
}

/// Returns the error of an import of a file whose own imports are being compiled.
fn circular(open: &[Importing], import: &str) -> String {
    let cycle: Vec<&str> = open.iter().map(|file| file.name.as_str()).skip_while(|name| *name != import).collect();
    let end = cycle.len().saturating_sub(SHOWN).max(SHOWN.min(cycle.len()));
    let (first, last) = (cycle.iter().take(SHOWN), cycle.iter().skip(end));
    let between = Some(&"…").filter(|_| end > SHOWN);
    let names: Vec<&str> = first.chain(between).chain(last).copied().chain([import]).collect();
    format!("circular import: {}", names.join(" → "))
}

/// Files that are parsed, and not compiled yet.
#[derive(Clone, Default)]
struct Parsed(Arc<Mutex<HashMap<String, File>>>);

impl FileResolver for Parsed {
    fn open_file(&self, name: &str) -> Result<File, protox::Error> {
        let parsed = self.0.lock().ok().and_then(|mut parsed| parsed.remove(name));
        parsed.map_or_else(|| GoogleFileResolver::new().open_file(name), Ok)
    }
}
