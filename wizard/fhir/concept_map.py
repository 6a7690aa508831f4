"""A site's own codes for a pathway's questions and answers, from a FHIR R4 ConceptMap.

No group may name a code that the pathway does not have.  Only what the map calls equal or
equivalent, whatever else is answered, is a coding of the same: anything wider, narrower, related or
conditional is left out, and counted.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NoReturn

from wizard.exits import WrongUsageError
from wizard.fhir.elements import Element
from wizard.fhir.json_text import NotJsonError, read_json
from wizard.fhir.links import (
    answers_system,
    member_link,
    none_link,
    not_done_link,
    questions_system,
)
from wizard.fhir.questionnaire import SiteCodes
from wizard.pathway.factors import ChoiceFactor, MultiFactor
from wizard.pathway.model import Pathway
from wizard.pathway.problems import nearest, quoted
from wizard.record import Record
from wizard.wording.text import clean, counted

_SAME: Final = ("equal", "equivalent")
_EQUIVALENCES: Final = (
    *_SAME,
    *("relatedto", "wider", "subsumes", "narrower", "specializes", "inexact"),
    *("unmatched", "disjoint"),
)
_MOST_BYTES: Final = 1 << 24
_CODE: Final = r"\S+( \S+)*"


class ConceptMap(Record):
    """A site's codings, the systems of the map that are not the pathway's, and how many of its
    targets are not the same as their source; `retired` and `versions` say that it may be outdated.
    """

    codings: SiteCodes
    others: tuple[str, ...]
    unlike: int
    retired: bool = False
    versions: tuple[str, ...] = ()

    def told(self) -> Iterator[str]:
        """What of the map is not used, and what is used but may be outdated, a line for each."""
        if self.retired:
            yield "the map is retired; its codes are used all the same"
        for version in self.versions:
            yield f"the map is for version {quoted(version)} of the pathway; its codes are used"
        for system in self.others:
            yield f"{quoted(system)} is not a code system of this pathway; its group is not used"
        if self.unlike:
            codes = counted(self.unlike, "code is", "codes are")
            yield f"{codes} not used: only what is always equal or equivalent means the same"


def read_concept_map(path: Path, pathway: Pathway) -> ConceptMap:
    """The codes that a file has for a pathway's own.

    Raises OSError, and WrongUsageError for the first thing in it that is wrong.
    """
    with path.open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    return _Reader(str(path), own_codes(pathway), pathway.version).read(data)


def own_codes(pathway: Pathway) -> Mapping[str, tuple[str, ...]]:
    """By code system of a pathway the codes in it."""
    questions: list[str] = []
    systems: dict[str, tuple[str, ...]] = {}
    for factor in pathway.factors.values():
        questions.append(factor.id)
        if isinstance(factor, ChoiceFactor):
            systems[answers_system(pathway.id, factor.id)] = (*factor.values, *factor.groups)
        elif factor.not_done is not None:
            questions.append(not_done_link(factor.id))
        if isinstance(factor, MultiFactor):
            questions += [none_link(factor.id)] * (factor.none_label is not None)
            questions += [member_link(factor.id, member) for member in factor.members]
    return {questions_system(pathway.id): tuple(questions), **systems}


class _Reader(Record):
    """Reads one file; `name` is what it is called, `own` what it may map, in which version."""

    name: str
    own: Mapping[str, tuple[str, ...]]
    version: str

    def read(self, data: bytes) -> ConceptMap:
        if len(data) > _MOST_BYTES:
            self._refuse(f"it is larger than {_MOST_BYTES >> 20} MiB")
        try:
            root = read_json(data)
        except NotJsonError as error:
            self._refuse(f"line {error.line}, column {error.column}: {error.what}")
        if not isinstance(root, dict) or root.get("resourceType") != "ConceptMap":
            self._refuse("this is not a FHIR ConceptMap")
        found: dict[tuple[str, str], list[Element]] = {}
        others: dict[str, None] = {}
        versions: dict[str, None] = {}
        unlike = 0
        for group in self._list(root, "group", "the map"):
            system = self._text(group, "source", "a group", _CODE)
            if system not in self.own:
                others[system] = None
                continue
            if group.get("sourceVersion", self.version) != self.version:
                versions[self._text(group, "sourceVersion", "a group", ".+")] = None
            for code, coding in self._group(group, system):
                if coding is None:
                    unlike += 1
                elif coding not in found.setdefault((system, code), []):
                    found[system, code].append(coding)
        return ConceptMap(
            codings={key: tuple(each) for key, each in found.items()},
            others=tuple(others),
            unlike=unlike,
            retired=root.get("status") == "retired",
            versions=tuple(versions),
        )

    def _group(self, group: Mapping[str, Any], system: str) -> Iterator[tuple[str, Element | None]]:
        """Each of our codes in a group with a coding of the site's; None where it is another."""
        where = f"group {quoted(system)}"
        target_system = self._text(group, "target", where, r"\S+")
        for element in self._list(group, "element", where):
            code = self._text(element, "code", where, _CODE)
            if code not in self.own[system]:
                near = nearest(code, self.own[system])
                hint = f"; did you mean {near}?" if near else ""
                self._refuse(f"{where}: the pathway has no code {quoted(code)}{hint}")
            here = f"{where}, code {quoted(code)}"
            for target in self._list(element, "target", here, empty=True):
                word = self._text(target, "equivalence", here, _CODE)
                if word not in _EQUIVALENCES:
                    self._refuse(f"{here}: there is no equivalence {quoted(word)}")
                if word not in _SAME or "dependsOn" in target or "product" in target:
                    yield code, None
                    continue
                coding = {"system": target_system}
                if "targetVersion" in group:
                    coding["version"] = self._text(group, "targetVersion", where, ".+")
                coding["code"] = self._text(target, "code", here, _CODE)
                if "display" in target:
                    coding["display"] = clean(self._text(target, "display", here, "(?s:.+)"))
                yield code, coding

    def _list(
        self, holder: Mapping[str, Any], key: str, where: str, *, empty: bool = False
    ) -> list[dict[str, Any]]:
        found = holder.get(key, [] if empty else None)
        if not isinstance(found, list) or not (found or empty):
            self._refuse(f"{where} has no list {quoted(key)}")
        if not all(isinstance(each, dict) for each in found):
            self._refuse(f"{where}: what stands in {quoted(key)} is not an object")
        if any("modifierExtension" in each for each in (holder, *found)):
            self._refuse(
                f"{where}: a modifierExtension changes what it means, and is not known here"
            )
        return found

    def _text(self, holder: Mapping[str, Any], key: str, where: str, pattern: str) -> str:
        found = holder.get(key)
        if not isinstance(found, str) or not re.fullmatch(pattern, found) or clean(found) != found:
            self._refuse(f"{where} has no {quoted(key)}, or one that is not such a text")
        return found

    def _refuse(self, why: str) -> NoReturn:
        raise WrongUsageError(f"{self.name}: {why}")
