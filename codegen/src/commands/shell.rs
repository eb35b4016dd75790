//! `completions` and `man`: completions for shells, and manual pages.

use super::terminal::{print_text, status};
use super::{Answer, Cli, Outcome};
use crate::diagnostic::Diagnostic;
use crate::output::{Overwrite, Plan};
use clap::CommandFactory;
use clap_complete::Shell;
use std::path::PathBuf;

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  discovery-codegen completions bash > ~/.local/share/bash-completion/completions/discovery-codegen
  discovery-codegen completions zsh > ~/.zfunc/_discovery-codegen    # a folder in $fpath
  discovery-codegen completions fish > ~/.config/fish/completions/discovery-codegen.fish
  discovery-codegen completions powershell >> $PROFILE

Exit codes: 0 success; 2 invalid usage.")]
pub(super) struct Completions {
    /// Shell to complete commands in.
    shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  discovery-codegen man --output ~/.local/share/man/man1

Exit codes: 0 success; 2 invalid usage, or a file could not be written.")]
pub(super) struct Man {
    /// Folder of the pages: one for the command, and one for each subcommand.
    #[arg(long, value_name = "DIR")]
    output: PathBuf,
}

pub(super) fn completions(args: &Completions) -> Outcome {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "discovery-codegen", &mut text);
    let text = String::from_utf8_lossy(&text).into_owned();
    // clap_complete 4.6 writes the hyphen of a name in two ways, and no option of a subcommand is completed:
    // https://github.com/clap-rs/clap/issues/6421
    let text =
        if args.shell == Shell::Bash { text.replace("discovery__subcmd__codegen", "discovery__codegen") } else { text };
    print_text(&text);
    Ok(Answer::Yes)
}

pub(super) fn man(args: &Man) -> Outcome {
    // `help` has no page.
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let version = command.render_version();
    let mut plan = Plan::default();
    let mut open = vec![command];
    while let Some(command) = open.pop() {
        let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
        let mut page = Vec::new();
        clap_mangen::Man::new(command.clone())
            .source(version.trim())
            .render(&mut page)
            .map_err(|error| Diagnostic::error(format!("cannot render the page of `{name}`: {error}")))?;
        let path = args.output.join(format!("{name}.1"));
        plan.add(path, String::from_utf8_lossy(&page).into_owned(), Overwrite::Any)?;
        open.extend(command.get_subcommands().cloned());
    }
    plan.apply()?;
    status(&format!("{} pages written", plan.write.len()));
    Ok(Answer::Yes)
}
