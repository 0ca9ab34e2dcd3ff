//! Content models on output: sequences, choices, groups, attributes, nil, wildcards.

mod common;

use common::{body, document_wsdl, plan, request};
use wsdlproxy::encode::{Arguments, Envelope, Options};
use wsdlproxy::seam::Value;
use wsdlproxy::{lexical, Builtin};

/// The element that a value of a schema's `in` becomes, or the error.
fn written(schema: &str, value: impl Into<Value>) -> Result<String, String> {
    let plan = plan(&document_wsdl(schema));
    let text = request(&plan, "op", &value.into()).map_err(|error| error.to_string())?;
    Ok(body(&text).replace("ns1:", ""))
}

const PAIR: &str = r#"<xs:element name="in"><xs:complexType><xs:sequence>
    <xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:string" minOccurs="0" maxOccurs="2"/>
    </xs:sequence></xs:complexType></xs:element>"#;

#[test]
fn sequences_keep_the_schema_s_order() {
    let value = [("b", Value::from(vec!["x", "y"])), ("a", 1.into())];
    assert_eq!(written(PAIR, value).unwrap(), "<in><a>1</a><b>x</b><b>y</b></in>");
}

#[test]
fn a_bare_item_is_a_list_of_one() {
    let value = [("a", Value::from(1)), ("b", "x".into())];
    assert_eq!(written(PAIR, value).unwrap(), "<in><a>1</a><b>x</b></in>");
}

#[test]
fn an_element_without_a_type_needs_no_argument() {
    let schema = r#"<xs:element name="in"/>"#;
    assert_eq!(written(schema, Value::Record(Vec::new())).unwrap(), "<in></in>");
    let schema = r#"<xs:element name="in" type="xs:int"/>"#;
    assert_eq!(written(schema, Value::Record(Vec::new())).unwrap_err(), "p: missing: expected xsd:int");
}

