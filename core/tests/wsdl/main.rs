//! Descriptions into the model: a file for each part of WSDL 1.1.

#[path = "../description/mod.rs"]
mod description;
mod text;

mod binding;
mod constructs;
mod encodings;
mod errors;
mod faults;
mod forgiven;
mod header;
mod imports;
mod mime;
mod operations;
mod overload;
mod ports;
mod standard;
