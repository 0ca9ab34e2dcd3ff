//! Many requests in flight whose answers are taken as they come, and when one of them may be sent again.
#![cfg(feature = "transport")]

mod transport_support;

use std::collections::BTreeSet;
use std::sync::{Barrier, Once};
use std::time::Duration;

use transport_support::{answer, post, Server, Then};
use wsdlproxy::transport::{configure, only_reads, Arrivals, Retry, Threading, Transport};
use wsdlproxy::{Error, ErrorKind};

fn transport() -> Transport {
    static CONFIGURED: Once = Once::new();
    CONFIGURED.call_once(|| configure(Threading::CurrentThread));
    transport_support::transport()
}

#[test]
fn all_are_driven_while_any_is_waited_for() {
    // Each answer comes only when all requests are there.
    let barrier = Barrier::new(16);
    let server = Server::start(move |seen, stream| {
        barrier.wait();
        answer(stream, 200, "text/xml", &seen.body);
        Then::Keep
    });
    let transport = transport();
    let mut arrivals = Arrivals::default();
    let flights: Vec<_> = (0..16)
        .map(|number| {
            arrivals.start(&transport, number, post(&server.url("/"), &format!("<n>{number}</n>"))).unwrap()
        })
        .collect();
    let mut seen = BTreeSet::new();
    while seen.len() < flights.len() {
        let (number, response) = arrivals.next(Duration::from_secs(20)).unwrap().expect("an answer in time");
        assert_eq!(response.unwrap().body, format!("<n>{number}</n>").as_bytes());
        assert!(seen.insert(number), "{number} came twice");
    }
    assert!(arrivals.ready().is_none());
    assert!(arrivals.next(Duration::ZERO).unwrap().is_none());
}

#[test]
fn what_was_given_up_never_arrives() {
    let server = Server::echo();
    let transport = transport();
    let mut arrivals = Arrivals::default();
    drop(arrivals.start(&transport, 1, post(&server.url("/"), "<a/>")).unwrap());
    let kept = arrivals.start(&transport, 2, post(&server.url("/"), "<b/>")).unwrap();
    assert_eq!(arrivals.next(Duration::from_secs(20)).unwrap().map(|(number, _)| number), Some(2));
    assert!(arrivals.next(Duration::from_millis(100)).unwrap().is_none());
    drop(kept);
}

#[test]
fn only_what_the_server_cannot_have_acted_on_is_sent_again() {
    let lost = || Err(Error::new(ErrorKind::Connection, "lost"));
    let unsent = || Err(Error::new(ErrorKind::Connection, "refused").unsent());
    let write = Retry { times: 2, idempotent: false };
    let read = Retry { times: 2, idempotent: true };
    assert_eq!(write.pause(1, &lost()), None);
    assert_eq!(write.pause(1, &unsent()), Some(Duration::from_millis(100)));
    assert_eq!(write.pause(2, &unsent()), Some(Duration::from_millis(200)));
    assert_eq!(write.pause(3, &unsent()), None);
    assert_eq!(read.pause(1, &lost()), Some(Duration::from_millis(100)));
    assert_eq!(read.pause(1, &Err(Error::decode("not SOAP"))), None);
    assert_eq!(Retry::default().pause(1, &unsent()), None);
    let patient = Retry { times: u32::MAX, idempotent: true };
    assert_eq!(patient.pause(1000, &lost()), Some(Duration::from_secs(5)));
}

#[test]
fn names_that_only_read() {
    for name in ["getAccount", "get", "GetAccounts", "list_domains", "isOnline", "_getX", "findAll"] {
        assert!(only_reads(name), "{name}");
    }
    for name in ["addAccount", "issueInvoice", "getter", "hash", "counter", "", "é", "setGet"] {
        assert!(!only_reads(name), "{name}");
    }
}
