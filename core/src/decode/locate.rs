//! Which member of a shape an element is: the expected next one, else by name.

use super::decoder::{Decoder, Want};
use super::slots::Frame;
use crate::index::*;
use crate::plan::*;
use crate::scalar::Builtin;
use crate::seam::Sink;
use crate::xml::{Cursor, Name, Note};

/// How far ahead an element is looked for in order before it is looked up by name.
const AHEAD: usize = 8;

impl<'x, S: Sink> Decoder<'_, 'x, S> {
    /// The place of the member that takes the element just started, if there is one; noted with the tag where it is
    /// the same wherever the element stands.
    #[inline]
    pub fn locate(&mut self, cursor: &mut Cursor<'x>, frame: &Frame, name: Name<'x>) -> Option<usize> {
        let (note, of) = (cursor.note(), self.context(frame.shape));
        if note.of == of {
            return Some(note.is as usize);
        }
        let ns = self.spaces.name(self.plan, cursor, name.ns);
        let at = self.search(frame, ns, name.local)?;
        // An element of that name in a repeated group makes it depend on the place.
        if self.is_element(frame.shape, at) && self.look_up(frame.shape, ns, name.local) == Some(at) {
            let plan = self.plan;
            let member = &plan.members[plan.shapes[frame.shape].members.at(at)];
            let text = self.leaf_type(cursor, Want::member(member));
            cursor.set_note(Note { of, is: at as u32, text });
        }
        Some(at)
    }

    /// What notes on the tags of a shape's members hold for: the marks on a tag depend on the rules.
    #[inline]
    pub fn context(&self, shape: ShapeId) -> u32 {
        shape.index() as u32 * 2 + u32::from(self.encoded)
    }

    /// Notes what the items of an array are that are written like the one just started; not of those with a position,
    /// which is another place in an array of other dimensions.
    #[inline]
    pub fn note_item(&mut self, cursor: &mut Cursor<'x>, of: u32, want: Want) {
        if cursor.note().of != of && cursor.attributes().all(|attribute| attribute.local != "position") {
            let text = self.leaf_type(cursor, want);
            cursor.set_note(Note { of, is: 0, text });
        }
    }

    /// What notes on the tags of an array's items hold for, which no shape has; `None` where the items are arrays.
    pub fn item_context(&self, item: Want) -> Option<u32> {
        (item.levels == 0).then_some((1 << 31) | (item.ty.index() as u32 * 2) | u32::from(self.encoded))
    }

    /// The type of the element just started, if its text is all that is wanted of it, here and wherever its tag is
    /// written like this.
    fn leaf_type(&mut self, cursor: &Cursor<'x>, want: Want) -> Option<Builtin> {
        let marks = self.marks(cursor);
        if want.default != NameId::NONE || !marks.is_only_type() {
            return None;
        }
        let builtin = self.plan.types[self.marked_type(want, marks.actual)?].atom.get()?;
        // The value of a name depends on where it stands.
        (!matches!(builtin, Builtin::QName | Builtin::Notation)).then_some(builtin)
    }

    fn is_element(&self, shape: ShapeId, at: usize) -> bool {
        let plan = self.plan;
        plan.members[plan.shapes[shape].members.at(at)].role == Role::Element
    }

    /// Among the next members, else by name.
    fn search(&self, frame: &Frame, ns: NameId, local: &str) -> Option<usize> {
        let plan = self.plan;
        let members = plan.members.run(plan.shapes[frame.shape].members);
        for (ahead, member) in members.iter().skip(frame.expected).take(AHEAD).enumerate() {
            let is_named = member.name.ns == ns && plan.text(member.name.local) == local;
            if is_named && member.role == Role::Element {
                return Some(frame.expected + ahead);
            }
        }
        self.look_up(frame.shape, ns, local)
    }

    /// By the full name; else by the wildcard if it asks for that namespace; else by the local name if
    /// only one member has it; else by the wildcard.
    fn look_up(&self, shape: ShapeId, ns: NameId, local: &str) -> Option<usize> {
        let plan = self.plan;
        let row = &plan.shapes[shape];
        let place = |member: MemberId| member.index() - row.members.start as usize;
        let rows = plan.lookup(shape);
        let mut lenient = None;
        if let Some(local) = plan.names.find(local) {
            let name = crate::name::QName { ns, local };
            if let Ok(at) = rows.binary_search_by_key(&name, |row| row.0) {
                return Some(place(rows[at].1));
            }
            lenient = only(rows.iter().filter(|row| row.0.local == local).map(|row| row.1));
        }
        let Some(any) = row.any.get() else { return lenient.map(place) };
        let wanted = match plan.members[any].role {
            Role::Any(wildcard) => match &plan.wildcards[wildcard].namespaces {
                // A name without its namespace is a slip; that of an extension has one.
                Allowed::Any if ns == NameId::EMPTY && lenient.is_some() => false,
                allowed => admits(allowed, ns),
            },
            _ => false,
        };
        Some(place(if wanted { any } else { lenient.unwrap_or(any) }))
    }

    /// Whether an element belongs to a shape.
    pub fn belongs(&mut self, cursor: &Cursor<'x>, shape: ShapeId, name: Name<'x>) -> bool {
        let ns = self.spaces.name(self.plan, cursor, name.ns);
        self.search(&self.frame(shape), ns, name.local).is_some()
    }
}

/// The item that all are, if there is one and no other.
fn only(mut items: impl Iterator<Item = MemberId>) -> Option<MemberId> {
    let first = items.next()?;
    items.all(|other| other == first).then_some(first)
}

/// Whether a wildcard allows a namespace (XSD 1.0 part 1, §3.10.4).
fn admits(allowed: &Allowed, ns: NameId) -> bool {
    match allowed {
        Allowed::Any => true,
        Allowed::Other(target) => ns != *target && ns != NameId::EMPTY,
        Allowed::Listed(list) => list.contains(&ns),
    }
}
