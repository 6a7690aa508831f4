"""What is wrong with a file, where, and the nearest thing that would be right."""

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Final

from wizard.exits import ExitCode, WizardError, WrongUsageError
from wizard.pathway.codes import Code
from wizard.pathway.position import Position
from wizard.record import Record, replace


class Problem(Record):
    """One mistake: `what` is wrong, what was `expected`, and the name that may have been meant.

    Mistakes of one `cause`, such as a name that many places use and nothing has, are told once:
    where one `leads`, since the slip is there, else where the first stands.
    """

    code: str
    position: Position
    what: str
    expected: str = ""
    near: str | None = None
    cause: str = ""
    leads: bool = False

    def __str__(self) -> str:
        return printable(f"{self.position}: {self.message}")

    @property
    def told(self) -> str:
        """The problem as a person is told it, with its code."""
        return f"{self} [{self.code}]"

    @property
    def message(self) -> str:
        """The problem without its place and its code."""
        near = "" if self.near is None else f"did you mean {self.near}?"
        return "; ".join(part for part in (self.what, self.expected, near) if part)


class Problems(list[Problem]):
    """Mistakes, one after another as they are found."""

    def tell(
        self,
        code: str,
        position: Position,
        what: str,
        expected: str = "",
        near: str | None = None,
    ) -> None:
        """Add a mistake: what is wrong, what was expected, and the name that may be meant."""
        self.append(Problem(code, position, what, expected, near))


class MistakeError(ValueError):
    """What is wrong with one value, and what was expected; most are of the wrong form."""

    def __init__(
        self, what: str, expected: str, near: str | None = None, *, code: str = Code.WRONG_FORM
    ) -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.expected = expected
        self.near = near


MOST_TOLD: Final = 20
"""Causes of mistakes that are told at once; of more than these only the number of mistakes."""
MOST_PLACES: Final = 5
"""Other places that are named where one cause shows in many."""


class FileErrors(WizardError):  # noqa: N818 - it holds several errors
    """Everything that is wrong in one reading, sorted by file, line and column.

    `folder` is the one in which the files are, where they are not named from the working folder.
    """

    code = ExitCode.BAD_PATHWAY

    def __init__(self, problems: Iterable[Problem], folder: Path | None = None) -> None:
        self.problems = tuple(sorted(set(problems), key=_place))
        self.folder = folder
        super().__init__("\n".join(self.lines()))
        self.where = self.problems[0].position if self.problems else None

    @property
    def causes(self) -> tuple[tuple[Problem, ...], ...]:
        """The mistakes by their causes, of each the one first that is told."""
        alike: dict[object, list[Problem]] = {}
        for number, problem in enumerate(self.problems):
            alike.setdefault(problem.cause or number, []).append(problem)
        led = (sorted(each, key=_behind) for each in alike.values())
        return tuple(sorted(map(tuple, led), key=lambda each: _place(each[0])))

    def lines(self) -> tuple[str, ...]:
        """What a person is told: one line a cause for the first ones, and how many more follow."""
        causes = self.causes
        told = tuple(told_once(each, self.folder) for each in causes[:MOST_TOLD])
        more = sum(map(len, causes[MOST_TOLD:]))
        return (*told, f"and {more:,} more") if more else told


def told_once(alike: Sequence[Problem], folder: Path | None = None) -> str:
    """The first of the mistakes of one cause, and where the others stand.

    `folder` is the one in which the files are, where they are not named from the working folder.
    """
    moved = (replace(each, position=each.position.from_here(folder)) for each in alike)
    first, *others = moved
    lines = dict.fromkeys((each.position.file, each.position.line) for each in others)
    lines.pop((first.position.file, first.position.line), None)
    places = [f"{file}:{line}" for file, line in lines]
    if not places:
        return first.told
    number = "one more place" if len(places) == 1 else f"{len(places):,} more places"
    elsewhere = printable(listed(places, most=MOST_PLACES))
    return f"{first}; and {number}: {elsewhere} [{first.code}]"


class PathwayErrors(FileErrors):
    """A folder that is not a valid pathway."""


def _place(problem: Problem) -> tuple[Position, str, str]:
    return (problem.position, problem.what, problem.expected)


def _behind(problem: Problem) -> tuple[bool, bool]:
    """Where a mistake stands among those of its cause: a case is seldom to blame."""
    return (not problem.leads, problem.position.file.startswith("cases/"))


