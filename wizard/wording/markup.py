"""Text from files that a reader of Markdown shows as it is."""

import re
from typing import Final

from wizard.wording.text import clean

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>#|~&$!^])")
_NUMBERED: Final = re.compile(r"^(\d+)([.)])")
_MARK: Final = re.compile(r"^([-+=])")
_LINK: Final = re.compile(r"(?i)\b(https?|ftp|mailto|www)([:.])")


def escaped(text: str) -> str:
    """Text on one line that Markdown shows as it is, without link, image, tag or emphasis."""
    line = _SPECIAL.sub(r"\\\1", clean(text))
    line = _NUMBERED.sub(r"\1\\\2", line)
    line = _MARK.sub(r"\\\1", line)
    return _LINK.sub(r"\1\\\2", line)
