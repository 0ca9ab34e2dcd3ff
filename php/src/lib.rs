//! PHP binding: the extension `wsdlproxy`.

mod pear;

use ext_php_rs::prelude::*;

#[php_module]
pub fn get_module(module: ModuleBuilder) -> ModuleBuilder {
    pear::register(module.name("wsdlproxy"))
}
