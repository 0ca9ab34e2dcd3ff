//! Documents, redirects, proxies and credentials: what goes where, and what must not.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]
#![cfg(feature = "transport")]

mod transport_support;

use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::time::{Duration, Instant};

use transport_support::{answer, answer_with, options, post, transport, Seen, Server, Stream, Then};
use wsdlproxy::transport::{join, mask, BasicAuth, ProxyChoice, Transport, TransportOptions};
use wsdlproxy::{ErrorKind, Limits};

fn with_auth() -> TransportOptions {
    let auth = BasicAuth { user: "ann".into(), password: "s3cret".into() };
    TransportOptions {
        basic_auth: Some(auth),
        headers: vec![("x-api-key".into(), "s3cret".into())],
        cookies: vec![("session".into(), "s3cret".into())],
        ..options()
    }
}

/// `ann:s3cret`
const ANN: &str = "Basic YW5uOnMzY3JldA==";

fn redirecting(status: u16, to: String) -> Server {
    Server::start(move |seen, stream| {
        if seen.line().contains(" /final") {
            answer(stream, 200, "text/xml", b"<final/>");
        } else {
            answer_with(stream, status, &format!("location: {to}\r\n"), b"");
        }
        Then::Keep
    })
}

#[test]
fn post_follows_only_307_and_308() {
    for status in [307, 308] {
        let server = redirecting(status, "/final?x=1".into());
        let response = transport().send(post(&server.url("/old"), "<a/>")).unwrap();
        assert_eq!((response.status, response.url), (200, server.url("/final?x=1")));
        let last = server.seen().pop().unwrap();
        assert_eq!(last.line(), "POST /final?x=1 HTTP/1.1");
        assert_eq!((last.body, server.seen().len()), (b"<a/>".to_vec(), 2));
    }
    for status in [301, 302, 303] {
        let server = redirecting(status, "/final".into());
        let error = transport().send(post(&server.url("/old"), "<a/>")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Http);
        assert_eq!(error.http_failure().unwrap().status, status);
        assert!(error.message().contains("/final"), "{error}");
        assert_eq!(server.seen().len(), 1);
    }
}

#[test]
fn post_is_not_sent_to_another_server() {
    let other = Server::echo();
    let server = redirecting(307, other.url("/final"));
    let error = transport().send(post(&server.url("/"), "<password>x</password>")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Http);
    assert!(other.seen().is_empty());
}

#[test]
fn endless_redirects_end() {
    let server = redirecting(307, "/again".into());
    let error = transport().send(post(&server.url("/"), "<a/>")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Http);
    assert_eq!(server.seen().len(), 6);
}

#[test]
fn get_follows_redirects_and_leaves_credentials_behind() {
    let other = redirecting(404, String::new());
    let server = redirecting(302, other.url("/final"));
    let transport = Transport::new(&with_auth()).unwrap();
    let fetched = transport.fetch(&server.url("/s.wsdl"), &Limits::default()).unwrap();
    assert_eq!((fetched.bytes, fetched.location), (b"<final/>".to_vec(), other.url("/final")));
    let first = &server.seen()[0];
    assert_eq!(first.header("authorization"), Some(ANN));
    assert_eq!(first.header("x-api-key"), Some("s3cret"));
    assert_eq!(first.header("cookie"), Some("session=s3cret"));
    let second = &other.seen()[0];
    for name in ["authorization", "x-api-key", "cookie"] {
        assert_eq!(second.header(name), None, "{name}");
    }
    assert!(second.header("accept").is_some());
}

