//! Elements that are taken as a whole are read as they are event by event: answers of random content, each read twice.
//! A carriage return after the envelope is white space that turns the short way off.

mod decode_support;

use decode_support::{decode, envelope, json, Random, Service};
use wsdlproxy::decode::{Body, Options, Unknown};
use wsdlproxy::plan::Plan;

const SCHEMA: &str = r#"
  <xsd:complexType name="all"><xsd:sequence>
    <xsd:element name="s" type="xsd:string" minOccurs="0"/>
    <xsd:element name="n" type="xsd:int" minOccurs="0" nillable="true"/>
    <xsd:element name="l" type="xsd:string" minOccurs="0" maxOccurs="unbounded"/>
    <xsd:element name="d" type="xsd:int" default="7" minOccurs="0"/>
    <xsd:element name="q" type="xsd:QName" minOccurs="0"/>
    <xsd:element name="w" type="t:word" minOccurs="0"/>
    <xsd:element name="o" type="xsd:anyType" minOccurs="0"/>
    <xsd:element name="h" type="t:heavy" minOccurs="0"/>
    <xsd:element name="a" type="t:array" minOccurs="0"/>
    <xsd:element name="m" type="t:mixed" minOccurs="0"/>
    <xsd:element name="u" type="t:pair" minOccurs="0"/>
    <xsd:choice minOccurs="0" maxOccurs="unbounded">
      <xsd:sequence><xsd:element name="g" type="xsd:int"/><xsd:element name="k" type="xsd:string" minOccurs="0"/></xsd:sequence>
      <xsd:element name="p" type="xsd:string"/></xsd:choice>
    <xsd:element name="r" type="t:all" minOccurs="0" maxOccurs="unbounded"/>
  </xsd:sequence></xsd:complexType>
  <xsd:simpleType name="word"><xsd:restriction base="xsd:token"><xsd:maxLength value="9"/></xsd:restriction></xsd:simpleType>
  <xsd:complexType name="heavy"><xsd:simpleContent><xsd:extension base="xsd:int">
    <xsd:attribute name="unit" type="xsd:string"/></xsd:extension></xsd:simpleContent></xsd:complexType>
  <xsd:complexType name="pair"><xsd:sequence><xsd:element name="u" type="xsd:string" minOccurs="0"/>
    <xsd:element name="v" type="xsd:string" minOccurs="0"/></xsd:sequence></xsd:complexType>
  <xsd:complexType name="mixed" mixed="true"><xsd:sequence><xsd:element name="s" type="xsd:string" minOccurs="0"/>
    </xsd:sequence></xsd:complexType>
  <xsd:complexType name="array"><xsd:complexContent><xsd:restriction base="enc:Array">
    <xsd:attribute ref="enc:arrayType" wsdl:arrayType="xsd:string[]"/></xsd:restriction></xsd:complexContent></xsd:complexType>
"#;

