//! What one kept-alive POST of 600 bytes costs on the loopback: `cargo bench --bench transport`.
//!
//! Prints the median and the 90th percentile for both threadings, beside a bare socket that does the same
//! system calls and nothing else.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use wsdlproxy::transport::{configure, HttpRequest, ProxyChoice, Threading, Transport, TransportOptions};

const BODY: usize = 600;
const WARM_UP: usize = 500;
const CALLS: usize = 5000;

/// Answers every request of known length with as many bytes.
fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("bind");
    let addr = listener.local_addr().expect("address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer_all(stream));
        }
    });
    addr
}

fn answer_all(mut stream: TcpStream) {
    stream.set_nodelay(true).expect("nodelay");
    let mut answer = format!("HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: {BODY}\r\n\r\n");
    answer.push_str(&"x".repeat(BODY));
    let (mut buffer, mut held) = ([0; 8192], 0);
    while let Ok(n @ 1..) = stream.read(&mut buffer[held..]) {
        held += n;
        let head = buffer[..held].windows(4).position(|four| four == b"\r\n\r\n");
        if head.is_some_and(|head| held >= head + 4 + BODY) {
            held = 0;
            stream.write_all(answer.as_bytes()).expect("answer");
        }
    }
}

fn report(name: &str, mut call: impl FnMut()) {
    (0..WARM_UP).for_each(|_| call());
    let mut times: Vec<Duration> = (0..CALLS)
        .map(|_| {
            let started = Instant::now();
            call();
            started.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!("{name:<16} p50 {:>9.1?}   p90 {:>9.1?}", times[CALLS / 2], times[CALLS * 9 / 10]);
}

fn bare_socket(addr: SocketAddr) {
    let mut stream = TcpStream::connect(addr).expect("connect");
    stream.set_nodelay(true).expect("nodelay");
    let mut request = format!("POST / HTTP/1.1\r\nhost: {addr}\r\ncontent-length: {BODY}\r\n\r\n");
    request.push_str(&"x".repeat(BODY));
    let mut buffer = [0; 8192];
    report("bare socket", || {
        stream.write_all(request.as_bytes()).expect("request");
        let mut held = 0;
        while held < BODY {
            held += stream.read(&mut buffer).expect("answer");
        }
    });
}

fn through_transport(name: &str, addr: SocketAddr) {
    let options = TransportOptions { proxy: ProxyChoice::Direct, ..TransportOptions::default() };
    let transport = Transport::new(&options).expect("options");
    let request = HttpRequest {
        url: format!("http://{addr}/service"),
        headers: vec![
            ("content-type".into(), "text/xml; charset=utf-8".into()),
            ("soapaction".into(), "\"\"".into()),
        ],
        body: "x".repeat(BODY).into(),
        ..HttpRequest::default()
    };
    report(name, || {
        assert_eq!(transport.send(request.clone()).expect("answer").body.len(), BODY);
    });
}

fn main() {
    let addr = serve();
    // The runtime is made once in a process, so the second threading is measured in a second process.
    if std::env::args().any(|argument| argument == "--current-thread") {
        configure(Threading::CurrentThread);
        through_transport("current thread", addr);
        return;
    }
    bare_socket(addr);
    through_transport("one worker", addr);
    let myself = std::env::current_exe().expect("own path");
    let ended = std::process::Command::new(myself).arg("--current-thread").status().expect("second process");
    assert!(ended.success());
}
