//! The SOAP envelope (SOAP 1.1, §4; SOAP 1.2 part 1, §5), either version whatever the binding says.

use super::decoder::Decoder;
use super::errors::fail;
use super::leaf::Site;
use super::{Answer, Attachments, Body, Options};
use crate::error::{Error, Result};
use crate::index::MessageId;
use crate::plan::*;
use crate::seam::Sink;
use crate::xml::{mask, Cursor, Event, Name};

/// The message that an envelope should carry.
#[derive(Clone, Copy)]
pub(super) struct Expected<'p> {
    pub operation: &'p Operation,
    /// `None` for an answer that should be empty.
    pub message: Option<&'p Message>,
    /// Whether the parameters of a call are wanted, each under its name, rather than an answer.
    pub is_call: bool,
}

/// Decodes a whole document. Without an operation, values are read by their own types.
pub(super) fn answer<S: Sink>(
    plan: &Plan,
    operation: Option<(&Operation, Option<MessageId>)>,
    (text, attachments): (&str, &Attachments<'_>),
    options: &Options,
    sink: &mut S,
) -> Result<Answer<S::Node>> {
    let expected = operation.map(|(operation, message)| Expected {
        operation,
        message: message.map(|message| &plan.messages[message]),
        is_call: message == Some(operation.input) && operation.output.get() != message,
    });
    let text = without_blanks(text);
    let mut decoder = Decoder::new(plan, text, options, attachments, sink);
    let mut cursor = Cursor::new(text, &options.limits);
    cursor.tolerate_undeclared_prefixes(options.lenient);
    decoder.envelope(&mut cursor, expected)
}

/// A text without blanks in front of its XML declaration, which scripts write that end in an empty line, and
/// without the zeros that end a string in C.
fn without_blanks(text: &str) -> &str {
    let text = text.trim_end_matches('\0');
    let inner = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    if inner.starts_with("<?xml") {
        inner
    } else {
        text
    }
}

impl<'p, 'x, S: Sink> Decoder<'p, 'x, S> {
    fn envelope(
        &mut self,
        cursor: &mut Cursor<'x>,
        expected: Option<Expected<'p>>,
    ) -> Result<Answer<S::Node>> {
        self.begin(cursor)?;
        let message = expected.and_then(|expected| expected.message);
        self.encoded = expected.is_none() || message.is_some_and(|message| message.use_ == Use::Encoded);
        self.must_refer = self.encoded;
        self.root = Some(Site::of(cursor));
        let mut headers = None;
        let mut body = None;
        while let Some(name) = cursor.next_child()? {
            let is_soap = self.spaces.space(self.plan, cursor, name.ns).is_envelope();
            match name.local {
                "Header" if is_soap && headers.is_none() => headers = self.headers(cursor, message)?,
                "Body" if is_soap && body.is_none() => body = Some(self.body(cursor, expected)?),
                _ => cursor.skip()?,
            }
        }
        match (cursor.next()?, body) {
            (Event::Eof, Some(body)) => Ok(Answer { body, headers }),
            _ => Err(fail(cursor, "the envelope has no Body")),
        }
    }

    /// Reads the start tag of the envelope.
    fn begin(&mut self, cursor: &mut Cursor<'x>) -> Result<()> {
        let name = match cursor.next_child() {
            Ok(Some(name)) => name,
            Ok(None) => return Err(not_soap(self.text)),
            Err(error) => return Err(if looks_like_xml(self.text) { error } else { not_soap(self.text) }),
        };
        if self.spaces.space(self.plan, cursor, name.ns).is_envelope() && name.local == "Envelope" {
            return Ok(());
        }
        Err(self.no_envelope(cursor, name))
    }

    #[cold]
    fn no_envelope(&self, cursor: &Cursor<'x>, name: Name<'x>) -> Error {
        let ns: String = cursor.namespace(name.ns).chars().take(80).collect();
        match name.local {
            "Envelope" => fail(cursor, format!("a SOAP envelope of the unknown namespace {ns:?}")),
            _ => not_soap(self.text).at(cursor.position(cursor.offset())),
        }
    }
}

/// Whether a text can be meant as XML other than HTML.
fn looks_like_xml(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    text.starts_with('<') && !is_html(text)
}

fn is_html(text: &str) -> bool {
    ["<!doctype html", "<html"]
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
}

/// The error of a document that is something else; it shows how the document begins.
#[cold]
fn not_soap(text: &str) -> Error {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let kind = match text {
        "" => return Error::decode("an empty answer instead of a SOAP envelope"),
        html if is_html(html) => "an HTML page",
        xml if xml.starts_with('<') => "another document",
        _ => "a text",
    };
    // Masked before it is cut, or the end of a secret element would be missed.
    let shown: String = text.chars().take(1000).collect();
    let mut head: String = mask::masked_text(&shown).chars().take(80).collect();
    if head.len() < text.len() {
        head.push('…');
    }
    Error::decode(format!("{kind} instead of a SOAP envelope: {head:?}"))
}

impl<N> Body<N> {
    /// The value, unless it is a fault.
    pub fn value(self) -> Option<N> {
        match self {
            Self::Value(node) => Some(node),
            Self::Fault(_) => None,
        }
    }
}
