//! Names read lately: descriptions say `xsd:string` a thousand times over, in a scope that does not change.

use super::references::Context;
use crate::name::QName;

/// A power of two.
const PLACES: usize = 256;

struct Read {
    context: Context,
    /// Of the element it stands on: [`Element::scope`](crate::xml::document::Element::scope).
    scope: u32,
    text: String,
    name: QName,
}

/// What some texts meant where they stood, one for each hash.
#[derive(Default)]
pub(super) struct Recent {
    places: Vec<Option<Read>>,
}

impl Recent {
    pub fn get(&self, context: Context, scope: u32, text: &str) -> Option<QName> {
        let read = self.places.get(place(text))?.as_ref()?;
        (read.scope == scope && read.text == text && read.context == context).then_some(read.name)
    }

    pub fn keep(&mut self, context: Context, scope: u32, text: &str, name: QName) {
        if self.places.is_empty() {
            self.places.resize_with(PLACES, || None);
        }
        match &mut self.places[place(text)] {
            Some(read) => {
                text.clone_into(&mut read.text);
                (read.context, read.scope, read.name) = (context, scope, name);
            }
            free => *free = Some(Read { context, scope, text: text.to_owned(), name }),
        }
    }
}

/// Names differ most in their ends.
fn place(text: &str) -> usize {
    let bytes = text.as_bytes().iter().rev().take(6);
    let hash = bytes.fold(text.len(), |hash, &byte| (hash ^ usize::from(byte)).wrapping_mul(0x0100_0193));
    (hash ^ (hash >> 16)) & (PLACES - 1)
}
