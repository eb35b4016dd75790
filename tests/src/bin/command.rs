//! The command under test, under a name that tests of this package can find.

fn main() -> std::process::ExitCode {
    discovery_codegen::commands::run()
}