#[test]
fn imports_get_credentials_only_from_the_root_server() {
    let (root, other) = (Server::echo_path(), Server::echo_path());
    let transport = Transport::new(&options()).unwrap();
    let with_userinfo = root.url("/a.wsdl").replace("http://", "http://ann:s3cret@");
    let fetcher = transport.fetcher(&with_userinfo, &Limits::default()).unwrap();
    let first = fetcher.fetch(&with_userinfo).unwrap();
    assert!(!first.location.contains("s3cret"));
    fetcher.fetch(&join(&first.location, "types.xsd").unwrap()).unwrap();
    fetcher.fetch(&other.url("/foreign.xsd")).unwrap();
    let seen = root.seen();
    assert!(seen.iter().all(|one| one.header("authorization") == Some(ANN)), "{seen:?}");
    assert_eq!(seen[1].line(), "GET /types.xsd HTTP/1.1");
    assert_eq!(other.seen()[0].header("authorization"), None);
    assert_eq!(fetcher.fetch("file:///etc/hostname").unwrap_err().kind(), ErrorKind::Wsdl);
    assert_eq!(fetcher.fetch("/etc/hostname").unwrap_err().kind(), ErrorKind::Wsdl);
}

#[test]
fn local_root_shows_its_imports_no_credentials() {
    let server = Server::echo_path();
    let transport = Transport::new(&with_auth()).unwrap();
    let fetcher = transport.fetcher("/somewhere/a.wsdl", &Limits::default()).unwrap();
    fetcher.fetch(&server.url("/types.xsd")).unwrap();
    assert_eq!(server.seen()[0].header("authorization"), None);
    assert_eq!(server.seen()[0].header("x-api-key"), None);
}

#[test]
fn failed_documents_tell_what_came() {
    let server = Server::start(|seen, stream| {
        match seen.line().split(' ').nth(1).unwrap() {
            "/missing" => answer(stream, 404, "text/html", &b"<html>nothing here".repeat(500)),
            "/page" => answer(stream, 200, "text/xml", b"\n <!DOCTYPE HTML><html>"),
            "/empty" => answer(stream, 200, "text/xml", b""),
            "/labelled" => {
                answer_with(stream, 200, "content-type: text/html\r\netag: \"e1\"\r\n", b"<definitions/>");
            }
            _ => answer(stream, 200, "text/xml", &[b' '; 3000]),
        }
        Then::Keep
    });
    let get = |path: &str| transport().fetch(&server.url(path), &Limits { bytes: 2000, ..Limits::default() });
    let error = get("/missing").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Http);
    let failure = error.http_failure().unwrap();
    assert_eq!((failure.status, failure.body.len()), (404, 1024));
    assert!(error.message().contains("/missing"), "{error}");
    assert_eq!(get("/page").unwrap_err().kind(), ErrorKind::Http);
    assert_eq!(get("/empty").unwrap_err().kind(), ErrorKind::Http);
    assert_eq!(get("/large").unwrap_err().kind(), ErrorKind::Decode);
    assert_eq!(get("/labelled").unwrap().etag.as_deref(), Some("\"e1\""));
}

