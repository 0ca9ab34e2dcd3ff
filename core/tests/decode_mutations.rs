//! Answers damaged at random: each is a value or an error, in bounded time, never a panic.

mod decode_support;

use decode_support::{decode, envelope, Random, Service};
use wsdlproxy::decode::{untyped, Options, Unknown};
use wsdlproxy::seam::ValueSink;
use wsdlproxy::{ErrorKind, Limits};

const SCHEMA: &str = r#"
  <xsd:complexType name="all" mixed="true"><xsd:sequence><xsd:element name="a" type="xsd:int"/>
    <xsd:choice minOccurs="0" maxOccurs="unbounded"><xsd:element name="b" type="t:all"/>
      <xsd:sequence><xsd:element name="c" type="t:words"/><xsd:element name="d" type="xsd:anyType"/></xsd:sequence>
    </xsd:choice><xsd:element name="e" type="t:array" minOccurs="0"/>
    <xsd:element name="f" type="apache:Map" minOccurs="0"/><xsd:any minOccurs="0" maxOccurs="9"/></xsd:sequence>
    <xsd:attribute name="g" type="xsd:boolean"/><xsd:anyAttribute/></xsd:complexType>
  <xsd:simpleType name="words"><xsd:list itemType="t:word"/></xsd:simpleType>
  <xsd:simpleType name="word"><xsd:union memberTypes="xsd:int xsd:QName xsd:token"/></xsd:simpleType>
  <xsd:complexType name="array"><xsd:complexContent><xsd:restriction base="enc:Array">
    <xsd:attribute ref="enc:arrayType" wsdl:arrayType="t:all[]"/></xsd:restriction></xsd:complexContent></xsd:complexType>
"#;

const BODY: &str = r##"<t:opResponse><return g="1" t:h="x" id="r"><a xsi:type="xsd:int">1</a>
  <b><a>2</a>text<b href="#i"/></b><c>1 t:x y</c><d xsi:type="enc:Struct"><x>1</x><x xsi:nil="1"/></d>
  <e enc:arrayType="t:all[2,2]" enc:offset="[1]"><i enc:position="[1,1]"><a>3</a></i><i href="#i"/></e>
  <f><item><key>k</key><value href="#j"/></item></f><t:w>&lt;<![CDATA[x]]></t:w></return></t:opResponse>
  <multiRef id="i" xsi:type="t:all" enc:root="0"><a>4</a></multiRef><multiRef id="j" xsi:type="xsd:date">2024-01-01</multiRef>"##;

const FAULT: &str = r#"<env:Fault><faultcode>c</faultcode><faultstring>s</faultstring><detail><t:x><a>1</a></t:x>
  <y xsi:type="t:all"><a>1</a></y></detail></env:Fault>"#;

const PIECES: &[&str] = &[
    "<",
    ">",
    "/>",
    "</",
    "\"",
    "'",
    "&",
    "&amp;",
    "&#x0;",
    "=",
    " ",
    ":",
    "#",
    "[",
    "]",
    ",",
    "0",
    "-1",
    "99999999999999999999",
    "é",
    "\u{0}",
    "<a>",
    "</a>",
    "<b/>",
    " href=\"#i\"",
    " id=\"i\"",
    " xsi:nil=\"1\"",
    " xsi:type=\"t:all\"",
    " xsi:type=\"enc:Array\"",
    " enc:arrayType=\"t:all[][3]\"",
    " enc:position=\"[9]\"",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?x?>",
    "<!DOCTYPE a>",
];

fn mutated(random: &mut Random, text: &str, at: &[usize]) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(3) {
        let mut from = at[random.below(at.len())].min(text.len());
        let mut to = (from + random.below(12)).min(text.len());
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        while !text.is_char_boundary(to) {
            to += 1;
        }
        match random.below(4) {
            0 => text.replace_range(from..to, ""),
            1 => text.insert_str(from, PIECES[random.below(PIECES.len())]),
            2 => text.replace_range(from..to, PIECES[random.below(PIECES.len())]),
            _ => {
                let again = text[from..to].to_owned();
                text.insert_str(to, &again);
            }
        }
    }
    text
}

#[test]
fn damaged_answers() {
    let service = Service::encoded(SCHEMA, r#"<part name="return" type="t:all"/>"#);
    let plan = service.plan();
    let limits = Limits { nodes: 5_000, ..Limits::default() };
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut decoded = 0;
    for body in [BODY, FAULT] {
        let text = envelope(body);
        decode(&plan, &text, &Options::default()).unwrap();
        let inside = text.find("Body").unwrap();
        let places: Vec<usize> = (inside..text.len()).collect();
        for round in 0..3_000 {
            let text = mutated(&mut random, &text, &places);
            let unknown = if round % 2 == 0 { Unknown::Skip } else { Unknown::Keep };
            let options = Options { unknown, limits, lenient: false };
            for result in [decode(&plan, &text, &options), untyped(&text, &options, &mut ValueSink)] {
                match result {
                    Ok(_) => decoded += 1,
                    Err(error) => assert_eq!(error.kind(), ErrorKind::Decode, "{text}"),
                }
            }
        }
    }
    assert!(decoded > 500, "{decoded}: the damage is not only fatal");
}
