"""A QuestionnaireResponse, read as a case: alone, or the one of a Bundle or of a guidance."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from wizard.case.files import Case, CaseErrors, case_of_nodes
from wizard.fhir.items import Fault
from wizard.fhir.json_text import NotJsonError, Path, places_of, read_json
from wizard.fhir.own import own_answers
from wizard.fhir.responses import BUNDLE, FORM, RESPONSE, Response, is_a, read_response
from wizard.fhir.values import Raw, ResponseAnswer
from wizard.pathway.codes import Code
from wizard.pathway.model import Pathway
from wizard.pathway.nodes import Entries, Items, Node, Text
from wizard.pathway.position import Position
from wizard.pathway.problems import Problem, quoted
from wizard.record import replace

GUIDANCE: Final = "GuidanceResponse"

Mapper = Callable[[Response, list[Fault]], tuple[Mapping[str, ResponseAnswer], Sequence[str]]]
"""What reads the answers to somebody else's questionnaire, and what it has to tell of that."""


def case_of_fhir(
    data: bytes,
    pathway: Pathway,
    name: str,
    mapped: Mapper | None = None,
    *,
    can_be_asked: bool = False,
) -> Case:
    """The case of a response in JSON; `mapped` reads one to somebody else's questionnaire.

    Raises CaseErrors with everything that is wrong with it.
    """
    reading = _Reading(data, name)
    raw, path, beside = reading.response()
    faults: list[Fault] = []
    response = read_response(raw, faults, beside)
    told: Sequence[str] = ()
    if response.pathway is None and mapped is not None:
        answers, told = mapped(response, faults)
    elif response.pathway is None and response.form:
        what = f"it answers the questionnaire {quoted(response.form)}, not the pathway's"
        faults = [Fault(("questionnaire",), what, "--columns MAP reads its answers")]
    elif response.is_to(pathway):
        named = response.pathway or pathway.id
        answers = own_answers(response.items, named, pathway, faults)
    else:  # a response for another pathway: that alone is told
        answers = {}
    if faults:
        raise reading.errors(faults, path)
    case = reading.case(response, answers, path, pathway, can_be_asked=can_be_asked)
    return replace(case, read_as=(*_told(response), *told))


# --- parts -----------------------------------------------------------------------------------


def _held(root: Mapping[str, Any]) -> Iterator[tuple[Any, Path]]:
    """The resources that stand in a Bundle, or that a GuidanceResponse contains."""
    for key in ("entry", "contained"):
        listed = root.get(key)
        for n, each in enumerate(listed if isinstance(listed, list) else []):
            if key == "contained":
                yield each, (key, n)
            elif isinstance(each, dict):
                yield each.get("resource"), (key, n, "resource")


class _Reading:
    """Reads one file or text, and finds the places of what is wrong in it."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data = data
        self._name = name

    def response(self) -> tuple[Mapping[str, Any], Path, Sequence[Mapping[str, Any]]]:
        """The one response that the text holds, where, and the questionnaires beside it.

        Raises CaseErrors.
        """
        try:
            root = read_json(self._data)
        except NotJsonError as error:
            where = Position(self._name, error.line, error.column)
            raise CaseErrors([Problem(Code.NOT_A_CASE, where, error.what)]) from None
        if is_a(root, RESPONSE):
            return root, (), ()
        if not is_a(root, BUNDLE) and not is_a(root, GUIDANCE):
            kind = quoted(str(root.get("resourceType"))) if isinstance(root, dict) else "list"
            what = f"this is a FHIR {kind}, which is not a case"
            raise self.errors([Fault(("resourceType",), what, f"a {RESPONSE} was expected")])
        held = list(_held(root))
        found = [(raw, path) for raw, path in held if is_a(raw, RESPONSE)]
        if len(found) == 1:
            return *found[0], [raw for raw, _ in held if is_a(raw, FORM)]
        kind = root["resourceType"]
        how_many = f"{len(found)} responses" if found else "no response"
        hint = "mdt-wizard cohort reads many cases" if found else ""
        raise self.errors(
            [Fault((), f"this {kind} has {how_many}, and one case was expected", hint)]
        )

    def errors(self, faults: Iterable[Fault], within: Path = ()) -> CaseErrors:
        """These faults of what stands at a path, each at its line and column."""
        told = [(within + each.path, each) for each in faults]
        places = self._places(path for path, _ in told)
        return CaseErrors(_problem(each, places[path]) for path, each in told)

    def case(
        self,
        response: Response,
        answers: Mapping[str, ResponseAnswer],
        within: Path,
        pathway: Pathway,
        *,
        can_be_asked: bool,
    ) -> Case:
        """The case of answers, read as one of a file is.  Raises CaseErrors."""

        def read(at: "Mapping[Path, Position]") -> Case:
            nowhere = Position(self._name, 1, 1)
            root = _root(response, answers, pathway, lambda path: at.get(path, nowhere))
            return case_of_nodes(root, pathway, can_be_asked=can_be_asked)

        try:
            return read({})
        except CaseErrors:
            # Only what is wrong is worth looking for its place.
            paths = {each.path for each in answers.values()} | {("questionnaire",)}
            places = self._places(within + each for each in paths)
            return read({each: places[within + each] for each in paths})

    def _places(self, paths: Iterable[Path]) -> dict[Path, Position]:
        found = places_of(self._data, paths)
        return {path: Position(self._name, *where) for path, where in found.items()}


def _problem(fault: Fault, where: Position) -> Problem:
    code = Code.WRONG_ANSWER if fault.link else Code.NOT_A_CASE
    return Problem(code, where, fault.words)


def _told(response: Response) -> Iterator[str]:
    """What to know of how a response was read."""
    yield f"read as a FHIR {RESPONSE}"
    if not response.finished:
        yield "the response is not finished: what it does not answer yet is not known"


def _root(
    response: Response,
    answers: Mapping[str, ResponseAnswer],
    pathway: Pathway,
    at: "Any",
) -> Entries:
    """The nodes of a case file that says the same."""
    top = at(("questionnaire",))
    root = Entries(top)
    for key, node in _stamp(response, pathway, top):
        root.add(Text(key, top, plain=True), node)
    measures, given = Entries(top), Entries(top)
    for factor, each in answers.items():
        where = at(each.path)
        given.add(Text(factor, where), _node(each.raw, where))
        if each.unit is not None:
            measures.add(Text(factor, where), _entries({"unit": each.unit}, where))
    root.add(Text("measures", top), measures)
    root.add(Text("answers", top), given)
    return root


def _stamp(response: Response, pathway: Pathway, top: Position) -> Iterator[tuple[str, Node]]:
    """What the response was made with; of an overlay only its own part is known."""
    if response.pathway is None:
        return
    stamp = {"version": response.version, "digest": response.digest}
    said = {key: value for key, value in stamp.items() if value is not None}
    base = pathway.extends
    if base is None or response.pathway != pathway.id:
        yield "pathway", Text(response.pathway, top)
        for key, value in said.items():
            yield key, Text(value, top)
        return
    yield "pathway", Text(base.pathway, top)
    overlays = Items(top)
    overlays.append(_entries({"id": pathway.id, **said}, top))
    yield "overlays", overlays


def _node(raw: Raw, where: Position) -> Node:
    if isinstance(raw, dict):
        return _entries(raw, where)
    if isinstance(raw, list):
        items = Items(where)
        items.extend(Text(each, where) for each in raw)
        return items
    return Text(raw, where)


def _entries(raw: Mapping[str, str], where: Position) -> Entries:
    entries = Entries(where)
    for key, value in raw.items():
        entries.add(Text(key, where), Text(value, where))
    return entries
