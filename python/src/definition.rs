//! A loaded WSDL: what it offers as data, and the proxies made from it.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PySet, PyTuple};
use wsdlproxy::client;
use wsdlproxy::encode::parameters;
use wsdlproxy::index::{Id, OpId};
use wsdlproxy::transport::{mask, Transport};

use crate::describe;
use crate::error::{guarded, to_python};
use crate::host::host;
use crate::load::load;
use crate::names::Names;
use crate::options::Options;
use crate::proxy::Proxy;

/// What all proxies of one WSDL share.
pub struct Loaded {
    pub definition: client::Definition,
    pub names: Names,
    operations: Box<[PyOnceLock<Info>]>,
}

/// What Python wants to know of an operation, made when first asked for.
pub struct Info {
    /// Name, parameters, result, documentation: a `Struct`.
    pub record: Py<PyAny>,
    pub signature: Py<PyAny>,
    pub documentation: Py<PyAny>,
    /// The names of the parameters, as the WSDL and as Python write them.
    pub parameters: Py<PySet>,
    /// Parameters that Python writes in another way: `from_` for `from`.
    pub renamed: Option<Py<PyDict>>,
}

impl Loaded {
    pub fn new(definition: client::Definition) -> Self {
        let names = Names::new(Arc::clone(definition.plan()));
        let operations = (0..names.plan.operations.len()).map(|_| PyOnceLock::new()).collect();
        Self { definition, names, operations }
    }

    /// The same if it was asked for already.
    pub fn known_info(&self, py: Python<'_>, op: OpId) -> Option<&Info> {
        self.operations[op.index()].get(py)
    }

    /// The operation as Python sees it.
    pub fn info(&self, py: Python<'_>, op: OpId) -> PyResult<&Info> {
        self.operations[op.index()].get_or_try_init(py, || self.describe(py, op))
    }

    fn describe(&self, py: Python<'_>, op: OpId) -> PyResult<Info> {
        let plan = &*self.names.plan;
        let module = host(py)?.signature.bind(py)?;
        let record = describe::operation(py, &self.names, op)?;
        let signature = module
            .call_method1("signature", (record.get_item("parameters")?, record.get_item("returns")?))?;
        let documentation = module.call_method1("documentation", (&record,))?;
        let keys: Vec<&str> = parameters(plan, plan.operations[op].input)
            .iter()
            .map(|parameter| plan.text(parameter.key))
            .collect();
        let parameters = PySet::new(py, &keys)?;
        let renamed = module.call_method1("renamed", (keys,))?.cast_into::<PyDict>()?;
        for name in renamed.keys() {
            parameters.add(name)?;
        }
        Ok(Info {
            record: record.into_any().unbind(),
            signature: signature.unbind(),
            documentation: documentation.unbind(),
            parameters: parameters.unbind(),
            renamed: (!renamed.is_empty()).then(|| renamed.unbind()),
        })
    }
}

/// A loaded WSDL. ``services``, ``ports``, ``operations`` and ``types`` are dicts by name; ``warnings`` lists what
/// was forgiven while loading. Proxies made from one definition share its compiled plan.
#[pyclass(frozen, weakref, module = "wsdlproxy", name = "Definition")]
pub struct Definition {
    pub loaded: Arc<Loaded>,
    pub options: Options,
}

#[pymethods]
impl Definition {
    /// The services, each with its ports.
    #[getter]
    fn services<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        guarded(py, || describe::services(py, &self.loaded.names))
    }

    /// The ports, each with its address and its operations.
    #[getter]
    fn ports<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        guarded(py, || describe::ports(py, &self.loaded.names))
    }

    /// All operations; one whose name an earlier port has too is found as ``Port.operation``.
    #[getter]
    fn operations<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        guarded(py, || describe::operations(py, &self.loaded.names))
    }

    /// The named types of the schemas.
    #[getter]
    fn types<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        guarded(py, || describe::types(py, &self.loaded.names))
    }

    /// What was forgiven while loading.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.loaded.names.plan.warnings.clone()
    }

    /// Where the WSDL came from, without credentials.
    #[getter]
    fn location(&self) -> String {
        mask(&self.loaded.names.plan.location)
    }

    /// The target namespace of the WSDL.
    #[getter]
    fn target_namespace(&self) -> &str {
        let plan = &*self.loaded.names.plan;
        plan.text(plan.target_namespace)
    }

    /// The text of the WSDL about itself.
    #[getter]
    fn documentation(&self) -> &str {
        let plan = &*self.loaded.names.plan;
        plan.text(plan.documentation)
    }

    /// A proxy of one port. Options are those of ``Proxy``; what is not given is as it was for ``load``.
    #[pyo3(signature = (port=None, service=None, **options), text_signature = "($self, port=None, service=None, **options)")]
    fn proxy(
        slf: &Bound<'_, Self>,
        port: Option<&str>,
        service: Option<&str>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Proxy> {
        let (py, own) = (slf.py(), slf.get());
        guarded(py, || {
            let options = own.options.with("proxy", options)?;
            Proxy::open(py, Arc::clone(&own.loaded), port, service, options)
        })
    }

    fn __repr__(&self) -> String {
        let plan = &*self.loaded.names.plan;
        let location = mask(&plan.location);
        let ports: Vec<_> = plan.ports.iter().map(|port| plan.text(port.name)).collect();
        format!("<Definition from {location}, ports: {}>", ports.join(", "))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        Err(not_pickled(slf.as_any()))
    }
}

/// Loads a WSDL from a URL, a path, bytes or an open file. Takes the options of ``Proxy``, which proxies made from
/// the definition inherit.
#[pyfunction]
#[pyo3(name = "load", signature = (wsdl, **options), text_signature = "(wsdl, *, auth=None, location=None, timeout=60.0, connect_timeout=10.0, verify=True, ca_file=None, client_cert=None, proxy=None, basic_auth=None, headers=None, gzip=True, user_agent=None, cookies=None, keep_cookies=False, redirects=5, strict=True, unknown='skip', limits=None, trace=False, soap_headers=None, cache=True, max_age=None, refresh=False)")]
pub fn load_definition(wsdl: &Bound<'_, PyAny>, options: Option<&Bound<'_, PyDict>>) -> PyResult<Definition> {
    let py = wsdl.py();
    guarded(py, || {
        let options = Options::default().with("load", options)?;
        let transport = Transport::new(&options.transport).map_err(|error| to_python(py, error))?;
        Ok(Definition { loaded: load(wsdl, &options, &transport)?, options })
    })
}

/// Connections and compiled plans stay in their process.
pub fn not_pickled(object: &Bound<'_, PyAny>) -> PyErr {
    let name = object.get_type().name().map(|name| name.to_string()).unwrap_or_default();
    pyo3::exceptions::PyTypeError::new_err(format!(
        "cannot pickle a {name}: make one in the other process from the same WSDL and options"
    ))
}
