//! Schema documents into components: a file for each construct of XML Schema 1.0 part 1.

mod arrays;
mod attributes;
mod circles;
mod complex_content;
mod description;
mod documents;
mod drafts;
mod elements;
mod forms;
mod groups;
mod include;
mod large;
mod particles;
mod redefine;
mod simple_content;
mod simple_types;
mod substitution;
mod unresolved;
mod wellknown;
mod wildcards;
