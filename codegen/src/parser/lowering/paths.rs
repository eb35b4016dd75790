//! Paths of Google's APIs: names of methods, and variables that take whole resource names.

use crate::model::{HttpMethod, MethodName};

/// A path in its parts: `/v1beta3/tunedModels/{tunedModel}:generateText`.
pub(crate) struct Path<'p> {
    /// Version, such as `v1beta3`.
    version: &'p str,
    /// Collections and variables, such as `tunedModels` and `{tunedModel}`.
    segments: Vec<Segment<'p>>,
    /// Custom verb after a colon, such as `generateText`.
    verb: Option<&'p str>,
}

#[derive(Clone, Copy, PartialEq)]
enum Segment<'p> {
    Literal(&'p str),
    Variable(&'p str),
}

/// Name and path of a method, as a Discovery document of the same API has them.
#[derive(Debug, PartialEq)]
pub(crate) struct DiscoveryName {
    /// Name of the method, such as `tunedModels.generateText`.
    pub(crate) name: String,
    pub(crate) path: ResourceNamePath,
}

/// A path whose one variable takes a whole resource name.
#[derive(Debug, PartialEq)]
pub(crate) struct ResourceNamePath {
    /// Path with that variable, such as `v1beta3/{+model}:generateText`.
    pub(crate) path: String,
    /// Path with a variable for each id, such as `v1beta3/tunedModels/{tunedModelsId}:generateText`.
    pub(crate) flat_path: String,
    /// The variable, unless the path has none.
    pub(crate) variable: Option<Variable>,
}

/// A variable that takes a whole resource name.
#[derive(Debug, PartialEq)]
pub(crate) struct Variable {
    /// Name of the variable, such as `model`.
    pub(crate) name: String,
    /// Regular expression of its values, such as `^tunedModels/[^/]+$`.
    pub(crate) pattern: String,
    /// Form of its values, such as `tunedModels/{tunedModel}`.
    pub(crate) example: String,
    /// The variables of the written path that it replaces.
    pub(crate) replaced: Vec<String>,
}

impl<'p> Path<'p> {
    /// Parses a path that resource names make: a version, then collections and ids.
    pub(crate) fn parse(path: &'p str) -> Option<Self> {
        let path = path.strip_prefix('/').unwrap_or(path);
        let (path, verb) = match path.rsplit_once(':') {
            Some((path, verb)) if !verb.contains(['/', '}']) => (path, Some(verb)),
            _ => (path, None),
        };
        let mut parts = path.split('/');
        let version = parts.next().filter(|version| is_version(version))?;
        let segments: Option<Vec<_>> = parts
            .map(|part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
                Some(name) if !name.is_empty() && !name.contains(['{', '}', '=']) => Some(Segment::Variable(name)),
                Some(_) => None,
                None if part.is_empty() || part.contains(['{', '}']) => None,
                None => Some(Segment::Literal(part)),
            })
            .collect();
        let segments = segments?;
        // An id follows its collection.
        let ids = segments.windows(2).all(|pair| !matches!(pair, [Segment::Variable(_), Segment::Variable(_)]));
        let first = matches!(segments.first(), Some(Segment::Literal(_)) | None);
        (ids && first).then_some(Self { version, segments, verb })
    }

    /// Returns the method as Discovery names it, by its path and verb.
    ///
    /// `rpc` is the method's name in the protos (`ListTunedModels`), which distinguishes a collection from a singleton.
    /// A POST on a model that does not change it takes `model`, on any other resource `name`; access control takes
    /// `resource`; elements of a collection are listed and created with `parent`.
    pub(crate) fn name(&self, http_method: HttpMethod, rpc: &str) -> DiscoveryName {
        let mut resources: Vec<&str> = self
            .segments
            .iter()
            .filter_map(|segment| match segment {
                Segment::Literal(name) => Some(*name),
                Segment::Variable(_) => None,
            })
            .collect();
        let on_item = matches!(self.segments.last(), Some(Segment::Variable(_)));
        let has_variable = self.segments.iter().any(|segment| matches!(segment, Segment::Variable(_)));
        let verb_of = |verb: HttpMethod| match verb {
            HttpMethod::Get => "get",
            HttpMethod::Post => "create",
            HttpMethod::Put => "update",
            HttpMethod::Patch => "patch",
            HttpMethod::Delete => "delete",
            HttpMethod::Head => "head",
            HttpMethod::Options => "options",
            HttpMethod::Trace => "trace",
            HttpMethod::Query => "query",
            HttpMethod::Other(name) => name,
        };
        let mut whole = on_item;
        let leaf = match (self.verb, http_method) {
            (Some(verb), _) => verb.to_owned(),
            (None, verb) if on_item => verb_of(verb).to_owned(),
            // A singleton: `GET …/locations/{location}/config` is `GetConfig`.
            (None, verb) if resources.len() > 1 && is_single(verb, rpc) => {
                whole = true;
                let mut last = resources.pop().unwrap_or_default().chars();
                let upper: String = last.next().iter().flat_map(|c| c.to_uppercase()).chain(last).collect();
                let verb = if verb == HttpMethod::Patch { "update" } else { verb_of(verb) };
                format!("{verb}{upper}")
            }
            (None, HttpMethod::Get) => "list".to_owned(),
            (None, verb) => verb_of(verb).to_owned(),
        };
        let last_variable = self.segments.iter().rev().find_map(|segment| match segment {
            Segment::Variable(name) => Some(*name),
            Segment::Literal(_) => None,
        });
        let name = match self.verb {
            Some("getIamPolicy" | "setIamPolicy" | "testIamPermissions") => "resource",
            Some(verb) if whole && is_model(last_variable) && runs(verb) => "model",
            _ if whole => "name",
            None if resources.last() == Some(&"operations") => "name",
            _ => "parent",
        };
        let end = if whole { self.segments.len() } else { self.end_of_variables() };
        let path = self.resource_name_path(if has_variable { end } else { 0 }, name);
        DiscoveryName { name: resources.into_iter().chain([leaf.as_str()]).collect::<Vec<_>>().join("."), path }
    }

    fn end_of_variables(&self) -> usize {
        self.segments
            .iter()
            .rposition(|segment| matches!(segment, Segment::Variable(_)))
            .map_or(0, |last| last.saturating_add(1))
    }

    /// Returns the path with one variable in place of its first segments.
    fn resource_name_path(&self, end: usize, name: &str) -> ResourceNamePath {
        let (taken, rest) = self.segments.split_at(end);
        let mut path = self.version.to_owned();
        let mut flat_path = path.clone();
        let mut pattern = Vec::new();
        let mut example = Vec::new();
        let mut replaced = Vec::new();
        let mut collection = "";
        for segment in taken {
            match segment {
                Segment::Literal(text) => {
                    collection = text;
                    flat_path += &format!("/{text}");
                    pattern.push((*text).to_owned());
                    example.push((*text).to_owned());
                }
                Segment::Variable(variable) => {
                    flat_path += &format!("/{{{collection}Id}}");
                    pattern.push("[^/]+".to_owned());
                    example.push(format!("{{{variable}}}"));
                    replaced.push((*variable).to_owned());
                }
            }
        }
        let variable = (!taken.is_empty()).then(|| Variable {
            name: name.to_owned(),
            pattern: format!("^{}$", pattern.join("/")),
            example: example.join("/"),
            replaced,
        });
        if variable.is_some() {
            path += &format!("/{{+{name}}}");
        }
        self.append(rest, &mut [&mut path, &mut flat_path]);
        ResourceNamePath { path, flat_path, variable }
    }

    /// Appends segments, and the verb.
    fn append(&self, rest: &[Segment<'_>], paths: &mut [&mut String]) {
        for path in paths {
            for segment in rest {
                if let Segment::Literal(text) = segment {
                    **path += &format!("/{text}");
                }
            }
            if let Some(verb) = self.verb {
                **path += &format!(":{verb}");
            }
        }
    }

    /// Returns the path of a method with a known name, whose one variable is named as Discovery names it, but follows
    /// the first collection only: `tunedModels/{name}` of `tunedModels.permissions.get` takes
    /// `tunedModels/x/permissions/y`.
    pub(crate) fn expand(&self, method: &str) -> Option<ResourceNamePath> {
        let [Segment::Literal(first), Segment::Variable(name), rest @ ..] = self.segments.as_slice() else {
            return None;
        };
        if rest.iter().any(|segment| matches!(segment, Segment::Variable(_))) {
            return None;
        }
        let mut resources: Vec<&str> = MethodName(MethodName(method).resource()).parts().collect();
        if resources.first() != Some(first) {
            resources = vec![first];
        } else if let Some(Segment::Literal(last)) = rest.last()
            && resources.len() > 1
            && resources.last() == Some(last)
        {
            resources.pop();
        }
        let pattern: Vec<String> = resources.iter().map(|resource| format!("{resource}/[^/]+")).collect();
        let example: Vec<String> = resources.iter().map(|resource| format!("{resource}/{{{resource}Id}}")).collect();
        let mut path = format!("{}/{{+{name}}}", self.version);
        let mut flat_path = format!("{}/{}", self.version, example.join("/"));
        self.append(rest, &mut [&mut path, &mut flat_path]);
        let variable = Variable {
            name: (*name).to_owned(),
            pattern: format!("^{}$", pattern.join("/")),
            example: example.join("/"),
            replaced: vec![(*name).to_owned()],
        };
        Some(ResourceNamePath { path, flat_path, variable: Some(variable) })
    }
}

/// `v1`, `v1beta3`, `v2p1beta`.
fn is_version(text: &str) -> bool {
    text.strip_prefix('v').is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit())
            && rest.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    })
}

