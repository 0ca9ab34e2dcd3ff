//! An answer as a flat table of elements, read with PEAR's eyes.
//!
//! PEAR knows elements by their local names, in any namespace and at any depth, and attributes likewise.
//! References (`href`) are kept as such: a node that refers to another takes over its content when it is
//! decoded.

use std::borrow::Cow;

use foldhash::HashMap;
use wsdlproxy::xml::{Cursor, Event, NsId};
use wsdlproxy::Limits;

use super::charset::Malformed;

/// Depth of elements; far above what services send, and safe for recursion over the result.
pub const DEPTH: u32 = 1024;

pub type NodeId = u32;
const NOWHERE: NodeId = NodeId::MAX;

/// One element.
#[derive(Default)]
pub struct Node<'x> {
    pub name: Cow<'x, str>,
    pub kind: Cow<'x, str>,
    pub text: Cow<'x, str>,
    pub more: Option<Box<More<'x>>>,
    pub(super) parent: NodeId,
    pub(super) first: NodeId,
    pub(super) last: NodeId,
    pub(super) next: NodeId,
}

/// What few elements have, or few readers ask for.
#[derive(Default)]
pub struct More<'x> {
    pub namespace: Cow<'x, str>,
    pub kind_namespace: Cow<'x, str>,
    pub array_type: Option<Cow<'x, str>>,
    /// Attributes without a prefix.
    pub attributes: Vec<(Cow<'x, str>, Cow<'x, str>)>,
    pub actor: Option<Cow<'x, str>>,
    pub must_understand: Option<Cow<'x, str>>,
    /// The id of the element that this one stands for.
    pub refers_to: Option<Cow<'x, str>>,
}

static NOTHING_MORE: More<'static> = More {
    namespace: Cow::Borrowed(""),
    kind_namespace: Cow::Borrowed(""),
    array_type: None,
    attributes: Vec::new(),
    actor: None,
    must_understand: None,
    refers_to: None,
};

impl<'x> Node<'x> {
    pub fn more(&self) -> &More<'x> {
        self.more.as_deref().unwrap_or(&NOTHING_MORE)
    }

    fn more_mut(&mut self) -> &mut More<'x> {
        self.more.get_or_insert_default()
    }
}

/// A document.
pub struct Tree<'x> {
    pub nodes: Vec<Node<'x>>,
    pub ids: HashMap<Cow<'x, str>, NodeId>,
    /// The first result element, and the first header.
    pub body: Option<NodeId>,
    pub header: Option<NodeId>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Outside,
    Body,
    Method,
}

/// Reads a document.
pub struct Reader<'x, 'a> {
    cursor: Cursor<'x>,
    tree: Tree<'x>,
    open: Vec<NodeId>,
    status: Status,
    body_depth: usize,
    current_root: NodeId,
    namespace: String,
    attachments: &'a dyn Fn(&str) -> Option<String>,
    text: &'x str,
    detailed: bool,
}

impl<'x> Tree<'x> {
    /// Reads a whole document. `attachments` finds the content of an attachment by its reference; `detailed`
    /// asks for namespaces and attributes too.
    pub fn read(
        text: &'x str,
        attachments: &dyn Fn(&str) -> Option<String>,
        detailed: bool,
    ) -> Result<Self, Malformed> {
        let limits = Limits { depth: DEPTH, ..Limits::default() };
        let mut cursor = Cursor::new(text, &limits);
        cursor.tolerate_undeclared_prefixes(true);
        let tree = Tree {
            nodes: Vec::with_capacity(text.len() / 64 + 1),
            ids: HashMap::default(),
            body: None,
            header: None,
        };
        let mut reader = Reader {
            cursor,
            tree,
            open: Vec::new(),
            status: Status::Outside,
            body_depth: 0,
            current_root: NOWHERE,
            namespace: String::new(),
            attachments,
            text,
            detailed,
        };
        reader.run()?;
        Ok(reader.tree)
    }

