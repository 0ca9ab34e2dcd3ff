//! Decoding of references between elements: multiRef of SOAP 1.1, `ref` of SOAP 1.2.

mod decode_support;

use std::cell::RefCell;
use std::rc::Rc;

use decode_support::{decode, envelope, json, plan_of, Service};
use wsdlproxy::decode::{response, Body, Options};
use wsdlproxy::index::{OpId, ShapeId};
use wsdlproxy::{Builtin, Key, Limits, Result, Scalar, Sink};

const SCHEMA: &str = r#"
  <xsd:complexType name="node"><xsd:sequence><xsd:element name="v" type="xsd:int" minOccurs="0"/>
    <xsd:element name="next" type="t:node" minOccurs="0"/>
    <xsd:element name="other" type="xsd:anyType" minOccurs="0"/></xsd:sequence></xsd:complexType>
  <xsd:complexType name="nodes"><xsd:complexContent><xsd:restriction base="enc:Array">
    <xsd:attribute ref="enc:arrayType" wsdl:arrayType="t:node[]"/></xsd:restriction></xsd:complexContent>
  </xsd:complexType>
"#;

fn service(ty: &str) -> Service<'static> {
    let part = format!(r#"<part name="return" type="{ty}"/>"#);
    Service::encoded(SCHEMA, Box::leak(part.into_boxed_str()))
}

#[track_caller]
fn read(ty: &str, body: &str) -> String {
    service(ty).json(body)
}

#[test]
fn as_axis_sends_them() {
    let body = r##"<t:opResponse><return href="#id0"/></t:opResponse>
        <multiRef id="id0" enc:root="0" xsi:type="t:node"><v href="#id1"/><next href="#id2"/></multiRef>
        <multiRef id="id2" enc:root="0" xsi:type="t:node"><v href="#id1"/></multiRef>
        <multiRef id="id1" enc:root="0" xsi:type="xsd:int">7</multiRef>"##;
    assert_eq!(read("t:node", body), "{v:7,next:{v:7}}");
    assert_eq!(read("xsd:anyType", body), "{_type:'{urn:t}node',v:7,next:{v:7}}");
}

#[test]
fn targets_may_come_first() {
    let body = r##"<multiRef id="a" xsi:type="xsd:int">7</multiRef><x enc:root="0" id="b"><v>1</v></x>
        <t:opResponse><return><v href="#a"/><next href="#b"/></return></t:opResponse>"##;
    assert_eq!(read("t:node", body), "{v:7,next:{v:1}}");
}

#[test]
fn prefixes_mean_what_they_mean_at_the_target() {
    let body = r##"<t:opResponse><return xmlns:p="urn:none"><v href="#a"/></return></t:opResponse>
        <multiRef xmlns:p="http://www.w3.org/2001/XMLSchema" id="a" xsi:type="p:string">7</multiRef>"##;
    assert_eq!(read("t:node", body), "{v:'7'}");
}

#[test]
fn arrays_and_their_items() {
    let body = r##"<r><return href="#a"/></r>
        <multiRef id="a" xsi:type="enc:Array" enc:arrayType="t:node[2]"><i href="#n"/><i href="#n"/></multiRef>
        <multiRef id="n"><v>1</v></multiRef>"##;
    assert_eq!(read("t:nodes", body), "[{v:1},{v:1}]");
}

#[test]
fn nil_targets_and_map_keys() {
    let body = r##"<r><return href="#a"/></r><multiRef id="a" xsi:nil="true"/>"##;
    assert_eq!(read("t:node", body), "null");
    let body = r##"<r><return xsi:type="apache:Map"><item><key href="#k"/><value href="#k"/></item></return></r>
        <multiRef id="k" xsi:type="xsd:string">key</multiRef>"##;
    assert_eq!(read("xsd:anyType", body), "{key:'key'}");
    let body = r##"<r><return xsi:type="apache:Map"><item href="#i"/><item href="#k"/></return></r>
        <multiRef id="i"><key>a</key><value xsi:type="xsd:int">1</value></multiRef>
        <multiRef id="k"><key>b</key><value href="#v"/></multiRef><multiRef id="v" xsi:type="xsd:int">2</multiRef>"##;
    assert_eq!(read("xsd:anyType", body), "{a:1,b:2}");
}

