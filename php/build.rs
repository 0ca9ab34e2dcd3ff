//! Link arguments of the extension.
//!
//! Looking up a host name starts a thread of the C library's; PHP unloads extensions when it ends, while that
//! thread may still run code in here. `nodelete` keeps the code mapped until the process is gone.

fn main() {
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
    println!("cargo:rerun-if-changed=build.rs");
}
