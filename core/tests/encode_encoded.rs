//! SOAP section 5 on output: typed accessors, arrays, maps, anyType, both SOAP versions.

mod common;

use common::{body, plan, request};
use wsdlproxy::seam::Value;

fn wsdl(schema: &str, part: &str, soap: &str) -> String {
    format!(
        r#"<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/{soap}/"
        xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/"
        xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:ap="http://xml.apache.org/xml-soap"
        xmlns:tns="urn:t" targetNamespace="urn:t">
        <types><xs:schema targetNamespace="urn:t">{schema}</xs:schema></types>
        <message name="m"><part name="v" type="{part}"/></message><message name="o"/>
        <portType name="pt"><operation name="op"><input message="tns:m"/><output message="tns:o"/></operation></portType>
        <binding name="b" type="tns:pt"><soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
        <operation name="op"><soap:operation soapAction=""/><input><soap:body use="encoded" namespace="urn:o"
        encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"/></input><output><soap:body use="encoded"
        namespace="urn:o" encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"/></output></operation></binding>
        <service name="s"><port name="p" binding="tns:b"><soap:address location="http://127.0.0.1:1/"/></port></service>
        </definitions>"#
    )
}

/// The accessor of the part as it stands in the request.
fn accessor(text: &str) -> String {
    let body = body(text);
    let start = body.find('>').unwrap() + 1;
    body[start..body.rfind("</").unwrap()].replace("ns1:", "")
}

fn written(schema: &str, part: &str, value: impl Into<Value>) -> Result<String, String> {
    let plan = plan(&wsdl(schema, part, "soap"));
    let text =
        request(&plan, "op", &Value::from([("v", value.into())])).map_err(|error| error.to_string())?;
    Ok(accessor(&text))
}

#[test]
fn arrays_say_type_and_size() {
    let schema = r#"<xs:complexType name="Ints"><xs:complexContent><xs:restriction base="enc:Array">
        <xs:attribute ref="enc:arrayType" wsdl:arrayType="xs:int[]"/></xs:restriction></xs:complexContent>
        </xs:complexType>"#;
    assert_eq!(
        written(schema, "tns:Ints", vec![1i64, 2]).unwrap(),
        "<v xsi:type=\"Ints\" SOAP-ENC:arrayType=\"xsd:int[2]\"><item xsi:type=\"xsd:int\">1</item>\
         <item xsi:type=\"xsd:int\">2</item></v>"
    );
    let error = written(schema, "tns:Ints", vec!["1", "x"]).unwrap_err();
    assert_eq!(error, "v[1]: expected xsd:int, got string \"x\"");
}

#[test]
fn dimensions_are_nested_lists() {
    let schema = r#"<xs:complexType name="Grid"><xs:complexContent><xs:restriction base="enc:Array">
        <xs:attribute ref="enc:arrayType" wsdl:arrayType="xs:int[,]"/></xs:restriction></xs:complexContent>
        </xs:complexType><xs:complexType name="Rows"><xs:complexContent><xs:restriction base="enc:Array">
        <xs:attribute ref="enc:arrayType" wsdl:arrayType="xs:int[][]"/></xs:restriction></xs:complexContent>
        </xs:complexType>"#;
    let rows = Value::List(vec![vec![1i64, 2].into(), vec![3i64, 4].into()]);
    let grid = written(schema, "tns:Grid", rows.clone()).unwrap();
    assert!(grid.starts_with(
        "<v xsi:type=\"Grid\" SOAP-ENC:arrayType=\"xsd:int[2,2]\"><item xsi:type=\"xsd:int\">1<"
    ));
    let rows = written(schema, "tns:Rows", rows).unwrap();
    assert!(
        rows.starts_with(
            "<v xsi:type=\"Rows\" SOAP-ENC:arrayType=\"xsd:int[][2]\"><item xsi:type=\"SOAP-ENC:Array\" \
             SOAP-ENC:arrayType=\"xsd:int[2]\">"
        ),
        "{rows}"
    );
}

