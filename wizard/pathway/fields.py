"""What may stand in one field of a pathway file: text, ids, numbers, dates, lists of claims.

The records of the model are annotated with these types, and so say for each key of a file what may
stand there.  To everybody but the reader the types are `str`, `tuple` and `Mapping`; the reader's
validator asks each `Form` how a written value is checked.  Nothing here imports the validator.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final, TypeVar, get_args

from wizard.pathway.codes import Code
from wizard.pathway.factors import MAX_SHORT
from wizard.pathway.nodes import Entries, Items, Node, Text
from wizard.pathway.problems import MistakeError, foreign_letters, listed, nearest, quoted
from wizard.pathway.trees import Outcome, Rule
from wizard.record import Record, RecordType, fields_of

RESERVED: Final = frozenset(
    {
        *("ask", "use", "otherwise", "any", "none", "all", "always", "unknown", "described"),
        *("possible", "not_described", "certain", "present", "absent", "not", "at_least"),
        "not_done",
    }
)
CHECK_CONDITIONS: Final = ("certain", "possible")
"""Keys of an alert's check that hold conditions; any other is an option."""

_SNAKE: Final = r"[a-z][a-z0-9]*(_[a-z0-9]+)*"
_BETWEEN_WORDS: Final = r"[^a-z0-9]+"
_COUNT: Final = r"[0-9]{1,3}"
_SOURCE: Final = r"[A-Z]{2,5}"
_CLAIM: Final = r"[A-Z]{2,5}-[0-9]{2,3}"
_ASSUMPTION: Final = r"[A-Z]+-?[0-9]+"
_HAZARD: Final = r"H[0-9]{2,3}"
_SHA256: Final = r"[0-9a-f]{64}"
_DECIMAL: Final = r"-?[0-9]{1,9}(\.[0-9]{1,6})?"
_LINES: Final = r"[1-9][0-9]{0,6}(-[1-9][0-9]{0,6})?(,[1-9][0-9]{0,6}(-[1-9][0-9]{0,6})?)*"
_PREFIX: Final = r"[a-z]{2,4}"
_COUNTRY: Final = r"[A-Z]{2}"
_WEB_ADDRESS: Final = r"https?://[^\s/]+\S*"
_OF_NOTHING: Final = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
"""The SHA-256 of an empty file, which no document has."""
_DATE: Final = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


_STRAIGHT: Final = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
_CURLY: Final = frozenset(map(chr, _STRAIGHT))
KINDS: Final = (
    *("absence", "caution", "combination", "complication", "condition", "criterion"),
    "definition",
    *("disease-interaction", "drug-interaction", "drug-name", "effect", "effect-figure"),
    *("emergency", "harm", "how-given", "indication-other", "intent", "mdt", "mdt-factor"),
    *("mechanism", "meta", "monitoring", "note", "self-care", "side-effect", "stop-condition"),
    *("syndrome", "trial", "trigger"),
)
"""What sort of statement a claim is."""
STRENGTHS: Final = (
    *("a lot", "absent", "always", "approximately", "ask", "based on", "can", "cites", "common"),
    *("depends", "examples", "generally", "helps", "if feasible", "important", "main", "may"),
    *("might", "most", "must", "never", "often", "perhaps", "please", "potential", "quotation"),
    *("rarely", "serious", "should", "some", "some types", "sometimes", "states", "tell", "tends"),
    *("usually", "will"),
)
"""The words of force of a document; a claim has one, or several joined by "; "."""
_ID: Final = rf"(?!(?:{'|'.join(sorted(RESERVED))})$){_SNAKE}"
_STRENGTH: Final = rf"({'|'.join(STRENGTHS)})(; ({'|'.join(STRENGTHS)}))*"
MAX_ANCHOR: Final = 5


def _as_text(value: object) -> Text:
    if not isinstance(value, Text) or value.is_null:
        raise other_structure(value, "text was expected")
    if not value.strip():
        expected = "write it, or leave the key out if it may be missing"
        raise MistakeError("the text is empty", expected, code=Code.EMPTY)
    return value


def _line(value: object) -> Text:
    text = _as_text(value)
    if "\n" in text:
        raise MistakeError("the text runs over several lines", "one line was expected")
    return text


def _shaped(
    pattern: str, expected: str, wrong: str = "has the wrong form"
) -> Callable[[object], Text]:
    def check(value: object) -> Text:
        text = _line(value)
        if not re.fullmatch(pattern, text):
            raise MistakeError(f"{quoted(text)} {wrong}", expected)
        return text

    return check


