//! The command as a subcommand of Cargo: `cargo discovery-codegen …`.

/// As in the command itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    discovery_codegen::commands::run_as_cargo_subcommand()
}
