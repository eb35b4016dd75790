//! The command.

/// Models are made of small pieces: with the system's allocator, a third more time goes by.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    discovery_codegen::commands::run()
}