#[test]
fn files_are_read_in_every_spelling() {
    let folder = std::env::temp_dir().join(format!("wsdlproxy fetch {}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("a.wsdl");
    std::fs::write(&path, "<definitions/>").unwrap();
    let plain = path.to_str().unwrap();
    let encoded = plain.replace(' ', "%20");
    let transport = transport();
    let other_case = plain.replace("wsdlproxy fetch", "WSDLproxy Fetch").replace("a.wsdl", "A.WSDL");
    for location in [
        plain.to_owned(),
        encoded.clone(),
        format!("file://{encoded}"),
        format!("file:{encoded}"),
        format!("{plain}?wsdl"),
        format!("{plain}#part"),
        other_case,
    ] {
        let fetched = transport.fetch(&location, &Limits::default()).unwrap();
        assert_eq!(fetched.bytes, b"<definitions/>", "{location}");
        assert!(fetched.last_modified.is_some());
    }
    let small = Limits { bytes: 5, ..Limits::default() };
    assert_eq!(transport.fetch(plain, &small).unwrap_err().kind(), ErrorKind::Wsdl);
    std::fs::remove_dir_all(&folder).unwrap();
    for missing in [plain, "file:///no/such.wsdl", "ftp://host/a.wsdl", "/dev/zero", "urn:x"] {
        let error = transport.fetch(missing, &Limits::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Wsdl, "{missing}");
        assert!(error.message().contains(missing), "{error}");
    }
}

#[test]
fn locations_are_joined() {
    for (base, relative, joined) in [
        ("http://h/a/s.wsdl", "t.xsd", "http://h/a/t.xsd"),
        ("http://h/a/s.wsdl?wsdl", "?xsd=1", "http://h/a/s.wsdl?xsd=1"),
        ("http://h/a/s.wsdl", "/etc/passwd", "http://h/etc/passwd"),
        ("http://h/a/s.wsdl", "https://o/x.xsd", "https://o/x.xsd"),
        ("file:///a/b/s.wsdl", "../t.xsd", "file:///a/t.xsd"),
        ("/a/b/s.wsdl", "../c/./t.xsd", "/a/c/t.xsd"),
        ("/s.wsdl", "../../t.xsd", "/t.xsd"),
        ("a/s.wsdl", "..\\..\\t.xsd", "../t.xsd"),
        ("s.wsdl", " t.xsd ", "t.xsd"),
        ("/a/s.wsdl", "http://h/t.xsd", "http://h/t.xsd"),
        ("/a/s.wsdl", "file:///t.xsd", "file:///t.xsd"),
    ] {
        assert_eq!(join(base, relative).unwrap(), joined, "{base} + {relative}");
    }
    assert_eq!(join("http://h/s.wsdl", "file:///etc/passwd").unwrap_err().kind(), ErrorKind::Wsdl);
    assert_eq!(join("https://h/s.wsdl", "FILE:/etc/passwd").unwrap_err().kind(), ErrorKind::Wsdl);
}

#[test]
fn nothing_shown_contains_a_secret() {
    let chosen =
        TransportOptions { proxy: ProxyChoice::Url("http://p:s3cret@127.0.0.1:1".into()), ..with_auth() };
    assert!(!format!("{chosen:?}").contains("s3cret"));
    assert_eq!(mask("http://u:p@h/a?b=1&apiKey=2&token="), "http://***@h/a?b=1&apiKey=***&token=");
    assert!(!mask("http://u:p@h:bad port/").contains("u:p"));
    let transport = Transport::new(&chosen).unwrap();
    for url in [
        "http://u:s3cret@127.0.0.1:2/?password=s3cret",
        "ftp://u:s3cret@h/",
        "http://u:s3cret@:x/",
        "u:s3cret@h",
    ] {
        let error = transport.send(post(url, "<a/>")).unwrap_err();
        assert!(!format!("{error:?} {error}").contains("s3cret"), "{error}");
    }
    let bad = TransportOptions { headers: vec![("x-key".into(), "s3cret\n".into())], ..options() };
    let error = Transport::new(&bad).err().unwrap();
    assert!(error.message().contains("x-key") && !error.message().contains("s3cret"), "{error}");
    let bad = TransportOptions { proxy: ProxyChoice::Url("http://u:s3cret@ho st".into()), ..options() };
    assert!(!Transport::new(&bad).err().unwrap().message().contains("s3cret"));
}

#[test]
fn cookies_are_kept_only_on_request() {
    let server = Server::start(|_, stream| {
        answer_with(stream, 200, "set-cookie: id=42; Path=/\r\n", b"<a/>");
        Then::Keep
    });
    let twice = |options: &TransportOptions| {
        let transport = Transport::new(options).unwrap();
        transport.send(post(&server.url("/"), "")).unwrap();
        transport.send(post(&server.url("/"), "")).unwrap();
        server.seen().pop().unwrap().header("cookie").map(str::to_owned)
    };
    assert_eq!(twice(&options()), None);
    let kept = TransportOptions { keep_cookies: true, cookies: vec![("a".into(), "b".into())], ..options() };
    assert_eq!(twice(&kept).as_deref(), Some("a=b; id=42"));
}

/// A proxy that connects wherever CONNECT says, and answers other requests itself.
fn proxy() -> Server {
    Server::start(|seen, stream| {
        if !seen.line().starts_with("CONNECT ") {
            answer(stream, 200, "text/xml", b"<proxied/>");
            return Then::Keep;
        }
        if seen.header("proxy-authorization") != Some(ANN) {
            answer(stream, 407, "text/plain", b"");
            return Then::Close;
        }
        let port = seen.line().split([' ', ':']).nth(2).unwrap().to_owned();
        tunnel(stream, TcpStream::connect(format!("127.0.0.1:{port}")).unwrap());
        Then::Close
    })
}

/// Carries bytes both ways until either side ends.
fn tunnel(client: &mut dyn Stream, target: TcpStream) {
    let _ = client.write_all(b"HTTP/1.1 200 Connected\r\n\r\n");
    let client = client.socket().unwrap();
    let carry = |mut from: &TcpStream, mut to: &TcpStream| {
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Write);
    };
    std::thread::scope(|scope| {
        scope.spawn(|| carry(&target, &client));
        carry(&client, &target);
    });
}

#[test]
fn plain_requests_go_through_the_proxy() {
    let proxy = proxy();
    let url = proxy.url("").replace("http://", "http://ann:s3cret@");
    let chosen = TransportOptions { proxy: ProxyChoice::Url(url), ..options() };
    let transport = Transport::new(&chosen).unwrap();
    let response = transport.send(post("http://service.invalid/x", "<a/>")).unwrap();
    assert_eq!(*response.body, *b"<proxied/>");
    let seen: Seen = proxy.seen().pop().unwrap();
    assert_eq!(seen.line(), "POST http://service.invalid/x HTTP/1.1");
    assert_eq!(seen.header("proxy-authorization"), Some(ANN));
    assert_eq!(seen.header("authorization"), None);
}

#[test]
fn encrypted_requests_tunnel_through_the_proxy() {
    let party = transport_support::tls::Party::self_signed("localhost");
    let server = transport_support::tls::start(&party, None, |seen, stream| {
        assert_eq!(seen.header("proxy-authorization"), None);
        answer(stream, 200, "text/xml", &seen.body);
        Then::Keep
    });
    let (proxy, url) = (proxy(), transport_support::tls::url(&server, "/"));
    let through = |proxy_url: String| {
        let chosen = TransportOptions { verify: false, proxy: ProxyChoice::Url(proxy_url), ..options() };
        Transport::new(&chosen).unwrap().send(post(&url, "<a/>"))
    };
    let response = through(proxy.url("").replace("http://", "http://ann:s3cret@")).unwrap();
    assert_eq!(*response.body, *b"<a/>");
    let error = through(proxy.url("")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
    assert!(error.message().contains("proxy auth"), "{error}");
}

#[test]
fn polling_can_give_up() {
    let released = Arc::new(AtomicBool::new(false));
    let release = Arc::clone(&released);
    let server = Server::start(move |_, stream| {
        let started = Instant::now();
        while !released.load(Ordering::SeqCst) && started.elapsed() < Duration::from_secs(10) {
            std::thread::sleep(Duration::from_millis(1));
        }
        answer(stream, 200, "text/xml", b"<a/>");
        Then::Keep
    });
    let fetcher = transport().fetcher(&server.url("/"), &Limits::default()).unwrap();
    let slice = Duration::from_millis(20);
    let mut polls = 0;
    let stop = &mut || {
        polls += 1;
        if polls < 3 {
            Ok(())
        } else {
            Err(wsdlproxy::Error::usage("stop"))
        }
    };
    assert_eq!(fetcher.fetch_polling(&server.url("/"), slice, stop).unwrap_err().message(), "stop");
    release.store(true, Ordering::SeqCst);
    assert_eq!(fetcher.fetch_polling(&server.url("/"), slice, &mut || Ok(())).unwrap().bytes, b"<a/>");
}
