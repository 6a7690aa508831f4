"""A registry's own columns and codes, as a map in YAML says them in the pathway's words.

    columns:
      SITE_CODE:
        is: COLUMN            # a column of a table of cases, as `export sql` lists them
        values: {C25: VALUE, "999": unknown}

What a map names is read by it; a code that it does not name must be a word of the pathway itself.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wizard.case.nodes import check_key, entries_of, text_of
from wizard.cohort.answering import UnknownValueError, check_word
from wizard.cohort.columns import Column, columns_of
from wizard.engine.space import CaseSpace
from wizard.exits import ExitCode, WrongUsageError
from wizard.pathway.codes import Code
from wizard.pathway.model import Pathway
from wizard.pathway.problems import FileErrors, Problems, quoted
from wizard.record import NOTHING, Record

if TYPE_CHECKING:
    from wizard.pathway.nodes import Node

_KEYS: Final = ("columns",)
_PARTS: Final = ("is", "values")


class MapErrors(FileErrors):
    """A map that cannot be used."""

    code = ExitCode.WRONG_USAGE


class Mapped(Record):
    """What a column of a file is, and what its codes stand for."""

    column: Column
    values: Mapping[str, str] = NOTHING


ColumnMap = Mapping[str, Mapped]
"""By the name of a file's column."""


def own_columns(pathway: Pathway) -> ColumnMap:
    """The columns by the names that a table of cases gives them."""
    return {column.name: Mapped(column) for column in columns_of(pathway)}


def read_map(path: Path, pathway: Pathway, space: CaseSpace) -> ColumnMap:
    """The map of a file, beside the names that columns have anyway.

    Raises MapErrors with everything that is wrong with it.
    """
    try:
        root = import_module("wizard.pathway.format.events").read_yaml(path, str(path))
    except FileErrors as error:
        raise MapErrors(error.problems) from None
    problems = Problems()
    own = own_columns(pathway)
    found = dict(own)
    entries = entries_of(root, "a map", problems)
    for key in entries:
        check_key(key, _KEYS, "part of a map", problems)
    columns = next((value for key, value in entries.items() if key == "columns"), None)
    if columns is None and not problems:
        problems.tell(Code.WRONG_STRUCTURE, root.position, "a map: columns is missing")
    for name, node in ({} if columns is None else entries_of(columns, "columns", problems)).items():
        mapped = _mapped(name, node, own, space, problems)
        if mapped is not None:
            found[str(name)] = mapped
    if problems:
        raise MapErrors(problems)
    return found


def columns_in(
    names: Sequence[str], known: ColumnMap
) -> tuple[list[Mapped | None], list[str], list[str]]:
    """What each column of a file is, the names that are none, and the columns that it lacks.

    Raises WrongUsageError where two columns of the file are the same.
    """
    found = [known.get(name) for name in names]
    seen: dict[Column, str] = {}
    for name, mapped in zip(names, found, strict=True):
        if mapped is not None:
            if mapped.column in seen:
                both = f"{quoted(seen[mapped.column])} and {quoted(name)}"
                raise WrongUsageError(f"the columns {both} are both {mapped.column.name}")
            seen[mapped.column] = name
    others = [name for name, mapped in zip(names, found, strict=True) if mapped is None]
    lacking = [each.column.name for each in known.values() if each.column not in seen]
    return found, others, list(dict.fromkeys(lacking))


# --- parts -----------------------------------------------------------------------------------


def _mapped(
    name: str, node: "Node", own: ColumnMap, space: CaseSpace, problems: Problems
) -> Mapped | None:
    entries = entries_of(node, f"column {quoted(name)}", problems)
    parts = {str(key): value for key, value in entries.items()}
    for key in entries:
        check_key(key, _PARTS, "part of a column", problems)
    target = text_of(parts.get("is"), f"column {quoted(name)}: is", problems)
    if target is None:
        if "is" not in parts and isinstance(node, dict):
            what = f"column {quoted(name)}: is is missing"
            problems.tell(Code.WRONG_STRUCTURE, node.position, what, "write the column that it is")
        return None
    named = parts["is"]
    if not isinstance(named, str) or not check_key(
        named, own, "column of a table of cases", problems
    ):
        return None
    column = own[target].column
    values: dict[str, str] = {}
    codes = entries_of(parts["values"], "values", problems) if "values" in parts else {}
    for code, word in codes.items():
        meant = text_of(word, f"code {quoted(code)}", problems)
        if meant is None:
            continue
        try:
            check_word(space, column, meant)
        except UnknownValueError as error:
            problems.tell(Code.UNKNOWN_IN_CASE, word.position, f"{column.name}: {error}")
        values[str(code)] = meant
    return Mapped(column, values)
