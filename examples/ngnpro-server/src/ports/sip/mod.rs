//! The SIP port.

pub mod accept;
pub mod accounts;
pub mod aliases;
pub mod balance;
pub mod calls;
pub mod data;
pub mod diversions;
pub mod domains;
pub mod groups;
pub mod id;
pub mod lists;
pub mod locations;
pub mod password;
pub mod phonebook;
pub mod routing;
pub mod traces;

use super::Handler;
use routing::{carriers, gateways, peers, routes, rules};

/// The function behind an operation.
pub fn handler(operation: &str) -> Option<Handler> {
    provisioning(operation).or_else(|| settings(operation)).or_else(|| routing_operation(operation))
}

/// Domains, accounts, aliases, groups.
fn provisioning(operation: &str) -> Option<Handler> {
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

/// What an account's owner sets and looks at.
fn settings(operation: &str) -> Option<Handler> {
    Some(match operation {
        "addBalance" => balance::add,
        "addBalanceFromVoucher" => balance::add_from_voucher,
        "getPrepaidStatus" => balance::status,
        "getCreditHistory" => balance::history,
        "addPhonebookEntry" => phonebook::add,
        "updatePhonebookEntry" => phonebook::update,
        "deletePhonebookEntry" => phonebook::delete,
        "getPhonebookEntries" => phonebook::list,
        "setRejectMembers" => lists::set_reject_members,
        "getRejectMembers" => lists::get_reject_members,
        "setBarringPrefixes" => lists::set_barring_prefixes,
        "getBarringPrefixes" => lists::get_barring_prefixes,
        "setAcceptRules" => accept::set,
        "getAcceptRules" => accept::get,
        "setCallDiversions" => diversions::set,
        "getCallDiversions" => diversions::get,
        "getCalls" => calls::list,
        "getCallStatistics" => calls::statistics,
        "getSipDeviceLocations" => locations::list,
        "getSipTrace" => traces::sip,
        "getMediaTrace" => traces::media,
        "getMediaSummary" => traces::summary,
        "getMediaSessions" => traces::sessions,
        _ => return None,
    })
}

/// Carriers, gateways, rules, routes, trusted peers.
fn routing_operation(operation: &str) -> Option<Handler> {
    Some(match operation {
        "addCarrier" => carriers::add,
        "updateCarrier" => carriers::update,
        "deleteCarrier" => carriers::delete,
        "getCarriers" => carriers::list,
        "addGateway" => gateways::add,
        "updateGateway" => gateways::update,
        "deleteGateway" => gateways::delete,
        "getGateways" => gateways::list,
        "addGatewayRule" => rules::add,
        "updateGatewayRule" => rules::update,
        "deleteGatewayRule" => rules::delete,
        "getGatewayRules" => rules::list,
        "addRoutes" => routes::add,
        "updateRoutes" => routes::update,
        "deleteRoutes" => routes::delete,
        "getRoutes" => routes::list,
        "addTrustedPeer" => peers::add,
        "updateTrustedPeer" => peers::update,
        "deleteTrustedPeer" => peers::delete,
        "getTrustedPeers" => peers::list,
        _ => return None,
    })
}
