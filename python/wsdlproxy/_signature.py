"""How an operation looks to ``inspect.signature``, ``help`` and tab completion."""

import inspect
import keyword
import re


class TypeName(str):
    """The name of a type in the WSDL, shown without quotes in signatures."""

    __slots__ = ()

    def __repr__(self):
        return str(self)


def identifier(name):
    """The Python name of a parameter: ``from`` is ``from_``, ``my-name`` is ``my_name``."""
    name = re.sub(r"\W", "_", name.lstrip("@"))
    if not name or name[0].isdigit():
        name = f"_{name}"
    return f"{name}_" if keyword.iskeyword(name) else name


def renamed(names):
    """The parameters that Python writes in another way: from the Python name to their own."""
    taken = set(names)
    return {identifier(name): name for name in names if identifier(name) not in taken}


def _annotation(item):
    label = item["type"]
    if item["repeated"]:
        label = f"list of {label}"
    return TypeName(label if item["required"] else f"{label} | None")


def signature(parameters, returns):
    """An ``inspect.Signature`` of parameter records and the label of the result."""
    made, optional = [], True
    for item in reversed(parameters):
        # A parameter may be left out by position only if all that follow may.
        optional = optional and not item["required"]
        made.append(
            inspect.Parameter(
                identifier(item["name"]),
                inspect.Parameter.POSITIONAL_OR_KEYWORD,
                default=None if optional else inspect.Parameter.empty,
                annotation=_annotation(item),
            )
        )
    try:
        return inspect.Signature(made[::-1], return_annotation=TypeName(returns))
    except ValueError:
        # Two names that Python cannot tell apart.
        kinds = {"args": inspect.Parameter.VAR_POSITIONAL, "kwargs": inspect.Parameter.VAR_KEYWORD}
        made = [inspect.Parameter(name, kind) for name, kind in kinds.items()]
        return inspect.Signature(made, return_annotation=TypeName(returns))


def documentation(operation):
    """The docstring of an operation record: its signature and text, then a line for each parameter."""
    lines = [operation["signature"], ""]
    if operation["documentation"]:
        lines += [operation["documentation"], ""]
    if operation["parameters"]:
        lines.append("Parameters:")
        lines.extend(f"    {item['name']}: {_line(item)}" for item in operation["parameters"])
        lines.extend(f"    {choice_text(choice)}" for choice in operation["choices"])
    lines.append(f"Returns: {operation['returns']}")
    if operation["faults"]:
        lines.append(f"Faults: {', '.join(operation['faults'])}")
    return "\n".join(lines)


def choice_text(choice):
    """A choice as a person reads it: ``one of mail | street, town``."""
    least = "" if choice["required"] else "at most "
    return f"{least}one of {' | '.join(', '.join(branch) for branch in choice['branches'])}"


def _line(item):
    label = f"list of {item['type']}" if item["repeated"] else item["type"]
    text = label if item["required"] else f"{label}, optional"
    documentation = " ".join(item["documentation"].split())
    return f"{text} - {documentation}" if documentation else text
