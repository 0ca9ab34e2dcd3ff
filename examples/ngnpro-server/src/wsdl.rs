//! The WSDL as a client gets it: with the address of the server it was asked of, and on request with one port only.
//!
//! The latter is for clients such as PHP's `SoapClient`, which know one operation per name.

use crate::soap::schema::TEXT;

/// The address in the embedded WSDL.
const ADDRESS: &str = "http://127.0.0.1:9200/ngnpro/";

/// The WSDL for an address; `port` is a port's name with or without `Port`, in any case.
pub fn render(address: &str, port: Option<&str>) -> Option<String> {
    let mut escaped = String::new();
    crate::soap::scalar::escape(&mut escaped, address);
    let text = TEXT.replace(ADDRESS, &escaped);
    let Some(port) = port else { return Some(text) };
    let wanted = port.to_ascii_lowercase();
    let wanted = wanted.trim_end_matches("port");
    let mut kept = 0;
    let services = ["<service ", "<port ", "<binding ", "<portType "];
    let reduced = services.iter().fold(text, |text, open| {
        cut(&text, open, |name| {
            let name = name.to_ascii_lowercase();
            let name = name.trim_end_matches("type").trim_end_matches("port").trim_end_matches("binding");
            let keep = name == wanted
                || *open == "<service " && (name == "soapsimpleproxy") == (wanted == "presence");
            kept += usize::from(keep && *open == "<port ");
            keep
        })
    });
    (kept == 1).then_some(reduced)
}

/// Leaves out the elements that begin with `open` and whose name is not to be kept.
fn cut(text: &str, open: &str, mut keep: impl FnMut(&str) -> bool) -> String {
    let close = format!("</{}>", open[1..].trim_end());
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(open) {
        let end = rest[start..].find(&close).map_or(rest.len(), |i| start + i + close.len());
        let name = rest[start..].split('"').nth(1).unwrap_or_default();
        out.push_str(if keep(name) { &rest[..end] } else { rest[..start].trim_end() });
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use roxmltree::Document;

    fn count(text: &str, name: &str) -> usize {
        let document = Document::parse(text).expect("well-formed");
        document.descendants().filter(|node| node.tag_name().name() == name).count()
    }

    #[test]
    fn the_address_is_rewritten_everywhere() {
        let text = render("https://example.com/a&b/", None).expect("the whole WSDL");
        assert!(!text.contains(ADDRESS));
        assert_eq!(text.matches("https://example.com/a&amp;b/").count(), 8);
    }

    #[test]
    fn one_port_can_be_asked_for() {
        for (port, operations) in [("voicemail", 5), ("CustomerPort", 8), ("PresencePort", 6), ("sip", 60)] {
            let text = render("http://x/", Some(port)).expect(port);
            let found = ["service", "port", "binding", "portType"].map(|name| count(&text, name));
            // A SOAP binding element stands in each WSDL binding.
            assert_eq!(found, [1, 1, 2, 1], "{port}");
            assert_eq!(count(&text, "operation"), operations * 3, "{port}");
        }
        assert!(render("http://x/", Some("other")).is_none());
    }
}
