//! SIP passwords, in clear text or as the hash pair that digest authentication needs.

use super::id::SipId;
use md5::{Digest, Md5};

/// The MD5 digest of RFC 2617's A1 with its realm: `md5(user:domain:password)`.
pub fn ha1(id: &SipId, password: &str) -> String {
    match pair(password) {
        Some((first, _)) => first.to_owned(),
        None => plain_ha1(id, password),
    }
}

fn plain_ha1(id: &SipId, password: &str) -> String {
    digest(&format!("{}:{}:{password}", id.username, id.domain))
}

/// Whether a stored password is one that could be read.
pub fn is_clear(password: &str) -> bool {
    !password.is_empty() && pair(password).is_none()
}

/// The form in which an encrypting platform keeps a password; a password that has it already is left alone.
pub fn encrypt(id: &SipId, password: &str) -> String {
    if pair(password).is_some() {
        return password.to_owned();
    }
    let (SipId { username, domain }, realm) = (id, &id.domain);
    let second = digest(&format!("{username}@{domain}:{realm}:{password}"));
    format!("{}:{second}", ha1(id, password))
}

/// Whether a password given by a user is the stored one. The pair itself, which answers show, is no password.
pub fn verify(id: &SipId, stored: &str, given: &str) -> bool {
    let same = match pair(stored) {
        Some((first, _)) => first == plain_ha1(id, given),
        None => stored == given,
    };
    same && !stored.is_empty() && !given.is_empty()
}

fn pair(password: &str) -> Option<(&str, &str)> {
    let is_digest = |text: &str| text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
    password.split_once(':').filter(|(first, second)| is_digest(first) && is_digest(second))
}

fn digest(text: &str) -> String {
    Md5::digest(text.as_bytes()).iter().fold(String::with_capacity(32), |mut out, byte| {
        out.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or_default());
        out.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or_default());
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pair_is_made_once() {
        let id = SipId { username: "alice".to_owned(), domain: "example.com".to_owned() };
        let pair = encrypt(&id, "secret");
        assert_eq!(pair, "b1726872c344b6dc8365b774f8fd6412:c79656e4f06dbae9fdf6727654273c65");
        assert_eq!(encrypt(&id, &pair), pair);
        assert_eq!(ha1(&id, &pair), ha1(&id, "secret"));
        assert!(verify(&id, &pair, "secret") && verify(&id, "secret", "secret"));
        assert!(!verify(&id, "secret", "Secret") && !verify(&id, "", ""));
        assert!(!verify(&id, &pair, &pair), "what answers show opens nothing");
    }
}
