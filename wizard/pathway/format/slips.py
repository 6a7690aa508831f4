"""What is told where YAML cannot be read on: the slip behind it, and the place of the slip.

A parser says where it gave up, which is often a line after the mistake.  Each rule here looks for
one usual slip of the hand at that place and just before it.
"""

import re
from collections.abc import Callable
from typing import Final

from wizard.pathway.codes import Code
from wizard.pathway.format.brackets import CLOSING, brackets, missing_entry, wrong_bracket
from wizard.pathway.format.stop import Stop
from wizard.pathway.format.text_slips import OTHER_BLANK, OTHER_SPACE
from wizard.pathway.nodes import Text
from wizard.pathway.position import Position
from wizard.pathway.problems import Problem

_MERGE: Final = re.compile(r"(<{7}|>{7}|\|{7})( |$)|={7}$")
_MISPLACED_BLANK: Final = re.compile(rf"(?:^[ ]*(?:- +)*|:|-){OTHER_BLANK}")
_START: Final = r"^[ ]*(?:- +)*"
_KEY: Final = r"[a-z][a-z0-9_]*|[A-Z]{1,5}-?[0-9]+"
_NO_SPACE: Final = re.compile(rf"{_START}(?P<key>{_KEY}):(?=[^\s:/])")
_NO_SPACE_AFTER_DASH: Final = re.compile(r"^[ ]*-(?=[a-z]\w*:( |$))")
_NO_COLON: Final = re.compile(rf"{_START}(?P<key>{_KEY})(?=\s*$|\s|[^\w\s:.,/'-])")
_KEY_WITH_TEXT: Final = re.compile(rf"{_START}(?:[^\s:#'\"]+): +(?P<text>\S.*)")
_BLOCK_TEXT: Final = re.compile(r": [>|][-+]?\s*$")
_TO_QUOTE: Final = 'put the whole text in "quotes"'


def slip_behind(stop: Stop) -> Problem:
    """The usual slip for which the parser gave up, or that the line does not fit."""
    found = (rule(stop) for rule in _RULES)
    return next(problem for problem in found if problem is not None)


def missing_space(text: Text) -> Problem | None:
    """What is wrong with a text such as `ask:size`, which lacks the space after its colon."""
    match = _NO_SPACE.match(text)
    if match is None:
        return None
    start = text.position
    place = Position(start.file, start.line, start.column + match.end())
    return Problem(Code.MISSING_SPACE, place, *_space_missing(match["key"]))


def missing_space_after(text: Text) -> Problem | None:
    """What is wrong with a text such as `-entry`, where a list was expected."""
    if not text.plain or not re.match(r"-\w", text):
        return None
    start = text.position
    place = Position(start.file, start.line, start.column + 1)
    return Problem(Code.MISSING_SPACE, place, *_AFTER_DASH)


def _space_missing(key: str) -> tuple[str, str]:
    """What is wrong with `ask:size`, and what was expected."""
    return f'a space is missing after "{key}:"', f'write "{key}: " and the value'


_AFTER_DASH: Final = ('a space is missing after the "-"', 'write "- " and the text')


# --- the rules, each for one slip ------------------------------------------------------------


def _merge_marker(stop: Stop) -> Problem | None:
    for number, line in enumerate(stop.lines):
        if _MERGE.match(line):
            return stop.problem(
                Code.MERGE_MARK,
                number,
                0,
                "git left the mark of a merge conflict here",
                "keep one of the two versions and delete the lines <<<<<<<, ======= and >>>>>>>",
            )
    return None


def _tab(stop: Stop) -> Problem | None:
    for number in stop.suspects:
        line = stop.line(number)
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            where = indent.index("\t")
            return stop.problem(
                Code.WRONG_INDENT,
                number,
                where,
                "a tab stands before the text",
                "use spaces to indent",
            )
    return None


