//! `WsdlProxy\Definition`: a WSDL to look into, and to make proxies from.

use std::collections::HashSet;
use std::rc::Rc;

use ext_php_rs::types::Zval;
use wsdlproxy::client::Definition as Loaded;
use wsdlproxy::encode::{self, parameters};
use wsdlproxy::index::*;
use wsdlproxy::plan::{Plan, SoapVersion, Style, Use};
use wsdlproxy::transport::{mask, Transport};
use wsdlproxy::{Error, Result};

use crate::describe;
use crate::error::{raised_as, Class as ErrorClass};
use crate::frame::Frame;
use crate::load;
use crate::object::{self, Class, State};
use crate::options::Options;
use crate::proxy::{options_argument, Proxy};
use crate::stubs;
use crate::table::{entries, texts, Table};
use crate::zend;

/// The state of a definition.
pub struct Definition {
    wsdl: String,
    loaded: Loaded,
    options: Options,
    given: [Zval; 1],
}

static CLASS: Class<Definition> = Class::new();

impl State for Definition {
    const CLASS: &'static str = "WsdlProxy\\Definition";

    fn class() -> &'static Class<Self> {
        &CLASS
    }

    fn held(&self) -> &[Zval] {
        &self.given
    }
}

impl Definition {
    fn open(frame: &Frame<'_>) -> Result<Self> {
        let wsdl = frame.text(0, "wsdl")?.to_owned();
        let given = options_argument(frame, 1)?;
        let options = Options::parse(Some(&given))?;
        let transport = Transport::new(&options.transport)?;
        let loaded = load::definition(&wsdl, &options, &transport)?;
        Ok(Self { wsdl, loaded, options, given: [given] })
    }

    fn plan(&self) -> &Plan {
        self.loaded.plan()
    }
}

fn this<'a>(frame: &Frame<'a>) -> Result<&'a Definition> {
    object::state::<Definition>(frame.this()?)
}

/// `__construct(string $wsdl, array $options = [])`
pub fn construct(frame: &Frame<'_>) -> Result<Zval> {
    let object = frame.this()?;
    if object::state::<Definition>(object).is_ok() {
        return Err(Error::usage("WsdlProxy\\Definition is constructed already"));
    }
    object::set_state(object, Definition::open(frame)?)?;
    Ok(Zval::null())
}

/// `static load(string $wsdl, array $options = []): static`
pub fn open(frame: &Frame<'_>) -> Result<Zval> {
    object::make(frame.class(), Definition::open(frame)?)
}

/// `services(): array`, from a service to its ports.
pub fn services(frame: &Frame<'_>) -> Result<Zval> {
    let plan = this(frame)?.plan();
    let mut table = Table::new();
    for service in plan.services.iter() {
        let ports = plan.ports.run(service.ports).iter().map(|port| plan.text(port.name).to_owned());
        table.set(plan.text(service.name), texts(ports));
    }
    Ok(table.finish())
}

/// `ports(): array`, from a port to its service, location and version of SOAP.
pub fn ports(frame: &Frame<'_>) -> Result<Zval> {
    let plan = this(frame)?.plan();
    let mut table = Table::new();
    let mut taken = HashSet::new();
    for port in plan.ports.iter() {
        let mut row = Table::new();
        row.set("service", zend::text(plan.text(plan.services[port.service].name)));
        row.set("location", zend::text(mask(plan.text(port.address))));
        row.set(
            "soap",
            zend::text(match port.version {
                SoapVersion::V11 => "1.1",
                SoapVersion::V12 => "1.2",
            }),
        );
        row.set("operations", zend::long(port.operations.len() as i64));
        row.set("documentation", zend::text(plan.text(port.documentation)));
        let (name, service) = (plan.text(port.name), plan.text(plan.services[port.service].name));
        // Ports of several services may have one name.
        let is_taken = !taken.insert(name);
        let long = format!("{service}.{name}");
        table.set(if is_taken { long.as_str() } else { name }, row.finish());
    }
    Ok(table.finish())
}

/// `operations(?string $port = null): array`, from an operation to what it takes and returns.
pub fn operations(frame: &Frame<'_>) -> Result<Zval> {
    let this = this(frame)?;
    let plan = this.plan();
    let wanted = frame.optional_text(0, "port")?.or(this.options.port.as_deref());
    let port = this
        .loaded
        .port(this.options.service.as_deref(), wanted)
        .map_err(|error| raised_as(ErrorClass::Port, error))?;
    let mut table = Table::new();
    for op in plan.ports[port].operations.ids() {
        table.set(plan.text(plan.operations[op].key), operation(plan, op));
    }
    Ok(table.finish())
}