#[test]
fn map_items_in_a_circle_end() {
    let body = r##"<r><return xsi:type="apache:Map"><item href="#i"/></return></r>
        <multiRef id="i"><key>a</key><value xsi:type="apache:Map"><item href="#i"/><item href="#i"/></value></multiRef>"##;
    let error = service("xsd:anyType").error(body);
    assert!(error.contains("values are nested deeper than 256"), "{error}");
    // Each item holds the next one twice: the limit of nodes ends what would otherwise go on nearly for ever.
    let item = |n: usize| {
        let next = n + 1;
        format!(
            r##"<multiRef id="i{n}"><key>a</key><value xsi:type="apache:Map"><item href="#i{next}"/><item href="#i{next}"/>
            </value></multiRef>"##
        )
    };
    let items: String = (0..100).map(item).collect();
    let body = format!(
        r##"<r><return xsi:type="apache:Map"><item href="#i0"/></return></r>{items}<multiRef id="i100"/>"##
    );
    let limits = Limits { nodes: 100_000, ..Default::default() };
    let plan = service("xsd:anyType").plan();
    let error = decode(&plan, &envelope(&body), &Options { limits, ..Options::default() });
    assert!(error.unwrap_err().to_string().contains("more than 100000"));
}

#[test]
fn soap_12_references() {
    // The second is how SOAP 1.1 writes it.
    for reference in ["i", "#i"] {
        let text = format!(
            r#"<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"
            xmlns:c="http://www.w3.org/2003/05/soap-encoding"><e:Body><r><return>
            <v c:ref="{reference}"/><next c:id="n"><v c:id="i">5</v></next></return></r></e:Body></e:Envelope>"#
        );
        let answer = decode(&service("t:node").plan(), &text, &Options::default()).unwrap();
        assert_eq!(json(&answer.body.value().unwrap()), "{v:5,next:{v:5}}");
    }
}

