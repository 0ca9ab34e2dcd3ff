//! Encodes and decodes on request, one JSON line a question, so that other SOAP clients can judge the answers.
//!
//! Every question names a `wsdl`, most an `op`, `port` and `service`; `do` says what is wanted:
//! `load` describes the WSDL, `encode` writes the request of `args`, `decode` reads the answer `xml`, `request`
//! reads a request `xml`, `echo` reads a request and writes it again. The answer has `error` and its `kind` if
//! that fails. Leaves of other kinds than JSON's are `{"$": built-in type, "text": lexical text}`.
//! Everything runs on a thread with a small stack; definitions are kept.

mod json;
mod session;

use std::io::{self, BufRead, Write};

use session::Session;

/// Less than any host gives its threads.
const STACK: usize = 2 << 20;

fn main() -> io::Result<()> {
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(serve)?;
    worker.join().unwrap_or_else(|_| Err(io::Error::other("the probe panicked")))
}

fn serve() -> io::Result<()> {
    let mut session = Session::default();
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        writeln!(out, "{}", session.answer(&line?))?;
        out.flush()?;
    }
    Ok(())
}