def _identifier(value: object) -> Text:
    text = _line(value)
    if text in RESERVED:
        raise MistakeError(f'"{text}" is a word of the format', "choose another id")
    if (foreign := foreign_letters(text)) is not None:
        raise MistakeError(*foreign)
    if not re.fullmatch(_SNAKE, text):
        near = re.sub(_BETWEEN_WORDS, "_", text.lower()).strip("_0123456789")
        raise MistakeError(
            f"{quoted(text)} is not an id",
            "an id has small letters, digits and single underscores, and begins with a letter",
            near if re.fullmatch(_SNAKE, near) and near not in RESERVED else None,
        )
    return text


_decimal: Final = _shaped(
    _DECIMAL, "a number such as 20 or 2.5 was expected", wrong="is not a number"
)
_count: Final = _shaped(_COUNT, "a number such as 3 was expected", wrong="is not a whole number")
_DATE_EXPECTED: Final = "a date such as 2026-11-21, 2026-11 or 2026 was expected"
_date: Final = _shaped(_DATE, _DATE_EXPECTED, wrong="is not a date")


def _iso_date(value: object) -> Text:
    text = _date(value)
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        what = f"{quoted(text)} is not a day of the calendar"
        raise MistakeError(what, _DATE_EXPECTED) from None
    return text


def _day(value: object) -> Text:
    text = _iso_date(value)
    if len(text) < len("2026-11-21"):
        raise MistakeError(f"{quoted(text)} is not a day", "a day such as 2026-11-21 was expected")
    return text


def _not_known(word: str, names: Sequence[str], expected: str) -> MistakeError:
    what = f"{quoted(word)} is not known here"
    return MistakeError(what, expected, nearest(word, names), code=Code.UNKNOWN_WORD)


def one_of(names: Sequence[str]) -> Callable[[object], Text]:
    """The check of a word of a closed list."""

    def check(value: object) -> Text:
        text = _line(value)
        if text not in names:
            known = f"{'one of ' if len(names) > 1 else ''}{listed(names, near=text)}"
            raise _not_known(text, names, f"{known} was expected")
        return text

    return check


_hexadecimal: Final = _shaped(_SHA256, "64 hexadecimal digits in small letters were expected")


def _digest(value: object) -> Text:
    text = _hexadecimal(value)
    if text == _OF_NOTHING:
        raise MistakeError(
            "this is the SHA-256 of an empty file", "that of the document's text was expected"
        )
    return text


def _strength(value: object) -> Text:
    text = _line(value)
    for word in text.split("; "):
        if word not in STRENGTHS:
            known = listed(STRENGTHS, near=word)
            expected = f'one of {known}, or several joined by "; ", was expected'
            raise _not_known(word, STRENGTHS, expected)
    return text


def _lines(value: object) -> Text:
    text = _line(value)
    expected = "line numbers and ranges in ascending order, such as 4,6 or 12-14,164, were expected"
    if not re.fullmatch(_LINES, text):
        near = text.replace("\u2013", "-").replace("\u2014", "-").replace(" ", "")
        raise MistakeError(
            f"{quoted(text)} has the wrong form",
            expected,
            near if re.fullmatch(_LINES, near) else None,
        )
    before = 0
    for part in text.split(","):
        first, _, last = part.partition("-")
        if int(first) <= before or (last and int(last) <= int(first)):
            raise MistakeError(f"{quoted(text)} is not in ascending order", expected)
        before = int(last or first)
    return text


def _anchor(value: object) -> Text:
    text = _line(value)
    if not _CURLY.isdisjoint(text):
        straight = text.translate(_STRAIGHT)
        raise MistakeError(
            f"{quoted(text)} has curly quotes", "straight ones were expected", straight
        )
    if len(text.split()) > MAX_ANCHOR:
        what = f"{quoted(text)} has {len(text.split())} words"
        raise MistakeError(what, f"an anchor of at most {MAX_ANCHOR} words was expected")
    return text


def _format(value: object) -> int:
    if _line(value) == "1":
        raise MistakeError(
            "format 1 is not read any more",
            "write format: 2 here; whatever format 1 says stands as it is and means the same",
        )
    return int(one_of(("2",))(value))


def _short_label(value: object) -> Text:
    text = _line(value)
    if len(text) > MAX_SHORT:
        raise MistakeError(
            f"{quoted(text)} has {len(text)} characters",
            f"a short label has at most {MAX_SHORT}; leave the key out where the label serves",
        )
    return text


