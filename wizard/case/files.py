"""Case files: answers (and what is expected of them) as YAML or JSON, read and written whole.

JSON is YAML, so one reader serves both.  Everything that is wrong with a file is told at once,
each with its line and column.
"""

import json
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wizard.case.answers import (
    NO_ANSWERS,
    NUMBER_NOT_DONE,
    Answer,
    Answers,
    MultiAnswer,
    NumberAnswer,
    Unknown,
)
from wizard.case.nodes import check_key, entries_of, is_null, plain_data, text_of
from wizard.case.transitions import (
    UNKNOWN_WORD,
    AnswerError,
    MemberState,
    parse_answer,
    raw_answer,
)
from wizard.exits import ExitCode
from wizard.pathway.codes import Code
from wizard.pathway.factors import NOT_DONE, Factor, MultiFactor
from wizard.pathway.format.content import read_bytes
from wizard.pathway.format.json_nodes import plain_json
from wizard.pathway.model import Pathway
from wizard.pathway.position import Position
from wizard.pathway.problems import FileErrors, Problem, Problems, listed, nearest, quoted
from wizard.record import NOTHING, Record

if TYPE_CHECKING:
    from wizard.case.decisions import Decisions
    from wizard.case.expectation import Expectation
    from wizard.pathway.nodes import Entries, Node, Text

_NEEDED: Final = {
    "title": "",
    "vignette": "",
    "expect": "say what must follow from the answers; in a written stub, confirm its last lines",
}
_KEYS: Final = ("pathway", "title", "vignette", "answers", "expect", "record")


class CaseErrors(FileErrors):
    """A case that does not fit its pathway, or that cannot be read at all."""

    code = ExitCode.BAD_CASE


class Case(Record):
    """A case: answers, and for a regression case its story and what is expected of it.

    `closed_lists` are the factors that were answered with a list, which was taken as complete;
    `renamed` tells what the case calls by an id of before: `option OLD is now NEW`; `decisions` is
    the team's own record, None where there is none.
    """

    answers: Answers
    title: str | None = None
    vignette: str | None = None
    expect: "Expectation | None" = None
    closed_lists: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    decisions: "Decisions | None" = None


def read_case(
    source: Path | bytes | str,
    pathway: Pathway,
    name: str | None = None,
    unread: frozenset[str] = frozenset(),
) -> Case:
    """The case of a file, or of bytes or text, that messages call `name`.

    `unread` are files of the pathway that could not be read: nothing is said of their names.
    Raises CaseErrors with everything that is wrong with it.
    """
    name = name or (str(source) if isinstance(source, Path) else "standard input")
    try:
        data = read_bytes(source, name) if isinstance(source, Path) else source
    except FileErrors as error:
        raise CaseErrors(error.problems) from None
    problems = Problems()
    root = plain_json(
        data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"), name
    )
    if root is not None:
        case = _case_of(root, pathway, problems, unread)
        if not problems:
            return case
    return _checked(_nodes(data, name), pathway, unread)


def read_regression_case(
    source: "Path | bytes | Entries",
    pathway: Pathway,
    name: str | None = None,
    unread: frozenset[str] = frozenset(),
) -> Case:
    """A case with title, vignette and expectation.  Raises CaseErrors, also where it lacks one."""
    if isinstance(source, dict):
        case = _checked(source, pathway, unread)
    else:
        case = read_case(source, pathway, name, unread)
    start = Position(name or str(source), 1, 1)
    problems = Problems()
    for key, expected in _NEEDED.items():
        if getattr(case, key) is None:
            problems.tell(Code.NOT_A_CASE, start, f"{key} is missing", expected)
    if problems:
        raise CaseErrors(problems)
    return case


def read_regression_cases(
    folder: Path,
    pathway: Pathway,
    unread: frozenset[str] = frozenset(),
    drafts: "Mapping[str, bytes | Entries]" = NOTHING,
) -> dict[str, Case]:
    """Every regression case of a folder, by file name.

    `drafts` are what stands in place of files: their bytes, or what these hold.  Raises CaseErrors
    with everything that is wrong with any of them.
    """
    cases: dict[str, Case] = {}
    problems = Problems()
    for name, source in _sources(folder, drafts).items():
        try:
            cases[name.rpartition("/")[2]] = read_regression_case(source, pathway, name, unread)
        except CaseErrors as error:
            problems.extend(error.problems)
    if problems:
        raise CaseErrors(problems)
    return cases


