//! `Proxy`: a port whose operations are methods.

use std::sync::Arc;

use pyo3::exceptions::{PyAttributeError, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString, PyTuple};
use pyo3::PyTypeInfo;
use wsdlproxy::client::{Client, Response};
use wsdlproxy::index::OpId;
use wsdlproxy::transport::{mask, Transport};

use crate::attribute;
use crate::bulk::Bulk;
use crate::definition::{not_pickled, Definition, Loaded};
use crate::error::{guarded, operation_error, port_error, to_python, usage};
use crate::load::load;
use crate::operation::Operation;
use crate::options::Options;
use crate::session::{Extra, Last, Session};
use crate::sibling;

/// A port of a service. Its operations are methods, called with positional or named arguments.
///
/// ``wsdl`` is a URL, a path, bytes, an open file, or a ``Definition``. ``port`` may be left out if there is one only.
/// Options:
///
/// * ``auth``: NGNPro's credentials, a dict of username, password, impersonate, admin; ``basic_auth``: those of HTTP
/// * ``location``: the URL to call, or a dict from port to URL, instead of the WSDL's
/// * ``timeout``, ``connect_timeout``: seconds, or None for no limit
/// * ``verify``, ``ca_file``, ``client_cert``: of TLS; ``proxy``: URL of an HTTP or SOCKS proxy, or False for none
/// * ``headers``, ``cookies``, ``keep_cookies``, ``user_agent``, ``gzip``, ``redirects``: of HTTP
/// * ``soap_headers``: a record by the names of the WSDL's headers, or XML
/// * ``strict=False`` sends what can be sent; ``unknown="keep"`` delivers elements that the WSDL does not know
/// * ``limits``: a dict of bytes, depth, nodes, attributes, documents of what comes in
/// * ``trace=True`` keeps ``last_request`` and ``last_response`` without credentials, ``"full"`` with them
/// * ``cache``: the folder of compiled WSDLs, True for the usual one, None for none; ``max_age``, ``refresh``
///
/// An operation that has the name of a method of this class is called as ``proxy.call("name", ...)``.
#[pyclass(subclass, dict, weakref, module = "wsdlproxy", name = "Proxy")]
pub struct Proxy {
    /// Missing until `__init__`, which a subclass may call late.
    session: Option<Arc<Session>>,
}

impl Proxy {
    /// A proxy of a port of a loaded WSDL.
    pub fn open(
        py: Python<'_>,
        loaded: Arc<Loaded>,
        port: Option<&str>,
        service: Option<&str>,
        options: Options,
    ) -> PyResult<Self> {
        let transport = Transport::new(&options.transport).map_err(|error| to_python(py, error))?;
        Self::with_transport(py, loaded, port, service, options, transport)
    }

    fn with_transport(
        py: Python<'_>,
        loaded: Arc<Loaded>,
        port: Option<&str>,
        service: Option<&str>,
        options: Options,
        transport: Transport,
    ) -> PyResult<Self> {
        let plan = Arc::clone(loaded.definition.plan());
        options.check_ports(py, plan.ports.iter().map(|row| plan.text(row.name)))?;
        let id = loaded.definition.port(service, port).map_err(|error| port_error(py, error))?;
        let settings = options.settings(plan.text(plan.ports[id].name));
        let client = Client::new(Arc::clone(&plan), id, settings).map_err(|error| port_error(py, error))?;
        let (extra, last) = (Extra::default(), Last::default());
        Ok(Self { session: Some(Arc::new(Session { loaded, client, transport, options, extra, last })) })
    }

    pub fn of_session(session: Session) -> Self {
        Self { session: Some(Arc::new(session)) }
    }

    pub fn session(&self) -> PyResult<&Arc<Session>> {
        self.session.as_ref().ok_or_else(|| PyRuntimeError::new_err("Proxy.__init__ was not called"))
    }

    fn operation(&self, py: Python<'_>, name: &str) -> PyResult<OpId> {
        self.session()?.client.operation(name).map_err(|error| operation_error(py, error))
    }
}