def stands(value: object) -> str:
    """What stands somewhere, for a message."""
    if isinstance(value, Text):
        return "null" if value.is_null else f"the text {quoted(value)}"
    return "a list" if isinstance(value, Items) else "a mapping"


def other_structure(value: object, expected: str) -> MistakeError:
    """Text, a list or a mapping stands where another of them was expected."""
    return MistakeError(f"{stands(value)} stands here", expected, code=Code.WRONG_STRUCTURE)


def mapping_expected(value: object) -> MistakeError:
    """Something else stands where a mapping was expected."""
    return other_structure(value, 'a mapping ("key: value") was expected')


def some(what: str, expected: str) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """The check of a list that must not be empty."""

    def check(names: tuple[str, ...]) -> tuple[str, ...]:
        if not names:
            raise MistakeError(f"the list of {what} is empty", expected, code=Code.EMPTY)
        return names

    return check


def or_null(value: object, inner: Callable[[object], object]) -> object:
    """The check of what may be null, which means that there is none."""
    return None if isinstance(value, Text) and value.is_null else inner(value)


# --- how the validator is told -----------------------------------------------------------------

CoreSchema = dict[str, Any]
"""What the validator is told of a type."""
Inner = Callable[[Any], CoreSchema]


class Form:
    """How a written value is checked and becomes the value of a field.

    `check` stands in place of the annotated type (`plain`), before it, after it or around it.
    `pattern` and `words` tell an editor what may be written, as far as they can say it.
    """

    def __init__(
        self,
        check: Callable[..., object],
        stands: str = "plain",
        *,
        pattern: str | None = None,
        words: Sequence[str] = (),
    ) -> None:
        self._check = check
        self.stands = stands
        self.pattern = pattern
        self.words = tuple(words)

    def core_schema(self, kind: Any, inner: Inner) -> CoreSchema:
        """What the validator is told of the form of a type; `inner` is what of any other."""
        schema = {
            "type": f"function-{self.stands}",
            "function": {"type": "no-info", "function": self._check},
        }
        return schema if self.stands == "plain" else {**schema, "schema": inner(kind)}


def _shape(pattern: str, expected: str) -> Form:
    """The form of text of one shape."""
    return Form(_shaped(pattern, expected), pattern=pattern)


def word_of(names: Sequence[str]) -> Form:
    """The form of a word of a closed list."""
    return Form(one_of(names), words=names)


class _FromReader(Record):
    """A value that the reader sets, such as the id that is the key of a record."""

    value: object


class NotWrittenError(ValueError):
    """A file has a key that only the reader sets, so it is a key that the record does not have."""


def _from_reader(value: object) -> object:
    if not isinstance(value, _FromReader):
        raise NotWrittenError
    return value.value


class _Table:
    """A mapping of records by their ids; the reader sets a record's `id` and `position`."""

    def core_schema(self, kind: Any, inner: Inner) -> CoreSchema:
        """Each record gets its key, then the mapping is checked."""
        key, shape = get_args(kind)
        known = fields_of(shape) if isinstance(shape, RecordType) else ()
        names = [name for name in ("id", "position") if name in known]

        def named(value: object) -> object:
            if not isinstance(value, Entries) or not names:
                return value
            return {key: with_place(entry, key, names) for key, entry in value.items()}

        table = inner(dict[key, shape])  # type: ignore[valid-type]
        function = {"type": "no-info", "function": named}
        return {"type": "function-before", "function": function, "schema": table}


class _MapOrList:
    """A mapping or a list, each with a form of its own."""

    TAGS: Final = ("(map)", "(list)")

    def core_schema(self, kind: Any, inner: Inner) -> CoreSchema:
        """The form is picked by what is written."""
        forms = zip(self.TAGS, get_args(kind), strict=True)
        return {
            "type": "tagged-union",
            "discriminator": lambda value: self.TAGS[isinstance(value, Items)],
            "choices": {tag: inner(form) for tag, form in forms},
        }


class _Listed:
    """Records that a file holds as a mapping by id, kept as a tuple in its order."""

    def core_schema(self, kind: Any, inner: Inner) -> CoreSchema:
        """The mapping is checked, then its records are kept."""
        shape, _ = get_args(kind)
        table = inner(Table[Id, shape])  # type: ignore[valid-type]
        function = {"type": "no-info", "function": lambda found: tuple(found.values())}
        return {"type": "function-after", "function": function, "schema": table}


