"""The answers to somebody else's questionnaire, read by a registry's map.

Only what the map names is read, and all of that: an answer that it cannot say in the words of the
pathway is a fault, never no answer.  What the questionnaire itself does not show is set aside.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

from wizard.cohort.columns import Kind
from wizard.cohort.mapped_words import Word, together, words_of
from wizard.cohort.mapping import ColumnMap, MapErrors, Mapped, RegistryMap
from wizard.fhir.forms import Form, FormError, hidden, is_named, read_form
from wizard.fhir.items import Fault, Item
from wizard.fhir.json_text import NotJsonError, read_json
from wizard.fhir.responses import FORM, Response, is_a
from wizard.fhir.values import ResponseAnswer
from wizard.pathway.codes import Code
from wizard.pathway.format.content import read_bytes
from wizard.pathway.model import Pathway
from wizard.pathway.position import Position
from wizard.pathway.problems import FileErrors, Problem, listed, quoted
from wizard.record import Record

_MOST_FORMS: Final = 100


class Noted(Record):
    """What a response says beside what is read: linkIds that the map does not name, and those whose
    answers the questionnaire does not show; `unshown` says that nothing tells what it shows, and
    `met` are the names of the map that it answers.
    """

    passed: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    unshown: bool = False
    met: frozenset[str] = frozenset()

    @property
    def parts(self) -> Mapping[str, Sequence[str]]:
        """The linkIds by what became of their answers."""
        return {
            "answered, and not in the map, so not used": self.passed,
            "set aside, as its questionnaire does not show it": self.aside,
        }

    @property
    def lines(self) -> tuple[str, ...]:
        """What a person is told of one response."""
        parts = self.parts.items()
        told = [f"{what}: {listed(map(quoted, links))}" for what, links in parts if links]
        return (*told, *([UNSHOWN] if self.unshown else []))


UNSHOWN: Final = (
    "its questionnaire is not at hand, so what that may not show is used all the same; "
    "`questionnaire:` in the map names its file"
)


class MappedReading:
    """Reads responses to somebody else's questionnaire by a map.  Raises MapErrors."""

    def __init__(self, registry: RegistryMap, pathway: Pathway) -> None:
        self._columns = registry.columns
        self._factors = pathway.factors
        self._own = None if registry.questionnaire is None else _form_at(registry.questionnaire)
        self._forms: dict[int, tuple[Mapping[str, Any], Form]] = {}

    def answers(
        self, response: Response, faults: list[Fault]
    ) -> tuple[dict[str, ResponseAnswer], Noted]:
        """The answers of a response by factor; what cannot be said is added to the faults."""
        try:
            form = self._form(response)
        except FormError as error:
            faults.append(Fault(("questionnaire",), str(error)))
            return {}, Noted()
        reading = _Reading(response.items, form, self._columns, faults)
        found = {}
        for factor, words in reading.by_factor().items():
            answer = together(self._factors[factor], words, faults)
            if answer is not None:
                found[factor] = answer
        return found, reading.noted()

    def _form(self, response: Response) -> Form | None:
        """The questionnaire of a response: one that it brings, else that of the map.

        Raises FormError.
        """
        fitting = [
            raw for raw in response.brought if is_named(raw, response.form, response.version)
        ]
        if fitting and (response.form or len(fitting) == 1):
            return self._read(fitting[0])
        if self._own is None:
            return None
        if not is_named(self._own, response.form, response.version):
            own = _named(self._own.get("url") or self._own.get("id"), self._own.get("version"))
            given = _named(response.form, response.version)
            raise FormError(f"it answers {given}, and the map is for {own}")
        return self._read(self._own)

    def _read(self, raw: Mapping[str, Any]) -> Form:
        if id(raw) not in self._forms:
            if len(self._forms) >= _MOST_FORMS:
                self._forms.clear()
            self._forms[id(raw)] = raw, read_form(raw)
        return self._forms[id(raw)][1]


