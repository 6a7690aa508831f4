"""A Questionnaire of anybody: which of its items a response shows, as its `enableWhen` says.

An item that is not shown has no answer that counts, and neither has anything below it.  What asks
for something else than R4 has, or cannot be told, is said, never guessed.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final

from wizard.fhir.items import Answered, Item
from wizard.pathway.problems import listed, quoted
from wizard.record import Record

_EXPRESSION: Final = (
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"
)
_OPERATORS: Final = ("exists", "=", "!=", ">", "<", ">=", "<=")
_ORDERED: Final = ("Integer", "Decimal", "Date", "DateTime", "Time", "Quantity")
_SAME: Final = {"Integer": "Decimal", "Text": "String"}
_OPEN_CHOICE: Final = {"Coding", "String"}
"""One question may have answers of both types: those of one are never those of the other."""


class FormError(ValueError):
    """Why a Questionnaire cannot be used, in one line."""


class Condition(Record):
    """One `enableWhen`: the question, how its answers are compared, and with what."""

    question: str
    operator: str
    kind: str
    value: Any


class FormItem(Record):
    """An item of a questionnaire: what it stands in, its codes, and when it is shown.

    `every` says whether all conditions have to hold, or one; None where that is not said.
    """

    link: str
    within: str | None
    codes: tuple[str, ...]
    conditions: tuple[Condition, ...]
    every: bool | None
    by_expression: bool


class Form(Record):
    """A questionnaire: its items by linkId, each behind those that it hangs on."""

    items: Mapping[str, FormItem]


def read_form(raw: Mapping[str, Any]) -> Form:
    """The questionnaire of an object.  Raises FormError."""
    found: dict[str, FormItem] = {}
    waiting: list[tuple[Any, str | None]] = [(each, None) for each in _list(raw, "item")]
    while waiting:
        item, within = waiting.pop()
        link = item.get("linkId") if isinstance(item, dict) else None
        if not isinstance(link, str) or not link:
            raise FormError("an item of the questionnaire has no linkId")
        if link in found:
            raise FormError(f"two items of the questionnaire have the linkId {quoted(link)}")
        found[link] = _item(item, link, within)
        waiting += [(each, link) for each in _list(item, "item")]
    hangs_on: dict[str, list[str]] = {}
    for link, each in found.items():
        questions = [condition.question for condition in each.conditions]
        for question in questions:
            if question not in found:
                raise FormError(
                    f"the enableWhen of {quoted(link)} asks for {quoted(question)}, which the "
                    "questionnaire does not have"
                )
        hangs_on[link] = [*questions, *([each.within] if each.within is not None else [])]
    try:
        order = list(TopologicalSorter(hangs_on).static_order())
    except CycleError as error:
        around = listed(dict.fromkeys(map(str, reversed(error.args[1]))))
        raise FormError(f"whether its items are shown goes round in a loop: {around}") from None
    return Form({link: found[link] for link in order})


def is_named(raw: Mapping[str, Any], named: str, version: str | None) -> bool:
    """Whether a response that names a questionnaire, or none, may be one to this."""
    url, own, id_ = (raw.get(each) for each in ("url", "version", "id"))
    if not named or not (url or id_):
        return True
    same = named == url or (":" not in named and named.rpartition("/")[2] == id_)
    return same and (version is None or not own or version == own)


def hidden(form: Form, items: Sequence[Item]) -> dict[int, str]:
    """The items of a response that are not shown, or may not be, by their places.

    Each has the reason why that cannot be told; an empty one where it is certain.
    """
    return _Showing(form, items).hidden()


# --- parts -----------------------------------------------------------------------------------


def _list(part: Mapping[str, Any], key: str) -> list[Any]:
    listed_ = part.get(key, [])
    if not isinstance(listed_, list):
        raise FormError(f"{key} in the questionnaire is not a list")
    return listed_


def _item(raw: Mapping[str, Any], link: str, within: str | None) -> FormItem:
    codes = [each for each in _list(raw, "code") if isinstance(each, dict)]
    behaviour = raw.get("enableBehavior")
    if behaviour not in (None, "all", "any"):
        raise FormError(f"the enableBehavior of {quoted(link)} is not all or any")
    extensions = [each for each in _list(raw, "extension") if isinstance(each, dict)]
    return FormItem(
        link=link,
        within=within,
        codes=tuple(f"{each.get('system') or ''}|{each.get('code') or ''}" for each in codes),
        conditions=tuple(_condition(each, link) for each in _list(raw, "enableWhen")),
        every=None if behaviour is None else behaviour == "all",
        by_expression=any(each.get("url") == _EXPRESSION for each in extensions),
    )


def _condition(raw: Any, link: str) -> Condition:
    parts = raw if isinstance(raw, dict) else {}
    question, operator = parts.get("question"), parts.get("operator")
    answers = [key for key in parts if key.startswith("answer")]
    if not isinstance(question, str) or operator not in _OPERATORS or len(answers) != 1:
        raise FormError(f"an enableWhen of {quoted(link)} is not of the form that R4 has")
    kind, value = answers[0].removeprefix("answer"), parts[answers[0]]
    if operator == "exists" and not isinstance(value, bool):
        raise FormError(f"an enableWhen of {quoted(link)} asks whether there is no true or false")
    if operator in _OPERATORS[3:] and kind not in _ORDERED:
        raise FormError(f"an enableWhen of {quoted(link)} asks which {kind} is greater")
    return Condition(question, operator, kind, value)


class _Unsure(Exception):  # noqa: N818 - ends one comparison, is not an error of the program
    """Why a comparison cannot be made."""


class _Showing:
    """Says of each item of a response whether it is shown."""

    def __init__(self, form: Form, items: Sequence[Item]) -> None:
        self._form = form
        self._items = items
        self._by_link: dict[str, list[int]] = {}
        for place, item in enumerate(items):
            self._by_link.setdefault(item.link, []).append(place)
        self._hidden: dict[int, str] = {}
        self._near: dict[tuple[str, str], dict[int | None, list[int]]] = {}

    def hidden(self) -> dict[int, str]:
        for link in self._form.items:
            for place in self._by_link.get(link, ()):
                self._look(place, link)
        return self._hidden

    def _look(self, place: int, link: str) -> None:
        unsure = ""
        for each in self._chain(link):
            shown = self._shown(each, place)
            if shown is False:
                self._hidden[place] = ""
                return
            unsure = unsure or (shown if isinstance(shown, str) else "")
        if unsure:
            self._hidden[place] = unsure

    def _chain(self, link: str) -> Iterator[FormItem]:
        """An item of the form and all that it stands in."""
        at: str | None = link
        while at is not None:
            yield self._form.items[at]
            at = self._form.items[at].within

    def _shown(self, item: FormItem, place: int) -> bool | str:
        """Whether the conditions of an item hold for a place; why that cannot be told."""
        if not item.conditions:
            return f"{quoted(item.link)} is shown by an expression" if item.by_expression else True
        held: list[bool] = []
        for condition in item.conditions:
            try:
                held.append(self._holds(condition, item, place))
            except _Unsure as unsure:
                return str(unsure)
        if item.every is None and len(set(held)) > 1:
            return f"{quoted(item.link)} does not say whether all of its conditions have to hold"
        return any(held) if item.every is False else all(held)

    def _holds(self, condition: Condition, item: FormItem, place: int) -> bool:
        answers = list(self._answers(condition.question, item.link, place))
        match condition.operator:
            case "exists":
                return bool(answers) is condition.value
            case "=":
                return any(_equal(each, condition) for each in answers)
            case "!=":
                return not any(_equal(each, condition) for each in answers)
            case operator:
                signs = [_sign(each, condition) for each in answers]
                return any(_fits(sign, operator) for sign in signs)

    def _answers(self, question: str, link: str, place: int) -> Iterator[Answered]:
        """The answers to a question that are shown, where it repeats those beside a place."""
        around = {each.link for each in self._chain(link)}
        common = next((each.link for each in self._chain(question) if each.link in around), None)
        within = None if common is None else self._around(place, common)
        every = self._by_link.get(question, ())
        for other in every if within is None else self._within(question, common or "", within):
            unsure = self._hidden.get(other)
            if unsure:
                raise _Unsure(unsure)
            if unsure is None:
                yield from (each for each in self._items[other].answers if each.kind)

    def _within(self, question: str, common: str, within: int) -> Sequence[int]:
        """The places of a question that stand in one item of a linkId."""
        if (question, common) not in self._near:
            near = self._near[question, common] = {}
            for other in self._by_link.get(question, ()):
                near.setdefault(self._around(other, common), []).append(other)
        return self._near[question, common].get(within, ())

    def _around(self, place: int, link: str) -> int | None:
        """The item of this linkId that a place is in, or is."""
        while place >= 0:
            if self._items[place].link == link:
                return place
            place = self._items[place].within
        return None


def _equal(answered: Answered, condition: Condition) -> bool:
    """Whether an answer is what a condition names.  Raises _Unsure."""
    kind = answered.kind.removeprefix("value")
    if _SAME.get(kind, kind) != _SAME.get(condition.kind, condition.kind):
        if answered.absent is not None or {kind, condition.kind} == _OPEN_CHOICE:
            return False
        raise _unlike(answered)
    value, wanted = answered.value, condition.value
    if kind == "Coding":
        other = wanted if isinstance(wanted, dict) else {}
        systems = {answered.coding[0], str(other.get("system") or "")} - {""}
        return len(systems) < 2 and answered.coding[1] == other.get("code")
    if kind == "Quantity":
        return _sign(answered, condition) == 0
    return bool(value == wanted)


def _sign(answered: Answered, condition: Condition) -> int:
    """How an answer compares with what a condition names: -1, 0 or 1.  Raises _Unsure."""
    kind = answered.kind.removeprefix("value")
    unsure = _unlike(answered)
    if _SAME.get(kind, kind) != _SAME.get(condition.kind, condition.kind):
        raise unsure
    one, two = answered.value, condition.value
    if kind == "Quantity":
        if not isinstance(two, dict) or "comparator" in one or "comparator" in two:
            raise unsure
        if any(one.get(each) != two.get(each) for each in ("unit", "code", "system")):
            raise unsure
        one, two = one.get("value"), two.get("value")
    if kind in ("Date", "DateTime", "Time"):
        comparable = isinstance(two, str) and len(one) == len(two) and one[19:] == two[19:]
    else:
        comparable = all(isinstance(each, int | Decimal) for each in (one, two))
    if not comparable:
        raise unsure
    return int(one > two) - int(one < two)


def _unlike(answered: Answered) -> _Unsure:
    return _Unsure(f"{answered.words} cannot be compared in an enableWhen")


def _fits(sign: int, operator: str) -> bool:
    match operator:
        case ">":
            return sign > 0
        case "<":
            return sign < 0
        case ">=":
            return sign >= 0
        case _:
            return sign <= 0