def printable(text: str) -> str:
    """Text for a terminal: every character that does not print is shown by its code."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )


def quoted(text: str) -> str:
    """A piece of a file for a message, in quotes, cut to 60 characters.

    In a word, a letter of another script that looks like one from a to z is named.
    """
    shown = text if len(text) <= 60 else text[:57] + "..."
    if text.isascii() or not re.search("[a-z]", text) or re.search(r"\W", text):
        return f'"{shown}"'
    letter = next((char for char in text if ord(char) in _LIKE_LATIN), None)
    named = "" if letter is None else f" with the letter {letter} (U+{ord(letter):04X})"
    return f'"{shown}"{named}'


def two_names(text: str, known: Collection[str]) -> str | None:
    """What is told of a text that is several known names with spaces between them."""
    parts = text.split()
    if len(parts) < 2 or not all(part in known for part in parts):
        return None
    return f'write a comma between {" and ".join(parts)}, or "- " on a line for each'


_ALIKE: Final = 0.6
"""How much alike names are, from 0 to 1, of which one may be meant by the other."""


def nearest(name: str, known: Iterable[str], *, least: float = _ALIKE) -> str | None:
    """The known name that looks most like this one; None if none is at least so much alike.

    Capitals, spaces and hyphens count for nothing, and a name is never taken for its opposite, nor
    for one that differs in its digits alone, since any other is as near.
    """
    alike, _ = _alike(name, known, least)
    bare = re.sub("[0-9]+", "0", name)
    others = (each for each in alike if each == name or re.sub("[0-9]+", "0", each) != bare)
    return next(others, None)


def listed(names: Iterable[str], *, most: int = 10, near: str | None = None) -> str:
    """Names for a message, cut after `most` of them; those that look like `near` come first."""
    every = list(names)
    if near is not None:
        alike, opposites = _alike(near, every)
        others = [each for each in every if each not in alike and each not in opposites]
        every = [*alike, *others, *opposites]
    return ", ".join(every[:most]) + (f" and {len(every) - most} more" if every[most:] else "")


def check_names(names: Iterable[str], among: Collection[str], kind: str) -> None:
    """Raise WrongUsageError for a name that is not known, with what it may have meant."""
    for name in names:
        if name not in among:
            near = nearest(name, among)
            meant = f"did you mean {near}?" if near else f"there are {listed(among, near=name)}"
            raise WrongUsageError(f"there is no {kind} {quoted(name)}; {meant}")


def _alike(name: str, known: Iterable[str], least: float = _ALIKE) -> tuple[list[str], list[str]]:
    """The known names that look like this one, the nearest first: those that may be meant, and
    those that say the opposite."""
    from difflib import get_close_matches

    typed = "_".join(words(name[:80]))
    folded = {"_".join(words(each)): each for each in known}
    found = get_close_matches(typed, list(folded), n=10, cutoff=least)
    opposites = [each for each in found if opposed(typed, each)]
    return [folded[each] for each in found if each not in opposites], [
        folded[each] for each in opposites
    ]


_LIKE_LATIN: Final = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458\u03bf\u03bd\u0131",
    "aeopcyxisjovi",
)
"""Letters of other scripts that look like small Latin ones."""


def foreign_letters(text: str) -> tuple[str, str, str | None] | None:
    """What is wrong with an id that has a letter beyond a to z, or None; see `MistakeError`."""
    import unicodedata

    letter = next((char for char in text if char.isalpha() and not char.isascii()), None)
    if letter is None:
        return None
    plain = unicodedata.normalize("NFKD", text.translate(_LIKE_LATIN))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    name = unicodedata.name(letter, "another letter").lower()
    return (
        f'"{text}" has the letter {letter} (U+{ord(letter):04X}, {name})',
        "type it with letters from a to z",
        plain if plain.isascii() else None,
    )


# --- names that say the opposite ----------------------------------------------------------------
# `likely` and `not_likely` look alike, so a name that was mistyped must never be taken for its
# opposite.

_NEGATIVE_WORDS: Final = frozenset(
    {
        *("no", "not", "non", "none", "nor", "never", "without"),
        *("cant", "cannot", "canot", "cannt", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt"),
        *("werent", "wont", "hasnt", "havent"),
    }
)
_NEGATIVE_PREFIXES: Final = (
    *sorted(_NEGATIVE_WORDS, key=len, reverse=True),
    "un",
    "in",
    "im",
    "ir",
    "il",
    "dis",
)
_NEARLY_SAME: Final = 0.8
_BETWEEN_WORDS: Final = r"[\W_]+"


def opposed(one: str, other: str) -> bool:
    """Whether one name denies what the other says, by a word such as `not` or a prefix (`un`)."""
    first, second = words(one), words(other)
    if "".join(first) == "".join(second):
        return False
    return (_denials(first, second) + _denials(second, first)) % 2 == 1


def words(name: str) -> list[str]:
    """The words of a name in small letters, whatever stands between them; `can't` is one."""
    plain = name.casefold().replace("'", "").replace("\u2019", "")
    return [word for word in re.split(_BETWEEN_WORDS, plain) if word]


def _denials(words_of: list[str], against: list[str]) -> int:
    return sum(word in _NEGATIVE_WORDS or _begins_with_denial(word, against) for word in words_of)


def _begins_with_denial(word: str, against: list[str]) -> bool:
    """Whether a word is a prefix of denial and a word of the other name (`unlikely`, `likely`)."""
    return any(
        _nearly_same(word[len(prefix) :], other)
        for prefix in _NEGATIVE_PREFIXES
        if word.startswith(prefix) and prefix not in against
        for other in against
        if not other.startswith(prefix)
    )


def _nearly_same(one: str, other: str) -> bool:
    from difflib import SequenceMatcher

    return len(one) > 2 and SequenceMatcher(None, one, other).ratio() >= _NEARLY_SAME
