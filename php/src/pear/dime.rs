//! Attachments as DIME records (draft-nielsen-dime-02): twelve bytes of head, then padded fields.

use ext_php_rs::prelude::*;
use ext_php_rs::types::{ZendHashTable, Zval};

use super::zv;

const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";
/// Version 1 in the upper five bits.
const VERSION: u8 = 1 << 3;
const BEGIN: u8 = 4;
const END: u8 = 2;
const CHUNK: u8 = 1;
const MEDIA_TYPE: u8 = 1 << 4;
const URI: u8 = 2 << 4;

#[derive(Default)]
struct Entry {
    id: Vec<u8>,
    kind: Vec<u8>,
    data: Vec<u8>,
}

fn write(out: &mut Vec<u8>, flags: u8, format: u8, entry: &Entry) {
    out.extend_from_slice(&[VERSION | flags, format, 0, 0]);
    out.extend_from_slice(&(entry.id.len() as u16).to_be_bytes());
    out.extend_from_slice(&(entry.kind.len() as u16).to_be_bytes());
    out.extend_from_slice(&(entry.data.len() as u32).to_be_bytes());
    for field in [&entry.id, &entry.kind, &entry.data] {
        out.extend_from_slice(field);
        out.resize(out.len().next_multiple_of(4), 0);
    }
}

/// A message and its attachments as records.
#[php_function]
#[php(name = "wsdlproxy_pear_dime")]
pub fn pear_dime(envelope: &Zval, attachments: &ZendHashTable) -> Zval {
    let list: Vec<&ZendHashTable> =
        attachments.values().filter_map(|value| zv::plain(value).array()).collect();
    let mut out = Vec::new();
    let first = Entry { kind: ENVELOPE.into(), data: zv::bytes(envelope).to_vec(), ..Entry::default() };
    write(&mut out, BEGIN | if list.is_empty() { END } else { 0 }, URI, &first);
    for (at, attachment) in list.iter().enumerate() {
        let field = |name: &str| zv::entry(attachment, name.as_bytes()).map(zv::to_text).unwrap_or_default();
        let entry = Entry { id: field("cid"), kind: field("content_type"), data: field("body") };
        write(&mut out, if at + 1 == list.len() { END } else { 0 }, MEDIA_TYPE, &entry);
    }
    zv::text(out)
}

/// One record, whether it is a chunk that goes on, and what follows it.
fn read(bytes: &[u8]) -> Option<(Entry, u8, &[u8])> {
    let (head, mut rest) = bytes.split_at_checked(12)?;
    if head[0] >> 3 != 1 {
        return None;
    }
    let short = |at: usize| usize::from(u16::from_be_bytes([head[at], head[at + 1]]));
    let data = u32::from_be_bytes([head[8], head[9], head[10], head[11]]) as usize;
    let mut field = |length: usize| {
        let (whole, more) = rest.split_at_checked(length)?;
        rest = more.get(length.next_multiple_of(4) - length..).unwrap_or(&[]);
        Some(whole.to_vec())
    };
    field(short(2))?;
    let entry = Entry { id: field(short(4))?, kind: field(short(6))?, data: field(data)? };
    Some((entry, head[0], rest))
}

/// The records of a message with `id`, `type` and `data`, chunks joined; an empty list if it is not DIME.
#[php_function]
#[php(name = "wsdlproxy_pear_read_dime")]
pub fn pear_read_dime(message: &Zval) -> Zval {
    let mut rest = zv::bytes(message);
    let mut entries: Vec<Entry> = Vec::new();
    let mut goes_on = false;
    loop {
        let Some((entry, flags, more)) = read(rest) else { return Zval::new_array() };
        match entries.last_mut() {
            Some(last) if goes_on => last.data.extend_from_slice(&entry.data),
            _ => entries.push(entry),
        }
        goes_on = flags & CHUNK != 0;
        rest = more;
        if flags & END != 0 || rest.is_empty() {
            break;
        }
    }
    let mut result = zv::Table::new(entries.len());
    for entry in entries {
        let mut described = zv::Table::new(3);
        described.set("id", zv::text(entry.id));
        described.set("type", zv::text(entry.kind));
        described.set("data", zv::text(entry.data));
        result.push(described.finish());
    }
    result.finish()
}

pub fn register(module: ModuleBuilder) -> ModuleBuilder {
    module.function(wrap_function!(pear_dime)).function(wrap_function!(pear_read_dime))
}
