//! Decoding of complex types: members in and out of order, repeated, absent, unknown and derived.

mod decode_support;

use decode_support::{decode, envelope, json, Service};
use wsdlproxy::decode::{Options, Unknown};

const SCHEMA: &str = r#"
  <xsd:complexType name="account"><xsd:sequence>
    <xsd:element name="name" type="xsd:string"/>
    <xsd:element name="port" type="xsd:int" minOccurs="0" default="25"/>
    <xsd:element name="group" type="xsd:string" minOccurs="0" maxOccurs="unbounded"/>
    <xsd:element name="owner" type="t:account" minOccurs="0"/>
    <xsd:element name="tag" type="xsd:int" minOccurs="0" maxOccurs="3"/>
  </xsd:sequence></xsd:complexType>
  <xsd:complexType name="special"><xsd:complexContent><xsd:extension base="t:account"><xsd:sequence>
    <xsd:element name="extra" type="xsd:boolean"/></xsd:sequence></xsd:extension></xsd:complexContent>
  </xsd:complexType>
  <xsd:complexType name="other"><xsd:all><xsd:element name="x" type="xsd:int" minOccurs="0"/></xsd:all>
  </xsd:complexType>
  <xsd:complexType name="twice"><xsd:sequence><xsd:element name="a" type="xsd:int"/>
    <xsd:element name="b" type="xsd:int"/><xsd:element name="a" type="xsd:int"/></xsd:sequence>
  </xsd:complexType>
  <xsd:simpleType name="word"><xsd:restriction base="xsd:string"/></xsd:simpleType>
"#;

fn service() -> Service<'static> {
    Service::encoded(SCHEMA, r#"<part name="return" type="t:account"/>"#)
}

#[track_caller]
fn read(content: &str) -> String {
    service().json(&format!("<r><return>{content}</return></r>"))
}

#[test]
fn members_in_order() {
    let content = "<name>a</name><port>5060</port><group>x</group><group>y</group><tag>1</tag>";
    assert_eq!(read(content), "{name:'a',port:5060,group:['x','y'],tag:[1]}");
    assert_eq!(read("<owner><name>o</name></owner>"), "{owner:{name:'o',group:[],tag:[]},group:[],tag:[]}");
}

#[test]
fn members_out_of_order_and_scattered() {
    let content = "<tag>1</tag><group>x</group><port>1</port><group>y</group><name>a</name><tag>2</tag>";
    assert_eq!(read(content), "{tag:[1,2],group:['x','y'],port:1,name:'a'}");
}

#[test]
fn absent_members_have_no_key_and_empty_ones_do() {
    assert_eq!(read(""), "{group:[],tag:[]}");
    assert_eq!(read("<name/><port/><group/>"), "{name:'',port:25,group:[''],tag:[]}");
    assert_eq!(read("<name xsi:nil='true'/><group xsi:nil='1'/>"), "{name:null,group:[null],tag:[]}");
}

#[test]
fn a_single_member_that_comes_again_makes_a_list() {
    assert_eq!(read("<name>a</name><name>b</name><name>c</name>"), "{name:['a','b','c'],group:[],tag:[]}");
    assert_eq!(read("<name>a</name><port>1</port><name>b</name>"), "{name:['a','b'],port:1,group:[],tag:[]}");
}

