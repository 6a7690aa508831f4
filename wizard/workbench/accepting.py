"""Takes what is found of a case for what it expects, and leaves the rest of its file alone."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from wizard.case.expectation import REST, Expectation
from wizard.case.files import Case
from wizard.pathway.format.spans import Span, spans
from wizard.pathway.model import Pathway
from wizard.reasoning.assessment import Conclusions
from wizard.reasoning.expecting import expectation_of

_Wanted: TypeAlias = "str | tuple[str, ...] | Mapping[str, _Wanted]"
"""A word, a list of names, or a map, as an expectation has them."""


def accepted(path: Path, case: Case, found: Conclusions, pathway: Pathway) -> str:
    """The text of a case's file with what was found in its `expect`.

    Only what differs is written anew, so comments and layout stay; what the case does not mention
    is not added.  Raises CaseErrors where the file cannot be read, OSError.
    """
    text = path.read_text("utf-8-sig")
    whole = text if text.endswith("\n") else f"{text}\n"
    expect = spans(whole).parts["expect"][1]
    expected = case.expect
    if expected is None:
        return text
    edits = [
        edit
        for key, value in _wanted(pathway, expected, expectation_of(found)).items()
        if key in expect.parts
        for edit in _edits(whole, *expect.parts[key], value)
    ]
    for start, end, words in sorted(edits, reverse=True):
        whole = whole[:start] + words + whole[end:]
    return whole


def _wanted(pathway: Pathway, expected: Expectation, found: Expectation) -> dict[str, _Wanted]:
    """Each part of an expectation, with the entries that the case mentions."""
    options, factors, alerts = pathway.options, pathway.factors, pathway.alerts
    statements: dict[str, dict[str, _Wanted]] = {}
    for option, statement in expected.statements:
        status = found.statements[option, statement]
        statements.setdefault(option, {})[statement] = status
    return {
        "described": _ordered(found.described, options),
        "possible": {
            option: _ordered(found.possible[option], factors)
            for option in options
            if option in found.possible
        },
        "not_described": _ordered(found.not_described, options),
        "alerts": _ordered(found.alerts, alerts),
        "checks": _ordered(found.checks, alerts),
        "parked": _ordered(found.parked or (), factors),
        "aims": {
            option: _ordered(found.aims[option], options[option].aims_by_id)
            for option in expected.aims
        },
        "usual_settings": {
            option: found.usual_settings[option] for option in expected.usual_settings
        },
        "statements": statements,
        "excluded_by": {
            option: _ordered(found.excluded_by[option], options[option].excludes)
            for option in expected.excluded_by
        },
    }


def _ordered(names: Iterable[str], order: Iterable[str]) -> tuple[str, ...]:
    known = set(names)
    return tuple(name for name in order if name in known)


def _edits(text: str, key: int, span: Span, wanted: _Wanted) -> Iterator[tuple[int, int, str]]:
    """What to write in place of which part of the text: start, end, words.

    `key` is where the key of the value begins.
    """
    present = text[span.start : span.end]
    if present == REST or _says(text, span, wanted):
        return
    if isinstance(wanted, str) or span.flow or not span.parts:
        yield span.start, span.end, _flow(wanted)
    else:
        if not wanted:  # of a value that has lines of its own nothing is left to stand there
            behind = text.index(":", key) + 1
            yield behind, behind, f" {_flow(wanted)}"
        yield from _edits_of_lines(text, span, wanted)


def _edits_of_lines(
    text: str, span: Span, wanted: tuple[str, ...] | Mapping[str, _Wanted]
) -> Iterator[tuple[int, int, str]]:
    """The edits of a list or a map that has a line for each part."""
    for name, (start, value) in span.parts.items():
        if name not in wanted:
            yield text.rfind("\n", 0, start) + 1, _next_line(text, value.end), ""
        elif not isinstance(wanted, tuple):
            yield from _edits(text, start, value, wanted[name])
    behind = _next_line(text, span.end)
    indent = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    for name in wanted:
        if name not in span.parts:
            line = f"- {name}" if isinstance(wanted, tuple) else f"{name}: {_flow(wanted[name])}"
            yield behind, behind, f"{indent}{line}\n"


def _says(text: str, span: Span, wanted: _Wanted) -> bool:
    """Whether a part of the text says what is wanted, in whatever order."""
    if isinstance(wanted, str):
        return text[span.start : span.end].strip("\"'") == wanted
    if span.parts.keys() != set(wanted):
        return False
    return isinstance(wanted, tuple) or all(
        _says(text, span.parts[name][1], value) for name, value in wanted.items()
    )


def _flow(value: _Wanted) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return f"[{', '.join(value)}]"
    return f"{{{', '.join(f'{key}: {_flow(each)}' for key, each in value.items())}}}"


def _next_line(text: str, at: int) -> int:
    """Where the line after this place begins."""
    return text.find("\n", at) + 1
