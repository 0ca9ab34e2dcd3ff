//! From the XML of an answer to native values, in one pass and without a tree.
//!
//! A cursor steps through the text, the plan says what each element is, and a [`Sink`] builds the value.
//! Content may be reordered, carry unknown elements or lie about its types; it may not be malformed,
//! exceed the limits, or hold text that is no value of its type.
//!
//! An element that the content model has once and that comes again makes a list, as the content shows.
//! `docs/types.md` says what each construct looks like.

mod any;
mod array;
mod attached;
mod attributes;
mod body;
mod complex;
mod decoder;
mod dimensions;
mod envelope;
mod errors;
mod fault;
mod group;
mod header;
mod index;
mod leaf;
mod locate;
mod loose;
mod map;
mod marks;
mod mixed;
mod multiref;
mod nest;
mod places;
mod simple;
mod slots;
mod spaces;
mod stray;
mod typed;
mod untyped;

pub use attached::Attachments;

use crate::error::Result;
use crate::index::OpId;
use crate::limits::Limits;
use crate::plan::Plan;
use crate::seam::Sink;

/// What becomes of an element that the content model does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unknown {
    /// It is passed over.
    #[default]
    Skip,
    /// It is delivered under its local name, decoded as `xsd:anyType`.
    Keep,
}

/// How to decode.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub unknown: Unknown,
    /// Delivers a text that is no value of its type as it is, instead of refusing the answer.
    pub lenient: bool,
    pub limits: Limits,
}

/// What a server answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer<N> {
    pub body: Body<N>,
    /// A record of the header blocks; `None` if there are none.
    pub headers: Option<N>,
}

/// The content of the `Body` (SOAP 1.1, §4.3).
#[derive(Debug, Clone, PartialEq)]
pub enum Body<N> {
    Value(N),
    Fault(Fault<N>),
}

/// A fault (SOAP 1.1, §4.4; SOAP 1.2 part 1, §5.4).
#[derive(Debug, Clone, PartialEq)]
pub struct Fault<N> {
    /// `faultcode` or `Code/Value` as sent: `SOAP-ENV:Server`.
    pub code: String,
    /// `Subcode/Value` of each level, outermost first; SOAP 1.2 only.
    pub subcodes: Vec<String>,
    /// `faultstring`, or the first `Reason/Text`.
    pub string: String,
    /// `faultactor`; `Role` or else `Node` in SOAP 1.2.
    pub actor: Option<String>,
    /// A record of the entries by local name, or the text if there are no entries.
    pub detail: Option<N>,
    /// The name of the declared fault whose element the detail has.
    pub name: Option<String>,
}

/// Decodes the complete text of an answer of the operation `op`.
pub fn response<S: Sink>(
    plan: &Plan,
    op: OpId,
    text: &str,
    options: &Options,
    sink: &mut S,
) -> Result<Answer<S::Node>> {
    response_with(plan, op, (text, &Attachments::default()), options, sink)
}

/// Decodes an answer that came with attachments.
pub fn response_with<S: Sink>(
    plan: &Plan,
    op: OpId,
    message: (&str, &Attachments<'_>),
    options: &Options,
    sink: &mut S,
) -> Result<Answer<S::Node>> {
    let operation = &plan.operations[op];
    envelope::answer(plan, Some((operation, operation.output.get())), message, options, sink)
}

/// Decodes the complete text of a request for the operation `op`, as a server reads it.
pub fn request<S: Sink>(
    plan: &Plan,
    op: OpId,
    text: &str,
    options: &Options,
    sink: &mut S,
) -> Result<Answer<S::Node>> {
    let operation = &plan.operations[op];
    envelope::answer(
        plan,
        Some((operation, Some(operation.input))),
        (text, &Attachments::default()),
        options,
        sink,
    )
}

/// Decodes an envelope without a plan: by `xsi:type` and by the shape of the content alone.
pub fn untyped<S: Sink>(text: &str, options: &Options, sink: &mut S) -> Result<Answer<S::Node>> {
    envelope::answer(untyped::plan(), None, (text, &Attachments::default()), options, sink)
}