#[test]
fn one_name_at_two_places_is_one_list() {
    let service = Service::encoded(SCHEMA, r#"<part name="return" type="t:twice"/>"#);
    assert_eq!(service.json("<r><return><a>1</a><b>2</b><a>3</a></return></r>"), "{a:[1,3],b:2}");
    assert_eq!(service.json("<r><return><b>2</b></return></r>"), "{b:2,a:[]}");
}

#[test]
fn namespaces_are_forgiven() {
    assert_eq!(
        read("<t:name>a</t:name><x:port xmlns:x='urn:x'>1</x:port>"),
        "{name:'a',port:1,group:[],tag:[]}"
    );
}

#[test]
fn unknown_elements() {
    let content = "<name>a</name><new><deep>1</deep></new><port>1</port><new>2</new>";
    assert_eq!(read(content), "{name:'a',port:1,group:[],tag:[]}");
    let options = Options { unknown: Unknown::Keep, ..Options::default() };
    let text = envelope(&format!("<r><return>{content}</return></r>"));
    let answer = decode(&service().plan(), &text, &options).unwrap();
    let expected = "{name:'a',port:1,group:[],tag:[],new:[{deep:'1'},'2']}";
    assert_eq!(json(&answer.body.value().unwrap()), expected);
}

#[test]
fn types_that_elements_claim() {
    let derived = r#"<r><return xsi:type="t:special"><name>a</name><extra>1</extra></return></r>"#;
    let expected = "{_type:'{urn:t}special',name:'a',extra:true,group:[],tag:[]}";
    assert_eq!(service().json(derived), expected);
    assert_eq!(service().json(&derived.replace("t:special", "t:account")), "{name:'a',group:[],tag:[]}");
    assert_eq!(service().json(&derived.replace("t:special", "t:nobody")), "{name:'a',group:[],tag:[]}");
    assert_eq!(service().json(&derived.replace("t:special", "nobody:x")), "{name:'a',group:[],tag:[]}");
    assert_eq!(service().json(&derived.replace("t:special", "xsd:anyType")), "{name:'a',group:[],tag:[]}");
    assert_eq!(read(r#"<port xsi:type="xsd:string">x</port>"#), "{port:'x',group:[],tag:[]}");
    let old = r#"<port xsi:type="old:int" xmlns:old="http://www.w3.org/1999/XMLSchema">7</port>"#;
    assert_eq!(read(old), "{port:7,group:[],tag:[]}");
}

#[test]
fn types_that_make_no_sense_in_literal_messages() {
    let schema = format!(r#"{SCHEMA}<xsd:element name="answer" type="t:account"/>"#);
    let service = Service::literal(&schema, r#"<part name="parameters" element="t:answer"/>"#);
    let body = |ty: &str| format!(r#"<t:answer xsi:type="{ty}"><name>a</name></t:answer>"#);
    assert_eq!(service.json(&body("t:account")), "{name:'a',group:[],tag:[]}");
    assert_eq!(service.json(&body("xsd:int")), "{name:'a',group:[],tag:[]}");
    assert_eq!(service.json(&body("t:other")), "{_type:'{urn:t}other'}");
    let body = r#"<t:answer><name xsi:type="t:word">a</name><port xsi:type="t:account">1</port></t:answer>"#;
    assert_eq!(service.json(body), "{name:'a',port:1,group:[],tag:[]}");
}

#[test]
fn the_same_prefix_may_mean_another_type_elsewhere() {
    let content = r#"<name xsi:type="p:string" xmlns:p="http://www.w3.org/2001/XMLSchema">1</name>
        <port xsi:type="p:string" xmlns:p="urn:none">1</port>
        <group xsi:type="p:int" xmlns:p="http://www.w3.org/2001/XMLSchema">1</group>"#;
    assert_eq!(read(content), "{name:'1',port:1,group:[1],tag:[]}");
}

#[test]
fn errors_say_where() {
    let error = service().error("<r><return><owner><tag>1</tag><tag>z</tag></owner></return></r>");
    assert!(error.starts_with("owner.tag[1]: expected xsd:int, got \"z\" (line 1, column "), "{error}");
}

#[test]
fn comments_and_text_between_members_do_not_matter() {
    assert_eq!(read("x<!-- c --><name>a<!-- c -->b</name><?p i?>y"), "{name:'ab',group:[],tag:[]}");
}

/// A prefix that nothing declares, or a namespace that is not the schema's: the type is told by its local name where
/// only one has that and it may stand there.
#[test]
fn types_named_in_the_wrong_namespace() {
    for name in ["special", "p:special", "old:special"] {
        let body = format!(
            r#"<r><return xmlns:old="urn:t/old" xsi:type="{name}"><name>a</name><extra>1</extra></return></r>"#
        );
        let read = service().json(&body);
        assert!(read.starts_with("{_type:'{urn:t}special',name:'a'"), "{read}");
    }
    let other = r#"<r><return xsi:type="p:word"><name>a</name></return></r>"#;
    assert!(service().json(other).starts_with("{name:'a'"));
}
