//! Shared tools of the integration tests.
