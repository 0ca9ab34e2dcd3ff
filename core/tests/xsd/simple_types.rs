//! Simple types: restriction, list, union and facets.

use super::description::{schema, show, warnings};

#[test]
fn restriction_with_facets() {
    let service = schema(
        r#"<xs:simpleType name="Code"><xs:restriction base="xs:string">
             <xs:minLength value="2"/><xs:maxLength value="4" fixed="true"/><xs:pattern value="[A-Z]+"/>
             <xs:whiteSpace value="collapse"/><xs:length value="3"/>
             <xs:enumeration value="AB"/><xs:enumeration value=""/>
           </xs:restriction></xs:simpleType>
           <xs:simpleType name="Price"><xs:restriction base="xs:decimal">
             <xs:totalDigits value="9"/><xs:fractionDigits value="2"/><xs:minInclusive value="0"/>
             <xs:maxInclusive value="9"/><xs:minExclusive value="-1"/><xs:maxExclusive value="10"/>
           </xs:restriction></xs:simpleType>"#,
    );
    assert_eq!(
        show(&service, "t:Code"),
        "xs:string [MinLength 2, MaxLength 4 fixed, Pattern [A-Z]+, WhiteSpace collapse, Length 3, \
         Enumeration AB, Enumeration ]"
    );
    assert_eq!(
        show(&service, "t:Price"),
        "xs:decimal [TotalDigits 9, FractionDigits 2, MinInclusive 0, MaxInclusive 9, MinExclusive -1, \
         MaxExclusive 10]"
    );
}

#[test]
fn lists_and_unions_of_named_and_anonymous_types() {
    let service = schema(
        r#"<xs:simpleType name="Ints"><xs:list itemType="xs:int"/></xs:simpleType>
           <xs:simpleType name="Sizes"><xs:list>
             <xs:simpleType><xs:restriction base="xs:int"><xs:maxInclusive value="9"/></xs:restriction></xs:simpleType>
           </xs:list></xs:simpleType>
           <xs:simpleType name="Either"><xs:union memberTypes="xs:int t:Ints">
             <xs:simpleType><xs:restriction base="xs:string"/></xs:simpleType></xs:union></xs:simpleType>
           <xs:simpleType name="Pair"><xs:restriction>
             <xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType><xs:length value="2"/>
           </xs:restriction></xs:simpleType>"#,
    );
    assert_eq!(show(&service, "t:Ints"), "list of xs:int");
    assert_eq!(show(&service, "t:Sizes"), "list of <xs:int [MaxInclusive 9]>");
    assert_eq!(show(&service, "t:Either"), "union of xs:int t:Ints <xs:string>");
    assert_eq!(show(&service, "t:Pair"), "<list of xs:int> [Length 2]");
}

#[test]
fn enumerated_qnames_keep_their_namespace() {
    let service = schema(
        r#"<xs:simpleType name="Fault"><xs:restriction base="xs:QName">
             <xs:enumeration value="t:Busy"/><xs:enumeration value="http://no/prefix"/>
           </xs:restriction></xs:simpleType>"#,
    );
    let fault = show(&service, "t:Fault");
    assert_eq!(fault, "xs:QName [Enumeration t:Busy as {urn:t}Busy, Enumeration http://no/prefix]");
}

#[test]
fn what_is_left_out_is_read_as_well_as_can_be() {
    let service = schema(
        r#"<xs:simpleType name="Nothing"/>
           <xs:simpleType name="NoValue"><xs:restriction base="xs:int"><xs:length/></xs:restriction></xs:simpleType>"#,
    );
    assert_eq!(show(&service, "t:Nothing"), "xs:anySimpleType");
    assert_eq!(show(&service, "t:NoValue"), "xs:int");
    assert_eq!(warnings(&service)[0], "simpleType names no type; taken as anySimpleType");
    assert_eq!(warnings(&service)[1], "facet length without a value is ignored");
}
