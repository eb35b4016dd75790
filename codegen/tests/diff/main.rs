//! Comparison of two revisions: `diff` as a library and as a command.

mod support;

mod action;
mod bodies;
mod causes;
mod choices;
mod cli;
mod constraints;
mod directions;
mod discovery;
mod formats;
mod forms;
mod git;
mod headers;
mod inline;
mod lists;
mod noise;
mod numbers;
mod objects;
mod parameters;
mod presence;
mod real;
mod references;
mod renames;
mod responses;
mod rules;
mod security;
mod webhooks;