/// Returns `true` if a method on what looks like a collection is one on a singleton.
fn is_single(verb: HttpMethod, rpc: &str) -> bool {
    match verb {
        HttpMethod::Get => rpc.starts_with("Get"),
        HttpMethod::Patch | HttpMethod::Put | HttpMethod::Delete => true,
        _ => false,
    }
}

fn is_model(variable: Option<&str>) -> bool {
    variable.is_some_and(|name| name == "model" || name.ends_with("Model"))
}

/// Returns `true` for a method that runs a model, rather than changing it.
fn runs(verb: &str) -> bool {
    ["asyncBatch", "batch", "compute", "count", "embed", "generate", "predict", "rawPredict", "stream"]
        .iter()
        .any(|prefix| verb.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name, the path and the pattern that a path of Google's becomes.
    fn named(verb: HttpMethod, path: &str, rpc: &str) -> String {
        let named = Path::parse(path).unwrap().name(verb, rpc);
        let pattern = named.path.variable.map_or_else(String::new, |variable| format!(" {}", variable.pattern));
        format!("{} {}{pattern}", named.name, named.path.path)
    }

    #[test]
    fn names_as_in_discovery() {
        use HttpMethod::{Delete, Get, Patch, Post};
        for (verb, path, rpc, expected) in [
            (Get, "/v1/tunedModels", "ListTunedModels", "tunedModels.list v1/tunedModels"),
            (Post, "/v1/tunedModels", "CreateTunedModel", "tunedModels.create v1/tunedModels"),
            (Get, "/v1/tunedModels/{tunedModel}", "GetTunedModel", "tunedModels.get v1/{+name} ^tunedModels/[^/]+$"),
            (Patch, "/v1/a/{a}/b/{b}", "UpdateB", "a.b.patch v1/{+name} ^a/[^/]+/b/[^/]+$"),
            (Delete, "/v1/a/{a}/b/{b}", "DeleteB", "a.b.delete v1/{+name} ^a/[^/]+/b/[^/]+$"),
            (Post, "/v1/a/{a}/b", "CreateB", "a.b.create v1/{+parent}/b ^a/[^/]+$"),
            (Post, "/v1/a/{a}/b:batchCreate", "BatchCreateB", "a.b.batchCreate v1/{+parent}/b:batchCreate ^a/[^/]+$"),
            (Get, "/v1/a/{a}/operations", "ListOperations", "a.operations.list v1/{+name}/operations ^a/[^/]+$"),
            (Post, "/v1/a/{a}:setIamPolicy", "SetIamPolicy", "a.setIamPolicy v1/{+resource}:setIamPolicy ^a/[^/]+$"),
            (
                Post,
                "/v1/models/{model}:embedText",
                "EmbedText",
                "models.embedText v1/{+model}:embedText ^models/[^/]+$",
            ),
            (
                Post,
                "/v1/tunedModels/{tunedModel}:transferOwnership",
                "TransferOwnership",
                "tunedModels.transferOwnership v1/{+name}:transferOwnership ^tunedModels/[^/]+$",
            ),
            (Get, "/v1/a/{a}/config", "GetConfig", "a.getConfig v1/{+name} ^a/[^/]+/config$"),
            (Post, "/v1/files:register", "RegisterFiles", "files.register v1/files:register"),
        ] {
            assert_eq!(named(verb, path, rpc), expected);
        }
    }

    #[test]
    fn ids_of_flat_paths() {
        let named = Path::parse("/v1/corpora/{corpus}/permissions/{permission}").unwrap().name(HttpMethod::Get, "");
        assert_eq!(named.path.flat_path, "v1/corpora/{corporaId}/permissions/{permissionsId}");
    }

    #[test]
    fn a_variable_of_a_longer_resource_name() {
        let spread = |path, method| {
            let whole = Path::parse(path).unwrap().expand(method).unwrap();
            (whole.path, whole.variable.unwrap().pattern)
        };
        assert_eq!(
            spread("/v1beta/tunedModels/{name}", "tunedModels.permissions.get"),
            ("v1beta/{+name}".into(), "^tunedModels/[^/]+/permissions/[^/]+$".into())
        );
        assert_eq!(
            spread("/v1beta/corpora/{parent}/chunks:batchCreate", "corpora.documents.chunks.batchCreate"),
            ("v1beta/{+parent}/chunks:batchCreate".into(), "^corpora/[^/]+/documents/[^/]+$".into())
        );
        assert_eq!(
            spread("/v1beta/generatedFiles/{name}", "media.download"),
            ("v1beta/{+name}".into(), "^generatedFiles/[^/]+$".into())
        );
    }

    #[test]
    fn paths_of_other_kinds() {
        for path in ["/pets/{id}", "/v1/{a}/b", "/v1/a/{b}/{c}", "/v1/a/x-{b}", "/v1//a"] {
            assert!(Path::parse(path).is_none(), "{path}");
        }
    }
}
