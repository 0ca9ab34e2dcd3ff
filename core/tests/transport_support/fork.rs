//! Children made by `fork`, bounded in time.

use std::panic::{catch_unwind, AssertUnwindSafe};

/// A forked child on its way.
pub struct Child(libc::pid_t);

impl Child {
    /// Forks; the child runs `work` and ends, with status 0 exactly when `work` answers true.
    pub fn start(work: impl FnOnce() -> bool) -> Self {
        // SAFETY: the child calls only `work`, which neither prints nor unwinds out of here, and `_exit`.
        match unsafe { libc::fork() } {
            -1 => panic!("fork failed"),
            0 => {
                // SAFETY: kills the child if it hangs.
                unsafe { libc::alarm(60) };
                let good = catch_unwind(AssertUnwindSafe(work)).unwrap_or(false);
                // SAFETY: ends the child without running the parent's exit handlers.
                unsafe { libc::_exit(i32::from(!good)) }
            }
            pid => Self(pid),
        }
    }

    /// Waits for the end; true for status 0.
    pub fn succeeded(self) -> bool {
        let mut status = 0;
        // SAFETY: the child is ours and not waited for yet; its alarm bounds the wait.
        let ended = unsafe { libc::waitpid(self.0, &raw mut status, 0) };
        ended == self.0 && libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0
    }
}
