//! What a user of ext/soap's `SoapClient` would write, and what says the same here.

/// What a method of `SoapClient` is here.
pub fn method(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "__soapcall" => "call($operation, ...$arguments)",
        "__getfunctions" => "getFunctions()",
        "__gettypes" => "getTypes()",
        "__getlastrequest" => "lastRequest(), with the option trace",
        "__getlastresponse" => "lastResponse(), with the option trace",
        "__getlastrequestheaders" | "__getlastresponseheaders" => "lastHeaders(), with the option trace",
        "__setlocation" => "withOptions(['location' => $url])",
        "__setsoapheaders" => "withOptions(['soap_headers' => $headers])",
        "__setcookie" => "withOptions(['cookies' => $cookies])",
        "__getcookies" => "the option keep_cookies",
        "__dorequest" => "createMessage() and parseResponse()",
        _ => return None,
    })
}

/// What an option of `SoapClient` is here.
pub fn option(name: &str) -> Option<&'static str> {
    Some(match name {
        "login" | "password" | "authentication" => "basic_auth, for HTTP; auth is NGNPro's login",
        "connection_timeout" => "connect_timeout; timeout is for the whole call",
        "cache_wsdl" => "cache",
        "compression" => "gzip",
        "local_cert" | "passphrase" => "client_cert",
        "proxy_host" | "proxy_port" | "proxy_login" | "proxy_password" => "proxy, a URL",
        "stream_context" => "verify, ca_file, client_cert and headers",
        "exceptions" => "always on",
        "soap_version" | "style" | "use" | "uri" => "told by the WSDL",
        "encoding" => "always UTF-8",
        "keep_alive" => "always on",
        "classmap" | "typemap" => "not here: answers are stdClass objects, or arrays with structs",
        "features" => "not here: what may repeat is always a list",
        _ => return None,
    })
}
