//! Decoding of SOAP-encoded arrays, structs and maps, and of `xsd:anyType`.

mod decode_support;

use decode_support::Service;
use wsdlproxy::decode::Options;

const SCHEMA: &str = r#"
  <xsd:complexType name="ints"><xsd:complexContent><xsd:restriction base="enc:Array">
    <xsd:attribute ref="enc:arrayType" wsdl:arrayType="xsd:int[]"/></xsd:restriction></xsd:complexContent>
  </xsd:complexType>
  <xsd:complexType name="rows"><xsd:complexContent><xsd:restriction base="enc:Array">
    <xsd:attribute ref="enc:arrayType" wsdl:arrayType="xsd:int[][]"/></xsd:restriction></xsd:complexContent>
  </xsd:complexType>
  <xsd:complexType name="point"><xsd:all><xsd:element name="x" type="xsd:int"/></xsd:all></xsd:complexType>
  <xsd:complexType name="point3"><xsd:complexContent><xsd:extension base="t:point"><xsd:all>
    <xsd:element name="z" type="xsd:int"/></xsd:all></xsd:extension></xsd:complexContent></xsd:complexType>
  <xsd:complexType name="points"><xsd:complexContent><xsd:restriction base="enc:Array">
    <xsd:attribute ref="enc:arrayType" wsdl:arrayType="t:point[]"/></xsd:restriction></xsd:complexContent>
  </xsd:complexType>
  <xsd:complexType name="listing"><xsd:sequence>
    <xsd:element name="item" type="xsd:int" maxOccurs="unbounded"/></xsd:sequence></xsd:complexType>
"#;

fn service(ty: &str) -> Service<'static> {
    let part = format!(r#"<part name="return" type="{ty}"/>"#);
    Service::encoded(SCHEMA, Box::leak(part.into_boxed_str()))
}

#[track_caller]
fn read(ty: &str, tag: &str) -> String {
    service(ty).json(&format!("<r>{tag}</r>"))
}

