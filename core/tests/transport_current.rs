//! The current-thread runtime: nobody drives it between calls, and everything still works.
#![cfg(feature = "transport")]

mod transport_support;

use std::sync::{Barrier, Once};
use std::thread;
use std::time::{Duration, Instant};

use transport_support::fork::Child;
use transport_support::{answer, post, Server, Then};
use wsdlproxy::transport::{configure, Threading, Transport};
use wsdlproxy::ErrorKind;

fn transport() -> Transport {
    static CONFIGURED: Once = Once::new();
    CONFIGURED.call_once(|| configure(Threading::CurrentThread));
    transport_support::transport()
}

#[test]
fn request_that_was_read_is_never_sent_again() {
    let server = Server::start(|seen, stream| {
        if seen.body == b"<die/>" {
            return Then::Reset;
        }
        answer(stream, 200, "text/xml", b"<ok/>");
        Then::Keep
    });
    let transport = transport();
    transport.send(post(&server.url("/"), "<live/>")).unwrap();
    let error = transport.send(post(&server.url("/"), "<die/>")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
    assert_eq!(server.seen().len(), 2);
}

#[test]
fn many_in_flight_while_one_is_waited_for() {
    let barrier = Barrier::new(16);
    let server = Server::start(move |seen, stream| {
        barrier.wait();
        answer(stream, 200, "text/xml", &seen.body);
        Then::Keep
    });
    let transport = transport();
    let started: Vec<_> =
        (0..16).map(|i| transport.start(post(&server.url("/"), &format!("<n>{i}</n>"))).unwrap()).collect();
    for (i, mut pending) in started.into_iter().enumerate() {
        let response = pending.wait(Duration::from_secs(20)).expect("in time").unwrap();
        assert_eq!(response.body, format!("<n>{i}</n>").as_bytes());
    }
}

#[test]
fn threads_share_the_runtime() {
    let server = Server::echo();
    let transport = transport();
    thread::scope(|scope| {
        for t in 0..4 {
            let (transport, server) = (&transport, &server);
            scope.spawn(move || {
                for i in 0..50 {
                    let body = format!("<n>{t}-{i}</n>");
                    assert_eq!(transport.send(post(&server.url("/"), &body)).unwrap().body, body.as_bytes());
                }
            });
        }
    });
    assert_eq!(server.seen().len(), 200);
}

#[test]
fn cancelling_closes_the_connection_at_once() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let sender = std::sync::Mutex::new(sender);
    let server = Server::start(move |_, stream| {
        let started = Instant::now();
        // Ends when the client closes.
        let ended = matches!(stream.read(&mut [0; 16]), Ok(0) | Err(_));
        sender.lock().unwrap().send((ended, started.elapsed())).unwrap();
        Then::Close
    });
    let mut pending = transport().start(post(&server.url("/"), "<a/>")).unwrap();
    let started = Instant::now();
    while server.seen().is_empty() {
        assert!(pending.wait(Duration::from_millis(100)).is_none());
        assert!(started.elapsed() < Duration::from_secs(10), "the request does not arrive");
    }
    pending.cancel();
    // The server itself gives up after 20 seconds.
    let (ended, after) = receiver.recv_timeout(Duration::from_secs(15)).unwrap();
    assert!(ended && after < Duration::from_secs(15), "{after:?}");
}

#[test]
fn children_make_calls() {
    let server = Server::echo();
    let transport = transport();
    let works = |count: usize| {
        (0..count).all(|_| {
            transport.send(post(&server.url("/"), "<a/>")).is_ok_and(|answer| *answer.body == *b"<a/>")
        })
    };
    assert!(works(3));
    let children: Vec<_> = (0..4).map(|_| Child::start(|| works(50))).collect();
    assert!(works(50));
    assert!(children.into_iter().all(Child::succeeded));
    assert!(works(50));
}
