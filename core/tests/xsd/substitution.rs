//! Substitution groups.

use super::description::{schema, Notation};

#[test]
fn members_by_head() {
    let service = schema(
        r#"<xs:element name="truck" substitutionGroup="t:vehicle" type="xs:string"/>
           <xs:element name="vehicle" abstract="true"/>
           <xs:element name="car" substitutionGroup="t:vehicle"/>
           <xs:element name="taxi" substitutionGroup="t:car"/>"#,
    );
    let notation = Notation(&service.schemas);
    let groups: Vec<_> = service
        .schemas
        .substitutions
        .iter()
        .map(|(head, members)| {
            let members: Vec<_> = members.iter().map(|name| notation.name(*name)).collect();
            format!("{}: {}", notation.name(head), members.join(" "))
        })
        .collect();
    assert_eq!(groups, ["t:vehicle: t:truck t:car", "t:car: t:taxi"]);
}

#[test]
fn a_head_in_the_wrong_namespace() {
    let service = schema(r#"<xs:element name="head"/><xs:element name="member" substitutionGroup="head"/>"#);
    let notation = Notation(&service.schemas);
    let element = service.schemas.elements.values().nth(1).unwrap();
    assert_eq!(notation.element(element), "t:member for t:head");
    let head = element.substitution_group.unwrap();
    assert_eq!(service.schemas.substitutions.get(head).unwrap(), &[element.name]);
}

#[test]
fn circles_are_cut() {
    let service = schema(
        r#"<xs:element name="a" substitutionGroup="t:b"/><xs:element name="b" substitutionGroup="t:a"/>"#,
    );
    let notation = Notation(&service.schemas);
    let elements: Vec<_> =
        service.schemas.elements.values().map(|element| notation.element(element)).collect();
    assert_eq!(elements, ["t:a for t:b", "t:b"]);
    let warnings: Vec<_> = service.warnings.iter().map(|warning| &*warning.message).collect();
    assert_eq!(warnings, ["element {urn:t}b expands {urn:t}a, which expands it: that is left out"]);
}