/// Children of a record; the first of them often, so that their tags are known.
const CHILDREN: &[&str] = &[
    "<s>text</s>",
    "<n>5</n>",
    "<s xsi:type=\"xsd:string\">typed</s>",
    "<n xsi:type=\"xsd:int\">6</n>",
    "<l>one</l>",
    "<l xsi:type='xsd:string'>two</l>",
    "<q>t:name</q>",
    "<d>1</d>",
    "<w> a  word </w>",
    "<o xsi:type=\"xsd:int\">8</o>",
    "<g>1</g>",
    "<k>k</k>",
    "<p>p</p>",
    "<a enc:arrayType=\"xsd:string[2]\"><i>x</i><i>y</i></a>",
    "<a enc:arrayType=\"xsd:int[]\"><i>1</i><i>2</i><i>3</i></a>",
    "<a><i xsi:type=\"xsd:int\">1</i><i xsi:type=\"xsd:int\">2</i><i xsi:type=\"xsd:string\">3</i></a>",
    "<a enc:arrayType=\"xsd:string[9]\"><i enc:position=\"[2]\">x</i><i>y</i><i enc:position=\"[0]\">z</i></a>",
    "<a enc:arrayType=\"xsd:int[2,2]\"><i>1</i><i>2</i><i>3</i><i>4</i></a>",
    "<a enc:arrayType=\"xsd:string[][1]\"><i><j>x</j></i></a>",
    "<a enc:arrayType=\"xsd:int[][3]\"><i><i>1</i><i>2</i></i><i></i><i>5</i></a>",
    "<a enc:arrayType=\"xsd:int[,]\"><i>9</i><i enc:position=\"[1,1]\">1</i></a>",
    "<a enc:arrayType=\"xsd:int[2,2]\"><i>9</i><i enc:position=\"[1,1]\">1</i></a>",
    "<a enc:arrayType=\"xsd:int[2]\"><i enc:position=\"[x]\">1</i><i enc:position=\"[1]\">1</i></a>",
    "<a enc:arrayType=\"xsd:anyType[2]\"><enc:int>1</enc:int><enc:string>1</enc:string></a>",
    "<a enc:arrayType=\"xsd:anyType[][2]\"><enc:int>1</enc:int><i><enc:int>1</enc:int></i></a>",
    "<u><u/></u>",
    "<s/>",
    "<s></s>",
    "<s >spaced</s >",
    "<s> blank </s>",
    "<s>&lt;&amp;&#233;</s>",
    "<s>a<!-- b -->c</s>",
    "<s><![CDATA[<d>]]></s>",
    "<s><s/></s>",
    "<s>x<s>y</s>z</s>",
    "<s xsi:nil=\"true\"/>",
    "<n xsi:nil=\"true\">5</n>",
    "<n/>",
    "<n> 7 </n>",
    "<n>seven</n>",
    "<n xsi:type=\"xsd:string\">8</n>",
    "<n xsi:type=\"xsd:date\">2024-05-31</n>",
    "<d/>",
    "<d></d>",
    "<q xmlns:t=\"urn:other\">t:name</q>",
    "<s xmlns:xsd=\"urn:other\" xsi:type=\"xsd:string\">other</s>",
    "<n xmlns:xsi=\"urn:other\" xsi:type=\"xsd:string\">9</n>",
    "<o>free</o>",
    "<o xsi:type=\"xsd:string\">8</o>",
    "<o xsi:type=\"t:word\"> w </o>",
    "<o><x>1</x><x>2</x></o>",
    "<h>1</h>",
    "<h unit=\"kg\">2</h>",
    "<m><s>in</s></m>",
    "<u><u>x</u><v>y</v></u>",
    "<u><u/></u>",
    "<u><v></v><u></u></u>",
    "<m>text<s>in</s></m>",
    "<t:s>qualified</t:s>",
    "<z>unknown</z>",
    "<z>unknown</z><z>again</z>",
    "<s id=\"i\">target</s>",
    "<s href=\"#i\"/>",
    "<l href=\"#i\"/>",
    "<r><s>inner</s><n>1</n></r>",
    "<r/>",
    "text",
    "<!-- comment -->",
    "<s>open",
    "</s>",
    "<s>wrong</n>",
    "<s>a]]>b</s>",
];

fn record(random: &mut Random, usual: usize) -> String {
    let gap = ["", "", "\n    ", " "][random.below(4)];
    let mut children = String::new();
    for _ in 0..random.below(9) {
        // What is unusual is rare, or no answer would come to its end.
        let choice = if random.below(8) > 0 { usual } else { CHILDREN.len() };
        children.push_str(CHILDREN[random.below(choice)]);
        children.push_str(gap);
    }
    format!("<r>{children}</r>{gap}")
}

fn shown(plan: &Plan, text: &str, options: &Options) -> Result<String, String> {
    match decode(plan, text, options) {
        Ok(answer) => match answer.body {
            Body::Value(value) => Ok(json(&value)),
            Body::Fault(fault) => Ok(format!("{fault:?}")),
        },
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn whole_elements_are_read_like_their_events() {
    let encoded = Service::encoded(SCHEMA, r#"<part name="return" type="t:all"/>"#).plan();
    let schema = format!(r#"{SCHEMA}<xsd:element name="answer" type="t:all"/>"#);
    let literal = Service::literal(&schema, r#"<part name="return" element="t:answer"/>"#).plan();
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let (mut values, mut errors) = (0, 0);
    for round in 0..6_000 {
        let usual = [6, 26, 50][round % 3];
        let records: String = (0..=random.below(12)).map(|_| record(&mut random, usual)).collect();
        let (plan, text) = match random.below(2) {
            0 => (&encoded, envelope(&format!("<t:opResponse><return>{records}</return></t:opResponse>"))),
            _ => (&literal, envelope(&format!("<t:answer>{records}</t:answer>"))),
        };
        let unknown = if random.below(2) == 0 { Unknown::Skip } else { Unknown::Keep };
        let options = Options { unknown, lenient: random.below(4) == 0, ..Options::default() };
        let whole = shown(plan, &text, &options);
        assert_eq!(whole, shown(plan, &format!("{text}\r\n"), &options), "{text}");
        match whole {
            Ok(_) => values += 1,
            Err(_) => errors += 1,
        }
    }
    assert!(values > 2_000 && errors > 500, "{values} values, {errors} errors");
}