#[test]
fn any_type_is_sent_by_the_value() {
    assert_eq!(written("", "xs:anyType", 5).unwrap(), "<v xsi:type=\"xsd:int\">5</v>");
    assert_eq!(written("", "xs:anyType", "x").unwrap(), "<v xsi:type=\"xsd:string\">x</v>");
    assert_eq!(
        written("", "xs:anyType", [("a", Value::from(true)), ("n", Value::Null)]).unwrap(),
        "<v xsi:type=\"SOAP-ENC:Struct\"><a xsi:type=\"xsd:boolean\">true</a><n xsi:nil=\"true\"></n></v>"
    );
    assert_eq!(
        written("", "xs:anyType", vec!["a", "b"]).unwrap(),
        "<v xsi:type=\"SOAP-ENC:Array\" SOAP-ENC:arrayType=\"xsd:string[2]\"><item xsi:type=\"xsd:string\">a</item>\
         <item xsi:type=\"xsd:string\">b</item></v>"
    );
}

#[test]
fn maps_are_items_of_key_and_value() {
    assert_eq!(
        written("", "ap:Map", [("k", 1)]).unwrap(),
        "<v xsi:type=\"apache:Map\"><item><key xsi:type=\"xsd:string\">k</key><value xsi:type=\"xsd:int\">1</value>\
         </item></v>"
    );
}

#[test]
fn soap_12_has_its_own_names() {
    let plan = plan(&wsdl("", "xs:anyType", "soap12"));
    let value = Value::from([("v", Value::from(vec![1i64]))]);
    let text = request(&plan, "op", &value).unwrap();
    assert!(text.contains("<env:Envelope"), "{text}");
    assert!(text.contains("env:encodingStyle=\"http://www.w3.org/2003/05/soap-encoding\""), "{text}");
    assert!(text.contains("enc:itemType=\"xsd:int\" enc:arraySize=\"1\""), "{text}");
    assert!(text.contains("xmlns:enc=\"http://www.w3.org/2003/05/soap-encoding\""), "{text}");
}

#[test]
fn a_required_member_may_be_null() {
    let members = r#"<xs:element name="v" type="xs:int"/><xs:element name="next" type="tns:L"/>"#;
    let value = || Value::from([("v", Value::from(1)), ("next", Value::Null)]);
    for group in ["sequence", "all"] {
        let schema =
            format!(r#"<xs:complexType name="L"><xs:{group}>{members}</xs:{group}></xs:complexType>"#);
        let sent = "<v xsi:type=\"L\"><v xsi:type=\"xsd:int\">1</v><next xsi:nil=\"true\"/></v>";
        assert_eq!(written(&schema, "tns:L", value()).unwrap(), sent);
    }
}

#[test]
fn a_leaf_may_say_its_type() {
    let schema = r#"<xs:simpleType name="Level"><xs:restriction base="xs:int"/></xs:simpleType>"#;
    let value = |ty: &str| Value::from([("_type", Value::from(ty)), ("_", 5.into())]);
    for ty in ["short", "xsd:short", "{http://www.w3.org/2001/XMLSchema}short"] {
        assert_eq!(written(schema, "xs:anyType", value(ty)).unwrap(), "<v xsi:type=\"xsd:short\">5</v>");
    }
    assert_eq!(written(schema, "xs:anyType", value("Level")).unwrap(), "<v xsi:type=\"Level\">5</v>");
    assert_eq!(written(schema, "xs:int", value("{urn:t}Level")).unwrap(), "<v xsi:type=\"Level\">5</v>");
    let error = written(schema, "xs:string", value("Level")).unwrap_err();
    assert_eq!(error, "v._type: Level is not derived from xsd:string");
}

#[test]
fn secrets_are_not_quoted() {
    let schema = r#"<xs:complexType name="T"><xs:sequence><xs:element name="password" type="xs:int"/></xs:sequence>
        </xs:complexType>"#;
    let value: Value = [("password", "hunter2")].into();
    let error = written(schema, "tns:T", value).unwrap_err();
    assert!(!error.contains("hunter2") && error.starts_with("v.password: "), "{error}");
}