def case_form_problems(folder: Path, drafts: "Mapping[str, bytes | Entries]" = NOTHING) -> Problems:
    """What is wrong with the YAML of a folder's cases, where no pathway can be read."""
    problems = Problems()
    for name, source in _sources(folder, drafts).items():
        try:
            if not isinstance(source, dict):
                _nodes(source, name)
        except CaseErrors as errors:
            problems.extend(errors.problems)
    return problems


def _sources(
    folder: Path, drafts: "Mapping[str, bytes | Entries]"
) -> "dict[str, Path | bytes | Entries]":
    """What is read as each case of a folder, by relative path."""
    files = {f"{folder.name}/{path.name}": path for path in folder.glob("*.yaml")}
    return dict(sorted({**files, **drafts}.items()))


def case_text(case: Case, pathway: Pathway) -> str:
    """A case as a file has it, without an expectation."""
    lines = [f"pathway: {pathway.id}"]
    lines += [f"title: {quoted_line(case.title)}"] if case.title else []
    lines += [f"vignette: {quoted_line(case.vignette)}"] if case.vignette else []
    lines += answers_lines(case.answers, pathway)
    if case.decisions:
        from wizard.case.decision_files import record_lines  # noqa: PLC0415 - imported on first use

        lines += record_lines(case.decisions, pathway)
    return "\n".join(lines) + "\n"


def answers_lines(answers: Answers, pathway: Pathway) -> list[str]:
    """Answers as a file has them, in the order of the walk."""
    answered = [
        f"  {factor.id}: {_written(factor, answers[factor.id])}"
        for factor in pathway.factors.values()
        if factor.id in answers
    ]
    return ["answers:", *answered] if answered else ["answers: {}"]


