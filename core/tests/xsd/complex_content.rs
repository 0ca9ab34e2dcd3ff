//! Extension and restriction of complex types.

use super::description::{schema, show, warnings};

#[test]
fn extension_and_restriction() {
    let service = schema(
        r#"<xs:complexType name="Base" abstract="true"><xs:sequence><xs:element name="a"/></xs:sequence>
             <xs:attribute name="x"/></xs:complexType>
           <xs:complexType name="More"><xs:complexContent><xs:extension base="t:Base">
             <xs:sequence><xs:element name="b"/></xs:sequence><xs:attribute name="y"/></xs:extension></xs:complexContent></xs:complexType>
           <xs:complexType name="Less"><xs:complexContent><xs:restriction base="t:Base">
             <xs:attribute name="x" use="prohibited"/></xs:restriction></xs:complexContent></xs:complexType>
           <xs:complexType name="Same"><xs:complexContent><xs:extension base="t:Base"/></xs:complexContent></xs:complexType>"#,
    );
    assert_eq!(show(&service, "t:Base"), "abstract (a) @x");
    assert_eq!(show(&service, "t:More"), "extends t:Base: (b) @y");
    assert_eq!(show(&service, "t:Less"), "restricts t:Base: empty @x prohibited");
    assert_eq!(show(&service, "t:Same"), "extends t:Base: empty");
}

#[test]
fn mixed_content() {
    let service = schema(
        r#"<xs:complexType name="P" mixed="true"><xs:sequence><xs:element name="b" minOccurs="0"/></xs:sequence></xs:complexType>
           <xs:complexType name="Q"><xs:complexContent mixed="true"><xs:extension base="t:P"/></xs:complexContent></xs:complexType>
           <xs:complexType name="R" mixed="true"><xs:complexContent mixed="false"><xs:extension base="t:P"/></xs:complexContent></xs:complexType>"#,
    );
    assert_eq!(show(&service, "t:P"), "mixed (b?)");
    assert_eq!(show(&service, "t:Q"), "mixed extends t:P: empty");
    assert_eq!(show(&service, "t:R"), "extends t:P: empty");
}

#[test]
fn derivations_written_wrongly() {
    let service = schema(
        r#"<xs:complexType name="Bare"><xs:extension base="t:B"><xs:sequence><xs:element name="c"/></xs:sequence></xs:extension></xs:complexType>
           <xs:complexType name="B"/>
           <xs:complexType name="OverSimple"><xs:complexContent><xs:extension base="xs:string"><xs:attribute name="u"/></xs:extension></xs:complexContent></xs:complexType>
           <xs:complexType name="FromNothing"><xs:complexContent><xs:sequence><xs:element name="d"/></xs:sequence></xs:complexContent></xs:complexType>"#,
    );
    assert_eq!(show(&service, "t:Bare"), "extends t:B: (c)");
    assert_eq!(show(&service, "t:OverSimple"), "text extends xs:string @u");
    assert_eq!(show(&service, "t:FromNothing"), "(d)");
    assert_eq!(warnings(&service), ["complexContent derives from nothing"]);
}