def _other_space(stop: Stop) -> Problem | None:
    last = min(stop.at[0], len(stop.lines) - 1)
    for number in range(last, max(last - 5, -1), -1):
        match = _MISPLACED_BLANK.search(stop.lines[number])
        if match is not None:
            return stop.problem(Code.OTHER_SPACE, number, match.end() - 1, *OTHER_SPACE)
    return None


def _end_of_document(stop: Stop) -> Problem | None:
    above = stop.above(stop.at[0])
    if above is None or stop.lines[above].rstrip() != "...":
        return None
    return stop.problem(
        Code.NOT_YAML, above, 0, 'the document ends here ("...")', "take the line out"
    )


def _end_of_quotes(stop: Stop) -> Problem | None:
    if stop.ended is None:
        return None
    (first, column), (last, end) = stop.ended
    if last != stop.at[0] or stop.line(last)[end : stop.at[1]].strip(" ,"):
        return None
    if first < last:
        return stop.problem(
            Code.WRONG_QUOTES,
            first,
            column,
            "a quotation mark is opened here and not closed on its line",
            f"the next one stands on line {last + 1}",
        )
    mark = stop.line(first)[column]
    inside = r"write \" for a quotation mark" if mark == '"' else "write '' for an apostrophe"
    return stop.problem(
        Code.WRONG_QUOTES,
        first,
        column,
        f"the text in quotes ends at column {end} already, and more follows",
        f"{inside} inside it, or {_TO_QUOTE}",
    )


def _open_quotes(stop: Stop) -> Problem | None:
    if "quoted scalar" not in stop.words or "end of stream" not in stop.words:
        return None
    return stop.problem(
        Code.WRONG_QUOTES, *stop.opened, "a quotation mark is opened here and never closed"
    )


def _escape(stop: Stop) -> Problem | None:
    if "escape" not in stop.words:
        return None
    what = r'a "\" inside "quotes" begins a special character that does not exist'
    return stop.problem(
        Code.WRONG_QUOTES, *stop.at, what, r"write \\ for one backslash, or use 'single quotes'"
    )


def _beginning(stop: Stop) -> Problem | None:
    number, column = stop.at
    line = stop.line(number)
    char = line[column : column + 1]
    if "cannot start any token" in stop.words:
        return stop.problem(
            Code.WRONG_QUOTES,
            number,
            column,
            f'text may not begin with "{char}"',
            'put it in "quotes"',
        )
    match = _KEY_WITH_TEXT.match(line)
    if match is None or column < match.start("text"):
        return None
    text, place = match["text"], match.start("text")
    if text.startswith(("- ", "? ", "| ", "> ", "*", "&", "!")):
        return stop.problem(
            Code.WRONG_QUOTES, number, place, f'text may not begin with "{text[0]}"', _TO_QUOTE
        )
    if text[0] in CLOSING and _ends_early(text):
        return stop.problem(
            Code.WRONG_QUOTES,
            number,
            place,
            f'text that begins with "{text[0]}" is a list or a map',
            _TO_QUOTE,
        )
    return None


def _ends_early(text: str) -> bool:
    """Whether brackets close, and words follow."""
    open_ones: list[str] = []
    for _, char in brackets(text):
        if char in CLOSING:
            open_ones.append(char)
        elif open_ones:
            open_ones.pop()
    return not open_ones and text.rstrip()[-1] not in "]}"


def _no_space(stop: Stop) -> Problem | None:
    for number in stop.suspects:
        line = stop.line(number)
        if (dash := _NO_SPACE_AFTER_DASH.match(line)) is not None:
            return stop.problem(Code.MISSING_SPACE, number, dash.end(), *_AFTER_DASH)
        if (match := _NO_SPACE.match(line)) is not None:
            return stop.problem(
                Code.MISSING_SPACE, number, match.end(), *_space_missing(match["key"])
            )
    return None


