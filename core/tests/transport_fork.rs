//! `fork` after the runtime with worker threads was used: parent and children both go on.
#![cfg(feature = "transport")]

mod transport_support;

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use transport_support::fork::Child;
use transport_support::{answer, post, transport, Server, Then};
use wsdlproxy::transport::Transport;

/// Sends `count` requests and compares the answers.
fn works(transport: &Transport, url: &str, name: &str, count: usize) -> bool {
    (0..count).all(|i| {
        let body = format!("<n>{name}-{i}</n>");
        transport.send(post(url, &body)).is_ok_and(|answer| answer.body == body.as_bytes())
    })
}

#[test]
fn children_and_grandchildren_make_calls() {
    let server = Server::echo();
    let transport = transport();
    // By name, so that a resolver thread is started on both sides.
    let url = format!("http://localhost:{}/", server.addr.port());
    assert!(works(&transport, &url, "parent", 5));
    let children: Vec<_> = (0..4)
        .map(|number| {
            let (transport, url) = (&transport, &url);
            Child::start(move || {
                works(transport, url, &format!("child{number}"), 20)
                    && Child::start(|| works(transport, url, "grandchild", 20)).succeeded()
                    && works(transport, url, "child again", 20)
            })
        })
        .collect();
    assert!(works(&transport, &url, "parent meanwhile", 20));
    assert!(children.into_iter().all(Child::succeeded));
    assert!(works(&transport, &url, "parent after", 20));
}

#[test]
fn request_in_flight_stays_with_the_parent() {
    let server = Server::start(|seen, stream| {
        if seen.body == b"<slow/>" {
            thread::sleep(Duration::from_millis(500));
        }
        answer(stream, 200, "text/xml", &seen.body);
        Then::Keep
    });
    let transport = transport();
    let mut pending = Some(transport.start(post(&server.url("/"), "<slow/>")).unwrap());
    let child = Child::start(|| {
        let mut inherited = pending.take().unwrap();
        let refused = matches!(inherited.wait(Duration::from_millis(10)), Some(Err(_)));
        drop(inherited);
        refused && works(&transport, &server.url("/"), "child", 10)
    });
    let answer = pending.as_mut().unwrap().wait(Duration::from_secs(10)).unwrap().unwrap();
    assert_eq!(*answer.body, *b"<slow/>");
    assert!(child.succeeded());
    assert_eq!(server.seen().iter().filter(|seen| seen.body == b"<slow/>").count(), 1);
}

#[test]
fn forking_while_threads_send() {
    let server = Server::echo();
    let transport = transport();
    let url = server.url("/");
    assert!(works(&transport, &url, "first", 1));
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let senders: Vec<_> = (0..3)
            .map(|number| {
                let (transport, url, stop) = (&transport, &url, &stop);
                scope.spawn(move || {
                    let mut good = true;
                    while !stop.load(Ordering::Relaxed) {
                        good &= works(transport, url, &format!("thread{number}"), 1);
                    }
                    good
                })
            })
            .collect();
        let outcomes: Vec<bool> =
            (0..25).map(|_| Child::start(|| works(&transport, &url, "child", 3)).succeeded()).collect();
        stop.store(true, Ordering::Relaxed);
        assert!(senders.into_iter().all(|sender| sender.join().unwrap()));
        assert!(outcomes.into_iter().all(|good| good));
    });
}
