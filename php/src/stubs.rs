//! PHP source for editors: a class for each port with its operations, and one for each struct with its members.
//!
//! The classes also work: a struct's class can be filled and sent, and a port's class is a `WsdlProxy\Proxy`.

use std::collections::HashSet;

use wsdlproxy::encode::parameters;
use wsdlproxy::index::*;
use wsdlproxy::plan::{Member, Named, Plan, Role, Shape, TypeKind, Variety};
use wsdlproxy::transport::mask;
use wsdlproxy::Builtin;

use crate::describe;

const ABOUT: &str = "// Records of answers are \\stdClass objects, or arrays. What may be absent is no member of them where it is:\n\
                     // read it as $record->name ?? null.\n";

/// The file for a plan, in a namespace or in none.
pub fn source(plan: &Plan, namespace: Option<&str>) -> String {
    let mut writer = Writer { plan, taken: HashSet::new(), structs: Vec::new() };
    writer.name_structs();
    let mut out = String::from("<?php\n");
    out.push_str(&format!("// Made from {}. Do not edit.\n", comment(&mask(&plan.location))));
    out.push_str(ABOUT);
    if let Some(namespace) = namespace {
        out.push_str(&format!("\nnamespace {namespace};\n"));
    }
    for port in plan.ports.ids() {
        writer.port(port, &mut out);
    }
    // A class stands behind the one that it extends, as PHP wants it.
    let mut order: Vec<usize> = (0..writer.structs.len()).collect();
    order.sort_by_key(|at| writer.ancestors(writer.structs[*at].0).count());
    for at in order {
        writer.record(at, &mut out);
    }
    out
}

struct Writer<'p> {
    plan: &'p Plan,
    /// Names of classes, in lower case: PHP does not tell them apart.
    taken: HashSet<String>,
    structs: Vec<(TypeId, String)>,
}

impl Writer<'_> {
    fn unique(&mut self, wanted: &str) -> String {
        let base = class_name(wanted);
        let mut name = base.clone();
        let mut next = 2;
        while !self.taken.insert(name.to_ascii_lowercase()) {
            name = format!("{base}{next}");
            next += 1;
        }
        name
    }

    fn name_structs(&mut self) {
        let plan = self.plan;
        for Named(_, id) in plan.types_by_name.iter() {
            if matches!(plan.types[*id].kind, TypeKind::Complex(_)) {
                let name = self.unique(&plan.type_label(*id));
                self.structs.push((*id, name));
            }
        }
        // Sorted, so that a type is found quickly.
        self.structs.sort_by_key(|(id, _)| *id);
    }

    fn port(&mut self, port: PortId, out: &mut String) {
        let plan = self.plan;
        let row = &plan.ports[port];
        let name = self.unique(plan.text(row.name));
        out.push_str("\n/**\n");
        doc(plan.text(row.documentation), "", out);
        for op in row.operations.ids() {
            let operation = &plan.operations[op];
            let given: Vec<String> = parameters(plan, operation.input)
                .iter()
                .map(|parameter| {
                    let ty = self.php_type(parameter.ty, parameter.repeated, true);
                    let key = identifier(plan.text(parameter.key));
                    if parameter.required {
                        format!("{ty} ${key}")
                    } else {
                        format!("{ty}|null ${key} = null")
                    }
                })
                .collect();
            let result = match describe::result_type(plan, op) {
                Some((ty, repeated)) => self.php_type(ty, repeated, false),
                None if describe::result(plan, op) == "void" => "null".to_owned(),
                None => "\\stdClass".to_owned(),
            };
            let text = comment(plan.text(operation.documentation));
            let line =
                format!(" * @method {result} {}({}) {text}", plan.text(operation.key), given.join(", "));
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out.push_str(&format!(" */\nclass {name} extends \\WsdlProxy\\Proxy\n{{\n}}\n"));
    }

    /// The complex types that a type derives from, the nearest first.
    fn ancestors(&self, id: TypeId) -> impl Iterator<Item = TypeId> + '_ {
        std::iter::successors(self.plan.types[id].base.get(), |id| self.plan.types[*id].base.get())
            .filter(|id| self.struct_name(*id).is_some())
    }

    fn struct_name(&self, id: TypeId) -> Option<&str> {
        let found = self.structs.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(&self.structs[found].1)
    }

    fn shape(&self, id: TypeId) -> Option<&Shape> {
        let TypeKind::Complex(complex) = self.plan.types[id].kind else { return None };
        Some(&self.plan.shapes[self.plan.complexes[complex].shape])
    }

    fn record(&self, at: usize, out: &mut String) {
        let plan = self.plan;
        let (id, name) = (self.structs[at].0, &self.structs[at].1);
        let Some(shape) = self.shape(id) else { return };
        let parent = self.ancestors(id).next();
        out.push_str("\n/**\n");
        doc(plan.text(plan.types[id].documentation), "", out);
        if plan.types[id].is_abstract {
            out.push_str(
                " * Abstract: what is sent is of a type that extends it and says which in `_type`.\n *\n",
            );
        }
        out.push_str(" * @see getTypes()\n */\n");
        let extends = parent.and_then(|parent| self.struct_name(parent));
        let extends = extends.map(|parent| format!(" extends {parent}")).unwrap_or_default();
        out.push_str(&format!("class {name}{extends}\n{{\n"));
        if let (Some(_), Some(own)) = (parent, plan.types[id].name.get()) {
            out.push_str(
                "    /** @var string which type this is, where one that it extends is expected */\n",
            );
            let name = plan.qname(own).to_string().replace('\\', "\\\\").replace('\'', "\\'");
            out.push_str(&format!("    public $_type = '{name}';\n"));
        }
        let inherited: HashSet<&str> = parent
            .and_then(|parent| self.shape(parent))
            .map(|shape| plan.members.run(shape.members).iter().map(|member| plan.text(member.key)).collect())
            .unwrap_or_default();
        for member in plan.members.run(shape.members) {
            if !inherited.contains(plan.text(member.key)) {
                self.member(member, out);
            }
        }
        out.push_str("}\n");
    }

    fn member(&self, member: &Member, out: &mut String) {
        let plan = self.plan;
        let key = plan.text(member.key);
        if !is_identifier(key) {
            out.push_str(&format!("    // '{}' has no PHP name: give an array instead.\n", comment(key)));
            return;
        }
        let repeated = member.repeated() || matches!(member.role, Role::Any(_) | Role::Group(_));
        let ty = self.php_type(member.ty, repeated, false);
        let optional = if member.min == 0 && !repeated || member.nillable { "|null" } else { "" };
        let text = comment(plan.text(member.documentation));
        out.push_str(&format!("    {}\n", format!("/** @var {ty}{optional} {text}").trim_end()));
        out.truncate(out.trim_end().len());
        out.push_str(&format!(" */\n    public ${key};\n"));
    }

    /// A type in the notation of phpDocumentor; what is sent may also be an array.
    fn php_type(&self, id: TypeId, repeated: bool, sent: bool) -> String {
        let single = self.single(id, sent, 0);
        match (repeated, single.contains('|')) {
            (true, true) => format!("({single})[]"),
            (true, false) => format!("{single}[]"),
            (false, _) => single,
        }
    }

    fn single(&self, id: TypeId, sent: bool, depth: u32) -> String {
        let plan = self.plan;
        match plan.types[id].kind {
            TypeKind::Simple(simple) => match &plan.simples[simple].variety {
                Variety::Atomic(builtin) => atomic(*builtin, sent).to_owned(),
                Variety::List(_) => "array".to_owned(),
                Variety::Union(_) => "mixed".to_owned(),
            },
            TypeKind::Array(array) if depth < 8 => {
                let item = self.single(plan.arrays[array].item, sent, depth + 1);
                if item.contains('|') {
                    format!("({item})[]")
                } else {
                    format!("{item}[]")
                }
            }
            TypeKind::Array(_) => "array".to_owned(),
            TypeKind::Map => "array".to_owned(),
            TypeKind::Any => "mixed".to_owned(),
            TypeKind::Complex(_) => {
                let name = self.struct_name(id).unwrap_or("\\stdClass");
                if sent {
                    format!("{name}|array")
                } else {
                    name.to_owned()
                }
            }
        }
    }
}

