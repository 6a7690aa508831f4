"""No regular expression of the program takes more than linear time, counted in steps.

A small matcher that backtracks as `re` does counts its steps on texts that repeat one piece. Eight
times the text may take about eight times the steps; a pattern that takes quadratic time needs
sixty-four times as many.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]  # the parser of re has no types

import pytest

import wizard

ROOT = Path(wizard.__file__).parent
PIECES = (
    *("1", "1.", "1,", "1 ", "-1", " ", ",", ".", "a", "A", "_", "a_", "A-", "(", ")", "()", "( "),
    *("1 to ", "1 to 1 ", "1 million ", "million ", "should ", "first ", "1 per ", "1 mg", "%"),
    *("below 1 ", "http", "\t#", " #", "\\", "`", "a ", "é"),
)
"""What patterns of this program are made of; a text repeats one of them, after a beginning."""
BEGINNINGS = ("", "1", "(", "1 ", "a")
SHORT = 12
LONG = 8 * SHORT
MOST_STEPS = 30_000


SCANNING = {"search", "finditer", "findall", "sub", "subn", "split"}
"""Ways to use a pattern that try it from every place; the others try it from the beginning."""


@dataclass(frozen=True)
class Use:
    """A pattern, and whether some use of it tries it from every place."""

    pattern: re.Pattern[str]
    scans: bool


def uses() -> dict[str, Use]:
    """Every pattern of the program: those that modules keep, and those written in a call."""
    found: dict[str, Use] = {}
    for path in sorted(ROOT.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)
        if path.name == "__main__.py":
            continue
        module, text = import_module(name.removesuffix(".__init__")), path.read_text("utf-8")
        for key, value in vars(module).items():
            if isinstance(value, re.Pattern):
                methods = set(re.findall(rf"\b{key}\.(\w+)\(", text))
                found[f"{name}.{key}"] = Use(value, bool(methods & SCANNING))
        for method, inline in re.findall(r"\bre\.(\w+)\(\s*r?\"((?:[^\"\\]|\\.)*)\"", text):
            if method != "compile":
                found[f"{name}.{inline}"] = Use(re.compile(inline), method in SCANNING)
    return found


class TooManyStepsError(Exception):
    """The matcher gives up."""


class Matcher:
    """Matches by backtracking, as `re` does, and counts every item that it tries."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self.items = tuple(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
        self.fold = bool(pattern.flags & re.IGNORECASE)
        self.text = text.lower() if self.fold else text
        self.steps = 0

    def scan(self) -> None:
        """Find every match, as `finditer` does."""
        place = 0
        while place <= len(self.text):
            end = next(self.ways(self.items, 0, place), place)
            place = max(end, place + 1)

    def exhaust(self) -> None:
        """Try every way to match from the beginning, as `fullmatch` does where none fits."""
        for _ in self.ways(self.items, 0, 0):
            pass

    def ways(self, items: tuple[object, ...], at: int, place: int) -> Iterator[int]:
        """Where the items from `at` on can end, the preferred end first."""
        if at == len(items):
            yield place
            return
        for end in self.one(items[at], place):
            yield from self.ways(items, at + 1, end)

    def one(self, item: object, place: int) -> Iterator[int]:  # noqa: C901, PLR0912 - a kind a case
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooManyStepsError
        assert isinstance(item, tuple)
        kind, what = str(item[0]), item[1]
        match kind:
            case "LITERAL" | "NOT_LITERAL" | "IN" | "ANY":
                if place < len(self.text) and self.fits(kind, what, self.text[place]):
                    yield place + 1
            case "BRANCH":
                for branch in what[1]:
                    yield from self.ways(tuple(branch), 0, place)
            case "SUBPATTERN":
                yield from self.ways(tuple(what[3]), 0, place)
            case "ATOMIC_GROUP":
                yield from list(self.ways(tuple(what), 0, place))[:1]
            case "MAX_REPEAT":
                yield from self.repeat(what[0], what[1], tuple(what[2]), place)
            case "POSSESSIVE_REPEAT":
                yield from self.possessive(what[0], what[1], tuple(what[2]), place)
            case "AT":
                if self.stands(str(what), place):
                    yield place
            case "ASSERT" | "ASSERT_NOT":
                behind = 1 if what[0] < 0 else 0
                start = place - behind
                holds = start >= 0 and next(self.ways(tuple(what[1]), 0, start), None) is not None
                if holds == (kind == "ASSERT"):
                    yield place
            case _:
                raise AssertionError(f"this matcher does not know {kind}")

    def repeat(
        self, least: int, most: object, items: tuple[object, ...], place: int
    ) -> Iterator[int]:
        """As many as possible first, then one less each time."""
        limit = most if isinstance(most, int) else len(self.text) + 1
        open_ways = [self.ways(items, 0, place)]
        ends = [place]
        while True:
            end = next(open_ways[-1], None) if len(ends) <= limit else None
            if end is not None and end != ends[-1]:
                ends.append(end)
                open_ways.append(self.ways(items, 0, end))
                continue
            if len(ends) - 1 >= least:
                yield ends[-1]
            open_ways.pop()
            ends.pop()
            if not ends:
                break

    def possessive(
        self, least: int, most: object, items: tuple[object, ...], place: int
    ) -> Iterator[int]:
        count = 0
        while not isinstance(most, int) or count < most:
            end = next(self.ways(items, 0, place), None)
            if end is None or end == place:
                break
            place, count = end, count + 1
        if count >= least:
            yield place

    def fits(self, kind: str, what: object, char: str) -> bool:
        if kind == "ANY":
            return char != "\n"
        if kind != "IN":
            return (ord(char) == what) == (kind == "LITERAL")
        assert isinstance(what, list)
        negated = str(what[0][0]) == "NEGATE"
        return any(self.member(one, char) for one in what[negated:]) != negated

    def member(self, one: tuple[object, object], char: str) -> bool:
        kind, what = str(one[0]), one[1]
        if kind == "LITERAL":
            return what in {ord(char), ord(char.upper()) if self.fold else None}
        if kind == "RANGE":
            assert isinstance(what, tuple)
            return any(what[0] <= ord(c) <= what[1] for c in (char, char.upper())[: 1 + self.fold])
        tests: dict[str, Callable[[str], bool]] = {
            "CATEGORY_SPACE": str.isspace,
            "CATEGORY_NOT_SPACE": lambda c: not c.isspace(),
            "CATEGORY_DIGIT": str.isdigit,
            "CATEGORY_WORD": lambda c: c.isalnum() or c == "_",
            "CATEGORY_NOT_WORD": lambda c: not (c.isalnum() or c == "_"),
        }
        return tests[str(what)](char)

    def stands(self, what: str, place: int) -> bool:
        if what == "AT_BEGINNING":
            return place == 0
        if what == "AT_END":
            return place == len(self.text)
        assert what == "AT_BOUNDARY"
        word = [
            0 <= at < len(self.text) and (self.text[at].isalnum() or self.text[at] == "_")
            for at in (place - 1, place)
        ]
        return word[0] != word[1]


