//! One port with its options: what a call needs, shared by a proxy and its operations.
//!
//! A call is three steps. The interpreter is released for the middle one, so other threads run while a server
//! thinks, and every 50 ms Python may look for signals: Ctrl-C ends a call at once.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};
use wsdlproxy::client::{Client, Request, Response};
use wsdlproxy::decode::{Answer, Body, Fault};
use wsdlproxy::encode::{parameters, Arguments};
use wsdlproxy::index::OpId;
use wsdlproxy::transport::{mask, HttpRequest, HttpResponse, Method, Transport};
use wsdlproxy::{Error, ErrorKind};

use crate::collector::Rest;
use crate::definition::Loaded;
use crate::error::{check_signals, host_error, to_python};
use crate::host::host;
use crate::options::{Options, Trace};
use crate::sink::PySink;
use crate::source::{Context, PySource};
use crate::text::utf8;
use crate::trace;

/// How often a waiting call looks for signals.
const SLICE: Duration = Duration::from_millis(50);

/// A port, ready for calls.
pub struct Session {
    pub loaded: Arc<Loaded>,
    pub client: Client,
    pub transport: Transport,
    pub options: Options,
    /// What one call or sibling adds to the options of its transport.
    pub extra: Extra,
    pub last: Last,
}

/// What a sibling changes without a transport of its own.
#[derive(Clone, Default)]
pub struct Extra {
    pub timeout: Option<Duration>,
    pub headers: Vec<(String, String)>,
}

/// What is kept of the last call.
#[derive(Default)]
pub struct Last {
    pub request: Kept,
    pub response: Kept,
    pub headers: Kept,
}

/// A Python object that threads may replace.
#[derive(Default)]
pub struct Kept(Mutex<Option<Py<PyAny>>>);

impl Kept {
    pub fn get(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().map(|kept| kept.clone_ref(py))
    }

    fn set(&self, value: Option<Py<PyAny>>) {
        let old = std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), value);
        // After the lock: the end of an object may run any code.
        drop(old);
    }
}

