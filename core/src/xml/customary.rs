//! What prefixes that nobody declared are taken for, in documents where that is forgiven.

use std::borrow::Cow;

use crate::name::ns;

/// Begins the namespace made up for a prefix that custom does not settle; no URI begins so.
pub const UNDECLARED: &str = "undeclared prefix ";

/// The namespace that a prefix usually stands for in WSDL documents and answers, else one of its own.
pub fn namespace(prefix: &str) -> Cow<'static, str> {
    Cow::Borrowed(match prefix {
        "xs" | "xsd" => ns::XSD,
        "wsdl" => ns::WSDL,
        "soap" => ns::WSDL_SOAP11,
        "soap12" => ns::WSDL_SOAP12,
        "xsi" => ns::XSI,
        "http" => ns::WSDL_HTTP,
        "mime" => ns::WSDL_MIME,
        "soapenc" | "soap-enc" | "SOAP-ENC" => ns::SOAP11_ENCODING,
        other => return Cow::Owned(format!("{UNDECLARED}{other}")),
    })
}