    pub fn empty() -> Self {
        Tree { nodes: Vec::new(), ids: HashMap::default(), body: None, header: None }
    }

    /// Adds a node as the last child of another.
    pub fn add(&mut self, parent: Option<NodeId>, node: Node<'x>) -> NodeId {
        let id = self.nodes.len() as NodeId;
        let parent = parent.unwrap_or(NOWHERE);
        self.nodes.push(Node { parent, first: NOWHERE, last: NOWHERE, next: NOWHERE, ..node });
        if let Some(above) = self.nodes.get_mut(parent as usize) {
            let before = std::mem::replace(&mut above.last, id);
            if before == NOWHERE {
                above.first = id;
            } else {
                self.nodes[before as usize].next = id;
            }
        }
        id
    }

    pub fn node(&self, id: NodeId) -> &Node<'x> {
        &self.nodes[id as usize]
    }

    /// The children of an element, in order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let first = self.node(id).first;
        std::iter::successors((first != NOWHERE).then_some(first), |&at| {
            let next = self.node(at).next;
            (next != NOWHERE).then_some(next)
        })
    }

    /// The element whose type this one has: itself, or what it refers to if that came before. A type that
    /// stands after the reference is the type of both.
    fn shared(&self, mut id: NodeId) -> NodeId {
        for _ in 0..DEPTH {
            let target = self.node(id).more().refers_to.as_ref().and_then(|name| self.ids.get(name));
            match target {
                Some(&target) if target != id => id = target,
                _ => break,
            }
        }
        id
    }

    pub fn has_children(&self, id: NodeId) -> bool {
        self.node(id).first != NOWHERE
    }
}

