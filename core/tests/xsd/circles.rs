//! Definitions in circles, and ones that explode.

use super::description::{around, in_schema, load_all, MAIN};

fn repeated(times: u32, text: impl Fn(u32) -> String) -> String {
    (0..times).map(text).collect::<Vec<_>>().concat()
}

fn refusal(components: &str) -> String {
    let text = around(&in_schema(components));
    let error = load_all(&[(MAIN, &text)]).err().expect("this must be refused");
    assert_eq!(error.kind(), wsdlproxy::ErrorKind::Wsdl);
    error.message().to_owned()
}

/// What is left out of a service that loads all the same.
fn left_out(components: &str) -> Vec<String> {
    let text = around(&in_schema(components));
    let service = load_all(&[(MAIN, &text)]).expect("this must load");
    let warnings = service.warnings.iter();
    let suffix = ", which expands it: that is left out";
    warnings.map(|warning| warning.message.strip_suffix(suffix).expect(suffix).to_owned()).collect()
}

#[test]
fn types_groups_and_attribute_groups() {
    let extends = |name: &str, base: &str| {
        format!(
            r#"<xs:complexType name="{name}"><xs:complexContent><xs:extension base="t:{base}"/></xs:complexContent></xs:complexType>"#
        )
    };
    let two = extends("A", "B") + &extends("B", "A");
    assert_eq!(left_out(&two), ["type {urn:t}B expands {urn:t}A"]);
    assert_eq!(left_out(&extends("A", "A")), ["type {urn:t}A expands {urn:t}A"]);
    assert_eq!(
        left_out(
            r#"<xs:simpleType name="S"><xs:restriction><xs:simpleType><xs:list itemType="t:S"/></xs:simpleType></xs:restriction></xs:simpleType>"#
        ),
        ["type {urn:t}S expands {urn:t}S"]
    );
    assert_eq!(
        left_out(r#"<xs:simpleType name="S"><xs:union memberTypes="t:S xs:int t:S"/></xs:simpleType>"#),
        ["type {urn:t}S expands {urn:t}S"]
    );
    assert_eq!(
        left_out(
            r#"<xs:group name="G"><xs:sequence><xs:choice><xs:group ref="t:G"/></xs:choice><xs:group ref="t:G"/></xs:sequence></xs:group>"#
        ),
        ["group {urn:t}G expands {urn:t}G"]
    );
    assert_eq!(
        left_out(r#"<xs:attributeGroup name="A"><xs:attributeGroup ref="t:A"/></xs:attributeGroup>"#),
        ["attribute group {urn:t}A expands {urn:t}A"]
    );
}

#[test]
fn a_group_may_contain_itself_through_an_element() {
    let text = around(&in_schema(
        r#"<xs:group name="G"><xs:sequence><xs:element name="e" minOccurs="0"><xs:complexType><xs:group ref="t:G"/></xs:complexType></xs:element></xs:sequence></xs:group>"#,
    ));
    assert!(load_all(&[(MAIN, &text)]).is_ok());
}

#[test]
fn long_chains_are_refused_without_recursion() {
    let chain = repeated(20_000, |i| {
        let base = i + 1;
        format!(
            r#"<xs:complexType name="T{i}"><xs:complexContent><xs:extension base="t:T{base}"/></xs:complexContent></xs:complexType>"#
        )
    });
    assert!(refusal(&chain).ends_with("is nested deeper than 256"));
}

#[test]
fn groups_that_double_forty_times_are_refused() {
    let doubling = repeated(40, |i| {
        let next = i + 1;
        format!(
            r#"<xs:group name="G{i}"><xs:sequence><xs:group ref="t:G{next}"/><xs:group ref="t:G{next}"/></xs:sequence></xs:group>"#
        )
    });
    let last = r#"<xs:group name="G40"><xs:sequence><xs:element name="e"/></xs:sequence></xs:group>"#;
    assert!(refusal(&(doubling + last)).starts_with("groups and types expand to "));
}

#[test]
fn long_chains_of_substitution_are_refused_in_time() {
    let chain = repeated(20_000, |i| {
        let head = i + 1;
        format!(r#"<xs:element name="h{i}" substitutionGroup="t:h{head}"/>"#)
    });
    let uses = repeated(20_000, |i| format!(r#"<xs:element ref="t:h{i}"/>"#));
    let user = format!(r#"<xs:complexType name="T"><xs:sequence>{uses}</xs:sequence></xs:complexType>"#);
    assert!(refusal(&(chain + &user)).ends_with("is nested deeper than 256"));
}

#[test]
fn substitutes_of_many_references_count() {
    let members = repeated(2000, |i| format!(r#"<xs:element name="m{i}" substitutionGroup="t:h"/>"#));
    let uses = r#"<xs:element ref="t:h"/>"#.repeat(2000);
    let user = format!(
        r#"<xs:element name="h"/><xs:complexType name="T"><xs:sequence>{uses}</xs:sequence></xs:complexType>"#
    );
    assert!(refusal(&(members + &user)).starts_with("groups and types expand to "));
}
