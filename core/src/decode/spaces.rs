//! What the namespaces of a document mean to the decoder, worked out once for each.

use crate::index::NameId;
use crate::name::ns;
use crate::plan::Plan;
use crate::xml::{Cursor, NsId};

/// The role of a namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// No namespace.
    None,
    /// One that the standards do not fix.
    Other,
    /// XML Schema instance, its drafts of 1999 and 2000 included.
    Instance,
    /// XML Schema, its drafts included.
    Schema,
    /// SOAP encoding, either version.
    Encoding,
    /// The SOAP envelope, either version.
    Envelope11,
    Envelope12,
    /// `rpc:result` of SOAP 1.2 part 2, §4.2.1.
    Rpc,
    Apache,
}

impl Space {
    fn of(uri: &str) -> Self {
        match uri {
            "" => Self::None,
            ns::XSI | ns::XSI_1999 | ns::XSI_2000 => Self::Instance,
            ns::XSD | ns::XSD_1999 | ns::XSD_2000 => Self::Schema,
            ns::SOAP11_ENCODING | ns::SOAP12_ENCODING => Self::Encoding,
            ns::SOAP11_ENVELOPE => Self::Envelope11,
            ns::SOAP12_ENVELOPE => Self::Envelope12,
            ns::SOAP12_RPC => Self::Rpc,
            ns::APACHE => Self::Apache,
            _ => Self::Other,
        }
    }

    pub fn is_envelope(self) -> bool {
        matches!(self, Self::Envelope11 | Self::Envelope12)
    }
}

/// A message has so many namespaces at most, as a rule.
const USUAL: usize = 12;

#[derive(Debug, Clone, Copy)]
struct Row {
    space: Space,
    /// The plan's name of it, or [`NameId::NONE`].
    name: NameId,
}

/// The namespaces met so far, by the cursor's ids.
#[derive(Debug, Default)]
pub(super) struct Spaces {
    rows: Vec<Option<Row>>,
}

impl Spaces {
    #[inline]
    fn row(&mut self, plan: &Plan, cursor: &Cursor<'_>, ns: NsId) -> Row {
        match self.rows.get(ns.0 as usize) {
            Some(Some(row)) => *row,
            _ => self.learn(plan, cursor, ns),
        }
    }

    #[cold]
    fn learn(&mut self, plan: &Plan, cursor: &Cursor<'_>, ns: NsId) -> Row {
        let uri = cursor.namespace(ns);
        let row = Row { space: Space::of(uri), name: plan.names.find(uri).unwrap_or(NameId::NONE) };
        let index = ns.0 as usize;
        if self.rows.len() <= index {
            self.rows.resize((index + 1).max(USUAL), None);
        }
        self.rows[index] = Some(row);
        row
    }

    #[inline]
    pub fn space(&mut self, plan: &Plan, cursor: &Cursor<'_>, ns: NsId) -> Space {
        self.row(plan, cursor, ns).space
    }

    /// The namespace in the plan's names; [`NameId::NONE`] if the plan does not have it.
    #[inline]
    pub fn name(&mut self, plan: &Plan, cursor: &Cursor<'_>, ns: NsId) -> NameId {
        self.row(plan, cursor, ns).name
    }
}
