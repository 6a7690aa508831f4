"""One layout: what a file says stays, and so does every comment; twice is the same as once."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pathway.format.layouts import Value, Writer, values
from tests.program import ROOT
from wizard.pathway.format.events import read_yaml
from wizard.pathway.format.layout import WIDTH, comments_of, laid_out, same_said

PATHWAYS = (
    ROOT / "pathways" / "neuroendocrine",
    *(ROOT / "tests" / "pathway" / name for name in ("prostate", "park", "hospital")),
)


@settings(max_examples=400)
@given(values(), st.integers(0, 10**9))
def test_any_layout_says_the_same_afterwards_with_every_comment(value: Value, seed: int) -> None:
    writer = Writer(Random(seed))
    text = writer.text(value)
    said = read_yaml(text, "a.yaml")

    laid = laid_out(text)
    assert same_said(said, read_yaml(laid, "a.yaml"))
    assert comments_of(laid) == comments_of(text)
    assert all(laid.count(f"{comment}\n") == 1 for comment in writer.comments)
    assert laid_out(laid) == laid


@pytest.mark.parametrize("folder", PATHWAYS, ids=lambda folder: folder.name)
def test_the_pathways_are_in_the_layout(folder: Path) -> None:
    files = list(folder.rglob("*.yaml"))
    assert files
    for path in files:
        text = path.read_bytes().decode()
        assert laid_out(text) == text, path


BEFORE = """\
\ufeff

# What this file is.


a:
    # above b
    b:   [x,   'y']   # behind b
    c: # behind c
        - 1

        # above the second


        - {k:  v}   # behind it
        # at the end of the list

    # at the end of a
# above d
d: {a: 1,
    # in brackets
    b: 2} # behind the brackets
e:
  "kept in quotes"
f:
- x
-   y: 1
    z: >+   # behind the mark
         Lines stay as they are,
         though they may be short.
-
  # between a dash and its text
  last
g: text on
     two lines


"""
AFTER = """\
# What this file is.

a:
  # above b
  b: [x, "y"]  # behind b
  c:  # behind c
    - 1

    # above the second

    - {k: v}  # behind it
    # at the end of the list

  # at the end of a
# above d
d:  # behind the brackets
  a: 1
  # in brackets
  b: 2
e: "kept in quotes"
f:
  - x
  - y: 1
    z: >-  # behind the mark
      Lines stay as they are,
      though they may be short.
  # between a dash and its text
  - last
g: text on
  two lines
"""


def test_blanks_brackets_and_comments_have_their_places() -> None:
    assert laid_out(BEFORE) == AFTER
    assert laid_out(BEFORE.replace("\n", "\r\n")) == AFTER
    assert laid_out(AFTER) == AFTER


def test_brackets_that_do_not_fit_on_a_line_are_opened() -> None:
    keys = ", ".join(f"key_{number}: a value" for number in range(8))
    fits = f"k: {{a: {'b' * (WIDTH - 8)}}}\n"
    assert len(fits) == WIDTH + 1
    assert laid_out(fits) == fits
    assert laid_out(fits.replace("a: b", "a: bb")).startswith("k:\n  a: bb")
    opened = laid_out(f"k: {{{keys}}}\n")
    assert opened.splitlines()[:2] == ["k:", "  key_0: a value"]
    assert laid_out(f"- {{{keys}}}\n").splitlines()[:2] == ["- key_0: a value", "  key_1: a value"]


def test_a_long_list_of_texts_keeps_its_brackets_and_the_breaks_that_it_has() -> None:
    ids = [f"ICS-{number}" for number in range(10, 40)]
    parted = f"k:\n  [{', '.join(ids[:5])},\n   {', '.join(ids[5:])}]\n"
    first, second, *others = laid_out(parted).splitlines()[1:]
    assert first == f"  [{', '.join(ids[:5])},"
    assert second.startswith("   ICS-15, ")
    assert len(second) <= WIDTH < len(second) + len(" ICS-30,")
    assert others[-1].endswith("ICS-39]")
    short = "k: [a,\n  b]\n"
    assert laid_out(short) == "k: [a, b]\n"


def test_blanks_at_the_end_of_lines_go_also_in_a_text() -> None:
    assert laid_out("a: >-  \n   one \n   two  \nb: |\n   x \n      \n   y\n") == (
        "a: >-\n  one\n  two\nb: |-\n  x\n\n  y\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "{}\n",
        "[]  # nothing\n",
        'a: "it\'s"\n',
        "a: 'say \"so\"'\n",
        "a: >2-\n    further in\n  than this\n",
        "a: |-\n  kept\n    as it\n  is\n",
        "- - 1\n  - 2\n- - 3\n",
        "oak, beech: described\n",
        "a:\n  - b:\n      - c\n    # of the list in the list\n# of all\n",
        "a:\nb: 1\n",
    ],
)
def test_what_is_in_the_layout_stays(text: str) -> None:
    assert laid_out(text) == text
