//! An NGNPro-compatible SOAP server for demos and tests.
fn main() {}
