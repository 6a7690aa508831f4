"""QuestionnaireResponses as rows: of a Bundle, or one a line as a bulk export has them.

A row tells its place alone.  Nothing of a person goes on: subject, author, names and texts that
somebody typed are not looked at; ids are compared, and neither kept nor written.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final

from wizard.cohort.answering import Answering, Masks, UnknownValueError
from wizard.cohort.mapped import UNSHOWN, MappedReading, Noted
from wizard.cohort.mapping import RegistryMap, own_columns
from wizard.cohort.reading import MOST_KNOWN, Case, Entry
from wizard.cohort.tables import TableError
from wizard.engine.compiling import Compiled
from wizard.exits import WrongUsageError
from wizard.fhir.items import Fault
from wizard.fhir.json_text import NotJsonError, read_json
from wizard.fhir.own import own_answers
from wizard.fhir.responses import BUNDLE, FORM, RESPONSE, Response, is_a, read_response
from wizard.fhir.values import ResponseAnswer
from wizard.pathway.factors import MultiFactor, NumberFactor
from wizard.pathway.problems import listed, quoted
from wizard.wording.text import counted

MOST_BYTES: Final = 64 * 1024 * 1024
"""Of a Bundle, which is read as a whole."""
_MOST_IDS: Final = 250_000
"""Of responses one a line that are compared; memory is in proportion to them."""
_TYPES: Final = ("collection", "searchset", "batch", "transaction", "document", "message")


class ResponseRows:
    """Reads responses as rows, and notes what else there is to tell of them.

    `registry` is a map for the answers to somebody else's questionnaire, None where there is none;
    `by` the factor by which rows are grouped.  Raises MapErrors.
    """

    def __init__(self, compiled: Compiled, registry: RegistryMap | None, by: str | None) -> None:
        self.rows = 0
        self._pathway = compiled.pathway
        self._registry = registry
        self._mapped = None if registry is None else MappedReading(registry, compiled.pathway)
        self._answering = Answering(compiled.space, ())
        self._by = by
        self._known: dict[Masks, Case] = {}
        self._told: list[str] = []
        self._passed: Counter[str] = Counter()
        self._notes: Counter[str] = Counter()
        self._met: set[str] = set()
        self._ids: set[int] = set()

    def line(self, number: int, data: bytes) -> Entry | None:
        """The row of a line; None where it is another resource, which is passed over."""
        try:
            raw = read_json(data)
        except NotJsonError as error:
            return self._entry("line", number, error.what)
        if is_a(raw, RESPONSE):
            self._note_id(raw.get("id"))
        return self._row("line", number, raw, ())

    def document(self, file: BinaryIO, name: str) -> Iterator[Entry]:
        """The rows of a Bundle, or of one response.  Raises TableError."""
        data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            what = "a Bundle of more than 64 MiB; write one response a line (.ndjson)"
            raise TableError(f"{name}: {what}")
        if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
            raise TableError(f"{name}: this is XML; FHIR is read as JSON alone")
        try:
            root = read_json(data)
        except NotJsonError as error:
            what = (
                f"{error.what}; of one response a line the name ends in .ndjson, or --input jsonl"
            )
            hint = what if "Extra data" in error.what else error.what
            raise TableError(f"{name}:{error.line}:{error.column}: {hint}") from None
        if is_a(root, RESPONSE):
            root = {"type": _TYPES[0], "entry": [{"resource": root}]}
        elif not is_a(root, BUNDLE):
            kind = root.get("resourceType") if isinstance(root, dict) else None
            what = f"this is a FHIR {quoted(str(kind))}" if kind else "this is not FHIR"
            raise TableError(f"{name}: {what}; a {BUNDLE} of {RESPONSE}s was expected")
        yield from self._bundle(root, name)

    @property
    def lines(self) -> Iterator[str]:
        """What a person is told once all is read."""
        yield from self._told
        if self._passed:
            others = (f"{number:,} {kind}" for kind, number in sorted(self._passed.items()))
            yield f"passed over, as they are not responses: {', '.join(others)}"
        yield from (
            f"{counted(number, 'response')}: {what}" for what, number in self._notes.items()
        )
        if self._registry is not None and self.rows:
            own = own_columns(self._pathway)
            named = [each for each in self._registry.columns if each not in own]
            if missing := [each for each in named if each not in self._met]:
                yield f"in the map, and answered in no response: {listed(map(quoted, missing))}"

    def _bundle(self, root: Mapping[str, Any], name: str) -> Iterator[Entry]:
        kind, entries, links = (root.get(each) for each in ("type", "entry", "link"))
        if kind not in _TYPES:
            why = "may have a case twice" if kind == "history" else "is not read"
            what = f"of type {quoted(str(kind))}, which {why}" if kind else "without a type"
            hint = f"one of {listed(_TYPES)} was expected"
            raise TableError(f"{name}: this is a {BUNDLE} {what}; {hint}")
        if not isinstance(entries, list | None):
            raise TableError(f"{name}: entry is not a list")
        if isinstance(links, list) and any(
            isinstance(each, dict) and each.get("relation") == "next" for each in links
        ):
            self._told.append("this is one page of a search; its other pages are not in the file")
        self._note_alike(entries or [])
        held = [each.get("resource") if isinstance(each, dict) else None for each in entries or []]
        forms = [each for each in held if isinstance(each, dict) and is_a(each, FORM)]
        for number, raw in enumerate(held, 1):
            row = self._row("entry", number, raw, forms)
            if row is not None:
                yield row

    def _row(
        self, place: str, number: int, raw: object, forms: Sequence[Mapping[str, Any]]
    ) -> Entry | None:
        kind = raw.get("resourceType") if isinstance(raw, dict) else None
        if not isinstance(kind, str):
            return self._entry(place, number, "it has no resource")
        if kind == BUNDLE:
            return self._entry(place, number, f"a {BUNDLE} in it is not read")
        if kind != RESPONSE or not isinstance(raw, dict):
            self._passed[kind if kind.isalpha() and len(kind) < 40 else "others"] += 1
            return None
        faults: list[Fault] = []
        response = read_response(raw, faults, forms)
        answers = {} if faults else self._answers(response, faults)
        if faults:
            more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
            return self._entry(place, number, faults[0].words + more, faults[0].factor)
        try:
            masks = self._masks(answers)
        except UnknownValueError as error:
            what = f"linkId {quoted(error.factor)}: {error}"
            return self._entry(place, number, what, error.factor, self._group(answers))
        self._note(response)
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        case = self._known.setdefault(masks, Case(masks))
        return self._entry(place, number, case, group=self._group(answers))

    def _answers(self, response: Response, faults: list[Fault]) -> Mapping[str, ResponseAnswer]:
        """The answers of a response by factor."""
        if response.pathway is None and self._mapped is not None:
            answers, noted = self._mapped.answers(response, faults)
            self._note_mapped(noted)
            return answers
        if not response.is_to(self._pathway):
            what = f"it answers the questionnaire {quoted(response.form)}, not the pathway's"
            hint = "" if response.pathway else "--columns MAP reads its answers"
            faults.append(Fault((), what, hint))
            return {}
        named = response.pathway or self._pathway.id
        return own_answers(response.items, named, self._pathway, faults)

    def _masks(self, answers: Mapping[str, ResponseAnswer]) -> Masks:
        """What the answers allow.  Raises UnknownValueError."""
        for name, each in answers.items():
            factor = self._pathway.factors.get(name)
            if isinstance(factor, NumberFactor) and each.unit not in (None, factor.unit):
                given, asked = (quoted(unit or "no unit") for unit in (each.unit, factor.unit))
                raise UnknownValueError(name, f"it was given in {given}, and is asked in {asked}")
        return self._answering.masks_of_case({name: each.raw for name, each in answers.items()})

    def _group(self, answers: Mapping[str, ResponseAnswer]) -> str | None:
        """The answer to the factor by which rows are grouped.  Raises WrongUsageError."""
        if self._by is None:
            return None
        factor = self._pathway.factors.get(self._by)
        if factor is None or isinstance(factor, MultiFactor):
            what = "of FHIR responses it is the id of a question with one answer"
            raise WrongUsageError(f"--by: there is no {quoted(self._by)}; {what}")
        raw = answers[self._by].raw if self._by in answers else ""
        return "|".join(raw) if isinstance(raw, list) else str(raw)

    def _entry(
        self,
        place: str,
        number: int,
        said: Case | str,
        factor: str | None = None,
        group: str | None = None,
    ) -> Entry:
        """A row: its case, or what is wrong with it."""
        self.rows += 1
        if isinstance(said, str):
            said = Case(error=f"{place} {number}: {said}", factor=factor)
        if group is None:
            group = self._group({})
        return f'{{"{place}": {number}, ', group, said

    def _note_alike(self, entries: Sequence[Any]) -> None:
        """Note how many responses have an address that another one has, and no address itself."""
        urls = (
            each.get("fullUrl")
            for each in entries
            if isinstance(each, dict) and is_a(each.get("resource"), RESPONSE)
        )
        counts = Counter(url for url in urls if isinstance(url, str))
        if more := sum(counts.values()) - len(counts):
            self._notes["with the fullUrl of one before, so a case may be counted twice"] += more

    def _note_id(self, own: object) -> None:
        """Note a response with the id of one before, of which the hash alone is kept."""
        if not isinstance(own, str):
            return
        if hash(own) in self._ids:
            self._notes["with the id of one before, so a case may be counted twice"] += 1
        elif len(self._ids) < _MOST_IDS:
            self._ids.add(hash(own))

    def _note(self, response: Response) -> None:
        own = self._pathway
        differs = response.version not in (None, own.version)
        differs |= response.digest not in (None, own.digest)
        if not response.finished:
            self._notes["not finished, so what is not answered yet is not known"] += 1
        if response.pathway == own.id and differs:
            self._notes["given to another version of the pathway"] += 1

    def _note_mapped(self, noted: Noted) -> None:
        self._met |= noted.met
        for what, links in noted.parts.items():
            self._notes.update(f"{what}: {quoted(link)}" for link in links)
        if noted.unshown and UNSHOWN not in self._told:
            self._told.append(UNSHOWN)
