"""A registry's own columns and codes, as a map in YAML says them in the pathway's words.

    questionnaire: form.json  # of FHIR responses: what they answer, by whose enableWhen
    columns:
      SITE_CODE:              # a column of a file; of a response a linkId, or `SYSTEM|CODE`
        is: COLUMN            # a column of a table of cases, as `export sql` lists them
        values: {C25: VALUE, "999": unknown}
      SIZE:
        is: COLUMN
        units: {cm: 10}       # of quantities: how many of the question's own unit one is
      SYMPTOMS:
        is: FACTOR            # of a response: an answer for each of several that are present
        others: absent        # those that it does not name are absent; else they are not known

What a map names is read by it; a code that it does not name must be a word of the pathway itself.
A number that it names is meant however it is written: `999` is `999.0` too.  A code of one of
several values stands for `VALUE|VALUE`.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wizard.case.nodes import check_key, entries_of, is_null, text_of
from wizard.cohort.answering import OR, UnknownValueError, check_word
from wizard.cohort.columns import Column, Kind, columns_of
from wizard.engine.space import CaseSpace
from wizard.exits import ExitCode, WrongUsageError
from wizard.pathway.codes import Code
from wizard.pathway.factors import NOT_DONE, MultiFactor, NumberFactor
from wizard.pathway.model import Pathway
from wizard.pathway.problems import FileErrors, Problems, quoted
from wizard.record import NOTHING, Record

if TYPE_CHECKING:
    from wizard.pathway.nodes import Node, Text

_KEYS: Final = ("columns", "questionnaire")
_PARTS: Final = ("is", "values", "units", "others")
_NUMBERS: Final = (Kind.NUMBER, Kind.FROM, Kind.BELOW)
_NUMBER: Final = r"\s*(-?[0-9]+(?:[.,][0-9]+)?)[^0-9.,;<>-]*"
"""A number as a cell may have it, with a unit."""


class MapErrors(FileErrors):
    """A map that cannot be used."""

    code = ExitCode.WRONG_USAGE


class Mapped(Record):
    """What a column of a file is, and what its codes stand for.

    `numbers` are those of the codes that stand for numbers in a column of numbers; `units` say how
    many of the question's own unit one of a unit is; `closed` that members which are not named are
    absent.
    """

    column: Column
    values: Mapping[str, str] = NOTHING
    numbers: Mapping[Decimal, str] = NOTHING
    units: Mapping[str, Decimal] = NOTHING
    closed: bool = False

    def word(self, cell: str) -> str:
        """What a cell says in the pathway's words; itself where the map does not name it."""
        found = self.values.get(cell)
        if found is None and OR in cell and self.column.kind is Kind.VALUE:
            return OR.join(self.values.get(each, each) for each in cell.split(OR))
        if found is None and self.numbers:
            number = re.fullmatch(_NUMBER, cell, re.ASCII)
            found = self.numbers.get(Decimal(number[1].replace(",", "."))) if number else None
        return cell if found is None else found


ColumnMap = Mapping[str, Mapped]
"""By the name of a file's column, or of an item of a response."""


class RegistryMap(Record):
    """A map: what each column is, and the file of the questionnaire that responses answer."""

    columns: ColumnMap
    questionnaire: Path | None = None


def own_columns(pathway: Pathway) -> ColumnMap:
    """The columns by the names that a table of cases gives them."""
    return {column.name: Mapped(column) for column in columns_of(pathway)}


def read_map(path: Path, pathway: Pathway, space: CaseSpace) -> RegistryMap:
    """The map of a file, beside the names that columns have anyway.

    Raises MapErrors with everything that is wrong with it.
    """
    try:
        read_yaml = import_module("wizard.pathway.format.events").read_yaml
        root = read_yaml(path, str(path), empty_values=True)
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
    for name, node in _filled(columns, "columns", problems).items():
        mapped = _mapped(name, node, own, space, problems)
        if mapped is not None:
            found[str(name)] = mapped
    form = next((value for key, value in entries.items() if key == "questionnaire"), None)
    named = text_of(form, "questionnaire", problems)
    if problems:
        raise MapErrors(problems)
    return RegistryMap(found, None if named is None else path.parent / named)


