//! Keeps the methods that patterns match, and the schemas that they reach.

use crate::diagnostic::{Diagnostic, Diagnostics, is_similar};
use crate::model::pattern::{Pattern, Patterns};
use crate::model::{Api, Flow, Skipped};
use std::collections::{BTreeSet, HashSet};

/// Keeps the methods that any pattern matches, and the schemas that they reach. Without patterns, everything stays.
///
/// # Errors
/// Invalid patterns, and those that match no method, with a similar name.
pub fn prune(mut api: Api, include: &[String]) -> Result<Api, Diagnostics> {
    if include.is_empty() {
        return Ok(api);
    }
    let patterns = parse(include, api.methods.keys().map(String::as_str))?;
    let wanted = Patterns::new(&patterns);
    let mut methods: BTreeSet<String> = api.methods.keys().filter(|name| wanted.matches_any(name)).cloned().collect();
    // The methods that poll and cancel a job are kept with the one that starts it.
    let jobs: Vec<_> = methods.iter().filter_map(|name| api.methods.get(name)?.job.clone()).collect();
    methods.extend(jobs.into_iter().flat_map(|job| [Some(job.get), job.cancel]).flatten());
    let schemas = reached(&api, &methods);
    let skipped = std::mem::take(&mut api.skipped);
    api.skipped = skipped.into_iter().filter(|one| is_part_of(&api, one, &wanted, &methods, &schemas)).collect();
    api.methods.retain(|name, _| methods.contains(name));
    api.webhooks.clear();
    api.schemas.retain(|name, schema| {
        schemas.contains(name)
            // An inline schema of a method belongs to it.
            || schema.defined_in.method().is_some_and(|method| methods.contains(method))
    });
    Ok(api)
}

/// Returns `true` if a part that was left out belongs to what is kept, or to the API as a whole.
fn is_part_of(
    api: &Api,
    skipped: &Skipped,
    patterns: &Patterns<'_>,
    methods: &BTreeSet<String>,
    schemas: &BTreeSet<String>,
) -> bool {
    let owner = skipped.subject.split(": ").next().unwrap_or_default();
    if api.methods.contains_key(owner) {
        return methods.contains(owner);
    }
    // An operation that was left out as a whole.
    if skipped.pointer.starts_with("/paths/") {
        return patterns.matches_any(owner);
    }
    let mut name = owner;
    while !api.schemas.contains_key(name) {
        match name.rsplit_once('.') {
            Some((outer, _)) => name = outer,
            None => return true,
        }
    }
    schemas.contains(name)
}

/// Parses patterns, each of which must match a method.
///
/// # Errors
/// Invalid patterns, and those that match no method, with a similar name.
pub fn parse<'a>(include: &[String], methods: impl Iterator<Item = &'a str>) -> Result<Vec<Pattern>, Diagnostics> {
    let methods: Vec<&str> = methods.collect();
    let names: HashSet<&str> = methods.iter().copied().collect();
    let mut globs = 0usize;
    let mut faults = Diagnostics::default();
    let mut patterns = Vec::new();
    let mut candidates = None;
    for text in include {
        let parsed = Pattern::parse(text);
        globs = globs.saturating_add(usize::from(parsed.as_ref().is_ok_and(|pattern| pattern.name().is_none())));
        if globs > MAX_GLOBS {
            faults.push(Diagnostic::error(format!("more than {MAX_GLOBS} patterns with `*` or `{{`")));
            break;
        }
        match parsed {
            Ok(pattern) if pattern.name().is_some_and(|name| names.contains(name)) => patterns.push(pattern),
            Ok(pattern) if pattern.name().is_some() => {
                faults.push(matches_nothing(text, &methods, &mut candidates, &faults));
            }
            Ok(pattern) if methods.iter().any(|name| pattern.matches(name)) => match pattern.unmatched(&methods) {
                None => patterns.push(pattern),
                Some(option) => {
                    let fault = Diagnostic::error(format!("in the pattern `{text}`, `{option}` matches no method"));
                    let parts = methods.iter().flat_map(|name| name.split('.')).take(faults.candidates());
                    let fits = |part: &&str| pattern.with_option(option, part, &methods);
                    let similar: BTreeSet<&str> = parts.filter(|part| is_similar(option, part)).collect();
                    faults.push(fault.help("remove it").suggest(option, similar.into_iter().filter(fits)));
                }
            },
            Ok(_) => faults.push(matches_nothing(text, &methods, &mut candidates, &faults)),
            Err(message) => {
                let help = "a pattern is a method's name, with `*`, `**` and `{one,other}`";
                faults.push(Diagnostic::error(message).help(help));
            }
        }
    }
    if faults.has_errors() { Err(faults) } else { Ok(patterns) }
}

/// Largest number of patterns that may match several methods: each is compared with each method.
const MAX_GLOBS: usize = 1_000;

/// Returns the error of a pattern that matches no method.
fn matches_nothing(
    text: &str,
    methods: &[&str],
    candidates: &mut Option<BTreeSet<String>>,
    faults: &Diagnostics,
) -> Diagnostic {
    let fault = Diagnostic::error(format!("pattern `{text}` matches no method"))
        .help("`inspect FILE --methods` lists the methods; `*` is one part of a name, `**` any number of parts");
    // Ids of methods begin with the name of the API, and names do not.
    let (first, rest) = text.split_once('.').unwrap_or((text, ""));
    let is_misspelled = || methods.iter().filter_map(|name| name.split('.').next()).any(|part| is_similar(first, part));
    let names_a_part = rest.contains(|c: char| c.is_alphanumeric()) && faults.candidates() > 0;
    if names_a_part
        && Pattern::parse(rest).is_ok_and(|pattern| methods.iter().any(|name| pattern.matches(name)))
        && !is_misspelled()
    {
        return fault.help(format!("did you mean `{rest}`? method names do not include the name of the API"));
    }
    let known = candidates.get_or_insert_with(|| self::candidates(methods));
    fault.suggest(text, known.iter().map(String::as_str).take(faults.candidates()))
}

/// Length of the longest resource that is suggested: names of thousands of parts take quadratic time.
const LONGEST_CANDIDATE: usize = 256;

/// Returns the patterns that one may have meant: methods, and all below a resource.
fn candidates(methods: &[&str]) -> BTreeSet<String> {
    let mut candidates = BTreeSet::new();
    for method in methods {
        candidates.insert((*method).to_owned());
        let ends = method.match_indices('.').map(|(end, _)| end).take_while(|end| *end <= LONGEST_CANDIDATE);
        candidates.extend(ends.filter_map(|end| Some(format!("{}.**", method.get(..end)?))));
    }
    candidates
}

/// Returns the schemas that methods reach.
pub fn reached(api: &Api, methods: &BTreeSet<String>) -> BTreeSet<String> {
    let methods = methods.iter().filter_map(|name| api.methods.get(name));
    let named = methods.flat_map(|method| [Flow::Request, Flow::Response].map(|flow| flow.schemas(method)));
    api.reached(named.flatten(), |_| true).into_iter().map(str::to_owned).collect()
}