#[pymethods]
impl Proxy {
    /// Subclasses may take any arguments; `__init__` is what reads them.
    #[new]
    #[pyo3(
        signature = (*_args, **_options),
        text_signature = "(wsdl, port=None, service=None, *, auth=None, location=None, timeout=60.0, connect_timeout=10.0, verify=True, ca_file=None, client_cert=None, proxy=None, basic_auth=None, headers=None, gzip=True, user_agent=None, cookies=None, keep_cookies=False, redirects=5, strict=True, unknown='skip', limits=None, trace=False, soap_headers=None, cache=True, max_age=None, refresh=False)"
    )]
    fn new(_args: &Bound<'_, PyTuple>, _options: Option<&Bound<'_, PyDict>>) -> Self {
        Self { session: None }
    }

    #[pyo3(signature = (wsdl, port=None, service=None, **options))]
    fn __init__(
        slf: &Bound<'_, Self>,
        wsdl: &Bound<'_, PyAny>,
        port: Option<&str>,
        service: Option<&str>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<()> {
        let py = slf.py();
        guarded(py, || {
            let base =
                wsdl.cast::<Definition>().map_or_else(|_| Options::default(), |it| it.get().options.clone());
            let options = base.with("Proxy", options)?;
            let transport = Transport::new(&options.transport).map_err(|error| to_python(py, error))?;
            let loaded = load(wsdl, &options, &transport)?;
            let made = Self::with_transport(py, loaded, port, service, options, transport)?;
            slf.borrow_mut().session = made.session;
            Ok(())
        })
    }

    /// Any other attribute is an operation, by its exact name or without regard to case.
    fn __getattr__(&self, py: Python<'_>, name: &str) -> PyResult<Operation> {
        if name.starts_with("__") {
            return Err(PyAttributeError::new_err(name.to_owned()));
        }
        guarded(py, || Ok(Operation { session: Arc::clone(self.session()?), op: self.operation(py, name)? }))
    }

    /// An option is no attribute: setting it would change nothing. Anything else may be set, such as a mock in the
    /// place of an operation.
    fn __setattr__(
        slf: &Bound<'_, Self>,
        name: &Bound<'_, PyString>,
        value: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        attribute::check(slf, &name.to_string_lossy())?;
        attribute::set(slf, name, Some(value))
    }

    fn __delattr__(slf: &Bound<'_, Self>, name: &Bound<'_, PyString>) -> PyResult<()> {
        attribute::set(slf, name, None)
    }

    fn __dir__<'py>(slf: &Bound<'py, Self>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let py = slf.py();
        let object = PyAny::type_object(py);
        let mut names: Vec<_> =
            object.call_method1("__dir__", (slf,))?.try_iter()?.collect::<PyResult<_>>()?;
        let own = slf.borrow();
        if let Some(session) = &own.session {
            let plan = session.client.plan();
            for op in session.client.operations().ids() {
                names.push(PyString::new(py, plan.text(plan.operations[op].key)).into_any());
            }
        }
        Ok(names)
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let name = slf.get_type().name()?;
        let own = slf.borrow();
        let Some(session) = &own.session else { return Ok(format!("<{name}, not initialised>")) };
        let plan = session.client.plan();
        let row = &plan.ports[session.client.port()];
        let count = row.operations.len();
        let location = mask(session.client.location());
        Ok(format!("<{name} {} at {location}, {count} operations>", plan.text(row.name)))
    }

    /// Calls an operation by its name.
    #[pyo3(signature = (operation, /, *args, **kwargs))]
    fn call(
        slf: &Bound<'_, Self>,
        operation: &str,
        args: &Bound<'_, PyTuple>,
        kwargs: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Py<PyAny>> {
        let py = slf.py();
        guarded(py, || {
            let (session, op) = {
                let own = slf.borrow();
                (Arc::clone(own.session()?), own.operation(py, operation)?)
            };
            session.call(py, op, args, kwargs)
        })
    }

    /// The request of a call as bytes, without sending it.
    #[pyo3(signature = (operation, /, *args, **kwargs))]
    fn create_message<'py>(
        slf: &Bound<'py, Self>,
        operation: &str,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let py = slf.py();
        guarded(py, || {
            let own = slf.borrow();
            let request = own.session()?.prepare(py, own.operation(py, operation)?, args, kwargs)?;
            Ok(PyBytes::new(py, request.body.as_bytes()))
        })
    }

    /// Decodes an answer of an operation: bytes or text as a server sent it.
    #[pyo3(signature = (operation, content, content_type=None, *, status=200))]
    fn parse_response(
        &self,
        py: Python<'_>,
        operation: &str,
        content: &Bound<'_, PyAny>,
        content_type: Option<&str>,
        status: u16,
    ) -> PyResult<Py<PyAny>> {
        guarded(py, || {
            let op = self.operation(py, operation)?;
            let (text, bytes): (String, Vec<u8>);
            let body: &[u8] = if let Ok(bytes) = content.cast::<PyBytes>() {
                bytes.as_bytes()
            } else if content.is_instance_of::<PyString>() {
                // Decoded already: the mark says so, whatever the XML declares.
                let content: String = content.extract()?;
                let content = content.trim_start_matches('\u{feff}');
                text = if content.trim().is_empty() { String::new() } else { format!("\u{feff}{content}") };
                text.as_bytes()
            } else {
                bytes = content.extract().map_err(|_| usage(py, "content: expected bytes or str"))?;
                &bytes
            };
            self.session()?.finish(py, op, &Response { status, content_type, body })
        })
    }

    /// Calls an operation for each item of an iterable, many at a time; iterate over what it returns. Each item is a
    /// tuple of positional arguments, a dict of named ones, or the only argument. Options: ``concurrency`` (16),
    /// ``ordered`` (True), ``stop_on_error`` (False), ``retry`` (0), ``idempotent`` (None), ``progress`` (False).
    #[pyo3(signature = (operation, arguments, **options), text_signature = "($self, operation, arguments, *, concurrency=16, ordered=True, stop_on_error=False, retry=0, idempotent=None, progress=False)")]
    fn bulk(
        &self,
        py: Python<'_>,
        operation: &str,
        arguments: &Bound<'_, PyAny>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Bulk> {
        guarded(py, || {
            let op = self.operation(py, operation)?;
            Bulk::open(Arc::clone(self.session()?), op, arguments, options)
        })
    }

    /// The same port with other options: ``timeout``, ``impersonate``, ``headers``, ``soap_headers``, ``trace``,
    /// ``location``, ``auth``, ``strict``, ``unknown``. It shares the plan and the connections.
    #[pyo3(signature = (**options), text_signature = "($self, *, timeout=..., impersonate=..., headers=..., soap_headers=..., trace=..., location=..., auth=..., strict=..., unknown=...)")]
    fn with_options<'py>(
        slf: &Bound<'py, Self>,
        options: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        guarded(py, || {
            let session = sibling::session(py, slf.borrow().session()?, options)?;
            let class = slf.get_type();
            let made = class.call_method1("__new__", (&class,))?;
            made.cast::<Self>()?.borrow_mut().session = Some(Arc::new(session));
            // What a subclass keeps in its instances.
            made.getattr("__dict__")?.call_method1("update", (slf.getattr("__dict__")?,))?;
            Ok(made)
        })
    }

    /// The operations by name.
    #[getter]
    fn operations<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        guarded(py, || {
            let session = self.session()?;
            let plan = session.client.plan();
            let all = PyDict::new(py);
            for op in session.client.operations().ids() {
                let operation = Operation { session: Arc::clone(session), op };
                all.set_item(plan.text(plan.operations[op].key), Bound::new(py, operation)?)?;
            }
            Ok(all)
        })
    }

    /// What was loaded, with all services, ports and types.
    #[getter]
    fn definition(&self) -> PyResult<Definition> {
        let session = self.session()?;
        Ok(Definition { loaded: Arc::clone(&session.loaded), options: session.options.clone() })
    }

    /// The name of the port.
    #[getter]
    fn port(&self) -> PyResult<String> {
        let client = &self.session()?.client;
        Ok(client.plan().text(client.plan().ports[client.port()].name).to_owned())
    }

    /// The name of the service.
    #[getter]
    fn service(&self) -> PyResult<String> {
        let client = &self.session()?.client;
        let plan = client.plan();
        Ok(plan.text(plan.services[plan.ports[client.port()].service].name).to_owned())
    }

    /// Where requests go, without credentials.
    #[getter]
    fn location(&self) -> PyResult<String> {
        Ok(mask(self.session()?.client.location()))
    }

    /// The last request, kept if ``trace`` is set. Credentials are masked unless it is ``"full"``.
    #[getter]
    fn last_request(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        Ok(self.session()?.last.request.get(py))
    }

    /// The last answer, kept if ``trace`` is set. Credentials are masked unless it is ``"full"``.
    #[getter]
    fn last_response(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        Ok(self.session()?.last.response.get(py))
    }

    /// The SOAP headers of the last answer, a Struct, or None if there were none.
    #[getter]
    fn last_headers(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        Ok(self.session()?.last.headers.get(py))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        Err(not_pickled(slf.as_any()))
    }
}