def _lost_text(stop: Stop) -> Problem | None:
    """A line of a folded text that lost its indentation."""
    number = stop.opened[0]
    line = stop.line(number)
    indent = _indent(line)
    above = stop.above(number)
    while above is not None and _indent(stop.lines[above]) > indent:
        if _BLOCK_TEXT.search(stop.lines[above]):
            break
        above = stop.above(above)
    else:
        if above is None or not _BLOCK_TEXT.search(stop.lines[above]):
            return None
    bare = line.strip()
    if "expected ':'" not in stop.words or re.fullmatch(rf"({_KEY})(\s*[\[{{].*)?", bare):
        return None
    return stop.problem(
        Code.WRONG_INDENT,
        number,
        indent,
        f"this line is not indented as the text that begins on line {above + 1} is",
        f"indent it further than line {above + 1}, or write it as key: value",
    )


def _colon_missing(stop: Stop) -> Problem | None:
    if "expected ':'" in stop.words:
        number = stop.opened[0]
    elif "mapping values" in stop.words:
        above = stop.above(stop.at[0])
        if above is None or _indent(stop.lines[above]) >= _indent(stop.line(stop.at[0])):
            return None
        number = above
        if not re.fullmatch(rf"{_START}({_KEY})\s*", stop.lines[number]):
            return None
    else:
        return None
    match = _NO_COLON.match(stop.line(number))
    if match is None:
        what = "this line is not a key and value"
        return stop.problem(
            Code.MISSING_COLON,
            number,
            _indent(stop.line(number)),
            what,
            '"key: value" was expected',
        )
    key = match["key"]
    return stop.problem(
        Code.MISSING_COLON,
        number,
        match.end(),
        f'a colon is missing after "{key}"',
        f'write "{key}:" and the value',
    )


def _colon_in_text(stop: Stop) -> Problem | None:
    if "mapping values" not in stop.words:
        return None
    match = _KEY_WITH_TEXT.match(stop.line(stop.at[0]))
    if match is None or stop.at[1] < match.start("text"):
        return None
    return stop.problem(
        Code.WRONG_QUOTES, *stop.at, 'a text without quotes may not have ": " inside', _TO_QUOTE
    )


def _indentation(stop: Stop) -> Problem | None:
    """The line that is indented as no other of the file."""
    for number in reversed(stop.suspects):
        line = stop.line(number)
        if not line.strip() or _indent(line) % 2 == 0:
            continue
        wanted = _wanted(stop, number)
        has = _spaces(_indent(line))
        return stop.problem(
            Code.WRONG_INDENT,
            number,
            _indent(line),
            f"this line is indented by {has}",
            f"{wanted} were expected",
        )
    return None


def _wanted(stop: Stop, number: int) -> int:
    """The indentation that fits what stands above a line."""
    above = stop.above(number)
    if above is None:
        return 0
    line = stop.lines[above]
    dashes = re.match(r"[ ]*(?:- +)*", line)
    own = 0 if dashes is None else dashes.end()
    if stop.line(number).lstrip().startswith("- "):
        own = _indent(line)
    return own + 2 if line.rstrip().endswith(":") else own


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _spaces(number: int) -> str:
    return "1 space" if number == 1 else f"{number} spaces"


def _no_fit(stop: Stop) -> Problem:
    number, column = stop.at
    where = f"line {stop.opened[0] + 1}"
    return stop.problem(
        Code.NOT_YAML,
        number,
        column,
        "this line does not fit what stands around it",
        f"check its indentation and quotes, and those of the lines since {where}"
        if stop.opened[0] < number
        else "check the indentation, the quotes and the line before",
    )


_RULES: Final[tuple[Callable[[Stop], Problem | None], ...]] = (
    _merge_marker,
    _open_quotes,
    _end_of_quotes,
    _escape,
    _tab,
    _other_space,
    _end_of_document,
    _no_space,
    _beginning,
    _lost_text,
    _colon_missing,
    missing_entry,
    wrong_bracket,
    _colon_in_text,
    _indentation,
    _no_fit,
)
