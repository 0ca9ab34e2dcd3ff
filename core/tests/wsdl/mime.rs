//! The MIME extension: the SOAP body inside `multipartRelated`.

use super::description::load;
use super::text::{binding, body, bound, only, operation, service};

#[test]
fn body_and_headers() {
    let input = r#"<m:multipartRelated>
        <m:part><s:body use="literal" parts="a"/><s:header message="t:In" part="a" use="literal"/></m:part>
        <m:part><m:content part="a" type="image/jpeg"/><m:content part="a" type="image/png"/></m:part>
        <m:part><m:content part="gone" type="text/xml"/></m:part>
      </m:multipartRelated>"#;
    let service = load(&service(&operation("go"), &binding(&bound("go", input, ""))));
    assert_eq!(body(&service, only(&service).input.as_ref()), "literal parts=a header=In.a");
}
