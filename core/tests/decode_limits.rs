//! Answers that are meant to hurt: deep, large, or both.

mod decode_support;

use decode_support::{decode, envelope, Service};
use wsdlproxy::decode::{untyped, Options, Unknown};
use wsdlproxy::seam::ValueSink;
use wsdlproxy::Limits;

const SCHEMA: &str = r#"
  <xsd:complexType name="deep" mixed="true"><xsd:sequence>
    <xsd:choice minOccurs="0" maxOccurs="unbounded"><xsd:element name="d" type="t:deep"/>
      <xsd:element name="l" type="t:list"/><xsd:element name="a" type="xsd:anyType"/></xsd:choice>
    </xsd:sequence></xsd:complexType>
  <xsd:complexType name="list"><xsd:complexContent><xsd:restriction base="enc:Array">
    <xsd:attribute ref="enc:arrayType" wsdl:arrayType="t:deep[]"/></xsd:restriction></xsd:complexContent>
  </xsd:complexType>
"#;

/// Runs on a stack of the size that threads get at the least.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
}

fn nested(tags: &[&str], depth: usize) -> String {
    let name = |at: usize| tags[at % tags.len()];
    let open = (0..depth).map(|at| format!("<{}>x", name(at))).collect::<Vec<_>>().concat();
    let close = (0..depth).rev().map(|at| format!("</{}>", name(at))).collect::<Vec<_>>().concat();
    format!("<r><return>{open}{close}</return></r>")
}

#[test]
fn values_as_deep_as_documents_fit_a_small_stack() {
    on_a_small_stack(|| {
        let service = Service::encoded(SCHEMA, r#"<part name="return" type="t:deep"/>"#);
        let plan = service.plan();
        for tags in [&["d"][..], &["l", "i"], &["a"], &["d", "l", "i", "d"], &["u"]] {
            for unknown in [Unknown::Skip, Unknown::Keep] {
                let options = Options { unknown, ..Options::default() };
                let deepest = nested(tags, 250);
                decode(&plan, &envelope(&deepest), &options).unwrap();
                for depth in [250, 300, 100_000] {
                    let error = decode(&plan, &envelope(&nested(tags, depth)), &options).map(|_| ());
                    let error = error.err().map(|error| error.message().to_owned());
                    assert!(
                        depth == 250 || error.is_some_and(|error| error.contains("nested deeper than 256"))
                    );
                }
            }
            untyped(&envelope(&nested(tags, 250)), &Options::default(), &mut ValueSink).unwrap();
        }
    });
}

#[test]
fn xml_kept_as_text_is_bounded() {
    let service = Service::encoded(SCHEMA, r#"<part name="return" type="t:deep"/>"#);
    let body = nested(&["d"], 100);
    let text = envelope(&body);
    let options = Options { limits: Limits { bytes: text.len(), ..Limits::default() }, ..Options::default() };
    let error = decode(&service.plan(), &text, &options).unwrap_err();
    assert!(error.message().starts_with("more XML kept as text"), "{error}");
}

#[test]
fn nodes_are_bounded() {
    let service = Service::encoded(SCHEMA, r#"<part name="return" type="xsd:anyType"/>"#);
    let text = envelope(&format!("<r><return>{}</return></r>", "<a/>".repeat(2000)));
    let options = Options { limits: Limits { nodes: 1000, ..Limits::default() }, ..Options::default() };
    assert!(decode(&service.plan(), &text, &options).is_err());
    assert!(decode(&service.plan(), &text, &Options::default()).is_ok());
}

#[test]
fn many_distinct_unknown_elements_are_read_in_linear_time() {
    let service = Service::encoded(SCHEMA, r#"<part name="return" type="t:deep"/>"#);
    let members = (0..100_000).map(|n| format!("<u{n}/>")).collect::<Vec<_>>().concat();
    let text = envelope(&format!("<r><return>{members}</return></r>"));
    let options = Options { unknown: Unknown::Keep, ..Options::default() };
    decode(&service.plan(), &text, &options).unwrap();
}

/// A hundred repeated groups inside each other: every element is as many records deep.
#[test]
fn groups_in_groups_count_as_depth() {
    let open = r#"<xsd:choice maxOccurs="unbounded"><xsd:element name="x" type="xsd:int"/>"#.repeat(100);
    let close = "</xsd:choice>".repeat(100);
    let schema = format!(
        r#"<xsd:complexType name="deep"><xsd:sequence>{}<xsd:element name="d" type="t:deep"/>{}
           </xsd:sequence></xsd:complexType>"#,
        open.replace("name=\"x\"", "name=\"same\""),
        close
    );
    on_a_small_stack(move || {
        let service = Service::encoded(&schema, r#"<part name="return" type="t:deep"/>"#);
        let plan = service.plan();
        decode(&plan, &envelope(&nested(&["d"], 2)), &Options::default()).unwrap();
        let error = decode(&plan, &envelope(&nested(&["d"], 200)), &Options::default()).unwrap_err();
        assert!(error.message().contains("nested deeper than 256"), "{error}");
    });
}

#[test]
fn many_wrong_entries_of_a_fault_are_read_in_linear_time() {
    let schema = r#"<xsd:element name="e" type="xsd:int"/>"#;
    let service = Service::encoded(schema, "");
    let entries = "<t:e>x</t:e>\n".repeat(100_000);
    let text = format!("<env:Fault><detail>{entries}</detail></env:Fault>");
    let found = decode_support::fault(service.answer(&text));
    let detail = decode_support::json(&found.detail.unwrap());
    assert_eq!(detail.matches("<t:e xmlns:t=\"urn:t\">x</t:e>").count(), 100_000);
}
