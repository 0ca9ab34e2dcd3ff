//! `any` and `anyAttribute`.

use super::description::{schema, show};

#[test]
fn namespaces_and_processing() {
    let service = schema(
        r###"<xs:complexType name="T"><xs:sequence>
             <xs:any/>
             <xs:any namespace="##any" processContents="skip" minOccurs="0" maxOccurs="unbounded"/>
             <xs:any namespace="##other" processContents="lax"/>
             <xs:any namespace="##targetNamespace ##local urn:o"/>
           </xs:sequence><xs:anyAttribute/></xs:complexType>"###,
    );
    assert_eq!(show(&service, "t:T"), "(any, any skip*, any but urn:t lax, any of 'urn:t' '' 'urn:o') @any");
}
