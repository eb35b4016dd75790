//! The command under test, as an executable of this package.

fn main() -> std::process::ExitCode {
    discovery_codegen::commands::run()
}
