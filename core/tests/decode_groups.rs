//! Decoding of content models: choices, repeated groups, wildcards and mixed content.

mod decode_support;

use decode_support::Service;

/// The value of an element whose content model is `model`.
#[track_caller]
fn read(model: &str, content: &str) -> String {
    read_as("", model, content)
}

#[track_caller]
fn read_as(mixed: &str, model: &str, content: &str) -> String {
    let schema = format!(
        r#"<xsd:element name="answer"><xsd:complexType><xsd:sequence><xsd:element name="id" type="xsd:int"/>
           <xsd:element name="in"><xsd:complexType {mixed}>{model}</xsd:complexType></xsd:element>
           </xsd:sequence></xsd:complexType></xsd:element>
           <xsd:element name="head" type="xsd:string"/>
           <xsd:element name="one" type="xsd:string" substitutionGroup="t:head"/>
           <xsd:element name="two" type="xsd:string" substitutionGroup="t:head"/>
           <xsd:complexType name="para" mixed="true"><xsd:sequence>
             <xsd:element name="para" type="t:para" minOccurs="0" maxOccurs="unbounded"/></xsd:sequence>
           </xsd:complexType>"#
    );
    let service = Service::literal(&schema, r#"<part name="parameters" element="t:answer"/>"#);
    let value = service.json(&format!("<t:answer><id>1</id><in>{content}</in></t:answer>"));
    value.strip_prefix("{id:1,in:").and_then(|rest| rest.strip_suffix('}')).expect("a record").to_owned()
}

const CHOICE: &str = r#"<xsd:choice maxOccurs="unbounded"><xsd:element name="a" type="xsd:int"/>
    <xsd:element name="b" type="xsd:string"/></xsd:choice>"#;

#[test]
fn a_choice_is_the_member_that_is_there() {
    let once = CHOICE.replace("unbounded", "1");
    assert_eq!(read(&once, "<b>x</b>"), "{b:'x'}");
    assert_eq!(read(&once, ""), "{}");
}

#[test]
fn a_repeated_choice_is_a_list_of_records() {
    assert_eq!(read(CHOICE, "<a>1</a><b>x</b><a>2</a><a>3</a>"), "{_choice:[{a:1},{b:'x'},{a:2},{a:3}]}");
    assert_eq!(read(CHOICE, ""), "{_choice:[]}");
}

#[test]
fn branches_of_a_repeated_choice_may_be_sequences() {
    let model = r#"<xsd:choice maxOccurs="unbounded"><xsd:sequence><xsd:element name="a" type="xsd:int"/>
        <xsd:element name="b" type="xsd:int" minOccurs="0"/></xsd:sequence>
        <xsd:element name="c" type="xsd:int" maxOccurs="unbounded"/></xsd:choice>"#;
    let content = "<a>1</a><b>2</b><a>3</a><c>4</c><c>5</c><a>6</a>";
    assert_eq!(read(model, content), "{_choice:[{a:1,b:2,c:[]},{a:3,c:[]},{c:[4,5]},{a:6,c:[]}]}");
}

#[test]
fn a_repeated_sequence_begins_again_where_it_must() {
    let model = r#"<xsd:sequence maxOccurs="unbounded"><xsd:element name="a" type="xsd:int" minOccurs="0"/>
        <xsd:element name="b" type="xsd:int" minOccurs="0"/></xsd:sequence>"#;
    let content = "<a>1</a><b>2</b><b>3</b><a>4</a><a>5</a><b>6</b>";
    assert_eq!(read(model, content), "{_sequence:[{a:1,b:2},{b:3},{a:4},{a:5,b:6}]}");
}

#[test]
fn a_choice_in_a_repeated_sequence() {
    let model = r#"<xsd:sequence maxOccurs="unbounded"><xsd:choice><xsd:element name="a" type="xsd:int"/>
        <xsd:element name="b" type="xsd:int"/></xsd:choice>
        <xsd:element name="c" type="xsd:int" minOccurs="0"/></xsd:sequence>"#;
    let content = "<a>1</a><b>2</b><c>3</c><b>4</b><a>5</a><c>6</c>";
    assert_eq!(read(model, content), "{_sequence:[{a:1},{b:2,c:3},{b:4},{a:5,c:6}]}");
}

#[test]
fn groups_between_and_inside_others() {
    let model = r#"<xsd:sequence><xsd:element name="x" type="xsd:int"/>
        <xsd:sequence maxOccurs="unbounded"><xsd:element name="k" type="xsd:string"/>
          <xsd:choice maxOccurs="unbounded"><xsd:element name="a" type="xsd:int"/>
            <xsd:element name="b" type="xsd:int"/></xsd:choice></xsd:sequence>
        <xsd:element name="y" type="xsd:int"/></xsd:sequence>"#;
    let content = "<x>0</x><k>p</k><a>1</a><b>2</b><k>q</k><b>3</b><y>9</y>";
    let expected = "{x:0,_sequence:[{k:'p',_choice:[{a:1},{b:2}]},{k:'q',_choice:[{b:3}]}],y:9}";
    assert_eq!(read(model, content), expected);
}

#[test]
fn a_name_in_a_group_and_behind_it_is_told_by_its_place() {
    let each = |item: &dyn Fn(u32) -> String| (0..10).map(item).collect::<String>();
    let between = each(&|n| format!("<xsd:element name='m{n}' type='xsd:int'/>"));
    let model = format!(
        "<xsd:sequence><xsd:choice maxOccurs='9'><xsd:element name='x' type='xsd:int'/>\
         <xsd:element name='y' type='xsd:int'/></xsd:choice>{between}<xsd:element name='x' type='xsd:int'/></xsd:sequence>"
    );
    let filled = each(&|n| format!("<m{n}>0</m{n}>"));
    let members = each(&|n| format!("m{n}:0,"));
    let content = format!("<x>1</x><y>2</y><x>3</x>{filled}<x>4</x>");
    assert_eq!(read(&model, &content), format!("{{_choice:[{{x:1}},{{y:2}},{{x:3}}],{members}x:4}}"));
}

#[test]
fn groups_of_one_element_are_lists() {
    let model = r#"<xsd:choice maxOccurs="unbounded"><xsd:element name="a" type="xsd:int"/></xsd:choice>"#;
    assert_eq!(read(model, "<a>1</a><a>2</a>"), "{a:[1,2]}");
}

#[test]
fn substitution_groups() {
    let single = r#"<xsd:sequence><xsd:element ref="t:head"/></xsd:sequence>"#;
    assert_eq!(read(single, "<t:two>x</t:two>"), "{two:'x'}");
    let repeated = r#"<xsd:sequence><xsd:element ref="t:head" maxOccurs="9"/></xsd:sequence>"#;
    let content = "<t:two>x</t:two><t:one>y</t:one><t:head>z</t:head>";
    assert_eq!(read(repeated, content), "{head:[{two:'x'},{one:'y'},{head:'z'}]}");
}

#[test]
fn wildcards_keep_elements_as_xml() {
    let model = r###"<xsd:sequence><xsd:element name="a" type="xsd:int"/>
        <xsd:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xsd:sequence>"###;
    let content = "<a>1</a><o:b xmlns:o='urn:o'>x<o:c/></o:b><plain/>";
    assert_eq!(read(model, content), "{a:1,_any:['<o:b xmlns:o='urn:o'>x<o:c/></o:b>','<plain/>']}");
    assert_eq!(read(model, "<a>1</a>"), "{a:1,_any:[]}");
    // An element of another namespace is the wildcard's even if a member has its local name.
    assert_eq!(read(model, "<a>1</a><t:a/>"), "{a:[1,null],_any:[]}");
    assert_eq!(read(model, "<a>1</a><o:a xmlns:o='urn:o'/>"), "{a:1,_any:['<o:a xmlns:o='urn:o'/>']}");
    // One of no namespace is the member that forgot its own.
    let model = r###"<xsd:sequence><xsd:element name="a" type="xsd:int" form="qualified"/>
        <xsd:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xsd:sequence>"###;
    assert_eq!(read(model, "<a>1</a><o:a xmlns:o='urn:o'/>"), "{a:1,_any:['<o:a xmlns:o='urn:o'/>']}");
    assert_eq!(read(model, "<t:a>1</t:a><b/>"), "{a:1,_any:['<b/>']}");
}

#[test]
fn fragments_declare_what_they_need() {
    let model = r#"<xsd:sequence><xsd:any processContents="skip"/></xsd:sequence>"#;
    assert_eq!(
        read(model, "<t:b k='xsd:int'/>"),
        "{_any:['<t:b xmlns:t=\"urn:t\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" k='xsd:int'/>']}"
    );
}

#[test]
fn mixed_content() {
    let model = r#"<xsd:sequence><xsd:element name="b" type="xsd:string" minOccurs="0" maxOccurs="9"/></xsd:sequence>"#;
    let mixed = r#"mixed="true""#;
    assert_eq!(
        read_as(mixed, model, "a <b>x</b> &amp; <!--c-->d"),
        "{b:['x'],_mixed:'a <b>x</b> &amp; <!--c-->d'}"
    );
    assert_eq!(read_as(mixed, model, " <b>x</b>\n"), "{b:['x']}");
    assert_eq!(read_as(mixed, model, ""), "{b:[]}");
    let nested = r#"<xsd:sequence><xsd:element name="para" type="t:para"/></xsd:sequence>"#;
    let content = "<para>x<para> </para><para>y</para></para>";
    let expected = "{para:{para:[{para:[]},{_mixed:'y',para:[]}],_mixed:'x<para> </para><para>y</para>'}}";
    assert_eq!(read(nested, content), expected);
}