# --- parts -----------------------------------------------------------------------------------


def _form_at(path: Path) -> Mapping[str, Any]:
    """The questionnaire of a file.  Raises MapErrors."""

    def refuse(what: str, line: int = 1, column: int = 1) -> NoReturn:
        where = Position(str(path), line, column)
        raise MapErrors([Problem(Code.WRONG_PART, where, what)]) from None

    try:
        raw = read_json(read_bytes(path, str(path)))
        if not is_a(raw, FORM):
            refuse(f"this is not a FHIR {FORM} in JSON")
        read_form(raw)
    except FileErrors as errors:
        raise MapErrors(errors.problems) from None
    except NotJsonError as error:
        refuse(error.what, error.line, error.column)
    except FormError as error:
        refuse(str(error))
    else:
        form: Mapping[str, Any] = raw
        return form


def _named(url: object, version: object) -> str:
    """The address of a questionnaire, with its version where it has one."""
    return quoted(f"{url}|{version}" if version else str(url))


class _Reading:
    """Finds the items of one response that the map names, and words their answers."""

    def __init__(
        self,
        items: Sequence[Item],
        form: Form | None,
        columns: ColumnMap,
        faults: list[Fault],
    ) -> None:
        self._items = items
        self._form = form
        self._columns = columns
        self._faults = faults
        self._hidden = {} if form is None else hidden(form, items)
        self._alike = Counter((item.within, item.link) for item in items)
        self._passed: dict[str, None] = {}
        self._aside: dict[str, None] = {}
        self._met: set[str] = set()

    def noted(self) -> Noted:
        """What was not used."""
        met = frozenset(self._met)
        return Noted(tuple(self._passed), tuple(self._aside), self._form is None, met)

    def by_factor(self) -> dict[str, list[Word]]:
        """What is said of each factor."""
        found: dict[str, list[Word]] = {}
        for place, item in enumerate(self._items):
            if not item.answers and item.absent is None:
                continue
            mapped = self._mapped(item)
            why_hidden = self._why_hidden(place)
            if mapped is None:
                self._passed[item.link] = None
            elif why_hidden == "":
                self._aside[item.link] = None
            elif why_hidden is not None:
                self._fault(item, f"whether it counts cannot be told: {why_hidden}")
            elif self._is_one(item, mapped):
                own = found.setdefault(mapped.column.factor, [])
                own += words_of(item, mapped, self._faults)
        return found

    def _mapped(self, item: Item) -> Mapped | None:
        """What the map says of an item, by its linkId or by one of its codes."""
        asked = None if self._form is None else self._form.items.get(item.link)
        names = (item.link, *(asked.codes if asked is not None else ()))
        for name in names:
            if name in self._columns:
                self._met.add(name)
                return self._columns[name]
        return None

    def _why_hidden(self, place: int) -> str | None:
        """Why nobody can tell whether an item is shown; empty where it is not, None where it is."""
        found: str | None = None
        while place >= 0:
            why = self._hidden.get(place)
            if why == "":
                return why
            found = found or why
            place = self._items[place].within
        return found

    def _is_one(self, item: Item, mapped: Mapped) -> bool:
        """Whether an item stands in the response once, where it may not repeat."""
        if mapped.column.kind is Kind.MEMBERS:
            return True
        if len(item.answers) > 1:
            self._fault(item, f"it has {len(item.answers)} answers, and one was expected")
            return False
        at = item
        while True:
            if self._alike[at.within, at.link] > 1:
                self._fault(item, f"{quoted(at.link)} is repeated, and a case has one")
                return False
            if at.within < 0:
                return True
            at = self._items[at.within]
            if len(at.answers) > 1:
                self._fault(item, f"{quoted(at.link)} has several answers, and a case has one")
                return False

    def _fault(self, item: Item, what: str) -> None:
        self._faults.append(Fault(item.path, what, link=item.link))