impl<'x> Reader<'x, '_> {
    fn run(&mut self) -> Result<(), Malformed> {
        loop {
            match self.cursor.next()? {
                Event::Start(name) => self.start(name.local, name.ns),
                Event::Text(text) => {
                    let Some(node) = self.open.last().map(|&id| &mut self.tree.nodes[id as usize]) else {
                        continue;
                    };
                    if node.text.is_empty() {
                        node.text = text;
                    } else {
                        node.text.to_mut().push_str(&text);
                    }
                }
                Event::End => self.end(),
                Event::Eof => return Ok(()),
            }
        }
    }

    fn start(&mut self, name: &'x str, namespace: NsId) {
        let mut node = Node { name: name.into(), ..Node::default() };
        if self.detailed {
            let found = self.cursor.namespace(namespace);
            // An element without a prefix takes the namespace of the one before it.
            if !found.is_empty() && found != self.namespace {
                self.namespace = found.to_owned();
            }
            node.more_mut().namespace = self.namespace.clone().into();
        }
        let id = self.tree.add(self.open.last().copied(), node);
        self.open.push(id);
        self.place(id, name);
        if self.cursor.has_attributes() {
            self.attributes(id);
        }
    }

    /// Finds envelope, header, body and the result.
    fn place(&mut self, id: NodeId, name: &str) {
        let depth = self.open.len();
        if name.eq_ignore_ascii_case("envelope") {
            self.status = Status::Outside;
        } else if name.eq_ignore_ascii_case("header") {
            self.status = Status::Outside;
            self.current_root = id;
            self.tree.header.get_or_insert(id);
            self.tree.nodes[id as usize].kind = "Struct".into();
        } else if name.eq_ignore_ascii_case("body") {
            self.status = Status::Body;
            self.body_depth = depth;
        } else if self.status == Status::Body && depth == self.body_depth + 1 && !self.is_no_root() {
            self.status = Status::Method;
            self.current_root = id;
            self.tree.body.get_or_insert(id);
            self.tree.nodes[id as usize].kind = "Struct".into();
        }
    }

    /// Whether an attribute such as `SOAP-ENC:root` says that an element is not the result.
    fn is_no_root(&self) -> bool {
        self.cursor.attributes().any(|attribute| {
            attribute.ns != NsId::NONE
                && attribute.local.to_ascii_lowercase().starts_with("root")
                && matches!(&*attribute.value, "" | "0")
        })
    }

    fn attributes(&mut self, id: NodeId) {
        let tag = if self.detailed { self.tag() } else { "" };
        for attribute in self.cursor.attributes() {
            let value = attribute.value.clone();
            let shared = self.tree.shared(id);
            let node = &mut self.tree.nodes[id as usize];
            if self.detailed && attribute.ns == NsId::NONE && !tag.contains(&format!(":{}", attribute.local))
            {
                node.more_mut().attributes.push((attribute.local.into(), value.clone()));
            }
            match attribute.local {
                "actor" => node.more_mut().actor = Some(value),
                "mustUnderstand" => node.more_mut().must_understand = Some(value),
                "type" => {
                    if self.detailed {
                        node.more_mut().kind_namespace =
                            namespace_of(&self.cursor, split(&value).0, tag).into();
                    }
                    self.tree.nodes[shared as usize].kind = local_name(value);
                }
                "arrayType" => {
                    let node = &mut self.tree.nodes[shared as usize];
                    node.kind = "Array".into();
                    node.more_mut().array_type = Some(local_name(value));
                }
                "id" => {
                    self.tree.ids.insert(value, id);
                }
                "href" => match value.strip_prefix('#') {
                    Some(target) => node.more_mut().refers_to = Some(target.to_owned().into()),
                    None => {
                        if let Some(content) = (self.attachments)(&value) {
                            node.text = content.into();
                        }
                    }
                },
                _ => {}
            }
        }
    }

    /// The text of the start tag just read.
    fn tag(&self) -> &'x str {
        let rest = self.cursor.slice(self.cursor.offset(), self.text.len());
        let mut quote = None;
        let end = rest.bytes().position(|byte| {
            match quote {
                Some(open) if open == byte => quote = None,
                None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
                _ => {}
            }
            byte == b'>' && quote.is_none()
        });
        &rest[..end.unwrap_or(rest.len())]
    }

    fn end(&mut self) {
        let Some(id) = self.open.pop() else { return };
        let node = self.tree.node(id);
        let is_section = matches!(&*node.name, "Body" | "Header");
        if node.kind.is_empty() {
            let kind = if node.first == NOWHERE {
                self.inherited(node.parent).unwrap_or(Cow::Borrowed("string"))
            } else {
                Cow::Borrowed("Struct")
            };
            self.tree.nodes[id as usize].kind = kind;
        }
        if id == self.current_root {
            self.status = Status::Body;
        } else if is_section {
            self.status = Status::Outside;
        }
    }

    /// The type that an array gives to its items.
    fn inherited(&self, parent: NodeId) -> Option<Cow<'x, str>> {
        let parent = self.tree.nodes.get(parent as usize)?;
        (parent.kind == "Array").then(|| parent.more().array_type.clone()).flatten()
    }
}

/// The namespace of a prefix, if it was declared before it is used: PEAR reads attributes in order.
fn namespace_of(cursor: &Cursor<'_>, prefix: &str, tag: &str) -> String {
    let declared = tag.find(&format!("xmlns:{prefix}="));
    if declared.is_some() && declared > tag.find("type=") {
        return String::new();
    }
    let id = if prefix.is_empty() { None } else { cursor.resolve_prefix(prefix) };
    id.map(|id| cursor.namespace(id).to_owned()).unwrap_or_default()
}

fn split(name: &str) -> (&str, &str) {
    match name.split_once(':') {
        Some((prefix, local)) if !local.contains(':') => (prefix, local),
        _ => ("", name),
    }
}

/// A name without its prefix, and without the size that an array type has.
fn local_name(name: Cow<'_, str>) -> Cow<'_, str> {
    fn cut(name: &str) -> &str {
        let local = split(name).1;
        match local.find('[') {
            Some(at) if at > 0 => &local[..at],
            _ => local,
        }
    }
    match name {
        Cow::Borrowed(name) => Cow::Borrowed(cut(name)),
        Cow::Owned(name) => Cow::Owned(cut(&name).to_owned()),
    }
}