fn atomic(builtin: Builtin, sent: bool) -> &'static str {
    use Builtin::*;
    match builtin {
        Boolean => "bool",
        Integer | NonPositiveInteger | NegativeInteger | NonNegativeInteger | PositiveInteger
        | UnsignedLong => "int|string",
        Long | Int | Short | Byte | UnsignedInt | UnsignedShort | UnsignedByte => "int",
        Float | Double => "float",
        Decimal if sent => "int|float|string",
        DateTime | Date | Time if sent => "\\DateTimeInterface|string",
        Duration if sent => "\\DateInterval|string",
        AnySimpleType => "mixed",
        _ => "string",
    }
}

/// Text that cannot end a comment or begin a new line.
fn comment(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("*/", "* /").replace("?>", "? >")
}

fn doc(text: &str, indent: &str, out: &mut String) {
    let text = comment(text);
    if !text.is_empty() {
        out.push_str(&format!("{indent} * {text}\n{indent} *\n"));
    }
}

fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_' || !first.is_ascii())
        && chars.all(|other| other.is_ascii_alphanumeric() || other == '_' || !other.is_ascii())
        && name != "this"
}

fn identifier(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|char| if char.is_ascii_alphanumeric() || !char.is_ascii() { char } else { '_' })
        .collect();
    if is_identifier(&name) {
        name
    } else {
        format!("_{name}")
    }
}

/// Words that PHP allows for no class.
const RESERVED: &[&str] = &[
    "abstract",
    "and",
    "array",
    "as",
    "bool",
    "break",
    "callable",
    "case",
    "catch",
    "class",
    "clone",
    "const",
    "continue",
    "declare",
    "default",
    "die",
    "do",
    "echo",
    "else",
    "elseif",
    "empty",
    "enddeclare",
    "endfor",
    "endforeach",
    "endif",
    "endswitch",
    "endwhile",
    "enum",
    "eval",
    "exit",
    "extends",
    "false",
    "final",
    "finally",
    "float",
    "fn",
    "for",
    "foreach",
    "function",
    "global",
    "goto",
    "if",
    "implements",
    "include",
    "include_once",
    "instanceof",
    "insteadof",
    "int",
    "interface",
    "isset",
    "iterable",
    "list",
    "match",
    "mixed",
    "namespace",
    "never",
    "new",
    "null",
    "numeric",
    "object",
    "or",
    "parent",
    "print",
    "private",
    "protected",
    "public",
    "readonly",
    "require",
    "require_once",
    "resource",
    "return",
    "self",
    "static",
    "string",
    "switch",
    "throw",
    "trait",
    "true",
    "try",
    "unset",
    "use",
    "var",
    "void",
    "while",
    "xor",
    "yield",
];

fn class_name(name: &str) -> String {
    let name = identifier(name);
    if RESERVED.contains(&name.to_ascii_lowercase().as_str()) {
        format!("{name}_")
    } else {
        name
    }
}
