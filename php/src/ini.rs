//! The settings of `php.ini`, and the section of `phpinfo()`.

use std::ffi::CStr;
use std::path::PathBuf;
use std::time::Duration;

use ext_php_rs::flags::IniEntryPermission;
use ext_php_rs::zend::{IniEntryDef, IniEntryDefs, ModuleEntry};
use ext_php_rs::{info_table_end, info_table_row, info_table_start};

use crate::zend;

const CACHE_DIR: &CStr = c"wsdlproxy.cache_dir";
const DEFAULT_TIMEOUT: &CStr = c"wsdlproxy.default_timeout";
/// What counts where the setting is no number.
const USUAL_TIMEOUT: f64 = 60.0;
const MAX_BODY: &CStr = c"wsdlproxy.max_body";
const MAX_DEPTH: &CStr = c"wsdlproxy.max_depth";
const HTTP10: &CStr = c"wsdlproxy.http10";

static ENTRIES: IniEntryDefs<6> = IniEntryDefs::new([
    // Not for scripts: what is in the folder is trusted.
    IniEntryDef::new(CACHE_DIR, c"", IniEntryPermission::System),
    IniEntryDef::new(DEFAULT_TIMEOUT, c"60", IniEntryPermission::All),
    IniEntryDef::new(MAX_BODY, c"536870912", IniEntryPermission::All),
    IniEntryDef::new(MAX_DEPTH, c"256", IniEntryPermission::All),
    IniEntryDef::new(HTTP10, c"0", IniEntryPermission::All),
    IniEntryDef::end(),
]);

pub fn register(module: i32) {
    IniEntryDef::register(ENTRIES.as_slice(), module);
}

fn text(name: &CStr) -> String {
    // SAFETY: the name is registered and ends with the NUL that the length leaves out; the engine's text is copied
    // before anything can change it.
    unsafe {
        let found = zend::zend_ini_string(name.as_ptr(), name.count_bytes(), 0);
        if found.is_null() {
            String::new()
        } else {
            CStr::from_ptr(found).to_string_lossy().into_owned()
        }
    }
}

/// A number above 0, with `K`, `M` or `G` as in `memory_limit`; what is none leaves the default.
fn quantity(name: &CStr) -> Option<u64> {
    let text = text(name);
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit: u64 = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" => 1,
        "k" => 1 << 10,
        "m" => 1 << 20,
        "g" => 1 << 30,
        _ => return None,
    };
    digits.trim_end().parse::<u64>().ok()?.checked_mul(unit).filter(|number| *number > 0)
}

/// The folder for compiled WSDLs; `None` keeps them in the process.
pub fn cache_dir() -> Option<PathBuf> {
    let text = text(CACHE_DIR);
    (!text.is_empty()).then(|| PathBuf::from(text))
}

/// Seconds for a call; 0 or less is no limit.
pub fn default_timeout() -> Option<Duration> {
    let seconds = text(DEFAULT_TIMEOUT).trim().parse().unwrap_or(USUAL_TIMEOUT);
    if seconds > 0.0 {
        Duration::try_from_secs_f64(seconds).ok()
    } else {
        None
    }
}

/// Whether requests are HTTP/1.0, for servers that know nothing newer.
pub fn http10() -> bool {
    let text = text(HTTP10).trim().to_ascii_lowercase();
    matches!(text.as_str(), "on" | "yes" | "true") || text.parse().is_ok_and(|number: i64| number != 0)
}

/// Bytes of one answer.
pub fn max_body() -> Option<usize> {
    quantity(MAX_BODY).and_then(|bytes| usize::try_from(bytes).ok())
}

/// Depth of nested elements.
pub fn max_depth() -> Option<u32> {
    quantity(MAX_DEPTH).and_then(|depth| u32::try_from(depth).ok())
}

/// Prints the section of `phpinfo()`.
pub extern "C" fn info(module: *mut ModuleEntry) {
    info_table_start!();
    info_table_row!("SOAP client", "enabled");
    info_table_row!("version", env!("CARGO_PKG_VERSION"));
    info_table_row!("SOAP", "1.1, 1.2");
    info_table_row!("TLS", "rustls");
    info_table_end!();
    // SAFETY: the engine passes this module's own entry.
    unsafe { zend::display_ini_entries(module) }
}
