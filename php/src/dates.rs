//! PHP's date objects and XML Schema's dates.
//!
//! Only methods of PHP's own classes are called, never an override, so no PHP code runs here.

use std::borrow::Cow;
use std::ffi::c_void;

use ext_php_rs::ffi;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::{ClassEntry, ExecutorGlobals};
use wsdlproxy::scalar::{Duration, Temporal};
use wsdlproxy::{Builtin, Error, Result, Scalar};

use crate::error;
use crate::instance::Instance;
use crate::zend;

/// Whether an object is a `DateTimeInterface` or a `DateInterval`.
pub fn is_date(object: Instance<'_>) -> bool {
    is_time(object) || is_interval(object)
}

fn is_time(object: Instance<'_>) -> bool {
    // SAFETY: returns a class that lives as long as the process.
    object.is_a(unsafe { zend::php_date_get_interface_ce() })
}

fn is_interval(object: Instance<'_>) -> bool {
    // SAFETY: as above.
    object.is_a(unsafe { zend::php_date_get_interval_ce() })
}

/// The leaf for a date object.
pub fn read(object: Instance<'_>) -> Result<Scalar<'static>> {
    if is_interval(object) {
        // SAFETY: returns a class that lives as long as the process.
        let text = format(object, unsafe { zend::php_date_get_interval_ce() }, "%R %y %m %d %h %i %s %f")?;
        return interval(&text).ok_or_else(|| Error::encode(format!("not a valid interval: {text}")));
    }
    // SAFETY: as above.
    let (mutable, immutable) = unsafe { (zend::php_date_get_date_ce(), zend::php_date_get_immutable_ce()) };
    let class = if object.is_a(mutable) { mutable } else { immutable };
    let text = format(object, class, "Y m d H i s u Z")?;
    time(&text).ok_or_else(|| Error::encode(format!("not a valid date: {text}")))
}

/// Calls `format` as `class` defines it.
fn format(object: Instance<'_>, class: *mut ClassEntry, pattern: &str) -> Result<String> {
    let mut pattern = [zend::text(pattern)];
    let mut result = Zval::new();
    // SAFETY: the class is one of PHP's own and has the method; arguments and result are ours.
    unsafe {
        let found = ffi::zend_hash_str_find_ptr_lc(
            &raw const (*class).function_table,
            c"format".as_ptr(),
            "format".len(),
        );
        ffi::zend_call_known_function(
            found.cast(),
            object.raw(),
            class,
            &raw mut result,
            1,
            pattern.as_mut_ptr(),
            std::ptr::null_mut(),
        );
    }
    if ExecutorGlobals::has_exception() {
        return Err(error::raised());
    }
    Ok(zend::utf8(&result).unwrap_or_default().to_owned())
}

fn time(text: &str) -> Option<Scalar<'static>> {
    let mut parts = text.split(' ').map(str::parse::<i64>);
    let mut next = || parts.next()?.ok();
    let (year, month, day) = (next()?, next()?, next()?);
    let (hour, minute, second) = (next()?, next()?, next()?);
    let (micro, offset) = (next()?, next()?);
    Some(Scalar::Temporal(Temporal {
        kind: Builtin::DateTime,
        year,
        month: month as u8,
        day: day as u8,
        hour: hour as u8,
        minute: minute as u8,
        second: second as u8,
        nanosecond: micro as u32 * 1000,
        zone: Some((offset / 60) as i16),
        lexical: Cow::Borrowed(""),
    }))
}

fn interval(text: &str) -> Option<Scalar<'static>> {
    let mut parts = text.split(' ');
    let negative = parts.next()? == "-";
    let mut numbers = parts.map(str::parse::<i64>);
    let mut next = || numbers.next()?.ok();
    let (years, months, days) = (next()?, next()?, next()?);
    let (hours, minutes, seconds, micro) = (next()?, next()?, next()?, next()?);
    let months = years.checked_mul(12)?.checked_add(months)?;
    let whole = days.checked_mul(86_400)?.checked_add(hours.checked_mul(3600)?)?;
    let seconds = whole.checked_add(minutes.checked_mul(60)?)?.checked_add(seconds)?;
    Some(Scalar::Duration(Duration {
        negative,
        months: u64::try_from(months).ok()?,
        seconds: u64::try_from(seconds).ok()?,
        nanosecond: u32::try_from(micro).ok()? * 1000,
        lexical: Cow::Borrowed(""),
    }))
}

/// A `DateTimeImmutable`, or `None` where PHP has no such moment.
pub fn moment(at: &Temporal<'_>) -> Option<Zval> {
    if at.kind != Builtin::DateTime || !(1..=9999).contains(&at.year) || at.hour == 24 {
        return None;
    }
    let mut text = format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}",
        at.year,
        at.month,
        at.day,
        at.hour,
        at.minute,
        at.second,
        at.nanosecond / 1000
    );
    if let Some(zone) = at.zone {
        let sign = if zone < 0 { '-' } else { '+' };
        let minutes = zone.unsigned_abs();
        text.push_str(&format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60));
    }
    let mut value = Zval::new();
    // SAFETY: the object is of PHP's own class, whose state lies `offset` bytes before it.
    let made = unsafe {
        zend::php_date_instantiate(zend::php_date_get_immutable_ce(), &raw mut value);
        let object = value.value.obj;
        let date = object.wrapping_byte_offset(-((*(*object).handlers).offset as isize)).cast::<c_void>();
        zend::php_date_initialize(
            date,
            text.as_ptr().cast(),
            text.len(),
            std::ptr::null(),
            std::ptr::null_mut(),
            0,
        )
    };
    made.then_some(value)
}
