//! The `discovery-codegen` command.

/// Models consist of many small allocations: the system allocator takes a third more time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    discovery_codegen::commands::run()
}
