"""A first map of a file's own columns and codes, to be filled in: nothing in it is guessed.

Every column that the pathway does not have, and every code that is none of its words, stands in it
behind a #, with what looks like it; whoever takes the # away says what it is.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from wizard.cohort.answering import UnknownValueError, check_word
from wizard.cohort.columns import Column, Kind, columns_of
from wizard.cohort.stamp import may_be
from wizard.cohort.tables import Row
from wizard.engine.space import CaseSpace
from wizard.pathway.model import Pathway
from wizard.pathway.problems import nearest

MOST_ROWS: Final = 100_000
"""Rows that are looked at."""
MOST_CODES: Final = 40
"""A column with more different values has numbers, dates or names, of which none is listed."""
_ALIKE: Final = 0.75
"""A name of the pathway is told beside one that is at least so much like it."""
_HEAD: Final = """\
# A first map of the columns of a file to those of the pathway {pathway}.
# Nothing behind a # is read, and nothing is guessed: where a column is one of the pathway's,
# take the # away, write its name for COLUMN, and a word of it for each VALUE. The columns
# and their words stand above what `mdt-wizard export sql` writes; for a code of "not known"
# the word is unknown. What is left behind a # passes through unread.
columns:
"""


def draft_map(names: Sequence[str], rows: Iterable[Row], pathway: Pathway, space: CaseSpace) -> str:
    """The text of a first map of the columns of a file."""
    own = {column.name: column for column in columns_of(pathway)}
    found: list[dict[str, None]] = [{} for _ in names]
    for row in islice(rows, MOST_ROWS):
        if not row.problem:
            for name, codes, cell in zip(names, found, row.cells, strict=True):
                if cell and len(codes) <= MOST_CODES and _is_code(name, cell, own, space):
                    codes[cell] = None
    head = _HEAD.format(pathway=f"{pathway.id} {pathway.version}")
    lines = (
        line
        for name, codes in zip(names, found, strict=True)
        for line in _column(name, sorted(codes), own, pathway)
    )
    return head + "".join(f"{line}\n" for line in lines)


# --- parts -----------------------------------------------------------------------------------


def _is_code(name: str, cell: str, own: Mapping[str, Column], space: CaseSpace) -> bool:
    """Whether a map is to say what a cell stands for.

    A number of eights or nines alone is how registries write that something is not known.
    """
    column = own.get(name)
    if column is None or (len(cell) > 1 and (set(cell) in ({"8"}, {"9"}))):
        return True
    try:
        check_word(space, column, cell)
    except UnknownValueError:
        return True
    return False


def _column(
    name: str, codes: Sequence[str], own: Mapping[str, Column], pathway: Pathway
) -> Iterator[str]:
    """What the map says of a column: of one of the pathway's, only its codes are to be told."""
    yield ""
    column = own.get(name)
    if column is not None and not codes:
        yield f"  # {_quoted(name)} is read as it is."
        return
    near = column.name if column else nearest(name, own, least=_ALIKE)
    words = may_be(pathway.factors[own[near].factor], own[near]) if near else ""
    target = column.name if column else "COLUMN"
    hint = f"  # does it look like {near}?" if near and not column else ""
    yield f"  # {_quoted(name)}:{hint}"
    yield f"  #   is: {target}"
    if len(codes) > MOST_CODES:
        yield f"  # It has more than {MOST_CODES} different values."
        return
    if words:
        yield f"  #   # {near} may be: {words}"
    if codes:
        yield "  #   values:"
    known = words.replace(";", ",").split(", ")
    for code in codes:
        like = nearest(code, known) if near and own[near].kind is Kind.VALUE else None
        yield f"  #     {_quoted(code)}: VALUE{f'  # does it look like {like}?' if like else ''}"


def _quoted(text: str) -> str:
    """Text as YAML reads it again, on one line of letters that can be seen."""
    return json.dumps(text, ensure_ascii=not text.isprintable())