#[test]
fn arrays_of_the_wsdl() {
    let full =
        r#"<return xsi:type="enc:Array" enc:arrayType="xsd:int[2]"><item>1</item><item>2</item></return>"#;
    assert_eq!(read("t:ints", full), "[1,2]");
    assert_eq!(read("t:ints", "<return><a>1</a><b>2</b></return>"), "[1,2]");
    assert_eq!(read("t:ints", r#"<return enc:arrayType="xsd:int[]"/>"#), "[]");
    assert_eq!(read("t:ints", r#"<return xsi:type="t:ints"><i/><i xsi:nil="1"/></return>"#), "[null,null]");
    assert_eq!(read("t:ints", r#"<return xsi:nil="true"/>"#), "null");
    assert_eq!(read("t:ints", r#"<return enc:arrayType="xsd:int[9]"><i>1</i></return>"#), "[1]");
}

#[test]
fn items_say_their_type_in_three_ways() {
    let named = r#"<return enc:arrayType="xsd:string[2]"><i>1</i><i xsi:type="xsd:int">2</i></return>"#;
    assert_eq!(read("t:ints", named), "['1',2]");
    let any = r#"<return xsi:type="enc:Array" enc:arrayType="xsd:anyType[3]"><i>1</i><i xsi:type="xsd:int">2</i>
        <enc:int>3</enc:int></return>"#;
    assert_eq!(read("xsd:anyType", any), "['1',2,3]");
    assert_eq!(read("t:ints", &any.replace("xsi:type=\"enc:Array\"", "")), "[1,2,3]");
    let unknown = r#"<return enc:arrayType="Struct[1]"><i><x>1</x></i></return>"#;
    assert_eq!(read("t:points", unknown), "[{x:1}]");
    assert_eq!(read("xsd:anyType", unknown), "[{x:'1'}]");
}

#[test]
fn items_of_derived_types_name_them() {
    let derived = r#"<return enc:arrayType="t:point3[1]"><i><x>1</x><z>2</z></i></return>"#;
    assert_eq!(read("t:points", derived), "[{_type:'{urn:t}point3',x:1,z:2}]");
    let each =
        r#"<return enc:arrayType="t:point[2]"><i xsi:type="t:point3"><z>2</z></i><i><x>1</x></i></return>"#;
    assert_eq!(read("t:points", each), "[{_type:'{urn:t}point3',z:2},{x:1}]");
    let any = r#"<return enc:arrayType="t:point[1]"><i><x>1</x></i></return>"#;
    assert_eq!(read("xsd:anyType", any), "[{_type:'{urn:t}point',x:1}]");
}

#[test]
fn several_dimensions() {
    let six = "<i>1</i><i>2</i><i>3</i><i>4</i><i>5</i><i>6</i>";
    let read = |size: &str, items: &str| {
        read("t:ints", &format!(r#"<return enc:arrayType="xsd:int[{size}]">{items}</return>"#))
    };
    assert_eq!(read("2,3", six), "[[1,2,3],[4,5,6]]");
    assert_eq!(read("3,2", six), "[[1,2],[3,4],[5,6]]");
    assert_eq!(read("1,2,3", six), "[[[1,2,3],[4,5,6]]]");
    assert_eq!(read("2,4", six), "[[1,2,3,4],[5,6]]");
    assert_eq!(read("2,0", six), "[1,2,3,4,5,6]");
    assert_eq!(read("2,3", ""), "[]");
}

#[test]
fn arrays_of_arrays() {
    let typed = r#"<return enc:arrayType="xsd:int[][2]"><i enc:arrayType="xsd:int[1]"><i>1</i></i><i><j>2</j></i></return>"#;
    assert_eq!(read("xsd:anyType", typed), "[[1],[2]]");
    assert_eq!(read("t:rows", typed), "[[1],[2]]");
    assert_eq!(read("t:rows", "<return><i><j>1</j><j>2</j></i><i/></return>"), "[[1,2],[]]");
}

#[test]
fn positions_that_were_not_sent_are_null() {
    let offset = r#"<return enc:arrayType="xsd:int[4]" enc:offset="[2]"><i>1</i><i>2</i></return>"#;
    assert_eq!(read("t:ints", offset), "[null,null,1,2]");
    let sparse = r#"<return enc:arrayType="xsd:int[9]"><i enc:position="[3]">3</i><i>4</i>
        <i enc:position="[1]">1</i></return>"#;
    assert_eq!(read("t:ints", sparse), "[null,1,null,3,4]");
    let plane = r#"<return enc:arrayType="xsd:int[2,2]"><i enc:position="[1,0]">3</i></return>"#;
    assert_eq!(read("t:ints", plane), "[[null,null],[3]]");
    let twice = r#"<r><return enc:arrayType="xsd:int[9]"><i>1</i><i enc:position="[0]">2</i></return></r>"#;
    assert!(service("t:ints").error(twice).starts_with("item 0 of an array was sent twice"));
}

#[test]
fn soap_12_arrays() {
    let text = r#"<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"
        xmlns:c="http://www.w3.org/2003/05/soap-encoding" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><e:Body><r>
        <return c:itemType="xsd:string" c:arraySize="* 2"><i>1</i><i>2</i><i>3</i><i>4</i></return></r></e:Body></e:Envelope>"#;
    let answer = decode_support::decode(&service("t:ints").plan(), text, &Options::default()).unwrap();
    assert_eq!(decode_support::json(&answer.body.value().unwrap()), "[['1','2'],['3','4']]");
}

#[test]
fn a_listing_sent_as_an_array_keeps_its_shape() {
    let tag =
        r#"<return xsi:type="enc:Array" enc:arrayType="xsd:int[2]"><item>1</item><item>2</item></return>"#;
    assert_eq!(read("t:listing", tag), "{item:[1,2]}");
}

#[test]
fn sizes_are_not_believed() {
    let huge = r#"<return enc:arrayType="xsd:int[4000000000]"><i>1</i></return>"#;
    assert_eq!(read("t:ints", huge), "[1]");
    let gap =
        r#"<r><return enc:arrayType="xsd:int[4000000000]" enc:offset="[3999999999]"><i>1</i></return></r>"#;
    assert!(service("t:ints").error(gap).starts_with("3999999999 positions of an array were not sent"));
    let many = r#"<i enc:arrayType="xsd:int[99]" enc:offset="[99]"/>"#.repeat(2000);
    let many = format!("<r><return>{many}</return></r>");
    let error = service("t:rows").error(&many);
    assert!(error.contains("positions of an array were not sent"), "{error}");
}

#[test]
fn errors_say_which_item() {
    let error = service("t:rows").error("<r><return><i><j>1</j><j>x</j></i></return></r>");
    assert!(error.starts_with("[0][1]: expected xsd:int, got \"x\""), "{error}");
}

#[test]
fn structs_and_values_of_unknown_type() {
    assert_eq!(read("xsd:anyType", "<return>x</return>"), "'x'");
    assert_eq!(read("xsd:anyType", "<return/>"), "''");
    let tag = "<return><a xsi:type='xsd:int'>1</a><b>x</b><a>2</a><c><d/></c></return>";
    assert_eq!(read("xsd:anyType", tag), "{a:[1,'2'],b:'x',c:{d:''}}");
    assert_eq!(read("xsd:anyType", "<return xsi:type='enc:Struct'><a>1</a></return>"), "{a:'1'}");
    assert_eq!(read("xsd:anyType", "<return xsi:type='enc:Struct'/>"), "{}");
    assert_eq!(
        read("xsd:anyType", "<return xsi:type='t:point'><x>1</x></return>"),
        "{_type:'{urn:t}point',x:1}"
    );
    assert_eq!(read("xsd:anyType", "<return xsi:type='enc:base64'>aGk=</return>"), "bytes(hi)");
}

#[test]
fn a_struct_with_many_members_is_read_in_linear_time() {
    let members =
        (0..50_000).map(|n| format!("<m{n}>{n}</m{n}><m{n}>again</m{n}>")).collect::<Vec<_>>().concat();
    let value = read("xsd:anyType", &format!("<return>{members}</return>"));
    assert!(
        value.starts_with("{m0:['0','again'],m1:['1','again'],")
            && value.ends_with("m49999:['49999','again']}")
    );
}

#[test]
fn anytype_in_literal_messages_keeps_xml() {
    let schema = r#"<xsd:element name="answer"><xsd:complexType><xsd:sequence>
        <xsd:element name="a" type="xsd:anyType"/><xsd:element name="b" type="xsd:int" minOccurs="0"/>
        </xsd:sequence></xsd:complexType></xsd:element>"#;
    let service = Service::literal(schema, r#"<part name="p" element="t:answer"/>"#);
    let read = |a: &str| service.json(&format!("<t:answer>{a}</t:answer>"));
    assert_eq!(read("<a>x</a>"), "{a:'x'}");
    assert_eq!(read("<a> <x>1</x><y/> </a>"), "{a:{_any:['<x>1</x>','<y/>']}}");
    assert_eq!(read("<a xsi:type='xsd:int'>5</a>"), "{a:5}");
    assert_eq!(read("<a href='#x'>5</a>"), "{a:'5'}");
    assert_eq!(read("<a enc:arrayType='xsd:int[1]'><i>5</i></a>"), "{a:[5]}");
}

#[test]
fn apache_maps_and_vectors() {
    let map = "<return xsi:type='apache:Map'><item><key xsi:type='xsd:string'>a</key>
        <value xsi:type='xsd:int'>1</value></item><item><key>b</key><value><x>y</x></value></item>
        <item><key>a</key><value xsi:type='xsd:int'>2</value></item><item><key>n</key></item></return>";
    assert_eq!(read("apache:Map", map), "{a:2,b:{x:'y'},n:null}");
    assert_eq!(read("xsd:anyType", map), "{a:2,b:{x:'y'},n:null}");
    assert_eq!(read("apache:Map", "<return/>"), "{}");
    let vector = "<return xsi:type='apache:Vector'><item xsi:type='xsd:int'>1</item><item>x</item></return>";
    assert_eq!(read("apache:Vector", vector), "[1,'x']");
    assert_eq!(read("xsd:anyType", vector), "[1,'x']");
}
