//! Decoding of attributes and of simple content.

mod decode_support;

use decode_support::Service;

const SCHEMA: &str = r#"
  <xsd:attribute name="lang" type="xsd:string"/>
  <xsd:complexType name="price"><xsd:simpleContent><xsd:extension base="xsd:decimal">
    <xsd:attribute name="currency" type="xsd:string"/><xsd:attribute name="places" type="xsd:int"/>
  </xsd:extension></xsd:simpleContent></xsd:complexType>
  <xsd:complexType name="bare"><xsd:simpleContent><xsd:extension base="xsd:int"/></xsd:simpleContent>
  </xsd:complexType>
  <xsd:complexType name="item"><xsd:sequence><xsd:element name="id" type="xsd:int"/></xsd:sequence>
    <xsd:attribute name="id" type="xsd:string"/><xsd:attribute ref="t:lang"/>
    <xsd:attribute name="words" type="xsd:NMTOKENS"/></xsd:complexType>
  <xsd:complexType name="open"><xsd:sequence/><xsd:attribute name="a" type="xsd:int"/>
    <xsd:anyAttribute processContents="lax"/></xsd:complexType>
  <xsd:element name="price" type="t:price"/><xsd:element name="bare" type="t:bare"/>
"#;

#[track_caller]
fn literal(ty: &str, tag: &str) -> String {
    let schema = format!(
        r#"{SCHEMA}<xsd:element name="answer"><xsd:complexType><xsd:sequence>
           <xsd:element name="x" type="xsd:int" minOccurs="0"/><xsd:element name="in" type="t:{ty}"/>
           </xsd:sequence></xsd:complexType></xsd:element>"#
    );
    let service = Service::literal(&schema, r#"<part name="parameters" element="t:answer"/>"#);
    let value = service.json(&format!("<t:answer>{tag}</t:answer>"));
    value.strip_prefix("{in:").and_then(|rest| rest.strip_suffix('}')).expect("a record").to_owned()
}

#[test]
fn nil_with_attributes() {
    assert_eq!(literal("price", "<in xsi:nil='true' currency='EUR'/>"), "{_:null,currency:'EUR'}");
    assert_eq!(literal("item", "<in xsi:nil='1' t:lang='en'/>"), "{_:null,lang:'en'}");
    assert_eq!(literal("item", "<in xsi:nil='1' other='en'/>"), "null");
    assert_eq!(literal("open", "<in xsi:nil='1' b='2'/>"), "{_:null,_attributes:{b:'2'}}");
    assert_eq!(literal("open", "<in xsi:nil='1'/>"), "null");
}

#[test]
fn simple_content() {
    assert_eq!(
        literal("price", "<in currency='EUR' places='2'>1.50</in>"),
        "{_:decimal(1.50),currency:'EUR',places:2}"
    );
    assert_eq!(literal("price", "<in>1</in>"), "{_:decimal(1)}");
    assert_eq!(literal("price", "<in currency='EUR'/>"), "{_:null,currency:'EUR'}");
    assert_eq!(literal("bare", "<in>7</in>"), "7");
    assert_eq!(literal("bare", "<in/>"), "null");
}

#[test]
fn attributes_beside_elements() {
    let tag = "<in id='a' t:lang='en' words='x y'><id>1</id></in>";
    assert_eq!(literal("item", tag), "{id:1,@id:'a',lang:'en',words:['x','y']}");
    assert_eq!(literal("item", "<in lang='en' other='x'><id>1</id></in>"), "{id:1,lang:'en'}");
}

#[test]
fn wildcard_attributes() {
    let tag = "<in a='1' b='x' t:c='y' xml:lang='en' xsi:type='t:open' env:mustUnderstand='1'/>";
    let expected = "{a:1,_attributes:{b:'x',{urn:t}c:'y',{http://www.w3.org/XML/1998/namespace}lang:'en'}}";
    assert_eq!(literal("open", tag), expected);
    assert_eq!(literal("open", "<in a='1'/>"), "{a:1}");
}

#[test]
fn attributes_of_the_protocol_are_no_data_in_encoded_messages() {
    let service = Service::encoded(SCHEMA, r#"<part name="return" type="t:open"/>"#);
    assert_eq!(service.json("<r><return id='i1' b='x' enc:root='1'/></r>"), "{_attributes:{b:'x'}}");
}

#[test]
fn a_bad_attribute_is_named() {
    let service = Service::encoded(SCHEMA, r#"<part name="return" type="t:open"/>"#);
    let error = service.error("<r><return a='x'/></r>");
    assert!(error.starts_with("a: expected xsd:int, got \"x\" (line 1"), "{error}");
}

#[test]
fn element_parts_with_simple_content() {
    let service = Service::literal(SCHEMA, r#"<part name="p" element="t:price"/>"#);
    assert_eq!(service.json("<t:price currency='EUR'>2</t:price>"), "{_:decimal(2),currency:'EUR'}");
    let service = Service::literal(SCHEMA, r#"<part name="p" element="t:bare"/>"#);
    assert_eq!(service.json("<t:bare>2</t:bare>"), "2");
}

/// As PHP delivers them, and zeep those with a default.
#[test]
fn absent_attributes_with_a_value() {
    let schema = r#"<xsd:complexType name="v"><xsd:sequence><xsd:element name="x" type="xsd:int" minOccurs="0"/>
        </xsd:sequence><xsd:attribute name="d" type="xsd:int" default="3"/>
        <xsd:attribute name="f" type="xsd:string" fixed="F"/><xsd:attribute name="n" type="xsd:int"/>
        <xsd:attribute name="wrong" type="xsd:int" default="three"/><xsd:attribute name="low" default="0">
        <xsd:simpleType><xsd:restriction base="xsd:int"><xsd:minInclusive value="5"/></xsd:restriction></xsd:simpleType>
        </xsd:attribute></xsd:complexType>"#;
    let service = Service::encoded(schema, r#"<part name="return" type="t:v"/>"#);
    let read = |rest: &str| service.json(&format!("<r><return{rest}</return></r>"));
    assert_eq!(read("><x>1</x>"), "{x:1,d:3,f:'F'}");
    assert_eq!(read(" d='4'>"), "{d:4,f:'F'}");
    assert_eq!(read(" n='1' xsi:nil='true'>"), "{_:null,n:1}");
    assert_eq!(read(" xsi:nil='true'>"), "null");
}
