//! PHP code that runs inside of ours, and may end in a fatal error.
//!
//! PHP leaves a fatal error by a jump over all frames, and what Rust holds in them would be lost. So every call
//! into PHP code is guarded: after a fatal error nothing more of PHP runs, our frames unwind, and the outermost
//! one lets the jump go on.

use std::cell::Cell;
use std::panic::AssertUnwindSafe;

use ext_php_rs::types::Zval;
use ext_php_rs::zend::{bailout, try_catch, CatchError};

use super::class::{check, raise, Raised, Result};

/// Functions of ours within functions of ours, through overrides: each takes a piece of the stack.
const NESTED: u32 = 512;

/// For values that have no end, most of all.
pub const TOO_DEEP: &str = "a value is nested too deeply, or contains itself";

thread_local! {
    static FATAL: Cell<bool> = const { Cell::new(false) };
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Runs something that may call PHP code.
pub fn guarded<R>(call: impl FnOnce() -> R) -> Result<R> {
    if FATAL.get() {
        return Err(Raised);
    }
    match try_catch(AssertUnwindSafe(call)) {
        Ok(result) => check().map(|()| result),
        Err(CatchError::Bailout) => {
            FATAL.set(true);
            Err(Raised)
        }
        Err(error) => panic!("{error}"),
    }
}

/// Runs the body of a function that PHP calls; what it makes is gone before a fatal error goes on.
pub fn enter(body: impl FnOnce() -> Zval) -> Zval {
    if DEPTH.get() >= NESTED {
        let Raised = raise(TOO_DEEP);
        return Zval::null();
    }
    DEPTH.set(DEPTH.get() + 1);
    let result = body();
    DEPTH.set(DEPTH.get() - 1);
    if FATAL.take() {
        drop(result);
        // SAFETY: nothing of ours is left on the stack that would have to be dropped.
        unsafe { bailout() }
    }
    result
}

/// At the end of a request: one that ran out of memory has left without going through [`enter`].
pub fn forget() {
    FATAL.set(false);
    DEPTH.set(0);
}
