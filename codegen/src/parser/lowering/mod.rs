//! Lowering that all formats share: the same names and types, whatever format a document has.

pub(crate) mod behavior;
pub(crate) mod formats;
pub(crate) mod free_names;
pub(crate) mod methods;
pub(crate) mod paths;
pub(crate) mod schemas;
