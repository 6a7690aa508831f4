"""Statements of an option as the rows of a sheet, and such a sheet read back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, TypeVar

from wizard.pathway.factors import Factor, MultiFactor, NumberFactor, named_values
from wizard.pathway.model import Option, Pathway, Statement
from wizard.pathway.problems import listed, nearest, quoted
from wizard.pathway.trees import AtLeast, Not, Tree
from wizard.record import Record
from wizard.workbench.sheets import Sheet
from wizard.workbench.table_words import CellError, cell_words, compared, read_cell, shown_as
from wizard.workbench.tables import Need, TooManyWaysError, Way, ways

STATEMENT: Final = "Statement"
RESULT: Final = "Result"
SHARED: Final = "Shared setting"
CLAIMS: Final = "Claims of the row"
EVERY: Final = "Claims of the statement"
DESCRIBED: Final = "described"
UNLESS: Final = "not described"
_OWN: Final = (STATEMENT, RESULT, SHARED, CLAIMS, EVERY)
WORDS: Final = "Words"
Read = TypeVar("Read")


class Row(Record):
    """A row of a sheet: where it stands, which statement it is of, and the way that it says.

    `unless` marks one that says in which cases the statement does not describe the option.
    """

    number: int
    statement: str
    unless: bool
    way: Way


class RuleRows(Record):
    """The rows of a statement: those that describe, and those that do not whatever else holds."""

    when: tuple[Way, ...]
    unless: tuple[Way, ...] = ()


def rule_rows(statement: Statement, pathway: Pathway, *, unless: bool) -> RuleRows:
    """The rows of a statement as it stands; `unless` tells whether its file has that key.

    Raises TooManyWaysError.
    """
    tree: Tree = statement.rule.tree
    silent: tuple[Way, ...] = ()
    try:
        if unless and isinstance(tree, AtLeast):
            tree, denied = tree.trees
            if isinstance(denied, Not):
                silent = ways(denied.tree, pathway.factors)
        return RuleRows(ways(tree, pathway.factors), silent)
    except TooManyWaysError as error:
        raise TooManyWaysError(f"{statement.id} cannot be shown: {error.message}") from None


# --- written ---------------------------------------------------------------------------------


def sheets_of(
    option: Option, rules: Mapping[str, RuleRows], pathway: Pathway, *, ids: bool
) -> tuple[Sheet, Sheet]:
    """The sheet of these statements, and one with the words that its cells may have."""
    every = [way for rows in rules.values() for way in (*rows.when, *rows.unless)]
    factors = [each for each in pathway.factors.values() if any(each.id in w.needs for w in every)]
    shared = any(way.uses for way in every)
    several = len(option.statements) > 1
    questions = [_column_name(each, pathway, ids=ids) for each in factors]
    head = [RESULT, *questions, *([SHARED] if shared else []), CLAIMS, EVERY]
    rows = [tuple([STATEMENT] * several + head)]
    for name, own in rules.items():
        told = [(way, DESCRIBED) for way in own.when] + [(way, UNLESS) for way in own.unless]
        for way, result in told:
            cells = [
                cell_words(factor, way.needs.get(factor.id, ()), ids=ids) for factor in factors
            ]
            uses = [_use_words(way, pathway, ids=ids)] if shared else []
            claims = [", ".join(way.claims), ", ".join(option.statements[name].claims)]
            rows.append(tuple([name] * several + [result, *cells, *uses, *claims]))
    return Sheet(option.id, tuple(rows)), Sheet(WORDS, tuple(_words(pathway)))


def _column_name(factor: Factor, pathway: Pathway, *, ids: bool) -> str:
    same = [each for each in pathway.factors.values() if each.question == factor.question]
    return factor.id if ids or len(same) > 1 else factor.question


def _use_words(way: Way, pathway: Pathway, *, ids: bool) -> str:
    return " + ".join(
        ("" if holds else "not ") + _shared_name(name, pathway, ids=ids) for name, holds in way.uses
    )


def _shared_name(name: str, pathway: Pathway, *, ids: bool) -> str:
    label = pathway.shared[name].label
    same = [each for each in pathway.shared.values() if compared(each.label) == compared(label)]
    unclear = len(same) > 1 or "+" in label or compared(label).startswith("not ")
    return name if ids or unclear else label


def _words(pathway: Pathway) -> Iterator[tuple[str, ...]]:
    yield ("Question", "Id", "Answer", "Id of the answer")
    for factor in pathway.factors.values():
        if factor.record_only is not None:
            continue
        named = [*named_values(factor), *getattr(factor, "groups", {})]
        if isinstance(factor, MultiFactor):
            named += ["any", *([] if factor.at_least else ["none"])]
        if isinstance(factor, NumberFactor):
            told = f"a range such as: below {factor.maximum:f}; from {factor.minimum:f}"
            yield (factor.question, factor.id, told, "")
        for name in named:
            yield (factor.question, factor.id, shown_as(factor, name), name)
    for name, shared in pathway.shared.items():
        yield (SHARED, "", shared.label, name)


# --- read ------------------------------------------------------------------------------------


def rows_of(
    sheet: Sheet, option: Option, pathway: Pathway, only: str | None
) -> tuple[list[Row], list[str]]:
    """The rows of a sheet, of one statement if that is named, and all that is wrong with it."""
    reading = _Reading(sheet, option, pathway, only)
    rows = list(reading.rows())
    wrong = [*sheet.wrong, *reading.wrong]
    if not rows and not wrong:
        wrong = [f"{sheet.cell(1, 0)}: there is no row of {only or option.id}"]
    return rows, wrong


class _Reading:
    """Reads one sheet; `wrong` collects what is wrong, each with its cell."""

    def __init__(self, sheet: Sheet, option: Option, pathway: Pathway, only: str | None) -> None:
        self.wrong: list[str] = []
        self._sheet = sheet
        self._option = option
        self._pathway = pathway
        self._only = only
        self._columns = self._head()

    def rows(self) -> Iterator[Row]:
        """Every row that is whole."""
        if self.wrong:
            return
        if len(self._sheet.rows) < 2:
            self._tell(0, 0, "there is no row below the questions")
        for number, cells in enumerate(self._sheet.rows[1:], 1):
            if not any(cells):
                self._tell(number, 0, "this row is empty; take it out")
                continue
            told = len(self.wrong)
            row = self._row(number, cells)
            if row is not None and len(self.wrong) == told:
                yield row

    def _tell(self, row: int, column: int, what: str) -> None:
        self.wrong.append(f"{self._sheet.cell(row, column)}: {what}")

    def _head(self) -> list[str]:
        """What each column is: a word of this module, or the id of a question."""
        known = {compared(word): word for word in _OWN}
        for key in ("short", "label", "question", "id"):
            for factor in self._pathway.factors.values():
                if factor.record_only is None and (word := getattr(factor, key)):
                    known[compared(word)] = factor.id
        found: list[str] = []
        for column, text in enumerate(self._sheet.rows[0] if self._sheet.rows else ()):
            name = known.get(compared(text), "")
            if name and name in found:
                self._tell(0, column, f"{quoted(text)} stands here again")
            elif not name and (text or self._filled(column)):
                near = nearest(text, list(known)) if text else None
                meant = (
                    f"did you mean {quoted(self._shown(known[near]))}?"
                    if near
                    else (f"there are {listed(_OWN)}, and the questions of the pathway")
                )
                what = f"{quoted(text)} is not a question" if text else "a question is missing"
                self._tell(0, column, f"{what}; {meant}")
            found.append(name)
        return found

    def _shown(self, name: str) -> str:
        return name if name in _OWN else self._pathway.factors[name].question

    def _filled(self, column: int) -> bool:
        return any(len(row) > column and row[column] for row in self._sheet.rows[1:])

    def _row(self, number: int, cells: Sequence[str]) -> Row | None:
        for column, text in enumerate(cells):
            if text and (column >= len(self._columns) or not self._columns[column]):
                self._tell(number, column, f"no question stands above {quoted(text)}")
        statement = self._cell(number, cells, STATEMENT, self._statement, self._default())
        unless = self._cell(number, cells, RESULT, self._result, default=False)
        uses: list[tuple[str, bool]] = self._cell(number, cells, SHARED, self._uses, [])
        claims: list[str] = self._cell(number, cells, CLAIMS, self._claims, [])
        self._cell(number, cells, EVERY, lambda text: self._same_claims(text, statement), None)
        needs: dict[str, tuple[Need, ...]] = {}
        for name in self._columns:
            if name in self._pathway.factors:
                reading = partial(read_cell, self._pathway.factors[name])
                needs[name] = self._cell(number, cells, name, reading, ())
        if statement is None:
            self._tell(number, 0, f"which statement? There are {listed(self._option.statements)}")
            return None
        if self._only not in (None, statement):
            return None
        asked = {name: own for name, own in needs.items() if own}
        return Row(number, statement, unless, Way(asked, tuple(uses), tuple(claims)))

    def _cell(
        self,
        number: int,
        cells: Sequence[str],
        name: str,
        read: Callable[[str], Read],
        default: Read,
    ) -> Read:
        """What a row has in a column; the default where it has nothing, or what is wrong."""
        column = self._columns.index(name) if name in self._columns else len(cells)
        if column >= len(cells) or not cells[column]:
            return default
        try:
            return read(cells[column])
        except CellError as error:
            self._tell(number, column, str(error))
        return default

    def _default(self) -> str | None:
        names = list(self._option.statements)
        if STATEMENT in self._columns:
            return None
        return self._only or (names[0] if len(names) == 1 else None)

    def _statement(self, text: str) -> str | None:
        return _named(text, {name: name for name in self._option.statements}, "statement")

    def _result(self, text: str) -> bool:
        return _named(text, {DESCRIBED: "", UNLESS: UNLESS}, "result") == UNLESS

    def _uses(self, text: str) -> list[tuple[str, bool]]:
        known = {shared.label: name for name, shared in self._pathway.shared.items()}
        known |= {name: name for name in self._pathway.shared}
        found = []
        for part in (each.strip() for each in text.split("+")):
            denied = compared(part).startswith("not ") and part not in known
            found.append(
                (_named(part[4:] if denied else part, known, "shared setting"), not denied)
            )
        return found

    def _claims(self, text: str) -> list[str]:
        known = {name: name for name in self._pathway.claims}
        return [_named(part, known, "claim") for part in _ids(text)]

    def _same_claims(self, text: str, statement: str | None) -> None:
        if statement is None:
            return
        own = self._option.statements[statement].claims
        if _ids(text) != list(own):
            raise CellError(
                f"the claims of {statement} are {', '.join(own)}; change them in its file, "
                f'or write those of one row under "{CLAIMS}"'
            )


def _ids(text: str) -> list[str]:
    return text.replace(";", " ").replace(",", " ").split()


def _named(text: str, known: Mapping[str, str], kind: str) -> str:
    """What a word stands for, whatever its capitals and blanks.  Raises CellError."""
    folded = {compared(word): name for word, name in known.items()}
    if compared(text) in folded:
        return folded[compared(text)]
    near = nearest(text, list(known))
    meant = f"did you mean {near}?" if near else f"there are {listed(known, near=text)}"
    raise CellError(f"there is no {kind} {quoted(text)}; {meant}")
