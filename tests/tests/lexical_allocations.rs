//! The leaves that messages are mostly made of are read and written without an allocation.

use allocation_counter::measure;
use wsdlproxy::lexical::{read, write};
use wsdlproxy::Builtin;

const LEAVES: [(Builtin, &str); 12] = [
    (Builtin::Int, " -1234567 "),
    (Builtin::Long, "9223372036854775807"),
    (Builtin::UnsignedLong, "18446744073709551615"),
    (Builtin::Double, "3.14159e-10"),
    (Builtin::Float, "-INF"),
    (Builtin::Boolean, "true"),
    (Builtin::Decimal, "-12345.670"),
    (Builtin::String, " any\ttext "),
    (Builtin::Token, "collapsed text"),
    (Builtin::DateTime, "2024-05-31T13:45:00.123Z"),
    (Builtin::Duration, "P1DT12H"),
    (Builtin::QName, "p:local"),
];

#[test]
fn leaves_are_read_and_written_without_allocations() {
    let mut out = String::with_capacity(64);
    for (builtin, text) in LEAVES {
        out.clear();
        let counted = measure(|| {
            let value = read(builtin, text).unwrap();
            write(builtin, &value, &mut out).unwrap();
        });
        assert_eq!(counted.count_total, 0, "{}", builtin.name());
        assert!(!out.is_empty());
    }
}

/// The measuring itself works: a text that must be collapsed needs a copy.
#[test]
fn a_changed_text_is_a_copy() {
    let counted = measure(|| drop(read(Builtin::Token, "two  spaces").unwrap()));
    assert_eq!(counted.count_total, 1);
}
