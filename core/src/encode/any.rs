//! Values for `anyType` and `anySimpleType`: sent by their own kind.

use super::*;
use crate::error::InPath;
use crate::index::*;
use crate::scalar::{Builtin, Scalar};
use crate::seam::{Kind, Source};
use crate::secret;
use crate::xml;

impl Encoder<'_> {
    /// The rest of an element of `anySimpleType`.
    pub fn any_simple<S: Source>(&mut self, value: &S) -> Result<()> {
        if value.kind() != Kind::Scalar {
            return Err(self.unexpected(Plan::builtin(Builtin::AnySimpleType), value));
        }
        let builtin = builtin_of(&value.scalar(Builtin::AnySimpleType)?);
        let ty = Plan::builtin(builtin);
        if self.encoded || builtin != Builtin::String {
            self.type_attribute(ty);
        }
        self.out.push('>');
        self.text(ty, value)
    }

    /// The rest of an element of `anyType`.
    pub fn any<S: Source>(&mut self, value: &S) -> Result<()> {
        match value.kind() {
            Kind::Scalar => {
                if let Some(xml) = value.xml()? {
                    self.out.push('>');
                    return self.put_elements(&xml);
                }
                let ty = Plan::builtin(builtin_of(&value.scalar(Builtin::AnySimpleType)?));
                self.type_attribute(ty);
                self.out.push('>');
                self.text(ty, value)
            }
            Kind::List => self.untyped_array(value),
            Kind::Record => {
                if let Some(content) = value.field(self.any_key())? {
                    self.out.push('>');
                    return self.wildcard_items(&content).in_member("_any");
                }
                if self.encoded {
                    let row = if self.version == SoapVersion::V11 { SOAP11_ENC } else { SOAP12_ENC };
                    if row == SOAP11_ENC {
                        let (xsi, prefix) = (self.fixed(XSI), self.fixed(row));
                        self.out.push_str(&format!(" {xsi}:type=\"{prefix}:Struct\""));
                    }
                }
                self.out.push('>');
                let mut empty = true;
                value.entries(&mut |name, member| {
                    empty = false;
                    self.named_any(name, &member).in_member(name)
                })?;
                if empty && self.options.strict && !value.may_be_empty() {
                    return Err(Error::encode(format!("expected a value, got {}", value.describe())));
                }
                Ok(())
            }
            Kind::Null => {
                self.out.push('>');
                Ok(())
            }
        }
    }

    /// A child of a generic record, under the member's name.
    pub fn named_any<S: Source>(&mut self, name: &str, value: &S) -> Result<()> {
        if name == "_type" {
            return Ok(());
        }
        if !xml::is_ncname(name) {
            return Err(Error::encode(format!("{name:?} cannot be the name of an element")));
        }
        self.out.push('<');
        self.out.push_str(name);
        match value.kind() {
            Kind::Null => {
                let xsi = self.fixed(XSI);
                self.out.push_str(&format!(" {xsi}:nil=\"true\">"));
            }
            kind => self.rest(Plan::ANY_TYPE, value, kind).map_err(|e| secret::masked(e, name))?,
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        Ok(())
    }

    /// An Apache `Map`.
    pub fn map<S: Source>(&mut self, ty: TypeId, value: &S) -> Result<()> {
        if self.encoded {
            self.type_attribute(ty);
        }
        self.out.push('>');
        let mut entries = 0;
        value.entries(&mut |name, member| {
            entries += 1;
            self.used[XSI] = true;
            let string = self.fixed(1);
            self.out.push_str(&format!("<item><key xsi:type=\"{string}:string\">"));
            xml::escape_text(&mut self.out, name)?;
            self.out.push_str("</key>");
            self.named_any("value", &member).in_member(name)?;
            self.out.push_str("</item>");
            Ok(())
        })?;
        // The lists of some hosts have keys too.
        if value.kind() != Kind::Record && entries == 0 {
            let mut empty = value.kind() == Kind::List;
            value.each(&mut |_| {
                empty = false;
                Ok(())
            })?;
            return if empty { Ok(()) } else { Err(self.unexpected(ty, value)) };
        }
        Ok(())
    }
}

/// The type that a leaf has by itself.
pub(super) fn builtin_of(scalar: &Scalar<'_>) -> Builtin {
    match scalar {
        Scalar::Bool(_) => Builtin::Boolean,
        Scalar::Int(n) if i32::try_from(*n).is_ok() => Builtin::Int,
        Scalar::Int(_) => Builtin::Long,
        Scalar::BigInt(_) => Builtin::Integer,
        Scalar::Decimal(_) => Builtin::Decimal,
        Scalar::Double(_) => Builtin::Double,
        Scalar::Str(_) => Builtin::String,
        Scalar::Bytes(_) => Builtin::Base64Binary,
        Scalar::Temporal(temporal) => temporal.kind,
        Scalar::Duration(_) => Builtin::Duration,
        Scalar::QName { .. } => Builtin::QName,
    }
}