def with_place(entry: object, key: Text | Entries, names: Sequence[str]) -> object:
    """The entries of a record, with what the reader sets of it."""
    if not isinstance(entry, Entries):
        return entry
    place = {"id": _FromReader(key), "position": _FromReader(key.position)}
    given: dict[str, object] = {name: place[name] for name in names}
    return given | {str(name): value for name, value in entry.items()}


class Unread(Rule):
    """A condition or a tree as the file has it, where the finished record has its rule."""

    node: Node


def _unread(value: object) -> Unread:
    """The check of a condition or a tree, which is read later."""
    if not isinstance(value, Text | Items | Entries) or (isinstance(value, Text) and value.is_null):
        raise other_structure(value, "a condition or a tree was expected")
    return Unread(Outcome(described=False, position=value.position), value.position, value)


K = TypeVar("K")
V = TypeVar("V")

FROM_READER: Final = Form(_from_reader)
Given = Annotated[V, FROM_READER]
"""A field that no file writes: the reader sets it."""
Table = Annotated[Mapping[K, V], _Table()]
Listed = Annotated[tuple[V, ...], _Listed()]
MAP_OR_LIST: Final = _MapOrList()
Words = Annotated[str, Form(_as_text)]
Line = Annotated[str, Form(_line)]
Id = Annotated[str, Form(_identifier, pattern=_ID)]
SourceId = Annotated[str, _shape(_SOURCE, "a source id is two to five capitals, such as CRI")]
ClaimId = Annotated[str, _shape(_CLAIM, "a claim id is its source and a number, such as CRI-07")]
AssumptionId = Annotated[str, _shape(_ASSUMPTION, "an assumption id looks like D1 or INF-2")]
HazardId = Annotated[str, _shape(_HAZARD, "a hazard id looks like H01")]
Digest = Annotated[str, Form(_digest, pattern=_SHA256)]
Prefix = Annotated[str, _shape(_PREFIX, "two to four small letters were expected")]
Country = Annotated[str, _shape(_COUNTRY, "a country is two capitals, such as GB")]
Countries = Annotated[tuple[Country, ...], Form(some("countries", "name one"), "after")]
WebAddress = Annotated[
    str, _shape(_WEB_ADDRESS, "an address such as https://example.org/page was expected")
]
Day = Annotated[str, Form(_day, pattern=_DATE)]
IsoDate = Annotated[str, Form(_iso_date, pattern=_DATE)]
Format = Annotated[int, Form(_format, words=("2",))]
One = Annotated[int, Form(lambda value: int(one_of(("1",))(value)), words=("1",))]
OnlyTrue = Annotated[bool, Form(lambda value: bool(one_of(("true",))(value)), words=("true",))]
TrueOrFalse = Annotated[
    bool,
    Form(lambda value: one_of(("true", "false"))(value) == "true", words=("true", "false")),
]
WrittenNumber = Annotated[str, Form(_decimal, pattern=_DECIMAL)]
"""A number as it is written, so that its place stays known."""
Count = Annotated[int, Form(lambda value: int(_count(value)), pattern=_COUNT)]
KindName = Annotated[str, word_of(KINDS)]
Strength = Annotated[str, Form(_strength, pattern=_STRENGTH, words=STRENGTHS)]
Lines = Annotated[str, Form(_lines, pattern=_LINES)]
ShortLabel = Annotated[str, Form(_short_label, pattern=rf".{{1,{MAX_SHORT}}}")]
"""A label for narrow places; where a record has none, its label serves."""
Anchor = Annotated[str, Form(_anchor, pattern=rf"\s*\S+(\s+\S+){{0,{MAX_ANCHOR - 1}}}\s*")]
MaybeLine = Annotated[Line | None, Form(or_null, "wrap")]
MaybeDate = Annotated[IsoDate | None, Form(or_null, "wrap")]
Ids = tuple[Line, ...]
Claims = Annotated[Ids, Form(some("claims", "name one claim at least"), "after")]
OtherWords = Annotated[Ids, Form(some("other words", "leave the key out, or name one"), "after")]
_TESTS_EXPECTED: Final = "name the tests that hold its control, or say what is planned"
Tests = Annotated[Ids, Form(some("tests", _TESTS_EXPECTED), "after")]
When = Annotated[Rule, Form(_unread)]
"""A condition or a tree."""
