//! `WsdlProxy\Proxy`: one port of a service, whose methods are the port's operations.

use std::cell::RefCell;
use std::rc::Rc;

use ext_php_rs::types::Zval;
use wsdlproxy::client::{Client, Definition};
use wsdlproxy::index::OpId;
use wsdlproxy::transport::Transport;
use wsdlproxy::{Error, Result};

use crate::error::{raised_as, Class as ErrorClass};
use crate::frame::Frame;
use crate::load;
use crate::names::Names;
use crate::object::{self, Class, State};
use crate::options::Options;
use crate::siblings;
use crate::soapclient;
use crate::table::Table;
use crate::trace::Trace;
use crate::zend;

/// The state of a proxy.
pub struct Proxy {
    pub wsdl: String,
    pub definition: Definition,
    pub client: Client,
    pub transport: Transport,
    pub options: Options,
    pub names: Rc<Names>,
    /// What the last call sent and received, if that is kept.
    pub trace: RefCell<Option<Trace>>,
    /// The options as they were given.
    given: [Zval; 1],
}

static CLASS: Class<Proxy> = Class::new();

impl State for Proxy {
    const CLASS: &'static str = "WsdlProxy\\Proxy";

    fn class() -> &'static Class<Self> {
        &CLASS
    }

    fn held(&self) -> &[Zval] {
        &self.given
    }
}

impl Proxy {
    /// Loads the WSDL and chooses a port.
    pub fn open(wsdl: &str, given: Zval) -> Result<Self> {
        let options = Options::parse(Some(&given))?;
        let transport = Transport::new(&options.transport)?;
        let definition = load::definition(wsdl, &options, &transport)?;
        Self::on(wsdl, definition, transport, options, given)
    }

    /// A proxy of a definition that is loaded already.
    pub fn on(
        wsdl: &str,
        definition: Definition,
        transport: Transport,
        mut options: Options,
        given: Zval,
    ) -> Result<Self> {
        let port = definition
            .port(options.service.as_deref(), options.port.as_deref())
            .map_err(|error| raised_as(ErrorClass::Port, error))?;
        let plan = definition.plan();
        options.check_ports(plan.ports.iter().map(|port| plan.text(port.name)))?;
        options.settings.location = options.location_of(plan.text(plan.ports[port].name));
        let client = Client::new(std::sync::Arc::clone(plan), port, options.settings.clone())
            .map_err(|error| raised_as(ErrorClass::Port, error))?;
        let names = Names::of(plan);
        Ok(Self {
            wsdl: wsdl.to_owned(),
            definition,
            client,
            transport,
            options,
            names,
            trace: RefCell::default(),
            given: [given],
        })
    }

    /// An operation by its name; what is no operation is an `UnknownOperation`.
    pub fn operation(&self, name: &str) -> Result<OpId> {
        self.client.operation(name).map_err(|error| {
            let error = match soapclient::method(name) {
                Some(here) => {
                    error.with_message(format!("no operation {name:?}; SoapClient's {name} is {here} here"))
                }
                None => error,
            };
            raised_as(ErrorClass::UnknownOperation, error)
        })
    }

    /// The option `soap_headers`.
    pub fn soap_headers(&self) -> Option<&Zval> {
        crate::table::get(self.given[0].array()?, b"soap_headers")
    }
}

/// The state of `$this`.
pub fn this<'a>(frame: &Frame<'a>) -> Result<&'a Proxy> {
    object::state::<Proxy>(frame.this()?)
}

/// An array for options that were left out.
pub fn options_argument(frame: &Frame<'_>, at: usize) -> Result<Zval> {
    Ok(frame.array(at, "options")?.map_or_else(Zval::new_array, zend::share))
}

/// `__construct(string $wsdl, array $options = [])`
pub fn construct(frame: &Frame<'_>) -> Result<Zval> {
    let wsdl = frame.text(0, "wsdl")?;
    let object = frame.this()?;
    if object::state::<Proxy>(object).is_ok() {
        return Err(Error::usage("WsdlProxy\\Proxy is constructed already"));
    }
    object::set_state(object, Proxy::open(wsdl, options_argument(frame, 1)?)?)?;
    Ok(Zval::null())
}

/// `withOptions(array $options): static`
pub fn with_options(frame: &Frame<'_>) -> Result<Zval> {
    let proxy = this(frame)?;
    let given = siblings::merged(&proxy.given[0], frame.array(0, "options")?);
    let options = Options::parse(Some(&given))?;
    let transport = if options.transport == proxy.options.transport {
        proxy.transport.clone()
    } else {
        Transport::new(&options.transport)?
    };
    let definition = if options.content == proxy.options.content && !is_refresh(&options) {
        proxy.definition.clone()
    } else {
        load::definition(&proxy.wsdl, &options, &transport)?
    };
    let sibling = Proxy::on(&proxy.wsdl, definition, transport, options, given)?;
    object::make(frame.this()?.class(), sibling)
}

fn is_refresh(options: &Options) -> bool {
    options.cache.as_ref().is_some_and(|cache| cache.refresh)
}

/// `__debugInfo(): array`: where it leads and what it can do, without credentials.
pub fn debug_info(frame: &Frame<'_>) -> Result<Zval> {
    let proxy = this(frame)?;
    let plan = proxy.definition.plan();
    let port = &plan.ports[proxy.client.port()];
    let mut table = Table::new();
    table.set("wsdl", zend::text(wsdlproxy::transport::mask(&proxy.wsdl)));
    table.set("service", zend::text(plan.text(plan.services[port.service].name)));
    table.set("port", zend::text(plan.text(port.name)));
    table.set("location", zend::text(wsdlproxy::transport::mask(proxy.client.location())));
    if let Some(auth) = &proxy.options.settings.auth {
        table.set("username", zend::text(&auth.username));
    }
    let names = proxy.client.operations().ids().map(|op| plan.text(plan.operations[op].key).to_owned());
    table.set("operations", crate::table::texts(names));
    Ok(table.finish())
}

/// `port(): string`
pub fn port(frame: &Frame<'_>) -> Result<Zval> {
    let proxy = this(frame)?;
    let plan = proxy.definition.plan();
    Ok(zend::text(plan.text(plan.ports[proxy.client.port()].name)))
}

/// `service(): string`
pub fn service(frame: &Frame<'_>) -> Result<Zval> {
    let proxy = this(frame)?;
    let plan = proxy.definition.plan();
    Ok(zend::text(plan.text(plan.services[plan.ports[proxy.client.port()].service].name)))
}

/// `location(): string`: where calls go, without credentials.
pub fn location(frame: &Frame<'_>) -> Result<Zval> {
    Ok(zend::text(wsdlproxy::transport::mask(this(frame)?.client.location())))
}

/// `getFunctions(): array`
pub fn functions(frame: &Frame<'_>) -> Result<Zval> {
    let proxy = this(frame)?;
    let plan = proxy.definition.plan();
    let lines = proxy.client.operations().ids().map(|op| crate::describe::function(plan, op));
    Ok(crate::table::texts(lines))
}

/// `getTypes(): array`
pub fn types(frame: &Frame<'_>) -> Result<Zval> {
    let plan = Rc::clone(&this(frame)?.names);
    Ok(crate::table::texts(crate::describe::types(plan.plan())))
}
