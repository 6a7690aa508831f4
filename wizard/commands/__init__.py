"""One module a command, named as it is.  Its docstring is its help, `add_arguments` its arguments,
and `run` does it; nothing lists them, so a new file is a new command.
"""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Final

_WITH_VALUE: Final = frozenset({"--pathway", "--theme"})
"""Options before a command that take the next argument."""


def names() -> list[str]:
    """The names of the commands: every module of the folder is one."""
    from pkgutil import iter_modules  # noqa: PLC0415 - imported on first use

    return sorted(module.name.replace("_", "-") for module in iter_modules(__path__))


def named(name: str) -> ModuleType | None:
    """The module of a command; None where there is none of the name."""
    module = f"{__name__}.{name.replace('-', '_')}"
    known = name.replace("-", "_").isidentifier() and not name.startswith(("_", "-"))
    return import_module(module) if known and find_spec(module) else None


def place_in(argv: Sequence[str]) -> int | None:
    """The index of the command's name: the first argument that is not an option or its value."""
    for place, argument in enumerate(argv):
        follows = place > 0 and argv[place - 1] in _WITH_VALUE
        if not argument.startswith("-") and not follows:
            return place
    return None
