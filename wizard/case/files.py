"""Case files: answers, what is kept with them, and what is expected of them, as YAML or JSON.

JSON is YAML, so one reader serves both.  Everything that is wrong with a file is told at once,
each with its line and column.
"""

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from wizard.case.answers import NO_ANSWERS, Answers
from wizard.case.given import Reading, SetAside, closed_lists, read_given
from wizard.case.made import Made, Measures, made_in, read_made, read_measures
from wizard.case.nodes import check_key, entries_of, is_null, text_of
from wizard.exits import ExitCode
from wizard.pathway.codes import Code
from wizard.pathway.format.content import read_bytes
from wizard.pathway.format.json_nodes import plain_json
from wizard.pathway.model import Pathway
from wizard.pathway.nodes import child
from wizard.pathway.position import Position
from wizard.pathway.problems import FileErrors, Problem, Problems, listed, nearest, quoted
from wizard.record import NOTHING, Record

if TYPE_CHECKING:
    from wizard.case.decisions import Decisions
    from wizard.case.expectation import Expectation
    from wizard.case.log import JSON, Log
    from wizard.pathway.nodes import Entries, Node, Text

_NEEDED: Final = {
    "title": "",
    "vignette": "",
    "expect": "say what must follow from the answers; in a written stub, confirm its last lines",
}
KEYS: Final = (
    *("pathway", "version", "digest", "overlays", "measures", "title", "vignette"),
    *("answers", "aside", "expect", "standing", "record", "log"),
)
"""What a case may hold, in the order in which it is written."""


class CaseErrors(FileErrors):
    """A case that does not fit its pathway, or that cannot be read at all."""

    code = ExitCode.BAD_CASE


class Case(Record):
    """A case: answers, and for a regression case its story and what is expected of it.

    `closed_lists` are the factors that were answered with a list, which was taken as complete;
    `renamed` tells what the case calls by an id of before: `option OLD is now NEW`.

    A saved case tells besides what it was `made` with and what its numbers were `measures` of;
    `aside` are answers that are not read, `back` the factors whose answers were aside and are
    known now.  `decisions` are the team's own record, None where there is none; `standing` is what
    followed when it was saved, as data, and `log` what was done to it.

    `read_as` tells how a case was read that is not a file of the tool's own; none where it is.
    """

    answers: Answers
    title: str | None = None
    vignette: str | None = None
    expect: "Expectation | None" = None
    closed_lists: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    made: Made | None = None
    measures: Measures = NOTHING
    aside: tuple[SetAside, ...] = ()
    back: tuple[str, ...] = ()
    standing: "Mapping[str, JSON] | None" = None
    decisions: "Decisions | None" = None
    log: "Log" = ()
    read_as: tuple[str, ...] = ()


class _How(Record):
    """How a case is read: in which pathway, for whom, and of which files nothing is known."""

    pathway: Pathway
    unread: frozenset[str] = frozenset()
    can_be_asked: bool = False


def read_case(
    source: Path | bytes | str,
    pathway: Pathway,
    name: str | None = None,
    unread: frozenset[str] = frozenset(),
    *,
    can_be_asked: bool = False,
) -> Case:
    """The case of a file, or of bytes or text, that messages call `name`.

    `unread` are files of the pathway that could not be read: nothing is said of their names.
    Where a person `can_be_asked`, a number in another unit is set aside, and not a mistake.
    Raises CaseErrors with everything that is wrong with it.
    """
    how = _How(pathway, unread, can_be_asked)
    name = name or (str(source) if isinstance(source, Path) else "standard input")
    try:
        data = read_bytes(source, name) if isinstance(source, Path) else source
    except FileErrors as error:
        raise CaseErrors(error.problems) from None
    problems = Problems()
    data = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    if data.startswith(b"{") and b"\\ud" in data:
        data = import_module("wizard.case.of_report").without_pairs(data)
    root = plain_json(data, name)
    if root is not None:
        case = _case_of(root, how, problems)
        if not problems:
            return case
    return _checked(_nodes(data, name), how)


def case_of_nodes(root: "Node", pathway: Pathway, *, can_be_asked: bool = False) -> Case:
    """The case of nodes that say what a case file says.  Raises CaseErrors."""
    return _checked(root, _How(pathway, can_be_asked=can_be_asked))


def read_regression_case(
    source: "Path | bytes | Entries",
    pathway: Pathway,
    name: str | None = None,
    unread: frozenset[str] = frozenset(),
) -> Case:
    """A case with title, vignette and expectation.  Raises CaseErrors, also where it lacks one."""
    if isinstance(source, dict):
        case = _checked(source, _How(pathway, unread))
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


