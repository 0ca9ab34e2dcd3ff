//! Leaf values at the seam between XML and a host language, and the ids of the built-in types.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

macro_rules! builtins {
    ($($variant:ident $name:literal,)*) => {
        /// The built-in simple types of XML Schema 1.0 part 2, §3.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[repr(u8)]
        pub enum Builtin { $(#[doc = $name] $variant,)* }

        impl Builtin {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The local name in the XML Schema namespace.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The type of a local name in the XML Schema namespace.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

builtins! {
    AnySimpleType "anySimpleType",
    String "string",
    NormalizedString "normalizedString",
    Token "token",
    Language "language",
    Name "Name",
    NcName "NCName",
    NmToken "NMTOKEN",
    NmTokens "NMTOKENS",
    Id "ID",
    IdRef "IDREF",
    IdRefs "IDREFS",
    Entity "ENTITY",
    Entities "ENTITIES",
    Boolean "boolean",
    Decimal "decimal",
    Integer "integer",
    NonPositiveInteger "nonPositiveInteger",
    NegativeInteger "negativeInteger",
    NonNegativeInteger "nonNegativeInteger",
    PositiveInteger "positiveInteger",
    Long "long",
    Int "int",
    Short "short",
    Byte "byte",
    UnsignedLong "unsignedLong",
    UnsignedInt "unsignedInt",
    UnsignedShort "unsignedShort",
    UnsignedByte "unsignedByte",
    Float "float",
    Double "double",
    Duration "duration",
    DateTime "dateTime",
    Time "time",
    Date "date",
    GYearMonth "gYearMonth",
    GYear "gYear",
    GMonthDay "gMonthDay",
    GDay "gDay",
    GMonth "gMonth",
    HexBinary "hexBinary",
    Base64Binary "base64Binary",
    AnyUri "anyURI",
    QName "QName",
    Notation "NOTATION",
}

/// A leaf value. Decoders borrow from the answer, hosts borrow from their own objects.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar<'a> {
    Bool(bool),
    Int(i64),
    /// An integer beyond `i64`: optional `-`, then decimal digits without leading zeros.
    BigInt(Cow<'a, str>),
    /// A decimal: optional `-`, digits, optional `.` and digits. No exponent.
    Decimal(Cow<'a, str>),
    /// `xsd:float` too: its text is read to the nearest double, as the hosts have no other type.
    Double(f64),
    Str(Cow<'a, str>),
    Bytes(Cow<'a, [u8]>),
    Temporal(Temporal<'a>),
    Duration(Duration<'a>),
    QName {
        ns: Cow<'a, str>,
        local: Cow<'a, str>,
    },
}

impl Scalar<'_> {
    /// The natural name of what this is, for error texts.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Bool(_) => "boolean",
            Self::Int(_) | Self::BigInt(_) => "integer",
            Self::Decimal(_) => "decimal",
            Self::Double(_) => "double",
            Self::Str(_) => "string",
            Self::Bytes(_) => "bytes",
            Self::Temporal(t) => t.kind.name(),
            Self::Duration(_) => "duration",
            Self::QName { .. } => "QName",
        }
    }
}

/// A point or recurring span of time (XSD 1.0 part 2, §3.2.7 to §3.2.14). Parts that the kind does not
/// have are 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Temporal<'a> {
    /// One of `DateTime`, `Time`, `Date`, `GYearMonth`, `GYear`, `GMonthDay`, `GDay`, `GMonth`.
    pub kind: Builtin,
    /// May be negative; never 0 in XSD 1.0.
    pub year: i64,
    pub month: u8,
    pub day: u8,
    /// 24 only in `24:00:00`, which hosts read as the first instant of the next day.
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    /// Further digits are cut; `lexical` has them.
    pub nanosecond: u32,
    /// Minutes east of UTC, -840 to 840.
    pub zone: Option<i16>,
    /// The text it was read from, or empty when a host made the value.
    pub lexical: Cow<'a, str>,
}

/// A duration (XSD 1.0 part 2, §3.2.6): months and seconds do not convert into each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duration<'a> {
    pub negative: bool,
    pub months: u64,
    pub seconds: u64,
    pub nanosecond: u32,
    /// The text it was read from, or empty when a host made the value.
    pub lexical: Cow<'a, str>,
}

fn owned_str(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

impl Scalar<'_> {
    pub fn into_owned(self) -> Scalar<'static> {
        match self {
            Self::Bool(b) => Scalar::Bool(b),
            Self::Int(n) => Scalar::Int(n),
            Self::BigInt(text) => Scalar::BigInt(owned_str(text)),
            Self::Decimal(text) => Scalar::Decimal(owned_str(text)),
            Self::Double(x) => Scalar::Double(x),
            Self::Str(text) => Scalar::Str(owned_str(text)),
            Self::Bytes(bytes) => Scalar::Bytes(Cow::Owned(bytes.into_owned())),
            Self::Temporal(t) => Scalar::Temporal(Temporal { lexical: owned_str(t.lexical), ..t }),
            Self::Duration(d) => Scalar::Duration(Duration { lexical: owned_str(d.lexical), ..d }),
            Self::QName { ns, local } => Scalar::QName { ns: owned_str(ns), local: owned_str(local) },
        }
    }
}
