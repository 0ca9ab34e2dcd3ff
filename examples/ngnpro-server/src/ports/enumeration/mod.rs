//! The ENUM port: ranges of telephone numbers, and the numbers with the addresses they lead to.

pub mod numbers;
pub mod ranges;

use super::Handler;

pub fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "addRange" => ranges::add,
        "updateRange" => ranges::update,
        "deleteRange" => ranges::delete,
        "getRanges" => ranges::list,
        "addNumber" => numbers::add,
        "updateNumber" => numbers::update,
        "deleteNumber" => numbers::delete,
        "getNumber" => numbers::get,
        "getNumbers" => numbers::list,
        _ => return None,
    })
}

/// Only digits.
fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
