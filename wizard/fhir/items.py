"""The items of a QuestionnaireResponse, flat and in their order, each with what was answered.

However deep groups and items below answers are nested, they are walked without recursion.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from wizard.fhir.absence import Absence, absence, tells_absence
from wizard.fhir.json_text import Path
from wizard.fhir.links import ABSENT_REASON, ABSENT_SYSTEM
from wizard.pathway.problems import quoted
from wizard.record import Record

_VALUES: Final[Mapping[str, type | tuple[type, ...]]] = {
    "valueBoolean": bool,
    "valueInteger": int,
    "valueDecimal": (int, Decimal),
    **dict.fromkeys(("valueString", "valueUri", "valueDate", "valueDateTime", "valueTime"), str),
    **dict.fromkeys(("valueCoding", "valueQuantity", "valueAttachment", "valueReference"), dict),
}
"""What may be an answer in R4, with what it is in JSON."""


class Fault(Record):
    """What is wrong with a response: where in it, of which item, and what would be right.

    `factor` is the one whose answer is wrong, where that is told.
    """

    path: Path
    what: str
    expected: str = ""
    link: str = ""
    factor: str | None = None

    @property
    def words(self) -> str:
        """What is wrong, the item in front."""
        of = f"linkId {quoted(self.link)}: " if self.link else ""
        return of + "; ".join(filter(None, (self.what, self.expected)))


class Answered(Record):
    """One answer of an item: what kind of value it is, and the value; or why there is none."""

    path: Path
    kind: str
    value: Any
    absent: Absence | None = None

    @property
    def coding(self) -> tuple[str, str]:
        """The system and the code of a coding; empty where it has none."""
        value = self.value if self.kind == "valueCoding" else {}
        return str(value.get("system") or ""), str(value.get("code") or "")

    @property
    def words(self) -> str:
        """The value for a message; a text that somebody wrote is not repeated."""
        match self.kind:
            case "valueCoding":
                return quoted("|".join(filter(None, self.coding)) or "a coding without a code")
            case "valueBoolean":
                return "true" if self.value else "false"
            case "valueInteger" | "valueDecimal":
                return quoted(str(self.value))
            case "valueQuantity":
                parts = [str(self.value.get(each) or "") for each in ("value", "unit", "code")]
                return quoted(" ".join(dict.fromkeys(filter(None, parts))))
            case _:
                return f"a {self.kind}"


class Item(Record):
    """An item of a response.  `within` is the place of what holds it in the list of all items, -1
    for none; `extensions` are those of the item, `absent` why it has no answer.
    """

    link: str
    path: Path
    within: int
    answers: tuple[Answered, ...]
    extensions: tuple[tuple[Mapping[str, Any], Path], ...]
    absent: Absence | None = None


def items_of(response: Mapping[str, Any], faults: list[Fault]) -> list[Item]:
    """Every item of a response; what is wrong with one is added to the faults."""
    found: list[Item] = []
    waiting = [(raw, where, -1) for raw, where in _Place((), "", faults).maps(response, "item")]
    waiting.reverse()
    while waiting:
        raw, where, within = waiting.pop()
        link = raw.get("linkId")
        if not isinstance(link, str) or not link.strip():
            where.note("an item without a linkId")
            continue
        here = _Place(where.path, link, faults)
        here.check_modifiers(raw)
        answers: list[Answered] = []
        below = list(here.maps(raw, "item"))
        for answer, at in here.maps(raw, "answer"):
            at.check_modifiers(answer)
            answers += at.answered(answer)
            below += at.maps(answer, "item")
        extensions = tuple((each, at.path) for each, at in here.maps(raw, "extension"))
        absent = here.absent(each for each, _ in extensions)
        if absent is not None and answers:
            here.note("it has an answer, and a reason for none")
        waiting += reversed([(each, at, len(found)) for each, at in below])
        found.append(Item(link, here.path, within, tuple(answers), extensions, absent))
    return found


def check_modifiers(part: Mapping[str, Any], faults: list[Fault]) -> None:
    """A fault where a resource says that something changes its meaning, which is not known here."""
    _Place((), "", faults).check_modifiers(part)


# --- parts -----------------------------------------------------------------------------------


class _Place:
    """A place in a response, of an item, where something may be wrong."""

    def __init__(self, path: Path, link: str, faults: list[Fault]) -> None:
        self.path = path
        self._link = link
        self._faults = faults

    def note(self, what: str) -> None:
        """Add a fault."""
        self._faults.append(Fault(self.path, what, link=self._link))

    def within(self, *steps: str | int) -> "_Place":
        """A place further in."""
        return _Place((*self.path, *steps), self._link, self._faults)

    def maps(
        self, part: Mapping[str, Any], key: str
    ) -> "Iterator[tuple[Mapping[str, Any], _Place]]":
        """The objects in a list under a key."""
        listed = part.get(key)
        if listed is None:
            return
        if not isinstance(listed, list):
            self.within(key).note(f"{key} is not a list")
            return
        for n, each in enumerate(listed):
            if isinstance(each, dict):
                yield each, self.within(key, n)
            else:
                self.within(key, n).note(f"what stands in {key} is not an object")

    def check_modifiers(self, part: Mapping[str, Any]) -> None:
        """A fault where something changes the meaning of a part."""
        for key in ("modifierExtension", "implicitRules"):
            if part.get(key):
                self.within(key).note(f"{key} changes what it means, and is not known here")

    def absent(self, extensions: Iterable[Mapping[str, Any]]) -> Absence | None:
        """What the reason for a missing value comes to that stands among extensions."""
        codes = [each.get("valueCode") for each in extensions if each.get("url") == ABSENT_REASON]
        if not codes:
            return None
        found = absence(ABSENT_SYSTEM, str(codes[0])) if len(codes) == 1 else None
        if found is None:
            self.note(f"{quoted(str(codes[0]))} as the reason for no answer is not read")
        return found

    def answered(self, answer: Mapping[str, Any]) -> "Iterator[Answered]":
        """The answer of an object; none where something is wrong with it."""
        given = [key for key in answer if key.startswith("value")]
        extensions = [each for each, _ in self.maps(answer, "extension")]
        for key, beside in answer.items():
            if key.startswith("_value") and isinstance(beside, dict):
                extensions += [each for each, _ in self.within(key).maps(beside, "extension")]
        told = len(self._faults)
        absent = self.absent(extensions)
        if len(given) > 1:
            self.note(f"one answer has {given[0]} and {given[1]}")
        elif given and absent is not None:
            self.note("an answer with a value, and a reason for none")
        elif given:
            yield from self.within(given[0])._value(given[0], answer[given[0]])
        elif absent is not None:
            yield Answered(self.path, "", None, absent)
        elif len(self._faults) == told:
            self.note("an answer without a value")

    def _value(self, kind: str, value: Any) -> "Iterator[Answered]":
        types = _VALUES.get(kind)
        if types is None:
            self.note(f"{quoted(kind)} is not a kind of answer of R4")
            return
        if not isinstance(value, types) or (isinstance(value, bool) and types is not bool):
            self.note(f"it is not what a {kind} is")
            return
        found = Answered(self.path, kind, value)
        system, code = found.coding
        if not tells_absence(system):
            yield found
        elif (absent := absence(system, code)) is not None:
            yield Answered(self.path, kind, value, absent)
        else:
            self.note(f"{quoted(code)} as the reason for no answer is not read")