fn operation(plan: &Plan, op: OpId) -> Zval {
    let row = &plan.operations[op];
    let mut given = Table::new();
    for parameter in parameters(plan, row.input) {
        let mut one = Table::new();
        one.set("type", zend::text(parameter.type_label(plan)));
        one.set("required", zend::boolean(parameter.required));
        one.set("repeated", zend::boolean(parameter.repeated));
        one.set("nillable", zend::boolean(parameter.nillable));
        one.set("documentation", zend::text(plan.text(parameter.documentation)));
        given.set(plan.text(parameter.key), one.finish());
    }
    let faults = plan.faults.run(row.faults).iter().map(|fault| plan.text(fault.name).to_owned());
    let mut table = Table::new();
    table.set("signature", zend::text(describe::function(plan, op)));
    table.set("parameters", given.finish());
    table.set("choices", choices(plan, row.input));
    table.set("returns", zend::text(describe::result(plan, op)));
    table.set("faults", texts(faults));
    table.set("action", zend::text(plan.text(row.action)));
    table.set(
        "style",
        zend::text(match row.style {
            Style::Rpc => "rpc",
            Style::Document => "document",
        }),
    );
    table.set(
        "use",
        zend::text(match plan.messages[row.input].use_ {
            Use::Encoded => "encoded",
            Use::Literal => "literal",
        }),
    );
    table.set("documentation", zend::text(plan.text(row.documentation)));
    table.finish()
}

/// The choices among the parameters: whether a branch is required, and the names of each branch's.
fn choices(plan: &Plan, input: MessageId) -> Zval {
    let mut all = Table::new();
    for choice in encode::choices(plan, input) {
        let mut branches = Table::new();
        for branch in &choice.branches {
            branches.push(texts(branch.iter().map(|key| plan.text(*key).to_owned())));
        }
        let mut one = Table::new();
        one.set("required", zend::boolean(choice.required));
        one.set("branches", branches.finish());
        all.push(one.finish());
    }
    all.finish()
}

/// `types(): array`, from a type's name, as `{namespace}name`, to its definition.
pub fn types(frame: &Frame<'_>) -> Result<Zval> {
    let plan = this(frame)?.plan();
    let mut table = Table::new();
    for (name, id) in describe::own_types(plan) {
        table.set(&plan.qname(name).to_string(), zend::text(describe::definition(plan, id)));
    }
    Ok(table.finish())
}

/// `warnings(): array`: what was forgiven while loading.
pub fn warnings(frame: &Frame<'_>) -> Result<Zval> {
    Ok(texts(this(frame)?.plan().warnings.iter().cloned()))
}

/// `proxy(?string $port = null, array $options = []): Proxy`
pub fn proxy(frame: &Frame<'_>) -> Result<Zval> {
    let this = this(frame)?;
    let port = frame.optional_text(0, "port")?;
    let mut table = Table::new();
    for source in
        [Some(&this.given[0]), frame.array(1, "options")?].into_iter().flatten().filter_map(Zval::array)
    {
        for (name, value) in entries(source) {
            table.set(&name.to_text(), zend::share(value));
        }
    }
    if let Some(port) = port {
        table.set("port", zend::text(port));
    }
    let given = table.finish();
    let options = Options::parse(Some(&given))?;
    let transport = Transport::new(&options.transport)?;
    let proxy = Proxy::on(&this.wsdl, this.loaded.clone(), transport, options, given)?;
    object::make(Proxy::class().entry(), proxy)
}

/// `stubs(?string $namespace = null): string`
pub fn stubs(frame: &Frame<'_>) -> Result<Zval> {
    let plan = Rc::new(std::sync::Arc::clone(this(frame)?.loaded.plan()));
    let namespace = frame.optional_text(0, "namespace")?;
    let valid = |name: &str| {
        name.split('\\')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
    };
    if namespace.is_some_and(|name| !valid(name)) {
        return Err(Error::usage("namespace: expected a name such as Acme\\Soap"));
    }
    Ok(zend::text(stubs::source(&plan, namespace)))
}

/// `__debugInfo(): array`
pub fn debug_info(frame: &Frame<'_>) -> Result<Zval> {
    let this = this(frame)?;
    let plan = this.plan();
    let mut table = Table::new();
    table.set("wsdl", zend::text(mask(&this.wsdl)));
    table.set("ports", texts(plan.ports.iter().map(|port| plan.text(port.name).to_owned())));
    table.set("types", zend::long(describe::own_types(plan).count() as i64));
    table.set("warnings", zend::long(plan.warnings.len() as i64));
    Ok(table.finish())
}
