//! Decoding of faults of both versions, declared and not.

mod decode_support;

use decode_support::{decode, envelope, fault, json, Service};
use wsdlproxy::decode::{untyped, Body, Fault, Options};
use wsdlproxy::seam::{Value, ValueSink};

const SCHEMA: &str = r#"
  <xsd:complexType name="problem"><xsd:sequence><xsd:element name="errorcode" type="xsd:int"/>
    <xsd:element name="errorstring" type="xsd:string"/></xsd:sequence></xsd:complexType>
  <xsd:element name="exception" type="t:problem"/>
  <xsd:element name="global" type="xsd:int"/>
"#;

fn service(usage: &str, style: &str) -> Service<'static> {
    let part = if usage == "literal" { "element=\"t:exception\"" } else { "type=\"t:problem\"" };
    let message = format!(r#"<message name="f"><part name="exception" {part}/></message>"#);
    Service {
        messages: Box::leak(message.into_boxed_str()),
        faults: r#"<fault name="Problem" message="t:f"/>"#,
        ..if style == "rpc" { Service::encoded(SCHEMA, "") } else { Service::literal(SCHEMA, "") }
    }
}

#[track_caller]
fn read(detail: &str) -> Fault<Value> {
    read_as(&service("literal", "document"), detail)
}

#[track_caller]
fn read_as(service: &Service<'_>, detail: &str) -> Fault<Value> {
    fault(service.answer(&format!(
        "<env:Fault><faultcode>env:Server</faultcode><faultstring> went wrong </faultstring>{detail}</env:Fault>"
    )))
}

fn detail(fault: &Fault<Value>) -> Option<String> {
    fault.detail.as_ref().map(json)
}

#[test]
fn without_detail() {
    let fault = read("");
    assert_eq!((fault.code.as_str(), fault.string.as_str()), ("env:Server", " went wrong "));
    assert_eq!((fault.actor.as_deref(), detail(&fault), fault.name.as_deref()), (None, None, None));
    let fault = read("<faultactor> urn:actor </faultactor><detail> </detail>");
    assert_eq!((fault.actor.as_deref(), detail(&fault)), (Some("urn:actor"), None));
    assert_eq!(detail(&read("<detail>why</detail>")).as_deref(), Some("'why'"));
}

#[test]
fn declared_faults() {
    let entry = "<errorcode>1010</errorcode><errorstring>x</errorstring>";
    let typed = "{exception:{errorcode:1010,errorstring:'x'}}";
    let found = read(&format!("<detail><t:exception>{entry}</t:exception></detail>"));
    assert_eq!((detail(&found).as_deref(), found.name.as_deref()), (Some(typed), Some("Problem")));
    let found = read(&format!("<detail><exception>{entry}</exception></detail>"));
    assert_eq!((detail(&found).as_deref(), found.name.as_deref()), (Some(typed), Some("Problem")));
    let encoded = service("encoded", "rpc");
    let found =
        read_as(&encoded, &format!("<detail><exception xsi:type='t:problem'>{entry}</exception></detail>"));
    assert_eq!((detail(&found).as_deref(), found.name.as_deref()), (Some(typed), Some("Problem")));
    let found = read_as(&encoded, &format!("<detail><fault xsi:type='t:problem'>{entry}</fault></detail>"));
    let typed = "{fault:{errorcode:1010,errorstring:'x'}}";
    assert_eq!((detail(&found).as_deref(), found.name.as_deref()), (Some(typed), Some("Problem")));
}

#[test]
fn undeclared_details() {
    let found =
        read("<detail><t:global>5</t:global><x><y>1</y><z xsi:type='xsd:int'>2</z></x><x>b</x></detail>");
    assert_eq!(detail(&found).as_deref(), Some("{global:5,x:[{y:'1',z:2},'b']}"));
    assert_eq!(found.name, None);
    let found = read("<detail xsi:type='enc:Array' enc:arrayType='xsd:int[2]'><i>1</i><i>2</i></detail>");
    assert_eq!(detail(&found).as_deref(), Some("[1,2]"));
}

