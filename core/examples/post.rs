//! The HTTP library alone, as a floor for `benches/peers`: `post URL FILE` posts the file for each number read as often,
//! and reads the answers as bytes. Set up like the transport's clients, on a runtime like that of a caller who waits.

#![allow(clippy::disallowed_methods, clippy::disallowed_macros)] // a program, not the library: it reads files and prints

use std::error::Error;
use std::io::BufRead;

use bytes::Bytes;
use reqwest::header::{HeaderValue, CONTENT_TYPE};
use reqwest::{redirect, retry, Client, Method, Request, Url};

async fn post(client: &Client, url: &Url, body: &Bytes) -> reqwest::Result<usize> {
    let mut request = Request::new(Method::POST, url.clone());
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"));
    request.headers_mut().insert("soapaction", HeaderValue::from_static("\"\""));
    *request.body_mut() = Some(body.clone().into());
    Ok(client.execute(request).await?.bytes().await?.len())
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, url, file] = arguments.as_slice() else { return Err("usage: post URL FILE".into()) };
    let (url, body) = (Url::parse(url)?, Bytes::from(std::fs::read(file)?));
    // Fails only if there is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder().redirect(redirect::Policy::none()).retry(retry::never()).referer(false);
    let client = builder.gzip(true).deflate(true).tls_certs_only([]).build()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    println!("ready");
    for line in std::io::stdin().lock().lines() {
        let mut length = 0;
        for _ in 0..line?.trim().parse()? {
            length = runtime.block_on(post(&client, &url, &body))?;
        }
        println!("{}", usize::from(length > 0));
    }
    Ok(())
}