def quoted_line(text: str) -> str:
    """Text in double quotes on one line; what JSON escapes, YAML reads alike."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


# --- parts -----------------------------------------------------------------------------------


def _nodes(source: Path | bytes | str, name: str) -> "Node":
    """The nodes of a case file.  Raises CaseErrors."""
    try:
        # Imported on first use: whatever reads no file does not wait for the YAML parser.
        root: Node = import_module("wizard.pathway.format.events").read_yaml(
            source, name, empty_values=True
        )
    except FileErrors as error:
        raise CaseErrors(error.problems) from None
    return root


def _checked(root: "Node", pathway: Pathway, unread: frozenset[str]) -> Case:
    """The case of nodes.  Raises CaseErrors."""
    problems = Problems()
    case = _case_of(root, pathway, problems, unread)
    if problems:
        raise CaseErrors(problems)
    return case


def _case_of(root: "Node", pathway: Pathway, problems: Problems, unread: frozenset[str]) -> Case:
    renamed: tuple[str, ...] = ()
    if pathway.former:
        # Imported on first use: few pathways have names of before.
        root, renamed = import_module("wizard.case.former").with_present_names(root, pathway)
    entries = entries_of(root, "a case", problems)
    parts = {str(key): value for key, value in entries.items() if not is_null(value)}
    if (other := _something_else(entries, parts, pathway)) is not None:
        problems.append(other)
        return Case(NO_ANSWERS)
    for key in entries:
        check_key(key, _KEYS, "part of a case", problems)
    if "answers" not in parts and not problems:
        problems.tell(
            Code.NOT_A_CASE,
            root.position,
            "a case: answers is missing",
            "write answers: {} for none",
        )
    return Case(
        answers=read_answers(parts.get("answers"), pathway, problems),
        closed_lists=_closed_lists(parts.get("answers"), pathway),
        title=text_of(parts.get("title"), "title", problems),
        vignette=text_of(parts.get("vignette"), "vignette", problems),
        expect=_expectation(parts.get("expect"), pathway, problems, unread),
        renamed=renamed,
        decisions=_decisions(parts.get("record"), pathway, problems),
    )


def _expectation(
    node: "Node | None", pathway: Pathway, problems: Problems, unread: frozenset[str]
) -> "Expectation | None":
    if node is None:
        return None
    from wizard.case.expectation import read_expectation  # noqa: PLC0415 - imported on first use

    return read_expectation(node, pathway, problems, unread)


def _decisions(node: "Node | None", pathway: Pathway, problems: Problems) -> "Decisions | None":
    if node is None:
        return None
    from wizard.case.decision_files import read_record  # noqa: PLC0415 - imported on first use

    return read_record(node, pathway, problems) or None


def _something_else(
    entries: "Iterable[Text]", parts: "Mapping[str, Node]", pathway: Pathway
) -> Problem | None:
    """The one problem of a file that is not laid out as a case of this pathway, else None."""
    if isinstance(kind := parts.get("resourceType"), str):
        return Problem(
            Code.NOT_A_CASE,
            kind.position,
            f"this is a FHIR {quoted(kind)}, which is not read",
            'write a case: "answers:", and under it each answer by the id of its question',
        )
    named = parts.get("pathway")
    if named is not None and named != pathway.id:
        shown = quoted(named) if isinstance(named, str) else "something else"
        what = f"this case is for the pathway {shown}, not {pathway.id}"
        return Problem(Code.NOT_A_CASE, named.position, what, cause=f"pathway {shown}")
    names = (*_KEYS, *pathway.factors)
    loose = [key for key in entries if key not in _KEYS and nearest(key, names) in pathway.factors]
    if loose:
        verb = "stands" if len(loose) == 1 else "stand"
        what = f'{listed(map(quoted, loose))} {verb} outside "answers:"'
        return Problem(
            Code.NOT_A_CASE, loose[0].position, what, 'put these under "answers:", indented'
        )
    return None


def read_answers(node: "Node | None", pathway: Pathway, problems: Problems) -> Answers:
    """The answers of a map; adds to `problems` whatever is wrong with it."""
    given: dict[str, Answer] = {}
    for key, value in ({} if node is None else entries_of(node, "answers", problems)).items():
        if not check_key(key, pathway.factors, "factor of the pathway", problems) or is_null(value):
            continue
        try:
            given[str(key)] = parse_answer(pathway.factors[key], plain_data(value))
        except AnswerError as error:
            what = f"{key}: {quoted(error.value)} {error.what}"
            where = _place(value, error.path)
            cause = error.cause or f"answer {key}.{error.value}"
            problems.append(
                Problem(Code.WRONG_ANSWER, where, what, error.expected, error.near, cause)
            )
    return Answers.in_order(given, pathway.factors)


def _closed_lists(node: "Node | None", pathway: Pathway) -> tuple[str, ...]:
    """The multi factors that are answered with a list: what it leaves out is absent."""
    entries = node.items() if isinstance(node, dict) else ()
    lists = {
        str(key)
        for key, value in entries
        if isinstance(value, list) and plain_data(value) != [NOT_DONE]
    }
    return tuple(
        factor.id
        for factor in pathway.factors.values()
        if isinstance(factor, MultiFactor) and factor.id in lists
    )


def _place(node: "Node", path: tuple[int | str, ...]) -> Position:
    """The position of the part of an answer at a path; for an entry of a map, that of its key."""
    for step in path:
        if isinstance(node, list) and isinstance(step, int):
            node = node[step]
        elif isinstance(node, dict) and isinstance(step, str):
            return node.key(step).position
    return node.position


def _written(factor: Factor, answer: Answer) -> str:
    """An answer in YAML's flow style."""
    if isinstance(answer, Unknown):
        return answer.group or UNKNOWN_WORD
    if isinstance(answer, NumberAnswer) and answer != NUMBER_NOT_DONE:
        return f"{answer.value:f}"
    raw = raw_answer(factor, answer)
    if isinstance(raw, dict) and isinstance(answer, MultiAnswer):
        if MemberState.UNKNOWN not in raw.values():
            return f"[{', '.join(member for member in raw if member in answer.present)}]"
        said = {member: state for member, state in raw.items() if state != MemberState.UNKNOWN}
        return f"{{{', '.join(f'{member}: {state}' for member, state in said.items())}}}"
    return f"[{', '.join(raw)}]" if isinstance(raw, list) else str(raw)