#[test]
fn a_notification_is_asked_for_with_an_empty_body() {
    let wsdl = document_wsdl("").replace(r#"<input message="tns:m"/>"#, "");
    let wsdl = wsdl.replace(r#"<input><soap:body use="literal"/></input>"#, "");
    let text = request(&plan(&wsdl), "op", &Value::Record(Vec::new())).unwrap();
    assert_eq!(body(&text), "");
}

#[test]
fn counts_are_checked() {
    let value = [("a", Value::from(1)), ("b", vec!["x", "y", "z"].into())];
    assert_eq!(written(PAIR, value).unwrap_err(), "b: expected at most 2 items, got 3");
    assert_eq!(written(PAIR, [("b", "x")]).unwrap_err(), "a: missing: expected xsd:int");
    let value = [("a", Value::from(1)), ("c", 1.into())];
    assert_eq!(written(PAIR, value).unwrap_err(), "c: unknown argument; did you mean \"b\"?");
}

const CHOICE: &str = r#"<xs:element name="in"><xs:complexType><xs:sequence><xs:choice>
    <xs:element name="a" type="xs:int"/>
    <xs:sequence><xs:element name="b" type="xs:int"/><xs:element name="c" type="xs:int"/></xs:sequence>
    </xs:choice><xs:element name="d" type="xs:int" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>"#;

#[test]
fn a_choice_is_the_branch_that_is_given() {
    assert_eq!(written(CHOICE, [("a", 1)]).unwrap(), "<in><a>1</a></in>");
    let value = [("c", 3), ("b", 2), ("d", 4)];
    assert_eq!(written(CHOICE, value).unwrap(), "<in><b>2</b><c>3</c><d>4</d></in>");
}

#[test]
fn a_choice_wants_one_branch() {
    let error = written(CHOICE, [("d", 4)]).unwrap_err();
    assert_eq!(error, "missing: expected one of a, b");
    let error = written(CHOICE, [("a", 1), ("b", 2), ("c", 3)]).unwrap_err();
    assert_eq!(error, "b: only one of a and b may be given");
}

const TURNS: &str = r#"<xs:element name="in"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded">
    <xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:string"/>
    </xs:choice></xs:complexType></xs:element>"#;

#[test]
fn a_repeated_choice_keeps_its_order() {
    let turns: Vec<Value> = vec![
        [("a", Value::from(1))].into(),
        [("b", Value::from("x"))].into(),
        [("a", Value::from(2))].into(),
    ];
    let value = [("_choice", Value::List(turns))];
    assert_eq!(written(TURNS, value).unwrap(), "<in><a>1</a><b>x</b><a>2</a></in>");
    // Given flat, the branches follow each other.
    let value = [("b", Value::from("x")), ("a", vec![1i64, 2].into())];
    assert_eq!(written(TURNS, value).unwrap(), "<in><a>1</a><a>2</a><b>x</b></in>");
}

#[test]
fn attributes_and_text() {
    let schema = r#"<xs:complexType name="price"><xs:simpleContent><xs:extension base="xs:decimal">
        <xs:attribute name="currency" use="required"/></xs:extension></xs:simpleContent></xs:complexType>
        <xs:element name="in"><xs:complexType><xs:sequence><xs:element name="p" type="tns:price"/></xs:sequence>
        <xs:attribute name="p" type="xs:int"/></xs:complexType></xs:element>"#;
    let price: Value = [("_", Value::from("1.5")), ("currency", "a\"b".into())].into();
    let value = [("p", price), ("@p", 7.into())];
    assert_eq!(written(schema, value).unwrap(), "<in p=\"7\"><p currency=\"a&quot;b\">1.5</p></in>");
    let error = written(schema, [("p", "1.5")]).unwrap_err();
    assert_eq!(error, "p.currency: missing: expected xsd:anySimpleType");
}

#[test]
fn nil_and_absent_differ() {
    let schema = r#"<xs:element name="in"><xs:complexType><xs:sequence>
        <xs:element name="n" type="xs:int" minOccurs="0" nillable="true"/>
        <xs:element name="o" type="xs:int" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>"#;
    let value = [("n", Value::Null), ("o", Value::Null)];
    assert_eq!(written(schema, value).unwrap(), "<in><n xsi:nil=\"true\"/></in>");
    assert_eq!(written(schema, Value::Record(Vec::new())).unwrap(), "<in></in>");
}

#[test]
fn nil_keeps_its_attributes() {
    let schema = r#"<xs:element name="in"><xs:complexType><xs:sequence>
        <xs:element name="n" nillable="true" minOccurs="0"><xs:complexType><xs:simpleContent><xs:extension base="xs:int">
          <xs:attribute name="unit"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
        <xs:element name="o" nillable="true" minOccurs="0"><xs:complexType><xs:sequence>
          <xs:element name="a" type="xs:int"/></xs:sequence><xs:attribute name="why"/></xs:complexType></xs:element>
        </xs:sequence></xs:complexType></xs:element>"#;
    let value: Value = [("_", Value::Null), ("unit", "m".into())].into();
    assert_eq!(written(schema, [("n", value)]).unwrap(), "<in><n unit=\"m\" xsi:nil=\"true\"></n></in>");
    let value: Value = [("_", Value::Null), ("why", "lost".into())].into();
    assert_eq!(written(schema, [("o", value)]).unwrap(), "<in><o why=\"lost\" xsi:nil=\"true\"></o></in>");
    let value: Value = [("_", Value::Null), ("a", 1.into())].into();
    assert!(written(schema, [("o", value)]).unwrap_err().starts_with("o._: unknown member"));
}

#[test]
fn types_are_chosen_by_the_value() {
    let schema = r#"<xs:complexType name="base" abstract="true"><xs:sequence><xs:element name="a" type="xs:int"/>
        </xs:sequence></xs:complexType><xs:complexType name="sub"><xs:complexContent><xs:extension base="tns:base">
        <xs:sequence><xs:element name="b" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent>
        </xs:complexType><xs:element name="in"><xs:complexType><xs:sequence>
        <xs:element name="v" type="tns:base"/></xs:sequence></xs:complexType></xs:element>"#;
    let inner: Value = [("_type", Value::from("sub")), ("a", 1.into()), ("b", 2.into())].into();
    assert_eq!(written(schema, [("v", inner)]).unwrap(), "<in><v xsi:type=\"sub\"><a>1</a><b>2</b></v></in>");
    let bare: Value = [("a", 1)].into();
    assert!(written(schema, [("v", bare)]).unwrap_err().contains("v: base is abstract"));
}

#[test]
fn wildcards_take_xml_and_global_elements() {
    let schema = r#"<xs:element name="known" type="xs:int"/><xs:element name="in"><xs:complexType><xs:sequence>
        <xs:element name="a" type="xs:int"/><xs:any maxOccurs="unbounded" processContents="lax"/></xs:sequence>
        <xs:anyAttribute/></xs:complexType></xs:element>"#;
    let items =
        Value::List(vec!["<x xmlns=\"urn:x\">1</x>".into(), [("{urn:t}known", Value::from(5))].into()]);
    let value = [("a", Value::from(1)), ("_any", items)];
    assert_eq!(written(schema, value).unwrap(), "<in><a>1</a><x xmlns=\"urn:x\">1</x><known>5</known></in>");
    let value = [("a", Value::from(1)), ("_any", "<x>".into())];
    assert!(written(schema, value).unwrap_err().starts_with("_any"));
}

#[test]
fn a_substitution_is_the_element_that_is_given() {
    let schema = r#"<xs:element name="shape" abstract="true" type="xs:string"/>
        <xs:element name="circle" type="xs:string" substitutionGroup="tns:shape"/>
        <xs:element name="square" type="xs:string" substitutionGroup="tns:shape"/>
        <xs:element name="in"><xs:complexType><xs:sequence><xs:element ref="tns:shape"/></xs:sequence>
        </xs:complexType></xs:element>"#;
    assert_eq!(written(schema, [("square", "s")]).unwrap(), "<in><square>s</square></in>");
    assert_eq!(written(schema, [("x", "s")]).unwrap_err(), "x: unknown argument; there are: circle, square");
}

#[test]
fn facets_are_checked_and_named() {
    let schema = r#"<xs:simpleType name="color"><xs:restriction base="xs:string"><xs:enumeration value="red"/>
        <xs:enumeration value="green"/></xs:restriction></xs:simpleType><xs:element name="in"><xs:complexType>
        <xs:sequence><xs:element name="c" type="tns:color"/></xs:sequence></xs:complexType></xs:element>"#;
    assert_eq!(written(schema, [("c", "red")]).unwrap(), "<in><c>red</c></in>");
    let error = written(schema, [("c", "gren")]).unwrap_err();
    assert!(error.starts_with("c: expected color: ") && error.contains("green"), "{error}");
}

#[test]
fn a_cycle_in_a_value_ends() {
    let schema = r#"<xs:element name="in" type="tns:node"/><xs:complexType name="node"><xs:sequence>
        <xs:element name="next" type="tns:node" minOccurs="0"/></xs:sequence></xs:complexType>"#;
    let mut value = Value::Record(Vec::new());
    for _ in 0..300 {
        value = [("next", value)].into();
    }
    assert!(written(schema, value).unwrap_err().contains("nests more than 200 levels"));
}

/// Another member type of the union would cut the value.
#[test]
fn dates_and_times_in_a_union_keep_their_kind() {
    let schema = r#"<xs:element name="in"><xs:simpleType><xs:union memberTypes="xs:date xs:dateTime xs:gYear"/>
        </xs:simpleType></xs:element>"#;
    for (builtin, text) in [
        (Builtin::DateTime, "0001-01-23T11:44:25.5"),
        (Builtin::Date, "2024-05-31"),
        (Builtin::GYear, "2024"),
    ] {
        let value = Value::Scalar(lexical::read(builtin, text).unwrap().into_owned());
        assert_eq!(written(schema, [("p", value)]).unwrap(), format!("<in>{text}</in>"));
    }
}

const DERIVED: &str = r#"<xs:complexType name="Base"><xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence></xs:complexType>
    <xs:complexType name="More"><xs:complexContent><xs:extension base="tns:Base"><xs:sequence>
        <xs:element name="b" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
    <xs:complexType name="Other"><xs:sequence/></xs:complexType>
    <xs:element name="in" type="tns:Base"/>"#;

#[test]
fn the_root_may_name_its_type() {
    let value = [("_type", Value::from("More")), ("a", 1.into()), ("b", 2.into())];
    let expected = r#"<in xsi:type="More"><a>1</a><b>2</b></in>"#;
    assert_eq!(written(DERIVED, value.clone()).unwrap(), expected);
    let plan = plan(&document_wsdl(DERIVED));
    let mut envelope = Envelope::new(&plan, common::operation(&plan, "op"), Options::default());
    let record = Value::from(value);
    envelope.body(&Arguments { positional: vec![&record], named: None }).unwrap();
    assert_eq!(body(&envelope.finish()).replace("ns1:", ""), expected);
    // Not where it says what the first parameter is.
    let first = DERIVED.replace(
        r#"type="tns:Base"/>"#,
        r#"><xs:complexType><xs:sequence><xs:element name="c" type="tns:Base"/></xs:sequence></xs:complexType></xs:element>"#,
    );
    let plan = common::plan(&document_wsdl(
        &first.replace(r#"type="xs:int"/>"#, r#"type="xs:int" minOccurs="0"/>"#),
    ));
    let mut envelope = Envelope::new(&plan, common::operation(&plan, "op"), Options::default());
    let record = Value::from([("_type", Value::from("More"))]);
    envelope.body(&Arguments { positional: vec![&record], named: None }).unwrap();
    assert_eq!(body(&envelope.finish()).replace("ns1:", ""), r#"<in><c xsi:type="More"></c></in>"#);
    let value = [("_type", Value::from("Base")), ("a", 1.into())];
    assert_eq!(written(DERIVED, value).unwrap(), "<in><a>1</a></in>");
    let value = [("_type", Value::from("Other")), ("a", 1.into())];
    assert_eq!(written(DERIVED, value).unwrap_err(), "_type: Other is not derived from Base");
}

#[test]
fn without_strict_a_leaf_is_sent_as_well_as_it_can_be() {
    let wsdl = |ty: &str| {
        document_wsdl(&format!(
            r#"<xs:simpleType name="either"><xs:union memberTypes="xs:int tns:word"/></xs:simpleType>
            <xs:simpleType name="word"><xs:restriction base="xs:string"><xs:enumeration value="a"/></xs:restriction>
            </xs:simpleType><xs:element name="in" type="{ty}"/>"#
        ))
    };
    let sent = |ty: &str, value: Value, strict: bool| {
        let plan = plan(&wsdl(ty));
        let mut envelope = Envelope::new(&plan, common::operation(&plan, "op"), Options { strict });
        envelope.body(&Arguments { positional: vec![&value], named: None })?;
        Ok::<_, wsdlproxy::Error>(body(&envelope.finish()).replace("ns1:", ""))
    };
    let cases = [
        ("xs:boolean", Value::from("Yes"), "true"),
        ("xs:dateTime", "2024-05-31 13:45:00".into(), "2024-05-31T13:45:00"),
        ("xs:dateTime", "".into(), ""),
        ("xs:int", "n/a <1".into(), "n/a &lt;1"),
        ("xs:byte", 300.into(), "300"),
        ("xs:language", "a b".into(), "a b"),
        ("tns:either", "a".into(), "a"),
        ("tns:either", "7".into(), "7"),
        ("tns:either", "b&".into(), "b&amp;"),
        ("tns:nowhere", "x".into(), "x"),
    ];
    for (ty, value, expected) in cases {
        assert_eq!(sent(ty, value.clone(), false).unwrap(), format!("<in>{expected}</in>"), "{ty}");
        assert_eq!(sent(ty, value, true).is_ok(), matches!(expected, "a" | "7"), "{ty}");
    }
}

/// Users of ext/soap give an empty array for no parameters; where the first parameter must be there it is that one.
#[test]
fn an_only_argument_that_is_empty_means_no_parameters() {
    let sent = |min: u32| {
        let schema = format!(
            r#"<xs:element name="in"><xs:complexType><xs:sequence><xs:element name="a" minOccurs="{min}">
            <xs:complexType/></xs:element></xs:sequence></xs:complexType></xs:element>"#
        );
        let plan = plan(&document_wsdl(&schema));
        let mut envelope = Envelope::new(&plan, common::operation(&plan, "op"), Options::default());
        let nothing = Value::Record(Vec::new());
        envelope.body(&Arguments { positional: vec![&nothing], named: None }).unwrap();
        body(&envelope.finish()).replace("ns1:", "")
    };
    assert_eq!([sent(0), sent(1)], ["<in></in>", "<in><a></a></in>"]);
}