def steps(use: Use, text: str) -> int:
    matcher = Matcher(use.pattern, text)
    with suppress(TooManyStepsError):
        if use.scans:
            matcher.scan()
        else:
            matcher.exhaust()
    return matcher.steps


def grows_faster(use: Use) -> list[str]:
    """The texts for which eight times the length takes far more than eight times the steps."""
    found = []
    for piece in PIECES:
        for beginning in BEGINNINGS:
            long = steps(use, beginning + piece * LONG)
            if long > min(11 * steps(use, beginning + piece * SHORT) + 100, MOST_STEPS):
                found.append(f"{beginning!r}, then {piece!r}")
    return found


USES = uses()


def test_the_patterns_are_found() -> None:
    assert len(USES) > 20
    assert any(use.scans for use in USES.values())
    assert not all(use.scans for use in USES.values())


@pytest.mark.parametrize("name", USES)
def test_a_pattern_takes_linear_time(name: str) -> None:
    assert grows_faster(USES[name]) == []


@pytest.mark.parametrize("text", [r"[0-9]+\s*mg", r"\s*\)\s*$", "(a+)+b"])
def test_a_pattern_that_takes_more_is_found(text: str) -> None:
    assert grows_faster(Use(re.compile(text), scans=True))


@pytest.mark.parametrize("text", ["5 mg", "1,000 mg", "1 to 2 mg or 3", "mg 5", "1 million units"])
def test_the_matcher_finds_what_re_finds(text: str) -> None:
    for use in USES.values():
        match, matcher = use.pattern.match(text), Matcher(use.pattern, text)
        found = next(matcher.ways(matcher.items, 0, 0), None)
        assert (None if match is None else match.end()) == found, use.pattern.pattern
