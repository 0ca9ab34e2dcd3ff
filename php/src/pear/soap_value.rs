//! A `SOAP_Value`, or an object of a class that extends it, as it is read.

use ext_php_rs::types::Zval;

use super::layout::{Layout, Parts};
use super::serialize::Element;
use super::zv::{self, Text};
use crate::instance::Instance;

/// What is read of it; the constants are places in it.
static VALUE: Parts = Parts {
    base: "SOAP_Value",
    properties: &[
        "value",
        "name",
        "type",
        "namespace",
        "type_namespace",
        "options",
        "attributes",
        "arrayType",
    ],
    methods: &["serialize"],
};
const CONTENT: usize = 0;
const NAME: usize = 1;
const KIND: usize = 2;
const NAMESPACE: usize = 3;
const KIND_NAMESPACE: usize = 4;
const OPTIONS: usize = 5;
const ATTRIBUTES: usize = 6;
const ARRAY_TYPE: usize = 7;

#[derive(Clone, Copy)]
pub(super) struct SoapValue<'a> {
    pub object: Instance<'a>,
    class: Layout,
}

/// Its properties, held: PHP code may change the object while it is written.
pub(super) struct Held {
    pub content: Zval,
    name: Text,
    kind: Option<Text>,
    namespace: Text,
    kind_namespace: Text,
    options: Zval,
    attributes: Zval,
    array_type: Text,
}

impl<'a> SoapValue<'a> {
    /// `None` for objects of other classes.
    pub fn of(object: Instance<'a>) -> Option<Self> {
        let class = Layout::of(object, &VALUE);
        class.extends.then_some(Self { object, class })
    }

    pub fn serializes_itself(&self) -> bool {
        self.class.overrides(0)
    }

    fn property(&self, index: usize) -> Zval {
        self.class.property(self.object, index)
    }

    fn text(&self, index: usize) -> Text {
        zv::string(&self.property(index))
    }

    pub fn kind(&self) -> Text {
        self.text(KIND)
    }

    pub fn kind_namespace(&self) -> Text {
        self.text(KIND_NAMESPACE)
    }

    pub fn read(&self) -> Held {
        let kind = self.property(KIND);
        Held {
            content: self.property(CONTENT),
            name: self.text(NAME),
            kind: zv::is_true(&kind).then(|| zv::string(&kind)),
            namespace: self.text(NAMESPACE),
            kind_namespace: self.text(KIND_NAMESPACE),
            options: self.property(OPTIONS),
            attributes: self.property(ATTRIBUTES),
            array_type: self.text(ARRAY_TYPE),
        }
    }
}

impl Held {
    pub fn element(&self) -> Element<'_> {
        Element {
            name: &self.name,
            kind: self.kind.as_deref(),
            namespace: &self.namespace,
            kind_namespace: &self.kind_namespace,
            options: self.options.array(),
            attributes: self.attributes.array(),
            array_type: &self.array_type,
        }
    }
}
