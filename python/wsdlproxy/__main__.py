"""``python -m wsdlproxy URL`` prints what a WSDL offers."""

import argparse
import difflib
import json
import sys
import textwrap

from . import Error, UnknownOperation, UsageError, __version__, load
from ._signature import choice_text


def parser():
    """The command line."""
    made = argparse.ArgumentParser(
        prog="python -m wsdlproxy", description="Shows services, ports, operations and types of a WSDL."
    )
    made.add_argument("wsdl", help="URL or path of the WSDL, or - for standard input")
    made.add_argument("--version", action="version", version=f"wsdlproxy {__version__}")
    made.add_argument("--json", action="store_true", help="print everything as JSON")
    made.add_argument("--port", metavar="P", help="this port only")
    made.add_argument("--operation", metavar="OP", help="this operation only, in full")
    made.add_argument("--timeout", type=float, default=60.0, metavar="S", help="seconds, 60 if not given")
    made.add_argument("--insecure", action="store_true", help="do not verify the server's certificate")
    made.add_argument("--ca-file", metavar="FILE", help="trust the certificates in this PEM file")
    made.add_argument("--user", metavar="NAME:PASSWORD", help="HTTP basic authentication")
    return made


def options(arguments):
    """The options of ``load`` that the command line gives."""
    chosen = {"timeout": arguments.timeout, "verify": not arguments.insecure}
    if arguments.ca_file:
        chosen["ca_file"] = arguments.ca_file
    if arguments.user:
        name, _, password = arguments.user.partition(":")
        chosen["basic_auth"] = (name, password)
    return chosen


def selected(definition, arguments):
    """The ports with the operations that were asked for."""
    ports = definition.ports
    if arguments.port is not None:
        found = [name for name in ports if name.lower() == arguments.port.lower()]
        if not found:
            raise UsageError(f"no port {arguments.port!r}; there are: {', '.join(ports)}")
        ports = {name: ports[name] for name in found}
    if arguments.operation is not None:
        wanted = arguments.operation.lower()
        every = [name for port in ports.values() for name in port["operations"]]
        for port in ports.values():
            port["operations"] = {n: op for n, op in port["operations"].items() if n.lower() == wanted}
        ports = {name: port for name, port in ports.items() if port["operations"]}
        if not ports:
            raise UnknownOperation(f"no operation {arguments.operation!r}{near(arguments.operation, every)}")
    return ports


def near(name, names):
    """The name that was meant, if there is one like it."""
    found = difflib.get_close_matches(name, names, 1)
    return f"; did you mean {found[0]!r}?" if found else ""


def as_json(definition, ports):
    """Everything as one JSON document."""
    found = {
        "location": definition.location,
        "target_namespace": definition.target_namespace,
        "documentation": definition.documentation,
        "services": definition.services,
        "ports": ports,
        "types": definition.types,
        "warnings": definition.warnings,
    }
    return json.dumps(found, indent=2, ensure_ascii=False)


def paragraph(text, indent):
    """Documentation, wrapped."""
    return textwrap.wrap(" ".join(text.split()), 100, initial_indent=indent, subsequent_indent=indent)


def port_lines(port, in_full):
    """A port with the signatures of its operations."""
    yield f"Port {port['name']} of service {port['service']} (SOAP {port['soap']})"
    yield f"  {port['location'] or 'without an address'}"
    yield from paragraph(port["documentation"], "  ")
    for operation in port["operations"].values():
        yield f"    {operation['signature']}"
        yield from paragraph(operation["documentation"], "        ")
        if in_full:
            yield from operation_lines(operation)
    yield ""


def operation_lines(operation):
    """What is to be known to call an operation."""
    yield f"        {operation['style']}/{operation['use']}, action {operation['action']!r}"
    for title in ("parameters", "results", "headers"):
        for item in operation[title]:
            note = "" if item.get("required", True) else ", optional"
            yield f"        {title[:-1]} {item['name']}: {item['type']}{note}"
            yield from paragraph(item["documentation"], "            ")
            yield from content_lines(item, "            ")
    for choice in operation["choices"]:
        yield f"        ({choice_text(choice)})"
    if operation["faults"]:
        yield f"        faults: {', '.join(operation['faults'])}"


