"""One module a command, named as it is.  Its docstring is its help, `add_arguments` its arguments,
and `run` does it; nothing lists them, so a new file is a new command.
"""

from collections.abc import Sequence
from importlib import import_module
from os import listdir
from types import ModuleType
from typing import Final

_WITH_VALUE: Final = frozenset({"--pathway", "--theme"})
"""Options before a command that take the next argument."""


def names() -> list[str]:
    """The names of the commands: every module of the folder is one."""
    # A start has no use for pathlib.
    files = listdir(__path__[0])  # noqa: PTH208 - a start has no use for paths
    modules = (file.removesuffix(".py") for file in files if file.endswith(".py"))
    return sorted(module.replace("_", "-") for module in modules if not module.startswith("_"))


def named(name: str) -> ModuleType | None:
    """The module of a command; None where there is none of the name."""
    known = name.replace("_", "-") in names()
    return import_module(f"{__name__}.{name.replace('-', '_')}") if known else None


def summary(name: str) -> str:
    """The first line of a command's help, without importing what the command needs."""
    module = f"{__path__[0]}/{name.replace('-', '_')}.py"
    with open(module, encoding="utf-8") as source:  # noqa: PTH123 - as above
        return source.readline().strip().strip('"')


def place_in(argv: Sequence[str]) -> int | None:
    """The index of the command's name: the first argument that is not an option or its value."""
    for place, argument in enumerate(argv):
        follows = place > 0 and argv[place - 1] in _WITH_VALUE
        if not argument.startswith("-") and not follows:
            return place
    return None
