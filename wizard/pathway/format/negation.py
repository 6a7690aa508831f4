"""Names that say the opposite of one another: `likely` and `not_likely`.

Such names look alike, so a name that was mistyped must never be taken for its opposite.
"""

import re
from difflib import SequenceMatcher
from typing import Final

_WORDS: Final = frozenset(
    {
        *("no", "not", "non", "none", "nor", "never", "without"),
        *("cant", "cannot", "canot", "cannt", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt"),
        *("werent", "wont", "hasnt", "havent"),
    }
)
_PREFIXES: Final = (*sorted(_WORDS, key=len, reverse=True), "un", "in", "im", "ir", "il", "dis")
_ALIKE: Final = 0.8
_SEPARATORS: Final = re.compile(r"[\W_]+")


def opposed(one: str, other: str) -> bool:
    """Whether one name denies what the other says, by a word such as `not` or a prefix (`un`)."""
    first, second = words(one), words(other)
    if "".join(first) == "".join(second):
        return False
    return (_denials(first, second) + _denials(second, first)) % 2 == 1


def words(name: str) -> list[str]:
    """The words of a name in small letters, whatever stands between them; `can't` is one."""
    plain = name.casefold().replace("'", "").replace("\u2019", "")
    return [word for word in _SEPARATORS.split(plain) if word]


def _denials(words_of: list[str], against: list[str]) -> int:
    return sum(word in _WORDS or _begins_with_denial(word, against) for word in words_of)


def _begins_with_denial(word: str, against: list[str]) -> bool:
    """Whether a word is a prefix of denial and a word of the other name (`unlikely`, `likely`)."""
    return any(
        _alike(word[len(prefix) :], other)
        for prefix in _PREFIXES
        if word.startswith(prefix) and prefix not in against
        for other in against
        if not other.startswith(prefix)
    )


def _alike(one: str, other: str) -> bool:
    return len(one) > 2 and SequenceMatcher(None, one, other).ratio() >= _ALIKE
