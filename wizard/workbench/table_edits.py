"""Writes a statement's condition into its file, and leaves all else in it as it is."""

from collections.abc import Sequence

from wizard.exits import WrongUsageError
from wizard.pathway.format.layout import laid_out
from wizard.pathway.format.spans import Span, spans
from wizard.pathway.model import Option, Pathway
from wizard.pathway.problems import quoted
from wizard.workbench.table_conditions import way_text
from wizard.workbench.table_sheets import Row, rule_rows
from wizard.workbench.tables import Way

_Edit = tuple[int, int, str]


def statement_span(text: str, statement: str) -> Span | None:
    """Where a statement of an option's file stands; None where the file does not have it."""
    root = spans(text)
    held = root.parts.get("statements")
    found = None if held is None else held[1].parts.get(statement)
    return None if found is None else found[1]


def has_unless(text: str, statement: str) -> bool:
    """Whether a statement has an `unless` of its own."""
    span = statement_span(text, statement)
    return span is not None and "unless" in span.parts


def with_condition(
    text: str, statement: str, when: tuple[str, ...] | None, unless: tuple[str, ...] | None
) -> str:
    """An option's file with other ways of a statement, each as a map on one line.

    None leaves `when` or `unless` as it is, and no ways take `unless` out.  A file in the one
    layout stays in it.  Raises KeyError where the file does not have the statement.
    """
    span = statement_span(text, statement)
    if span is None:
        raise KeyError(quoted(statement))
    whole = text if text.endswith("\n") else f"{text}\n"
    edits: list[_Edit] = []
    main = "when" if "when" in span.parts else "tree"
    start, value = span.parts[main]
    if when is not None:
        edits.append((start, value.end, _entry(whole, span, "when", when)))
    if unless is not None:
        edits.append(_unless_edit(whole, span, value.end, unless))
    found = whole
    for begin, end, words in sorted(edits, reverse=True):
        found = found[:begin] + words + found[end:]
    return laid_out(found) if laid_out(whole) == whole else found


def _entry(text: str, span: Span, key: str, ways: tuple[str, ...]) -> str:
    """A key and its ways, as a list where there are several."""
    if len(ways) == 1:
        return f"{key}: {'always' if ways[0] == '{}' else ways[0]}"
    if span.flow:
        return f"{key}: [{', '.join(ways)}]"
    indent = " " * (span.start - text.rfind("\n", 0, span.start) - 1)
    return "\n".join([f"{key}:", *(f"{indent}  - {way}" for way in ways)])


def _unless_edit(text: str, span: Span, behind: int, ways: tuple[str, ...]) -> _Edit:
    """What to write for `unless`: in its place, behind the rule, or nothing any more."""
    if "unless" not in span.parts:
        words = _entry(text, span, "unless", ways)
        indent = " " * (span.start - text.rfind("\n", 0, span.start) - 1)
        return behind, behind, f", {words}" if span.flow else f"\n{indent}{words}"
    start, value = span.parts["unless"]
    if ways:
        return start, value.end, _entry(text, span, "unless", ways)
    if span.flow:
        return text.rindex(",", 0, start), value.end, ""
    first = text.rfind("\n", 0, start) + 1
    return first, text.index("\n", value.end) + 1, ""


def taken_back(
    text: str, option: Option, pathway: Pathway, rows: Sequence[Row]
) -> tuple[str, tuple[str, ...]]:
    """An option's file with what the rows of a sheet say, and the statements that changed.

    What says the same in another order stays as it is written.  Raises WrongUsageError where a
    statement has no row that describes, or stands in another folder's file.
    """
    changed = []
    for name in dict.fromkeys(row.statement for row in rows):
        here = statement_span(text, name) is not None
        own = here and has_unless(text, name)
        before = rule_rows(option.statements[name], pathway, unless=own)
        when, unless = (
            tuple(each.way for each in rows if each.statement == name and each.unless == denied)
            for denied in (False, True)
        )
        if not when:
            raise WrongUsageError(f"no row of {name} describes; a statement needs one that does")
        held = _changed(pathway, before.when, when)
        silent = _changed(pathway, before.unless, unless)
        if held is not None or silent is not None:
            if not here:
                what = f"{name} is of the pathway that this one extends; change it there"
                raise WrongUsageError(what)
            text = with_condition(text, name, held, silent)
            changed.append(name)
    return text, tuple(changed)


def _changed(
    pathway: Pathway, before: tuple[Way, ...], after: tuple[Way, ...]
) -> tuple[str, ...] | None:
    """The ways as they are to be written; None where they say what is there."""
    old, new = ([way_text(way, pathway.factors) for way in each] for each in (before, after))
    return None if sorted(old) == sorted(new) else tuple(new)