#[test]
fn a_detail_that_is_not_as_declared_is_delivered_as_xml() {
    let bad = "<detail><ok>1</ok><t:exception><errorcode>x<b/></errorcode></t:exception><ok>2</ok></detail>";
    let found = read(bad);
    let expected = "{ok:['1','2'],exception:'<t:exception xmlns:t=\"urn:t\"><errorcode>x<b/></errorcode></t:exception>'}";
    assert_eq!(detail(&found).as_deref(), Some(expected));
    assert_eq!(found.name.as_deref(), Some("Problem"));
    let text = envelope(
        "<env:Fault><detail><t:exception><errorcode>x</errorcode></t:exception><a></detail></env:Fault>",
    );
    assert!(decode(&service("literal", "document").plan(), &text, &Options::default()).is_err());
}

#[test]
fn references_in_a_detail() {
    let service = service("encoded", "rpc");
    let body = r##"<env:Fault><faultcode>c</faultcode><detail><exception href="#a"/></detail></env:Fault>
        <multiRef id="a" xsi:type="t:problem"><errorcode>1</errorcode></multiRef>"##;
    let found = fault(service.answer(body));
    assert_eq!(detail(&found).as_deref(), Some("{exception:{errorcode:1}}"));
}

#[test]
fn faults_of_soap_12() {
    let text = "<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope' xmlns:t='urn:t'><e:Body><e:Fault>
        <e:Code><e:Value>e:Sender</e:Value><e:Subcode><e:Value>t:a</e:Value><e:Subcode><e:Value> t:b </e:Value>
        </e:Subcode></e:Subcode></e:Code><e:Reason><e:Text xml:lang='en'>bad</e:Text><e:Text xml:lang='de'>schlecht</e:Text>
        </e:Reason><e:Node>urn:node</e:Node><e:Role>urn:role</e:Role><e:Detail><t:exception><errorcode>7</errorcode>
        </t:exception></e:Detail></e:Fault></e:Body></e:Envelope>";
    let found = fault(decode(&service("literal", "document").plan(), text, &Options::default()));
    assert_eq!((found.code.as_str(), found.string.as_str()), ("e:Sender", "bad"));
    assert_eq!(found.subcodes, ["t:a", "t:b"]);
    assert_eq!(found.actor.as_deref(), Some("urn:role"));
    assert_eq!(detail(&found).as_deref(), Some("{exception:{errorcode:7}}"));
}

#[test]
fn only_the_envelope_has_faults() {
    let service = Service::encoded("", r#"<part name="return" type="xsd:int"/>"#);
    assert_eq!(service.json("<t:Fault><return>1</return></t:Fault>"), "1");
}

#[test]
fn faults_without_a_plan() {
    let text = envelope(
        "<env:Fault><faultcode>c</faultcode><detail><a><b xsi:type='xsd:int'>1</b></a></detail></env:Fault>",
    );
    let found = fault(untyped(&text, &Options::default(), &mut ValueSink));
    assert_eq!(detail(&found).as_deref(), Some("{a:{b:1}}"));
}

#[test]
fn a_fault_that_forgot_its_namespace() {
    let body = "<Fault><faultcode>Server</faultcode><faultstring>went wrong</faultstring></Fault>";
    let found = fault(service("literal", "document").answer(body));
    assert_eq!((found.code.as_str(), found.string.as_str()), ("Server", "went wrong"));
    let described = r#"<xsd:element name="Fault" type="xsd:string"/>"#;
    let service = Service::literal(described, r#"<part name="p" element="t:Fault"/>"#);
    assert_eq!(service.json("<Fault>x</Fault>"), "'x'");
    assert_eq!(service.json("<t:Fault>x</t:Fault>"), "'x'");
}

/// As zeep, suds and ext/soap see it.
#[test]
fn a_fault_after_the_answer() {
    for service in [
        Service::encoded("", r#"<part name="return" type="xsd:int"/>"#),
        Service::literal("", r#"<part name="return" type="xsd:int"/>"#),
    ] {
        let body = "<r><return>1</return></r>
            <env:Fault><faultcode>env:Server</faultcode><faultstring>late</faultstring></env:Fault>";
        let answer = service.answer(body).unwrap();
        assert!(matches!(answer.body, Body::Fault(fault) if fault.string == "late"));
    }
}
