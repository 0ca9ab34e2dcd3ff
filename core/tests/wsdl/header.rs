//! `soap:header` and `soap:headerfault`.

use super::description::{load, warnings};
use super::text::{binding, body, bound, only, operation, service};
use wsdlproxy::wsdl::Use;

fn with_headers(headers: &str) -> wsdlproxy::wsdl::Definitions {
    let input = format!(r#"{headers}<s:body use="literal"/>"#);
    load(&service(&operation("go"), &binding(&bound("go", &input, ""))))
}

#[test]
fn headers_with_their_faults() {
    let service = with_headers(
        r#"<s:header message="t:In" part="a" use="encoded" namespace="urn:h" encodingStyle="urn:e">
             <s:headerfault message="t:Out" part="r" use="literal"/></s:header>
           <s:header message="t:Out" part="r" use="literal"/>"#,
    );
    assert_eq!(body(&service, only(&service).input.as_ref()), "literal header=In.a/Out.r header=Out.r");
    let header = &only(&service).input.as_ref().unwrap().headers[0];
    assert_eq!((header.usage, header.faults[0].usage), (Use::Encoded, Use::Literal));
    assert_eq!(header.namespace.map(|ns| service.schemas.names.text(ns)), Some("urn:h"));
}

#[test]
fn a_part_that_is_not_named_is_the_only_one() {
    let service = with_headers(r#"<s:header message="t:In" use="literal"/>"#);
    assert_eq!(body(&service, only(&service).input.as_ref()), "literal header=In.a");
}

#[test]
fn headers_that_lead_nowhere_are_left_out() {
    let service = with_headers(
        r#"<s:header message="t:No" part="a"/><s:header message="t:In" part="no"/><s:header part="a"/>"#,
    );
    assert_eq!(body(&service, only(&service).input.as_ref()), "literal");
    assert_eq!(
        warnings(&service),
        [
            "header names no message; ignored",
            "message {urn:t}No is not defined",
            "message {urn:t}In has no part no; header left out"
        ]
    );
}