#[test]
fn references_are_data_in_literal_messages() {
    let schema = r#"<xsd:element name="answer"><xsd:complexType><xsd:sequence>
        <xsd:element name="a"><xsd:complexType><xsd:attribute name="href" type="xsd:string"/>
        <xsd:attribute name="id" type="xsd:string"/></xsd:complexType></xsd:element>
        <xsd:element name="b" type="xsd:int"/></xsd:sequence></xsd:complexType></xsd:element>"#;
    let service = Service::literal(schema, r#"<part name="p" element="t:answer"/>"#);
    assert_eq!(
        service.json(r##"<t:answer><a href="#x" id="y"/><b>1</b></t:answer>"##),
        "{a:{href:'#x',id:'y'},b:1}"
    );
}

#[test]
fn references_that_lead_nowhere() {
    let error = service("t:node").error(r##"<r><return><v href="#x"/></return></r>"##);
    assert!(error.starts_with("v: reference to \"#x\", but no element has that id (line 1"), "{error}");
    for outside in ["cid:x", "http://localhost/x"] {
        let error = service("t:node").error(&format!("<r><return><v href='{outside}'/></return></r>"));
        let expected = format!("v: reference to {outside:?}, which is outside the message");
        assert!(error.starts_with(&expected), "{error}");
        let body = format!("<r><return href='{outside}'/></r>");
        assert_eq!(read("xsd:anyType", &body), format!("'{outside}'"));
    }
}

#[test]
fn references_to_references() {
    let body = r##"<r><return href="#a"/></r><m id="a" href="#b"/><m id="b"><v>1</v></m>"##;
    assert!(service("t:node").error(body).starts_with("a reference leads to another reference"));
    let body = r##"<r><return href="#a"/></r><m id="a" href="#a"/>"##;
    assert!(service("t:node").error(body).starts_with("a reference leads to another reference"));
}

#[test]
fn a_cycle_that_the_value_cannot_hold() {
    let body = r##"<r><return href="#a"/></r><m id="a"><v>1</v><next href="#a"/></m>"##;
    let error = service("t:node").error(body);
    assert!(
        error.starts_with("next: a record refers to itself, which this kind of value cannot hold"),
        "{error}"
    );
    let body = r##"<r><return href="#a"/></r><m id="a" enc:arrayType="xsd:anyType[1]"><i href="#a"/></m>"##;
    let error = service("xsd:anyType").error(body);
    assert!(error.starts_with("[0]: an element that is no record refers to itself"), "{error}");
}

/// A long chain of records is as deep as values may be; of references to references not even that.
#[test]
fn long_chains_end() {
    let run = move || {
        let links = (0..100_000)
            .map(|n| format!(r##"<m id="i{n}"><next href="#i{}"/></m>"##, n + 1))
            .collect::<Vec<_>>()
            .concat();
        let body = format!(r##"<r><return href="#i0"/></r>{links}"##);
        assert!(service("t:node").error(&body).contains("values are nested deeper than 256"));
        let links = (0..100_000)
            .map(|n| format!(r##"<m id="i{n}" href="#i{}"/>"##, n + 1))
            .collect::<Vec<_>>()
            .concat();
        let body = format!(r##"<r><return href="#i0"/></r>{links}"##);
        assert!(service("t:node").error(&body).starts_with("a reference leads to another reference"));
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
}

/// Each level refers to the next one twice: a value of 2^60 records if it were copied.
#[test]
fn shared_copies_count_against_the_limits() {
    let levels = (0..60)
        .map(|n| format!(r##"<m id="i{n}"><next href="#i{0}"/><other href="#i{0}"/></m>"##, n + 1))
        .collect::<Vec<_>>()
        .concat();
    let body = format!(r##"<r><return href="#i0"/></r>{levels}<m id="i60"><v>1</v></m>"##);
    let options = Options { limits: Limits { nodes: 100_000, ..Limits::default() }, ..Options::default() };
    let error = decode(&service("xsd:anyType").plan(), &envelope(&body), &options).unwrap_err();
    assert!(error.message().starts_with("references make more than 100000 values"), "{error}");
    let answer = response(&service("xsd:anyType").plan(), OpId(0), &envelope(&body), &options, &mut Graph);
    assert!(matches!(answer.unwrap().body, Body::Value(Node::Record(_))));
}

/// A sink whose records can be shared while they are open.
struct Graph;

type Members = Rc<RefCell<Vec<(String, Node)>>>;

#[derive(Debug, Clone)]
enum Node {
    Leaf(String),
    Record(Members),
    List(Vec<Node>),
}

impl Node {
    fn get(&self, key: &str) -> Node {
        match self {
            Self::Record(members) => {
                members.borrow().iter().find(|member| member.0 == key).expect("a member").1.clone()
            }
            Self::Leaf(text) => panic!("{text} is no record"),
            Self::List(items) => panic!("{} items are no record", items.len()),
        }
    }

    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Record(a), Self::Record(b)) => Rc::ptr_eq(a, b),
            _ => false,
        }
    }
}

impl Sink for Graph {
    type Node = Node;
    type Record = Members;
    type List = Vec<Node>;

    fn null(&mut self) -> Result<Node> {
        Ok(Node::Leaf("null".to_owned()))
    }
    fn scalar(&mut self, _: Builtin, value: Scalar<'_>) -> Result<Node> {
        Ok(Node::Leaf(format!("{value:?}")))
    }
    fn record(&mut self, _: Option<ShapeId>) -> Result<Members> {
        Ok(Rc::default())
    }
    fn set(&mut self, record: &mut Members, key: Key<'_>, node: Node) -> Result<()> {
        assert!(record.borrow().iter().all(|member| member.0 != key.text), "each key at most once");
        record.borrow_mut().push((key.text.to_owned(), node));
        Ok(())
    }
    fn end_record(&mut self, record: Members) -> Result<Node> {
        Ok(Node::Record(record))
    }
    fn list(&mut self, _: usize) -> Result<Vec<Node>> {
        Ok(Vec::new())
    }
    fn push(&mut self, list: &mut Vec<Node>, node: Node) -> Result<()> {
        list.push(node);
        Ok(())
    }
    fn end_list(&mut self, list: Vec<Node>) -> Result<Node> {
        Ok(Node::List(list))
    }
    fn share(&mut self, node: &Node) -> Node {
        node.clone()
    }
    fn share_open(&mut self, record: &Members) -> Option<Node> {
        Some(Node::Record(Rc::clone(record)))
    }
}

#[track_caller]
fn graph(ty: &str, body: &str) -> Node {
    let plan = plan_of(&service(ty).wsdl());
    let answer = response(&plan, OpId(0), &envelope(body), &Options::default(), &mut Graph).unwrap();
    answer.body.value().expect("no fault")
}

#[test]
fn identity_survives() {
    let body = r##"<r><return><next href="#a"/><other href="#a"/></return></r><m id="a" xsi:type="t:node"><v>1</v></m>"##;
    let node = graph("xsd:anyType", body);
    assert!(node.get("next").is(&node.get("other")));
    // An element that stands where it belongs and is referred to elsewhere.
    let body = r##"<r><return><next href="#a"/><other id="a"><v>1</v></other></return></r>"##;
    let node = graph("xsd:anyType", body);
    assert!(node.get("next").is(&node.get("other")));
    let node =
        graph("xsd:anyType", r##"<r><return><next id="a"><v>1</v></next><other href="#a"/></return></r>"##);
    assert!(node.get("next").is(&node.get("other")));
}

#[test]
fn cycles() {
    for ty in ["t:node", "xsd:anyType"] {
        let body = r##"<r><return href="#a"/></r><m id="a"><v>1</v><next href="#b"/></m><m id="b"><next href="#a"/></m>"##;
        let node = graph(ty, body);
        assert!(node.get("next").get("next").is(&node));
        let node = graph(ty, r##"<r><return id="a"><v>1</v><next href="#a"/></return></r>"##);
        assert!(node.get("next").is(&node));
    }
}

/// Axis 1 writes references whatever the binding says.
#[test]
fn literal_messages_have_them_too_where_they_lead_to_something() {
    let part = r#"<part name="return" type="t:node"/><part name="again" type="t:node"/>"#;
    let rpc = Service { usage: "literal", ..Service::encoded(SCHEMA, part) };
    let body = r##"<multiRef id="a"><v href="#b"/></multiRef><r><return href="#a"/><again href="#a"/></r>
        <multiRef id="b" xsi:type="xsd:int">7</multiRef>"##;
    assert_eq!(rpc.json(body), "{return:{v:7},again:{v:7}}");
    let schema = format!(r#"{SCHEMA}<xsd:element name="answer" type="t:node"/>"#);
    let service = Service::literal(&schema, r#"<part name="p" element="t:answer"/>"#);
    let read = |children: &str, rest: &str| service.json(&format!("<t:answer>{children}</t:answer>{rest}"));
    let node = r#"<n id="a"><v>1</v></n>"#;
    assert_eq!(read(r##"<next href="#a"/>"##, node), "{next:{v:1}}");
    // What leads nowhere, in a circle or to another reference is read as it stands, and so is what has content.
    assert_eq!(read(r##"<next href="#x"/>"##, node), "{next:{}}");
    assert_eq!(read(r##"<next href="#a"><v>2</v></next>"##, node), "{next:{v:2}}");
    assert_eq!(read(r##"<next href="#a"/>"##, r##"<n id="a"><next href="#a"/></n>"##), "{next:{next:{}}}");
    assert_eq!(
        read(r##"<next href="#a"/>"##, r##"<n id="a" href="#b"/><n id="b"><v>1</v></n>"##),
        "{next:{}}"
    );
}