def reachable(types, ports):
    """The types that the operations of these ports mention, and those that these mention."""
    operations = [operation for port in ports.values() for operation in port["operations"].values()]
    parts = ("parameters", "results", "headers")
    items = [item for operation in operations for name in parts for item in operation[name]]
    wanted = [*member_types({"members": items})]
    found = set()
    while wanted:
        name = wanted.pop().removesuffix("[]")
        if name not in found and name in types:
            found.add(name)
            kind = types[name]
            wanted += member_types(kind)
            wanted += [kind[key] for key in ("base", "item", "list_of") if kind.get(key)]
    return {name: kind for name, kind in types.items() if name in found}


def member_types(kind):
    """The types of the members of a struct, groups looked into."""
    for member in kind.get("members", ()):
        yield member["type"]
        yield from member_types(member)


def type_lines(name, kind):
    """A type on one line, its members below."""
    base = f" extends {kind['base']}" if kind["base"] and kind["kind"] == "struct" else ""
    detail = {
        "array": lambda: f"list of {kind['item']}",
        "simple": lambda: simple(kind),
        "struct": lambda: f"struct{base}",
        "map": lambda: "map",
        "any": lambda: "anything",
    }[kind["kind"]]()
    yield f"  {name}: {detail}"
    yield from paragraph(kind["documentation"], "      ")
    yield from content_lines(kind, "      ")


def simple(kind):
    """What a simple type allows."""
    if "values" in kind:
        more = ", …" if len(kind["values"]) > 20 else ""
        return f"one of {', '.join(map(repr, kind['values'][:20]))}{more}"
    if "list_of" in kind:
        return f"list of {kind['list_of']}"
    if "union_of" in kind:
        return f"one of {', '.join(kind['union_of'])}"
    facets = [f"{name} {value}" for name, value in kind.get("facets", ())]
    return ", ".join([kind["base"] or kind["primitive"], *facets])


def content_lines(kind, indent):
    """The members of a struct or a group and the choices among them."""
    for member in kind.get("members", ()):
        yield from member_lines(member, indent)
    for choice in kind.get("choices", ()):
        yield f"{indent}({choice_text(choice)})"


def member_lines(member, indent):
    """A member of a struct; of a group its own members too."""
    label = f"list of {member['type']}" if member["repeated"] else member["type"]
    notes = [label]
    if not member["required"]:
        notes.append("optional")
    if member["nillable"]:
        notes.append("nillable")
    if member["role"] not in ("element", "group"):
        notes.append(member["role"])
    yield f"{indent}{member['name']}: {', '.join(notes)}"
    yield from paragraph(member["documentation"], f"{indent}    ")
    yield from content_lines(member, f"{indent}    ")


def as_text(definition, ports, arguments):
    """What a person reads."""
    yield f"{definition.location} ({definition.target_namespace or 'no namespace'})"
    yield from paragraph(definition.documentation, "  ")
    yield ""
    for port in ports.values():
        yield from port_lines(port, arguments.operation is not None)
    types = reachable(definition.types, ports) if arguments.port or arguments.operation else definition.types
    if types:
        yield "Types"
        for name, kind in types.items():
            yield from type_lines(name, kind)
        yield ""
    for warning in definition.warnings:
        yield f"Warning: {warning}"


def main(argv=None):
    """Runs the command; returns its exit status."""
    arguments = parser().parse_args(argv)
    source = sys.stdin.buffer.read() if arguments.wsdl == "-" else arguments.wsdl
    try:
        definition = load(source, **options(arguments))
        ports = selected(definition, arguments)
    except Error as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    try:
        if arguments.json:
            print(as_json(definition, ports))
        else:
            for line in as_text(definition, ports, arguments):
                print(line.rstrip())
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader, such as head, has seen enough.
        sys.stderr.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
