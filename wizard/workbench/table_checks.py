"""What is odd about the rows of a table: said twice, never so, left open between two numbers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from wizard.engine.compiling import Compiled, compile_pathway
from wizard.engine.counting import and_not, definite
from wizard.engine.diagrams import FALSE, Node
from wizard.pathway.factors import Factor, NumberFactor
from wizard.pathway.format.conditions import read_condition
from wizard.pathway.format.events import read_yaml
from wizard.pathway.format.vocabulary import Names
from wizard.pathway.model import Pathway
from wizard.pathway.problems import Problems, quoted
from wizard.pathway.ranges import apart, number_in, range_words, united
from wizard.pathway.trees import Range
from wizard.workbench.sheets import Sheet
from wizard.workbench.table_conditions import way_text
from wizard.workbench.table_sheets import Row
from wizard.workbench.tables import Way


def told_twice(rows: Iterable[Row], sheet: Sheet, factors: Mapping[str, Factor]) -> Iterator[str]:
    """Rows that ask the same as an earlier row of their statement."""
    seen: dict[tuple[str, str], Row] = {}
    for row in rows:
        first = seen.setdefault((row.statement, _asked(row, factors)), row)
        if first is row:
            continue
        if first.unless != row.unless:
            what = f"has another result than row {first.number + 1}, which asks the same"
        elif first.way.claims != row.way.claims:
            what = f"asks the same as row {first.number + 1}; write one row with the claims of both"
        else:
            what = f"says the same as row {first.number + 1}; take one out"
        yield f"{sheet.cell(row.number, 0)}: this row {what}"


def within_others(rows: Sequence[Row], sheet: Sheet, pathway: Pathway) -> Iterator[str]:
    """Rows that no case is in, and rows all of whose cases another has with the same claims.

    `pathway` tells apart the numbers that the rows ask for.
    """
    compiled = compile_pathway(pathway)
    diagrams = compiled.diagrams
    functions = {row.number: _function(row, pathway, compiled) for row in rows}
    cases = {number: definite(diagrams, each) for number, each in functions.items()}
    for row in rows:
        if cases[row.number] == FALSE:
            yield f"{sheet.cell(row.number, 0)}: no case is in this row"
            continue
        for other in rows:
            alike = (row.statement, row.unless, set(row.way.claims) | set(other.way.claims)) == (
                other.statement,
                other.unless,
                set(other.way.claims),
            )
            left = definite(diagrams, and_not(diagrams, cases[row.number], cases[other.number]))
            if alike and other is not row and left == FALSE:
                yield (
                    f"{sheet.cell(row.number, 0)}: every case of this row is in row "
                    f"{other.number + 1} too"
                )
                break


def gaps(rows: Sequence[Row], sheet: Sheet, factors: Mapping[str, Factor]) -> Iterator[str]:
    """Numbers that lie between those of rows which ask the same of everything else."""
    numbers = {name: each for name, each in factors.items() if isinstance(each, NumberFactor)}
    for name, factor in numbers.items():
        alike: dict[tuple[object, ...], list[Row]] = {}
        for row in rows:
            if _ranges(row.way, name):
                needs = {key: own for key, own in row.way.needs.items() if key != name}
                rest = way_text(Way(needs, row.way.uses), factors)
                alike.setdefault((row.statement, row.unless, rest), []).append(row)
        for own in (each for each in alike.values() if len(each) > 1):
            parts = united(part for row in own for part in _ranges(row.way, name))
            for below, above in pairwise(parts):
                gap = Range(below.high, above.low)
                told = " or ".join(range_words(factor, each) for each in apart(factor, [gap]))
                listed = ", ".join(str(row.number + 1) for row in own)
                yield (
                    f"{sheet.cell(own[-1].number, 0)}: rows {listed} leave out {told} of "
                    f"{quoted(factor.question)}, such as {number_in(factor, gap):f}"
                )


def _ranges(way: Way, name: str) -> tuple[Range, ...]:
    """The ranges of a number that a way asks for, where it asks for nothing else of it."""
    needs = way.needs.get(name, ())
    if len(needs) != 1 or needs[0].negated or needs[0].loose:
        return ()
    return tuple(test for test in needs[0].tests if isinstance(test, Range))


def _asked(row: Row, factors: Mapping[str, Factor]) -> str:
    return way_text(Way(row.way.needs, row.way.uses), factors)


def _function(row: Row, pathway: Pathway, compiled: Compiled) -> Node:
    """Where a row holds."""
    names = Names(pathway.factors, frozenset(pathway.shared))
    text = _asked(row, pathway.factors)
    tree = read_condition(read_yaml("always" if text == "{}" else text, "row"), names, Problems())
    if tree is None:
        raise ValueError(text)
    return compiled.function(tree)
