"""What a text that YAML can read shows to be a slip all the same."""

import re
from typing import Final

from wizard.pathway.codes import Code
from wizard.pathway.nodes import Text
from wizard.pathway.position import Position
from wizard.pathway.problems import Problem, quoted

OTHER_BLANK: Final = r"[^\S \t\r\n]"
OTHER_SPACE: Final = (
    "a no-break space (or another space that is not the plain one) stands here",
    "delete it and type a plain space",
)
_BLANK_IN_TEXT: Final = rf"^{OTHER_BLANK}|:{OTHER_BLANK}|{OTHER_BLANK}$"
"""Compiled where it is first needed: most files have letters of ASCII alone."""


def slip_in_text(text: Text, *, key: bool) -> Problem | None:
    """What a text without quotes shows to be a slip although it can be read."""
    place = text.position
    if key and text.endswith(":"):
        column = place.column + len(text) - 1
        where = Position(place.file, place.line, column)
        return Problem(Code.MISSING_COLON, where, "two colons stand here", "keep one")
    if (slip := None if text.isascii() else _slip_beyond_ascii(text, key=key)) is not None:
        return slip
    if text.endswith('"') and text.count('"') % 2:
        return Problem(
            Code.WRONG_QUOTES,
            place,
            f"the quotation mark at the end of {quoted(text)} was never opened",
        )
    return None


def _slip_beyond_ascii(text: Text, *, key: bool) -> Problem | None:
    """Another space, or other quotation marks, than those that a keyboard has."""
    place = text.position
    blank = re.search(OTHER_BLANK if key else _BLANK_IN_TEXT, text)
    if blank is not None and "\n" not in text:
        column = place.column + blank.end() - 1
        return Problem(Code.OTHER_SPACE, Position(place.file, place.line, column), *OTHER_SPACE)
    if len(text) > 1 and text[0] in "\u201c\u201e" and text[-1] in "\u201d\u201c":
        straight = text[1:-1]
        return Problem(
            Code.WRONG_QUOTES,
            place,
            f"curly quotes stand around {quoted(straight)}",
            'type straight ones (")',
        )
    return None
