//! The DNS port: zones, their records, and the "fancy" records (e-mail aliases and web redirects).

pub mod records;
pub mod zones;

use super::Handler;

pub fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "addZone" => zones::add,
        "updateZone" => zones::update,
        "deleteZone" => zones::delete,
        "getZone" => zones::get,
        "getZones" => zones::list,
        "addRecord" => |call| records::add(call, &records::RECORDS),
        "updateRecord" => |call| records::update(call, &records::RECORDS),
        "deleteRecord" => |call| records::delete(call, &records::RECORDS),
        "getRecord" => |call| records::get(call, &records::RECORDS),
        "getRecords" => |call| call.list(&records::RECORDS),
        "addFancyRecord" => |call| records::add(call, &records::FANCY_RECORDS),
        "updateFancyRecord" => |call| records::update(call, &records::FANCY_RECORDS),
        "deleteFancyRecord" => |call| records::delete(call, &records::FANCY_RECORDS),
        "getFancyRecord" => |call| records::get(call, &records::FANCY_RECORDS),
        "getFancyRecords" => |call| call.list(&records::FANCY_RECORDS),
        _ => return None,
    })
}
