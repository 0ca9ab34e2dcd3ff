//! Requests as the known clients write them, and requests nobody should write.

use super::*;
use serde_json::json;

fn envelope(header: &str, body: &str) -> String {
    format!(
        "<e:Envelope xmlns:e='{ENVELOPE}' xmlns:xsi='{XSI}' xmlns:xsd='http://www.w3.org/2001/XMLSchema' \
         xmlns:enc='http://schemas.xmlsoap.org/soap/encoding/'>{header}<e:Body>{body}</e:Body></e:Envelope>"
    )
}

fn arguments(body: &str) -> Value {
    let schema = Schema::embedded().expect("the embedded WSDL is readable");
    match request(&schema, &envelope("", body)) {
        Ok(request) => Value::Object(request.arguments),
        Err(fault) => json!(fault.text),
    }
}

#[test]
fn a_typed_request_in_the_old_clients_form() {
    let body = "<o:getAccounts xmlns:o='urn:AGProjects:NGNPro:Sip'><query xsi:type='t:SipQuery'><filter>\
        <username xsi:type='xsd:string'>a%</username><owner xsi:type='xsd:int'>0</owner>\
        <groups xsi:type='enc:Array' enc:arrayType='xsd:string[1]' enc:offset='[0]'><item>pstn</item></groups>\
        </filter><range><start>0</start><count>20</count></range></query></o:getAccounts>";
    let expected = json!({"query": {
        "filter": {"username": "a%", "owner": 0, "groups": ["pstn"]}, "range": {"start": 0, "count": 20}}});
    assert_eq!(arguments(body), expected);
}

#[test]
fn operation_names_ignore_case_and_unknown_members_are_skipped() {
    let body = "<o:DELETEPhoneBookEntry xmlns:o='urn:AGProjects:NGNPro:Sip'><sipId><username>a</username>\
        <domain>b</domain><extra><deep/></extra></sipId><uri>c</uri></o:DELETEPhoneBookEntry>";
    assert_eq!(arguments(body), json!({"sipId": {"username": "a", "domain": "b"}, "uri": "c"}));
}

#[test]
fn references_are_followed() {
    let body = "<o:getPrepaidStatus xmlns:o='urn:AGProjects:NGNPro:Sip'><sipIds><i href='#x'/><i href='#x'/></sipIds>\
        </o:getPrepaidStatus><m id='x'><username>a</username><domain href='#d'/></m><m id='d'>b</m>";
    let id = json!({"username": "a", "domain": "b"});
    assert_eq!(arguments(body), json!({"sipIds": [id, id]}));
}

#[test]
fn references_cannot_loop_or_lead_away() {
    let call = |href: &str| {
        format!("<o:deleteDomain xmlns:o='urn:AGProjects:NGNPro:Sip'><domain href='{href}'/></o:deleteDomain><m id='a' href='#a'/>")
    };
    assert_eq!(arguments(&call("#a")), json!("A chain of references is too long"));
    assert_eq!(arguments(&call("#b")), json!("An href leads to no element"));
    assert_eq!(arguments(&call("http://x/")), json!("An href leads out of the message"));
}

#[test]
fn nil_empty_and_wrong_values() {
    let call = |value: &str| {
        format!(
            "<o:updateDomain xmlns:o='urn:AGProjects:NGNPro:Sip'><domain>{value}</domain></o:updateDomain>"
        )
    };
    let expected = json!({"domain": {"domain": "", "certificate": null, "customer": null}});
    assert_eq!(arguments(&call("<domain/><certificate xsi:nil='true'/><customer/>")), expected);
    assert_eq!(
        arguments(&call("<customer>x</customer>")),
        json!("updateDomain.domain.customer: expected xsd:integer")
    );
    assert_eq!(arguments(&call("text")), json!("updateDomain.domain: expected ngnpro:SipDomain"));
}

#[test]
fn credentials_in_any_form() {
    let schema = Schema::embedded().expect("the embedded WSDL is readable");
    let body = "<o:getStatus xmlns:o='urn:AGProjects:NGNPro:Network'/>";
    let read = |header: &str| request(&schema, &envelope(header, body)).map(|r| r.credentials);
    let members = "<username>u</username><password>p</password><admin>1</admin><impersonate>7</impersonate>";
    let plain =
        read(&format!("<e:Header><auth e:actor='0' e:mustUnderstand='0'>{members}</auth></e:Header>"));
    let qualified = read(&format!(
        "<e:Header><a:auth xmlns:a='urn:AGProjects:NGNPro' e:mustUnderstand='1'>{members}</a:auth></e:Header>"
    ));
    let expected = Credentials {
        username: "u".to_owned(),
        password: "p".to_owned(),
        admin: Some(true),
        impersonate: Some(7),
    };
    assert!(plain == Ok(Some(expected.clone())) && qualified == Ok(Some(expected)));
    assert!(read("<e:Header><auth/></e:Header>") == Ok(None));
    let refused = read("<e:Header><x e:mustUnderstand='1'/></e:Header>").err().expect("an unknown header");
    assert_eq!(refused.side, "MustUnderstand");
}

#[test]
fn messages_that_are_refused() {
    let schema = Schema::embedded().expect("the embedded WSDL is readable");
    let fault = |text: &str| request(&schema, text).err().expect("a refusal");
    assert_eq!(fault("").side, "Client");
    assert_eq!(fault("<html/>").text, "The message is not a SOAP envelope");
    assert_eq!(fault("<Envelope xmlns='http://www.w3.org/2003/05/soap-envelope'/>").side, "VersionMismatch");
    assert_eq!(fault(&envelope("", "")).text, "The Body is empty");
    assert_eq!(fault(&envelope("", "<updateCustomer/>")).code, UNKNOWN_OPERATION);
    let doctype = format!("<!DOCTYPE e [<!ENTITY x 'y'>]>{}", envelope("", "<a/>"));
    assert_eq!(fault(&doctype).code, BAD_MESSAGE);
    assert_eq!(fault(&"<a>".repeat(100_000)).code, BAD_MESSAGE);
}

#[test]
fn encodings_are_honoured() {
    assert_eq!(text("é".as_bytes(), "text/xml; charset=UTF-8").expect("UTF-8"), "é");
    assert_eq!(text(b"\xe9", "text/xml; charset=\"iso-8859-1\"").expect("Latin 1"), "é");
    assert_eq!(
        text(b"<?xml version='1.0' encoding='ISO-8859-1'?>\xe9", "").expect("declared").chars().last(),
        Some('é')
    );
    assert_eq!(text(b"\xff\xfe<\0a\0", "text/xml").expect("byte order mark"), "<a");
    assert!(text(b"\xe9", "text/xml").is_err());
    assert!(text(b"x", "text/xml; charset=klingon").is_err());
}
