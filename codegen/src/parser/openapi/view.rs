//! A value in one of a document's files, with its place.

use super::node::Node;
use crate::source::escape;
use std::fmt;
use std::rc::Rc;

/// A value in one of the files, with the path that leads to it. Cloning one is cheap.
#[derive(Clone)]
pub(super) struct View<'a> {
    /// The file's number; the document itself is 0.
    pub(super) file: usize,
    /// Value in the tree of its file.
    pub(super) node: &'a Node,
    /// The path of the value in its file.
    pub(super) pointer: Pointer<'a>,
}

/// A JSON pointer that shares its first steps with the pointers of what is around it.
#[derive(Clone, Default)]
pub(super) struct Pointer<'a>(Option<Rc<Link<'a>>>);

struct Link<'a> {
    above: Pointer<'a>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// Identifies a value among all values of all files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct NodeId(usize);

impl<'a> Pointer<'a> {
    fn child(&self, step: Step<'a>) -> Self {
        Self(Some(Rc::new(Link { above: self.clone(), step })))
    }

    /// The steps, unescaped, first to last.
    pub(super) fn steps(&self) -> Vec<String> {
        let mut steps = Vec::new();
        let mut at = self;
        while let Some(link) = &at.0 {
            steps.push(match link.step {
                Step::Key(key) => key.to_owned(),
                Step::Index(index) => index.to_string(),
            });
            at = &link.above;
        }
        steps.reverse();
        steps
    }
}

/// Returns the pointer in the form of RFC 6901.
impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.steps().iter().try_for_each(|step| write!(f, "/{}", escape(step)))
    }
}

impl<'a> View<'a> {
    /// Returns the whole of a file.
    pub(super) fn root(file: usize, node: &'a Node) -> Self {
        Self { file, node, pointer: Pointer::default() }
    }

    /// Returns the member with a name.
    pub(super) fn get(&self, key: &str) -> Option<View<'a>> {
        match self.node {
            Node::Object(members) => {
                let (key, node) = members.get_key_value(key)?;
                Some(self.step(node, Step::Key(key)))
            }
            _ => None,
        }
    }

    /// Returns the member with a name, or the view itself where there is none: the place that an error shows.
    pub(super) fn get_or_self(&self, key: &str) -> View<'a> {
        self.get(key).unwrap_or_else(|| self.clone())
    }

    /// Returns the value that a path of unescaped steps leads to.
    pub(super) fn at<'s>(&self, steps: impl IntoIterator<Item = &'s str>) -> Option<View<'a>> {
        steps.into_iter().try_fold(self.clone(), |view, step| match view.node {
            Node::Object(_) => view.get(step),
            Node::List(items) => {
                let index = step.parse().ok()?;
                Some(view.step(items.get(index)?, Step::Index(index)))
            }
            _ => None,
        })
    }

    fn step(&self, node: &'a Node, step: Step<'a>) -> View<'a> {
        View { file: self.file, node, pointer: self.pointer.child(step) }
    }

    /// Returns the text of a member, if it is text.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.node.get(key)?.text()
    }

    /// Returns `true` if a member is `true`, or the text `"true"`, which Google writes.
    pub(super) fn flag(&self, key: &str) -> bool {
        match self.node.get(key) {
            Some(Node::Bool(value)) => *value,
            Some(Node::Text(text)) => text == "true",
            _ => false,
        }
    }

    /// Returns the members of an object; none for any other value.
    pub(super) fn members(&self) -> impl Iterator<Item = (&'a str, View<'a>)> + use<'a> {
        let members = match self.node {
            Node::Object(members) => Some(members),
            _ => None,
        };
        let view = self.clone();
        members.into_iter().flatten().map(move |(key, node)| (key.as_str(), view.step(node, Step::Key(key))))
    }

    /// Returns the elements of a list; none for any other value.
    pub(super) fn items(&self) -> impl Iterator<Item = View<'a>> + use<'a> {
        let items = match self.node {
            Node::List(items) => items.as_slice(),
            _ => &[],
        };
        let view = self.clone();
        items.iter().enumerate().map(move |(index, node)| view.step(node, Step::Index(index)))
    }

    /// Returns the identity of the value among all values of all files.
    pub(super) fn id(&self) -> NodeId {
        NodeId(std::ptr::from_ref(self.node).addr())
    }
}
