//! A small HTTP/1.1 server for the transport tests: one thread a connection, everything it saw counted.
//!
//! The handler answers with raw bytes, so it can also answer wrongly. Every wait is bounded, and dropping
//! the server ends it.

#![allow(dead_code)]

pub mod fork;
pub mod tls;

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use wsdlproxy::transport::{HttpRequest, ProxyChoice, Transport, TransportOptions};

/// A connection, encrypted or not.
pub trait Stream: Read + Write + Send {
    /// Closes so that the peer sees a reset instead of an end.
    fn reset(&self);

    /// The connection without encryption, once more.
    fn socket(&self) -> io::Result<TcpStream>;
}

impl Stream for TcpStream {
    fn reset(&self) {
        reset_on_close(self);
    }

    fn socket(&self) -> io::Result<TcpStream> {
        self.try_clone()
    }
}

pub fn reset_on_close(stream: &TcpStream) {
    socket2::SockRef::from(stream).set_linger(Some(Duration::ZERO)).expect("linger");
}

/// One request as it arrived.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Counted from zero over the server's life.
    pub connection: usize,
    /// Request line and headers.
    pub head: String,
    pub body: Vec<u8>,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (have, value) = line.split_once(':')?;
            have.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub fn line(&self) -> &str {
        self.head.lines().next().unwrap_or("")
    }
}

/// What to do with the connection after an answer.
pub enum Then {
    Keep,
    Close,
    Reset,
}

type Handler = dyn Fn(&Seen, &mut dyn Stream) -> Then + Send + Sync;
type Accept = dyn Fn(TcpStream) -> Box<dyn Stream> + Send + Sync;

pub struct Server {
    pub addr: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    handler: Box<Handler>,
    accept: Box<Accept>,
    connections: AtomicUsize,
    closed: AtomicUsize,
    seen: Mutex<Vec<Seen>>,
    stop: AtomicBool,
}

impl Server {
    pub fn start(handler: impl Fn(&Seen, &mut dyn Stream) -> Then + Send + Sync + 'static) -> Self {
        Self::start_with(|stream| Box::new(stream), handler)
    }

    /// Answers every request with 200 and its own body.
    pub fn echo() -> Self {
        Self::start(|seen, stream| {
            answer(stream, 200, "text/xml", &seen.body);
            Then::Keep
        })
    }

    /// Answers every request with 200 and a document named after the request line.
    pub fn echo_path() -> Self {
        Self::start(|seen, stream| {
            answer(stream, 200, "text/xml", format!("<got line='{}'/>", seen.line()).as_bytes());
            Then::Keep
        })
    }

    pub fn start_with(
        accept: impl Fn(TcpStream) -> Box<dyn Stream> + Send + Sync + 'static,
        handler: impl Fn(&Seen, &mut dyn Stream) -> Then + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("bind");
        let addr = listener.local_addr().expect("address");
        let shared = Arc::new(Shared {
            handler: Box::new(handler),
            accept: Box::new(accept),
            connections: AtomicUsize::new(0),
            closed: AtomicUsize::new(0),
            seen: Mutex::new(Vec::new()),
            stop: AtomicBool::new(false),
        });
        let accepting = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if accepting.stop.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(stream) = stream else { continue };
                let number = accepting.connections.fetch_add(1, Ordering::SeqCst);
                let serving = Arc::clone(&accepting);
                thread::spawn(move || serve(&serving, stream, number));
            }
        });
        Self { addr, shared }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }

    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Waits until the server has closed so many connections.
    pub fn wait_for_closed(&self, count: usize) {
        let started = Instant::now();
        while self.shared.closed.load(Ordering::SeqCst) < count {
            assert!(started.elapsed() < Duration::from_secs(10), "the server did not close");
            thread::sleep(Duration::from_micros(100));
        }
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.shared.seen.lock().expect("seen").clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        // Wakes the accepting thread so that it sees the flag.
        let _ = TcpStream::connect(self.addr);
    }
}

fn serve(shared: &Shared, stream: TcpStream, connection: usize) {
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("read timeout");
    stream.set_nodelay(true).expect("nodelay");
    let mut stream = (shared.accept)(stream);
    while let Ok(Some(seen)) = read_request(&mut *stream, connection) {
        shared.seen.lock().expect("seen").push(seen.clone());
        match (shared.handler)(&seen, &mut *stream) {
            Then::Keep => {}
            Then::Close => break,
            Then::Reset => {
                stream.reset();
                break;
            }
        }
    }
    drop(stream);
    shared.closed.fetch_add(1, Ordering::SeqCst);
}

/// Reads one request; `None` at the end of the connection.
pub fn read_request(stream: &mut dyn Stream, connection: usize) -> io::Result<Option<Seen>> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 8192];
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break at + 4;
        }
        match stream.read(&mut buffer)? {
            0 => return Ok(None),
            n => bytes.extend_from_slice(&buffer[..n]),
        }
    };
    let mut seen = Seen {
        connection,
        head: String::from_utf8_lossy(&bytes[..head_end]).into_owned(),
        body: bytes.split_off(head_end),
    };
    let length = seen.header("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    while seen.body.len() < length {
        match stream.read(&mut buffer)? {
            0 => return Ok(None),
            n => seen.body.extend_from_slice(&buffer[..n]),
        }
    }
    Ok(Some(seen))
}

/// Writes a complete answer; a peer that has gone away is no failure of the server.
pub fn answer(stream: &mut dyn Stream, status: u16, content_type: &str, body: &[u8]) {
    let head = format!("content-type: {content_type}\r\n");
    answer_with(stream, status, &head, body);
}

/// Writes a complete answer with these header lines.
pub fn answer_with(stream: &mut dyn Stream, status: u16, headers: &str, body: &[u8]) {
    let mut all =
        format!("HTTP/1.1 {status} Status\r\n{headers}content-length: {}\r\n\r\n", body.len()).into_bytes();
    all.extend_from_slice(body);
    let _ = stream.write_all(&all);
    let _ = stream.flush();
}

/// Options that ignore the environment of the machine the tests run on.
pub fn options() -> TransportOptions {
    TransportOptions {
        proxy: ProxyChoice::Direct,
        timeout: Some(Duration::from_secs(20)),
        ..TransportOptions::default()
    }
}

pub fn transport() -> Transport {
    Transport::new(&options()).expect("options")
}

pub fn post(url: &str, body: &str) -> HttpRequest {
    HttpRequest {
        url: url.to_owned(),
        headers: vec![("content-type".into(), "text/xml; charset=utf-8".into())],
        body: body.to_owned().into(),
        ..HttpRequest::default()
    }
}

/// Calls succeed although the server ends each connection right after its answer without announcing it.
///
/// Only where nobody else makes calls: whoever drives the sockets meanwhile may see the end of a connection and not yet
/// have told of it when the next call begins.
pub fn survives_idle_end(then: fn() -> Then) {
    let server = Server::start(move |seen, stream| {
        answer(stream, 200, "text/xml", &seen.body);
        then()
    });
    let transport = transport();
    for closed in 0..50 {
        // Closing any later than this would be a race with the request that no client can win.
        server.wait_for_closed(closed);
        transport.send(post(&server.url("/"), "<a/>")).unwrap();
    }
    assert_eq!(server.seen().len(), 50);
}