def columns_in(names: Sequence[str], known: ColumnMap) -> tuple[list[Mapped | None], list[str]]:
    """What each column of a file is, and the names that are none.

    Raises WrongUsageError where two columns of the file are the same.
    """
    found = [known.get(name) for name in names]
    seen: dict[Column, str] = {}
    for name, mapped in zip(names, found, strict=True):
        if mapped is not None:
            if mapped.column.kind is Kind.MEMBERS:
                what = "a column has one cell, so map one for each member"
                raise WrongUsageError(f"{quoted(name)} is {mapped.column.name}: {what}")
            if mapped.column in seen:
                both = f"{quoted(seen[mapped.column])} and {quoted(name)}"
                raise WrongUsageError(f"the columns {both} are both {mapped.column.name}")
            seen[mapped.column] = name
    others = [name for name, mapped in zip(names, found, strict=True) if mapped is None]
    return found, others


# --- parts -----------------------------------------------------------------------------------


def _filled(node: "Node | None", subject: str, problems: Problems) -> "Mapping[Text, Node]":
    """The entries of a part; none where all below it still stand behind a #, as in a draft."""
    return {} if node is None or is_null(node) else entries_of(node, subject, problems)


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
    multi = {
        factor.id: Mapped(Column(factor.id, factor.id, Kind.MEMBERS))
        for factor in space.factors.values()
        if isinstance(factor, MultiFactor)
    }
    named = parts["is"]
    if not isinstance(named, str) or not check_key(
        named, {**own, **multi}, "column of a table of cases", problems
    ):
        return None
    column = {**own, **multi}[target].column
    values = _values(parts.get("values"), column, space, problems)
    numeric = values if column.kind in _NUMBERS else {}
    return Mapped(
        column,
        values,
        {number: word for code, word in numeric.items() if (number := _decimal(code)) is not None},
        _units(parts.get("units"), column, space, problems),
        closed=_closed(parts.get("others"), column, problems),
    )


def _values(
    node: "Node | None", column: Column, space: CaseSpace, problems: Problems
) -> dict[str, str]:
    values: dict[str, str] = {}
    for code, word in _filled(node, "values", problems).items():
        meant = text_of(word, f"code {quoted(code)}", problems)
        if meant is None:
            continue
        try:
            _check_word(space, column, meant)
        except UnknownValueError as error:
            problems.tell(Code.UNKNOWN_IN_CASE, word.position, f"{column.name}: {error}")
        values[str(code)] = meant
    return values


def _check_word(space: CaseSpace, column: Column, word: str) -> None:
    if column.kind is not Kind.MEMBERS:
        check_word(space, column, word)
        return
    factor = space.factors[column.factor]
    known = [*getattr(factor, "members", ()), "unknown"]
    known += [Kind.NONE.value] * (not getattr(factor, "at_least", 0))
    known += [NOT_DONE] * (factor.not_done is not None)
    if word not in known:
        raise UnknownValueError(column.factor, f"{quoted(word)} is not a member of it")


def _units(
    node: "Node | None", column: Column, space: CaseSpace, problems: Problems
) -> dict[str, Decimal]:
    factor = space.factors[column.factor]
    found = {factor.unit: Decimal(1)} if isinstance(factor, NumberFactor) else {}
    if node is None:
        return found
    if column.kind not in _NUMBERS:
        problems.tell(Code.WRONG_PART, node.position, f"units: {column.name} is not a number")
        return found
    for unit, times in entries_of(node, "units", problems).items():
        number = _decimal(times) if isinstance(times, str) else None
        if number is None or number <= 0:
            what = f"unit {quoted(unit)}: how many of the question's own unit it is was expected"
            problems.tell(Code.WRONG_PART, times.position, what, "such as cm: 10")
        else:
            found[str(unit)] = number
    return found


def _closed(node: "Node | None", column: Column, problems: Problems) -> bool:
    if node is None:
        return False
    if column.kind is not Kind.MEMBERS or node != "absent":
        what = "others: absent was expected, and where a question of several members is named"
        problems.tell(Code.WRONG_PART, node.position, what)
    return True


def _decimal(text: str) -> Decimal | None:
    """A number that a map writes; None where it is something else."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
