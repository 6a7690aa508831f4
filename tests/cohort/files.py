"""Random files of cases of the small pathway: rows as they should be, and as files have them."""

import csv
import json
from collections.abc import Sequence
from io import StringIO
from random import Random
from typing import Literal

from tests.cohort.rows import random_row
from tests.small import small
from wizard.cohort.columns import columns_of

ODD = (
    "",
    "unknown",
    "Present",
    " ",
    "999",
    "-1",
    "1e3",
    "a|b",
    "é",
    "\u2028",
    "x y",
    "none",
    "0,5",
)
QUOTED = ('say "no"', "a,b", "a;b", "two\nlines", "two\r\nlines", '"', ",", "\n")
BROKEN = ('"never closed', 'a"b', '"a"b,c', "\0", "\r", "too,few", "", "\udcff", ",,,,,,,,,,,,,,,,")


def random_cells(random: Random, names: Sequence[str], wild: float) -> list[str]:
    """A row: answers that fit for the most part, and whatever else in the other columns."""
    row, _ = random_row(random, small().pathway, small().space.cuts)
    cells = []
    for name in names:
        cell = row.get(name)
        text = "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)
        if name in ("id", "year"):
            text = str(random.randrange(3))
        if random.random() < wild:
            text = random.choice([*ODD, *QUOTED])
        cells.append(text)
    return cells


def random_csv(random: Random, delimiter: str) -> bytes:
    """A file in which rows are quoted, broken, short and long, or not at all."""
    names = ["id", *(c.name for c in columns_of(small().pathway)), "year"]
    random.shuffle(names)
    wild, broken = random.choice([(0.0, 0.0), (0.02, 0.0), (0.1, 0.1)])
    text = StringIO(newline="")
    quoting: Literal[0, 1] = random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    ends = random.choice(["\n", "\n", "\r\n"])
    write = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=ends).writerow
    write(names)
    for _ in range(random.randrange(60)):
        if random.random() < broken:
            text.write(random.choice(BROKEN) + ends)
        else:
            write(random_cells(random, names, wild))
    whole = text.getvalue()
    if random.random() < 0.3:
        whole = whole.removesuffix(ends)
    return random.choice(["", "\ufeff"]).encode() + whole.encode("utf-8", "surrogateescape")


def random_json(random: Random) -> bytes:
    """Lines of JSON: cases, columns with their values, and what is neither."""
    lines = []
    for number in range(random.randrange(40)):
        row, raw = random_row(random, small().pathway, small().space.cuts)
        columns: dict[str, object] = {"id": number % 3, **row}
        case: dict[str, object] = {"id": number % 3, "answers": raw}
        for wild in (columns, raw):
            if wild and random.random() < 0.1:
                wild[random.choice(list(wild))] = random.choice([*ODD, 3, None, True, ["a"], {}])
        lines.append(json.dumps(random.choice([columns, case]), ensure_ascii=random.random() < 0.5))
        if random.random() < 0.1:
            lines.append(
                random.choice(["", "  ", "[]", "{", "null", '{"error": 1}', '{"a": 1, "a": 2}'])
            )
    return "\n".join(lines).encode()
