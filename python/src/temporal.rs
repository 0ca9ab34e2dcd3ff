//! Dates, times and durations between Python's `datetime` module and the core.

use std::borrow::Cow;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyString;
use wsdlproxy::scalar::{Builtin, Duration, Scalar, Temporal};
use wsdlproxy::{Error, Result};

use crate::error::host_error;
use crate::host::Host;

const DAY: i64 = 86_400;

/// The value of an integer attribute; only called with attributes of the `datetime` module's classes.
fn part<'py, T>(value: &Bound<'py, PyAny>, name: &Bound<'py, PyString>) -> Result<T>
where
    T: for<'a> FromPyObject<'a, 'py, Error = PyErr>,
{
    value.getattr(name).and_then(|part| part.extract::<T>()).map_err(host_error)
}

fn empty(kind: Builtin) -> Temporal<'static> {
    Temporal {
        kind,
        year: 0,
        month: 0,
        day: 0,
        hour: 0,
        minute: 0,
        second: 0,
        nanosecond: 0,
        zone: None,
        lexical: Cow::Borrowed(""),
    }
}

fn set_date(value: &Bound<'_, PyAny>, out: &mut Temporal<'_>) -> Result<()> {
    let py = value.py();
    out.year = part(value, intern!(py, "year"))?;
    out.month = part(value, intern!(py, "month"))?;
    out.day = part(value, intern!(py, "day"))?;
    Ok(())
}

fn set_time(value: &Bound<'_, PyAny>, out: &mut Temporal<'_>) -> Result<()> {
    let py = value.py();
    out.hour = part(value, intern!(py, "hour"))?;
    out.minute = part(value, intern!(py, "minute"))?;
    out.second = part(value, intern!(py, "second"))?;
    out.nanosecond = part::<u32>(value, intern!(py, "microsecond"))? * 1000;
    let offset = value.call_method0(intern!(py, "utcoffset")).map_err(host_error)?;
    if offset.is_none() {
        return Ok(());
    }
    let days: i64 = part(&offset, intern!(py, "days"))?;
    let seconds = days * DAY + part::<i64>(&offset, intern!(py, "seconds"))?;
    if seconds % 60 != 0 || seconds.abs() > 14 * 3600 {
        return Err(Error::encode("expected a UTC offset of whole minutes, at most 14 hours"));
    }
    out.zone = Some((seconds / 60) as i16);
    Ok(())
}

/// A `datetime.date`.
pub fn from_date(value: &Bound<'_, PyAny>) -> Result<Scalar<'static>> {
    let mut out = empty(Builtin::Date);
    set_date(value, &mut out)?;
    Ok(Scalar::Temporal(out))
}

/// A `datetime.datetime`.
pub fn from_datetime(value: &Bound<'_, PyAny>) -> Result<Scalar<'static>> {
    let mut out = empty(Builtin::DateTime);
    set_date(value, &mut out)?;
    set_time(value, &mut out)?;
    Ok(Scalar::Temporal(out))
}

/// A `datetime.time`.
pub fn from_time(value: &Bound<'_, PyAny>) -> Result<Scalar<'static>> {
    let mut out = empty(Builtin::Time);
    set_time(value, &mut out)?;
    Ok(Scalar::Temporal(out))
}

/// A `datetime.timedelta`: exact, as its three parts are integers.
pub fn from_timedelta(value: &Bound<'_, PyAny>) -> Result<Scalar<'static>> {
    let py = value.py();
    let days: i64 = part(value, intern!(py, "days"))?;
    let seconds = days * DAY + part::<i64>(value, intern!(py, "seconds"))?;
    let micros = i128::from(seconds) * 1_000_000 + part::<i128>(value, intern!(py, "microseconds"))?;
    let size = micros.unsigned_abs();
    Ok(Scalar::Duration(Duration {
        negative: micros < 0,
        months: 0,
        seconds: (size / 1_000_000) as u64,
        nanosecond: (size % 1_000_000) as u32 * 1000,
        lexical: Cow::Borrowed(""),
    }))
}

/// A `datetime`, `date` or `time`; `None` for what these cannot hold. Digits beyond microseconds are cut.
pub fn to_python<'py>(py: Python<'py>, host: &Host, t: &Temporal<'_>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let has_year = (1..=9999).contains(&t.year);
    let micros = t.nanosecond / 1000;
    let made = match t.kind {
        Builtin::DateTime if has_year && t.hour < 24 => {
            let zone = zone(py, host, t.zone)?;
            let class = host.datetime.bind(py)?;
            class.call1((t.year, t.month, t.day, t.hour, t.minute, t.second, micros, zone))
        }
        Builtin::Date if has_year && t.zone.is_none() => host.date.bind(py)?.call1((t.year, t.month, t.day)),
        Builtin::Time if t.hour < 24 => {
            let zone = zone(py, host, t.zone)?;
            host.time.bind(py)?.call1((t.hour, t.minute, t.second, micros, zone))
        }
        _ => return Ok(None),
    };
    Ok(made.ok())
}

fn zone<'py>(py: Python<'py>, host: &Host, minutes: Option<i16>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let Some(minutes) = minutes else { return Ok(None) };
    let known = host.zones.bind(py);
    if minutes == 0 {
        return host.timezone.bind(py)?.getattr(intern!(py, "utc")).map(Some);
    }
    if let Some(zone) = known.get_item(minutes)? {
        return Ok(Some(zone));
    }
    let offset = host.timedelta.bind(py)?.call1((0, i32::from(minutes) * 60))?;
    let zone = host.timezone.bind(py)?.call1((offset,))?;
    known.set_item(minutes, &zone)?;
    Ok(Some(zone))
}

/// A `timedelta`; `None` with years and months, whose length nobody knows, and beyond its range.
pub fn to_timedelta<'py>(py: Python<'py>, host: &Host, d: &Duration<'_>) -> Option<Bound<'py, PyAny>> {
    if d.months != 0 || d.seconds / DAY as u64 > 999_999_999 {
        return None;
    }
    let sign = if d.negative { -1 } else { 1 };
    let days = (d.seconds / DAY as u64) as i64 * sign;
    let seconds = (d.seconds % DAY as u64) as i64 * sign;
    let micros = i64::from(d.nanosecond / 1000) * sign;
    // -999999999 days and a second more is one of the few that still do not fit.
    host.timedelta.bind(py).and_then(|class| class.call1((days, seconds, micros))).ok()
}
