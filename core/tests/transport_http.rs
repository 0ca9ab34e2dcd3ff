//! Sending over plain HTTP with worker threads: reuse, lost connections, limits, timeouts.
#![cfg(feature = "transport")]

mod transport_support;

use std::io::Write as _;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use transport_support::{answer, answer_with, options, post, transport, Server, Then};
use wsdlproxy::transport::{HttpRequest, Transport, TransportOptions};
use wsdlproxy::ErrorKind;

#[test]
fn requests_declare_their_length() {
    let server = Server::echo();
    let transport = transport();
    transport.send(post(&server.url("/"), "")).unwrap();
    transport.send(post(&server.url("/"), &"x".repeat(300_000))).unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].header("content-length"), Some("0"));
    assert_eq!(seen[1].header("content-length"), Some("300000"));
    assert!(seen.iter().all(|one| one.header("transfer-encoding").is_none()));
}

#[test]
fn request_that_was_read_is_never_sent_again() {
    for reused in [false, true] {
        let server = Server::start(|seen, stream| {
            if seen.body == b"<die/>" {
                return Then::Close;
            }
            answer(stream, 200, "text/xml", b"<ok/>");
            Then::Keep
        });
        let transport = transport();
        if reused {
            transport.send(post(&server.url("/"), "<live/>")).unwrap();
        }
        let error = transport.send(post(&server.url("/"), "<die/>")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
        assert!(error.message().contains(&server.addr.to_string()), "{error}");
        thread::sleep(Duration::from_millis(100));
        let deaths = server.seen().iter().filter(|seen| seen.body == b"<die/>").count();
        assert_eq!(deaths, 1, "reused: {reused}");
    }
}

#[test]
fn slow_server_runs_into_the_total_timeout() {
    let server = Server::start(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n");
        // Some 20 seconds, if nobody closes.
        for _ in 0..400 {
            if stream.write_all(b"x").is_err() {
                break;
            }
            thread::sleep(Duration::from_millis(50));
        }
        Then::Close
    });
    let started = Instant::now();
    let request = HttpRequest { timeout: Some(Duration::from_millis(300)), ..post(&server.url("/"), "<a/>") };
    let error = transport().send(request).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.message().contains("300ms (timeout)"), "{error}");
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[test]
fn unreachable_server_runs_into_the_connect_timeout() {
    // A listener whose queue is full accepts nothing more.
    let listener = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    listener.bind(&"127.0.0.1:0".parse::<std::net::SocketAddr>().unwrap().into()).unwrap();
    listener.listen(0).unwrap();
    let addr = listener.local_addr().unwrap().as_socket().unwrap();
    let _fill: Vec<_> =
        (0..4).map(|_| std::net::TcpStream::connect_timeout(&addr, Duration::from_millis(200))).collect();
    let chosen = TransportOptions { connect_timeout: Some(Duration::from_millis(250)), ..options() };
    let transport = Transport::new(&chosen).unwrap();
    let error = transport.send(post(&format!("http://{addr}/"), "<a/>")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(error.message().contains("connect_timeout"), "{error}");
}

#[test]
fn refused_and_unknown_hosts_are_named() {
    // Held for the whole test, so that no test beside this one gets the port; it never listens.
    let held = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    held.bind(&"127.0.0.1:0".parse::<std::net::SocketAddr>().unwrap().into()).unwrap();
    let free = held.local_addr().unwrap().as_socket().unwrap();
    let error = transport().send(post(&format!("http://{free}/"), "<a/>")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.message().contains(&free.to_string()), "{error}");
    let error = transport().send(post("http://no-such-host.invalid/", "<a/>")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(error.message().contains("no-such-host.invalid:80"), "{error}");
}

#[test]
fn truncated_body_is_an_error() {
    let server = Server::start(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n<half");
        Then::Close
    });
    let error = transport().send(post(&server.url("/"), "<a/>")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
}

#[test]
fn truncated_chunks_are_an_error() {
    let server = Server::start(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n<half\r\n");
        Then::Close
    });
    let error = transport().send(post(&server.url("/"), "<a/>")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
}

#[test]
fn something_else_than_http_is_told() {
    let server = Server::start(|_, stream| {
        let _ = stream.write_all(b"SSH-2.0-Server\r\n");
        Then::Close
    });
    let error = transport().send(post(&server.url("/"), "<a/>")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    assert!(error.message().contains("not HTTP"), "{error}");
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn gzip_is_offered_and_understood() {
    let server = Server::start(|seen, stream| {
        assert!(seen.header("accept-encoding").is_some_and(|offer| offer.contains("gzip")));
        answer_with(stream, 200, "content-encoding: gzip\r\n", &gzipped(&b"<a/>".repeat(1000)));
        Then::Keep
    });
    let response = transport().send(post(&server.url("/"), "<a/>")).unwrap();
    assert_eq!(response.body, b"<a/>".repeat(1000));
}

#[test]
fn gzip_bomb_stops_at_the_limit() {
    let server = Server::start(|_, stream| {
        answer_with(stream, 200, "content-encoding: gzip\r\n", &gzipped(&vec![0; 20 << 20]));
        Then::Close
    });
    let chosen = TransportOptions { max_body: 1 << 20, ..options() };
    let error = Transport::new(&chosen).unwrap().send(post(&server.url("/"), "<a/>")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    assert!(error.message().contains("1048576"), "{error}");
}

#[test]
fn damaged_gzip_is_an_error() {
    let server = Server::start(|_, stream| {
        let mut body = gzipped(&b"<a/>".repeat(1000));
        body.truncate(body.len() - 6);
        answer_with(stream, 200, "content-encoding: gzip\r\n", &body);
        Then::Keep
    });
    let error = transport().send(post(&server.url("/"), "<a/>")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
}

#[test]
fn body_limit_is_exact() {
    let server = Server::echo();
    let chosen = TransportOptions { max_body: 1000, ..options() };
    let transport = Transport::new(&chosen).unwrap();
    assert_eq!(transport.send(post(&server.url("/"), &"x".repeat(1000))).unwrap().body.len(), 1000);
    let error = transport.send(post(&server.url("/"), &"x".repeat(1001))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[test]
fn sixty_four_in_flight_at_once() {
    // No answer before all have arrived.
    let barrier = Barrier::new(64);
    let server = Server::start(move |seen, stream| {
        barrier.wait();
        answer(stream, 200, "text/xml", &seen.body);
        Then::Keep
    });
    let transport = transport();
    let started: Vec<_> =
        (0..64).map(|i| transport.start(post(&server.url("/"), &format!("<n>{i}</n>"))).unwrap()).collect();
    for (i, mut pending) in started.into_iter().enumerate() {
        let response = pending.wait(Duration::from_secs(20)).expect("in time").unwrap();
        assert_eq!(response.body, format!("<n>{i}</n>").as_bytes());
        assert!(pending.wait(Duration::ZERO).expect("taken").is_err());
    }
}

#[test]
fn threads_share_one_transport() {
    let server = Server::echo();
    let transport = transport();
    thread::scope(|scope| {
        for t in 0..8 {
            let (transport, server) = (&transport, &server);
            scope.spawn(move || {
                for i in 0..50 {
                    let body = format!("<n>{t}-{i}</n>");
                    assert_eq!(transport.send(post(&server.url("/"), &body)).unwrap().body, body.as_bytes());
                }
            });
        }
    });
    assert_eq!(server.seen().len(), 400);
    // How many it takes at the most depends on what else runs; without reuse it would be 400.
    assert!(server.connections() <= 100, "{}", server.connections());
}

#[test]
fn pending_is_waited_for_in_slices_and_cancelled() {
    // Each answer waits for a word of the test, at most ten seconds.
    let (release, released) = std::sync::mpsc::channel();
    let released = std::sync::Mutex::new(released);
    let server = Server::start(move |seen, stream| {
        let _ = released.lock().unwrap().recv_timeout(Duration::from_secs(10));
        answer(stream, 200, "text/xml", &seen.body);
        Then::Keep
    });
    let transport = transport();
    let mut pending = transport.start(post(&server.url("/"), "<a/>")).unwrap();
    for _ in 0..4 {
        assert!(pending.wait(Duration::from_millis(50)).is_none());
    }
    release.send(()).unwrap();
    assert_eq!(pending.wait(Duration::from_secs(20)).expect("in time").unwrap().status, 200);
    let started = Instant::now();
    let mut pending = transport.start(post(&server.url("/"), "<b/>")).unwrap();
    assert!(pending.wait(Duration::from_millis(50)).is_none());
    pending.cancel();
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn callback_gets_the_answer() {
    let server = Server::echo();
    let (sender, receiver) = std::sync::mpsc::channel();
    let pending = transport()
        .start_then(post(&server.url("/"), "<a/>"), move |answer| sender.send(answer.unwrap().body).unwrap())
        .unwrap();
    assert_eq!(*receiver.recv_timeout(Duration::from_secs(10)).unwrap(), *b"<a/>");
    drop(pending);
}