impl Session {
    /// Writes the request of a call.
    pub fn prepare(
        &self,
        py: Python<'_>,
        op: OpId,
        args: &Bound<'_, PyTuple>,
        kwargs: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Request> {
        let context = Context::new(py, &self.loaded.names, host(py)?);
        let written = self.write(&context, op, args, kwargs);
        written.map_err(|error| to_python(py, error))
    }

    fn write<'py>(
        &self,
        context: &Context<'_, 'py>,
        op: OpId,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> wsdlproxy::Result<Request> {
        let positional = args.iter().map(|value| context.source(value)).collect::<wsdlproxy::Result<_>>()?;
        let named = match kwargs.filter(|given| !given.is_empty()) {
            Some(given) => Some(context.source(self.own_names(op, given)?.into_any())?),
            None => None,
        };
        let headers = match &self.options.soap_headers {
            Some(headers) => Some(context.source(headers.bind(context.py).clone())?),
            None => None,
        };
        let arguments: Arguments<PySource<'_, 'py>> = Arguments { positional, named };
        self.client.prepare(op, &arguments, headers.as_ref())
    }

    /// The keywords by the names of the WSDL: `from` where Python had to say `from_`.
    fn own_names<'py>(&self, op: OpId, given: &Bound<'py, PyDict>) -> wsdlproxy::Result<Bound<'py, PyDict>> {
        let py = given.py();
        let rename = || -> PyResult<Bound<'py, PyDict>> {
            // Names that are all the WSDL's own need nothing that Python knows of the operation.
            if self.loaded.known_info(py, op).is_none() && self.has_parameters(op, given)? {
                return Ok(given.clone());
            }
            let Some(renamed) = &self.loaded.info(py, op)?.renamed else { return Ok(given.clone()) };
            let own = PyDict::new(py);
            for (name, value) in given.iter() {
                own.set_item(renamed.bind(py).get_item(&name)?.unwrap_or(name), value)?;
            }
            Ok(own)
        };
        rename().map_err(host_error)
    }

    /// Whether all keywords are names of parameters as the WSDL writes them.
    fn has_parameters(&self, op: OpId, given: &Bound<'_, PyDict>) -> PyResult<bool> {
        let plan = self.client.plan();
        let parameters = parameters(plan, plan.operations[op].input);
        for name in given.keys() {
            let name = name.cast_into::<PyString>()?;
            let name = utf8(&name)?;
            if !parameters.iter().any(|parameter| plan.text(parameter.key) == name) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The request as the transport takes it.
    pub fn http(&self, py: Python<'_>, request: Request) -> PyResult<HttpRequest> {
        let mut headers = self.extra.headers.clone();
        headers.extend(request.headers);
        if self.options.trace != Trace::Off {
            let all = self.options.transport.headers.iter().chain(&headers);
            let kept = trace::request(py, self.options.trace, &request.url, all, &request.body)?;
            self.last.request.set(Some(kept));
            self.last.response.set(None);
        }
        Ok(HttpRequest {
            method: Method::Post,
            url: request.url,
            headers,
            body: request.body.into(),
            timeout: self.extra.timeout,
        })
    }

    /// Sends, and waits without holding the interpreter.
    fn exchange(&self, py: Python<'_>, request: HttpRequest) -> PyResult<HttpResponse> {
        let answer = py.detach(|| self.transport.send_polling(request, SLICE, &mut check_signals));
        answer.map_err(|error| to_python(py, error))
    }

    /// A whole call.
    pub fn call(
        &self,
        py: Python<'_>,
        op: OpId,
        args: &Bound<'_, PyTuple>,
        kwargs: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Py<PyAny>> {
        let request = self.prepare(py, op, args, kwargs)?;
        let request = self.http(py, request)?;
        let answer = self.exchange(py, request)?;
        self.read(py, op, &answer)
    }

    /// Keeps what `trace` asks for, and decodes.
    pub fn read(&self, py: Python<'_>, op: OpId, answer: &HttpResponse) -> PyResult<Py<PyAny>> {
        if self.options.trace != Trace::Off {
            let kept = trace::response(py, self.options.trace, answer)?;
            self.last.response.set(Some(kept));
        }
        let content_type = answer.headers.get("content-type");
        let content_type = content_type.as_deref();
        let response = Response { status: answer.status, content_type, body: &answer.body };
        self.decode(py, op, &response, Some(&answer.url))
    }

    /// Decodes an answer; a fault is raised.
    pub fn finish(&self, py: Python<'_>, op: OpId, response: &Response<'_>) -> PyResult<Py<PyAny>> {
        self.decode(py, op, response, None)
    }

    /// `from`: where the answer came from, for the error of one that is no SOAP.
    fn decode(
        &self,
        py: Python<'_>,
        op: OpId,
        response: &Response<'_>,
        from: Option<&str>,
    ) -> PyResult<Py<PyAny>> {
        let host = host(py)?;
        let _rest = Rest::during(py, response.body.len());
        let mut sink = PySink::new(py, &self.loaded.names, host);
        let Answer { body, headers } =
            self.client.finish(op, response, &mut sink).map_err(|error| to_python(py, told(error, from)))?;
        self.last.headers.set(headers.map(Bound::unbind));
        match body {
            Body::Value(value) => Ok(value.unbind()),
            Body::Fault(fault) => Err(raised(py, fault)?),
        }
    }
}

/// The error with the address that answered.
fn told(error: Error, from: Option<&str>) -> Error {
    match from {
        Some(url) if error.kind() == ErrorKind::Http => {
            let text = format!("{}: {}", mask(url), error.message());
            error.with_message(text)
        }
        _ => error,
    }
}

/// The exception of a fault.
fn raised(py: Python<'_>, fault: Fault<Bound<'_, PyAny>>) -> PyResult<PyErr> {
    let members = PyDict::new(py);
    members.set_item("code", &fault.code)?;
    members.set_item("string", &fault.string)?;
    members.set_item("actor", &fault.actor)?;
    members.set_item("detail", fault.detail)?;
    members.set_item("subcodes", PyTuple::new(py, &fault.subcodes)?)?;
    members.set_item("name", &fault.name)?;
    let class = host(py)?.errors.bind(py)?.getattr("Fault")?;
    Ok(PyErr::from_value(class.call((fault.string,), Some(&members))?))
}
