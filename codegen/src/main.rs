//! The command.

fn main() -> std::process::ExitCode {
    discovery_codegen::cli::run()
}
