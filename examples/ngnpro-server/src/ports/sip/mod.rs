//! The SIP port.

pub mod accounts;
pub mod aliases;
pub mod domains;
pub mod groups;
pub mod id;
pub mod password;

use super::Handler;

pub fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "addDomain" => domains::add,
        "updateDomain" => domains::update,
        "deleteDomain" => domains::delete,
        "getDomains" => domains::list,
        "addAccount" => accounts::add,
        "updateAccount" => accounts::update,
        "deleteAccount" => accounts::delete,
        "getAccount" => accounts::get,
        "getAccounts" => accounts::list,
        "addAlias" => aliases::add,
        "updateAlias" => aliases::update,
        "deleteAlias" => aliases::delete,
        "getAlias" => aliases::get,
        "getAliases" => aliases::list,
        "addToGroup" => groups::add,
        "removeFromGroup" => groups::remove,
        "getGroups" => groups::list,
        _ => return None,
    })
}
