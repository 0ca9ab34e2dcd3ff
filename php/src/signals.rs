//! What interrupts PHP while a call waits: signal handlers (`pcntl_async_signals`) and `max_execution_time`.
//!
//! The engine's virtual machine looks for these between instructions; while a call waits, nobody would.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ext_php_rs::ffi;
use wsdlproxy::Result;

use crate::error::guarded;
use crate::zend;

/// How long a call waits before it looks again.
pub const SLICE: Duration = Duration::from_millis(50);

/// Does what the virtual machine would do by now; an exception of a handler is an error.
pub fn handle() -> Result<()> {
    // SAFETY: the globals of this thread, which live as long as it does; the engine itself takes both flags as atomic,
    // as signal handlers set them.
    let (globals, interrupt, timed_out) = unsafe {
        let globals = ffi::ext_php_rs_executor_globals();
        let flag = |at: *mut ffi::zend_atomic_bool| AtomicBool::from_ptr((&raw mut (*at).value).cast());
        let interrupt = flag(&raw mut (*globals).vm_interrupt);
        (globals, interrupt, flag(&raw mut (*globals).timed_out))
    };
    if !interrupt.swap(false, Ordering::SeqCst) {
        return Ok(());
    }
    guarded(|| {
        // SAFETY: as the virtual machine calls them. Either may run PHP code or end the script, which is guarded.
        unsafe {
            if timed_out.load(Ordering::SeqCst) {
                zend::zend_timeout();
            } else if let Some(run) = ffi::zend_interrupt_function {
                run((*globals).current_execute_data);
            }
        }
    })
}
