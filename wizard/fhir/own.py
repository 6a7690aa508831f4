"""The answers of a response to a pathway's own questionnaire, as a case file has them.

What is not of the form that the questionnaire asks for is a fault; whether the pathway knows what
an answer names, the reader of cases says.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from wizard.case.transitions import NONE_WORD, UNKNOWN_WORD
from wizard.fhir.absence import Absence
from wizard.fhir.items import Answered, Fault, Item
from wizard.fhir.json_text import Path
from wizard.fhir.links import NONE, ONE_OF, RANGE, answers_system
from wizard.fhir.values import NotReadError, Raw, ResponseAnswer, number_word, units_of
from wizard.pathway.factors import NOT_DONE, ChoiceFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.model import Pathway
from wizard.pathway.ranges import ANY_NUMBER

_STATES: Final = {"true": "present", "false": "absent", UNKNOWN_WORD: UNKNOWN_WORD}


def own_answers(
    items: Sequence[Item], named: str, pathway: Pathway, faults: list[Fault]
) -> dict[str, ResponseAnswer]:
    """The answers by factor, as the response calls it; `named` is the pathway that it names."""
    by_factor: dict[str, dict[str, Item]] = {}
    for item in items:
        factor, _, part = item.link.partition(".")
        if "/" in item.link:
            if item.answers:
                faults.append(
                    Fault(item.path, "it is not a question of the pathway", link=item.link)
                )
        elif part in (own := by_factor.setdefault(factor, {})):
            faults.append(Fault(item.path, "it stands in the response twice", link=item.link))
        else:
            own[part] = item
    found = {}
    for factor, parts in by_factor.items():
        reading = _Reading(factor, parts, named, pathway.factors.get(factor), faults)
        answer = reading.answer()
        if answer is not None:
            found[factor] = answer
    return found


# --- parts -----------------------------------------------------------------------------------


class _Reading:
    """Reads the items of one factor, by what stands behind the dot of their linkIds."""

    def __init__(
        self,
        name: str,
        parts: dict[str, Item],
        named: str,
        factor: Factor | None,
        faults: list[Fault],
    ) -> None:
        self._name = name
        self._parts = parts
        self._system = answers_system(named, name)
        self._factor = factor
        self._faults = faults

    def answer(self) -> ResponseAnswer | None:
        """What is said of the factor; None where nothing is."""
        whole = self._parts.pop("", None)
        told = [] if whole is None else list(self._whole(whole))
        said = {part: word for part, item in self._parts.items() if (word := self._said(item))}
        none, not_done = said.pop(NONE, ""), said.pop(NOT_DONE, "")
        if not_done == "true":
            told.append(ResponseAnswer(NOT_DONE, self._parts[NOT_DONE].path))
        if none == "true":
            told.append(ResponseAnswer(NONE_WORD, self._parts[NONE].path))
            # That each of them is absent besides says nothing else.
            said = {member: word for member, word in said.items() if word == "true"}
        if said:
            states: Raw = {member: _STATES[word] for member, word in said.items()}
            told.append(ResponseAnswer(states, self._parts[next(iter(said))].path))
        if none == "false" and self._all_absent(said):
            what = "none of these is not so, and each of them is absent"
            self._fault(self._parts[NONE].path, what, self._name)
        if len(told) > 1:
            what = "what it says does not fit what else is said of its question"
            self._fault(told[1].path, what, self._name)
        if not told and not_done == "false" and self._may_be_unmeasured():
            told.append(ResponseAnswer(ANY_NUMBER, self._parts[NOT_DONE].path))
        return told[0] if told else None

    def _all_absent(self, said: Mapping[str, str]) -> bool:
        members = self._factor.members if isinstance(self._factor, MultiFactor) else ()
        return bool(members) and all(said.get(each) == "false" for each in members)

    def _may_be_unmeasured(self) -> bool:
        return isinstance(self._factor, NumberFactor) and self._factor.not_done is not None

    def _whole(self, item: Item) -> Iterator[ResponseAnswer]:
        """What the item of the factor itself says."""
        listed = list(self._extended(item))
        if len(item.answers) + bool(listed) + (item.absent is not None) > 1:
            self._fault(item.path, "it has several answers, and one was expected", item.link)
        elif listed:
            yield ResponseAnswer(listed, item.path)
        elif item.absent is not None:
            yield from self._absent(item.absent, item.path)
        for answered in item.answers[:1]:
            if answered.absent is not None:
                yield from self._absent(answered.absent, answered.path)
            else:
                yield from self._answered(answered, item)

    def _extended(self, item: Item) -> Iterator[str]:
        """The values of which one is the answer, or the ranges in which a number lies."""
        for extension, path in item.extensions:
            match extension.get("url"):
                case url if url == ONE_OF:
                    coding = extension.get("valueCoding")
                    value = coding if isinstance(coding, dict) else {}
                    yield from self._code(Answered(path, "valueCoding", value), item)
                case url if url == RANGE:
                    words = extension.get("valueString")
                    if isinstance(words, str) and words.strip():
                        yield words
                    else:
                        self._fault(path, "its range is not a text", item.link)

    def _answered(self, answered: Answered, item: Item) -> Iterator[ResponseAnswer]:
        if answered.kind == "valueCoding":
            for code in self._code(answered, item):
                yield ResponseAnswer(code, answered.path)
            return
        if isinstance(self._factor, ChoiceFactor):
            self._fault(answered.path, f"{answered.words} is not a coding", item.link)
            return
        if isinstance(self._factor, MultiFactor):
            what = f"{answered.words} is not an answer to it; each of its members has a linkId"
            self._fault(answered.path, what, item.link)
            return
        try:
            word = number_word(answered)
        except NotReadError as error:
            self._fault(answered.path, str(error), item.link)
            return
        # Where a unit has two names that differ, both are told: no factor is asked in that.
        unit = " or ".join(units_of(answered)) if answered.kind == "valueQuantity" else None
        yield ResponseAnswer(word, answered.path, unit)

    def _code(self, answered: Answered, item: Item) -> Iterator[str]:
        system, code = answered.coding
        if not code:
            self._fault(answered.path, "a coding without a code", item.link)
        elif system not in ("", self._system):
            self._fault(answered.path, f"{answered.words} is not one of its codes", item.link)
        else:
            yield code

    def _absent(self, why: Absence, path: Path) -> Iterator[ResponseAnswer]:
        factor = self._factor
        may_be_not_done = factor is None or factor.not_done is not None
        may_be_not_done |= isinstance(factor, ChoiceFactor) and NOT_DONE in factor.values
        if why is Absence.NOT_DONE and may_be_not_done:
            yield ResponseAnswer(NOT_DONE, path)
        elif why is not Absence.UNANSWERED:
            yield ResponseAnswer(UNKNOWN_WORD, path)

    def _said(self, item: Item) -> str:
        """`true`, `false` or `unknown` as the answer of a boolean; empty where there is none."""
        if len(item.answers) > 1:
            self._fault(item.path, "it has several answers, and one was expected", item.link)
            return ""
        absent = [item.absent, *(each.absent for each in item.answers)]
        if any(each not in (None, Absence.UNANSWERED) for each in absent):
            return UNKNOWN_WORD
        for answered in item.answers:
            if answered.absent is None and answered.kind != "valueBoolean":
                self._fault(answered.path, f"{answered.words} is not true or false", item.link)
            elif answered.absent is None:
                return "true" if answered.value else "false"
        return ""

    def _fault(self, path: Path, what: str, link: str) -> None:
        self._faults.append(Fault(path, what, link=link))
