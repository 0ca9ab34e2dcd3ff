//! Faults and NGNPro's error codes.
//!
//! Codes that CDRTool compares are the platform's own; the others are ours, chosen within the same blocks
//! (1 SIP, 2 voicemail, 3 ENUM, 4 rating, 5 customers, 7 DNS) or in block 9 for what concerns any port.

use std::fmt;

/// An error code of the fault's detail.
pub type Code = i64;

pub const DOMAIN_MISSING: Code = 1000;
pub const DOMAIN_EXISTS: Code = 1001;
pub const ACCOUNT_MISSING: Code = 1010;
pub const ACCOUNT_EXISTS: Code = 1011;
pub const ALIAS_MISSING: Code = 1020;
pub const ALIAS_EXISTS: Code = 1021;
pub const ALREADY_MEMBER: Code = 1030;
pub const NOT_MEMBER: Code = 1031;
pub const CONTACT_MISSING: Code = 1040;
pub const CONTACT_EXISTS: Code = 1041;
pub const BAD_VOUCHER: Code = 1050;
pub const NO_MEDIA: Code = 1060;
pub const CARRIER_MISSING: Code = 1070;
pub const CARRIER_EXISTS: Code = 1071;
pub const GATEWAY_MISSING: Code = 1080;
pub const GATEWAY_EXISTS: Code = 1081;
pub const RULE_MISSING: Code = 1090;
pub const RULE_EXISTS: Code = 1091;
pub const ROUTE_MISSING: Code = 1100;
pub const ROUTE_EXISTS: Code = 1101;
pub const PEER_MISSING: Code = 1110;
pub const PEER_EXISTS: Code = 1111;
pub const MAILBOX_MISSING: Code = 2000;
pub const MAILBOX_EXISTS: Code = 2001;
pub const NUMBER_EXISTS: Code = 3001;
pub const NUMBER_MISSING: Code = 3002;
pub const RANGE_MISSING: Code = 3010;
pub const RANGE_EXISTS: Code = 3011;
pub const RANGE_FULL: Code = 3012;
pub const NO_PROFILE: Code = 4001;
pub const CUSTOMER_MISSING: Code = 5000;
pub const CUSTOMER_EXISTS: Code = 5001;
pub const CUSTOMER_IN_USE: Code = 5002;
pub const ZONE_MISSING: Code = 7000;
pub const ZONE_EXISTS: Code = 7001;
pub const RECORD_MISSING: Code = 7002;
pub const RECORD_EXISTS: Code = 7003;
pub const NOT_AUTHENTICATED: Code = 9000;
pub const DENIED: Code = 9001;
pub const BAD_ARGUMENT: Code = 9002;
pub const UNKNOWN_OPERATION: Code = 9003;
pub const BAD_MESSAGE: Code = 9004;
pub const INTERNAL: Code = 9999;

/// What a call ends with when it fails; becomes a SOAP 1.1 fault (§4.4) with NGNPro's exception as its detail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Local name of the fault code.
    pub side: &'static str,
    pub code: Code,
    pub text: String,
}

impl Fault {
    /// The platform refuses: what was asked for does not fit its state or the caller's rights.
    pub fn server(code: Code, text: impl Into<String>) -> Self {
        Self { side: "Server", code, text: text.into() }
    }

    /// The message itself is wrong and must not be sent again unchanged.
    pub fn client(code: Code, text: impl Into<String>) -> Self {
        Self { side: "Client", code, text: text.into() }
    }

    pub fn argument(text: impl Into<String>) -> Self {
        Self::client(BAD_ARGUMENT, text)
    }

    pub fn denied(text: impl Into<String>) -> Self {
        Self::server(DENIED, text)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.text, self.code)
    }
}

impl std::error::Error for Fault {}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        tracing::error!(%error, "storage");
        Self::server(INTERNAL, "The storage of the server failed")
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        tracing::error!(%error, "stored document");
        Self::server(INTERNAL, "A stored document is damaged")
    }
}