def _checked(root: "Node", how: _How) -> Case:
    """The case of nodes.  Raises CaseErrors."""
    problems = Problems()
    case = _case_of(root, how, problems)
    if problems:
        raise CaseErrors(problems)
    return case


def _case_of(root: "Node", how: _How, problems: Problems) -> Case:
    pathway = how.pathway
    root = _of_report(root)
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
        check_key(key, KEYS, "part of a case", problems)
    if "answers" not in parts and not problems:
        problems.tell(
            Code.NOT_A_CASE,
            root.position,
            "a case: answers is missing",
            "write answers: {} for none",
        )
    made = read_made(parts, problems)
    measures = read_measures(parts.get("measures"), problems)
    another = made is not None and made.differs(made_in(pathway))
    reading = Reading(pathway, measures, another, how.can_be_asked)
    given = read_given(parts.get("answers"), parts.get("aside"), reading, problems)
    return Case(
        answers=given.answers,
        closed_lists=closed_lists(parts.get("answers"), pathway),
        title=text_of(parts.get("title"), "title", problems),
        vignette=text_of(parts.get("vignette"), "vignette", problems),
        expect=_expectation(parts.get("expect"), pathway, problems, how.unread),
        renamed=renamed,
        made=made,
        measures=measures,
        aside=given.aside,
        back=given.back,
        decisions=_decisions(parts.get("record"), reading, problems),
        **_kept(parts, problems),
    )


def _kept(parts: "Mapping[str, Node]", problems: Problems) -> dict[str, Any]:
    """The standing and the log of a saved case."""
    if not {"standing", "log"} & parts.keys():
        return {}
    # Imported on first use: most cases keep nothing beside their answers.
    from wizard.case.kept_parts import read_log, read_standing

    return {
        "standing": read_standing(parts.get("standing"), problems),
        "log": read_log(parts.get("log"), problems),
    }


def _of_report(root: "Node") -> "Node":
    """What is read as a case: of the tool's own report in JSON its answers and what made them."""
    parts = {str(key): value for key, value in root.items()} if isinstance(root, dict) else {}
    tool = parts.get("tool")
    if not isinstance(tool, dict) or child(tool, "name") != "mdt-wizard":
        return root
    # Imported on first use: few cases are reports.
    as_case: Node = import_module("wizard.case.of_report").as_case(root)
    return as_case


def _expectation(
    node: "Node | None", pathway: Pathway, problems: Problems, unread: frozenset[str]
) -> "Expectation | None":
    if node is None:
        return None
    from wizard.case.expectation import read_expectation

    return read_expectation(node, pathway, problems, unread)


def _decisions(node: "Node | None", reading: Reading, problems: Problems) -> "Decisions | None":
    if node is None:
        return None
    from wizard.case.decision_files import read_record

    return read_record(node, reading.pathway, problems, lenient=reading.lenient) or None


def is_resource(data: bytes) -> bool:
    """Whether JSON holds a FHIR resource: it has a key `resourceType`, or is a list that names it.

    Within a text of JSON a quote has a backslash in front, so that the word is never found there.
    """
    word, begun = b'"resourceType"', data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if begun == b"[":
        return word in data
    return begun == b"{" and any(rest.lstrip()[:1] == b":" for rest in data.split(word)[1:])


def _something_else(
    entries: "Iterable[Text]", parts: "Mapping[str, Node]", pathway: Pathway
) -> Problem | None:
    """The one problem of a file that is not laid out as a case of this pathway, else None."""
    if isinstance(kind := parts.get("resourceType"), str):
        return Problem(
            Code.NOT_A_CASE,
            kind.position,
            f"this is a FHIR {quoted(kind)}, which is not read here",
            "`mdt-wizard assess` and `cohort` read a QuestionnaireResponse in JSON",
        )
    named = parts.get("pathway")
    if named is not None and named != pathway.id and not _of_base(named, parts, pathway):
        shown = quoted(named) if isinstance(named, str) else "something else"
        what = f"this case is for the pathway {shown}, not {pathway.id}"
        return Problem(Code.NOT_A_CASE, named.position, what, cause=f"pathway {shown}")
    names = (*KEYS, *pathway.factors)
    loose = [key for key in entries if key not in KEYS and nearest(key, names) in pathway.factors]
    if loose:
        verb = "stands" if len(loose) == 1 else "stand"
        what = f'{listed(map(quoted, loose))} {verb} outside "answers:"'
        return Problem(
            Code.NOT_A_CASE, loose[0].position, what, 'put these under "answers:", indented'
        )
    return None


def _of_base(named: "Node", parts: "Mapping[str, Node]", pathway: Pathway) -> bool:
    """Whether a saved case was made in the pathway that this one only adds to."""
    saved = bool({"version", "digest", "overlays"} & parts.keys())
    return saved and pathway.extends is not None and named == pathway.extends.pathway
