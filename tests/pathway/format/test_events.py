"""YAML as nodes: places, refusals, and no crash whatever stands in a file."""

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.pathway.overlays import SMALL
from wizard.pathway.format import events
from wizard.pathway.format.content import MAX_BYTES
from wizard.pathway.format.events import read_yaml
from wizard.pathway.nodes import Entries, Items, Node, Text
from wizard.pathway.problems import FileErrors


def told(source: Path | bytes | str, *, empty_values: bool = False) -> list[str]:
    with pytest.raises(FileErrors) as caught:
        read_yaml(source, "a.yaml", empty_values=empty_values)
    return [str(problem) for problem in caught.value.problems]


def places(node: Node) -> list[tuple[str, int, int]]:
    """Every scalar and key, with line and column."""
    if isinstance(node, Text):
        return [(str(node), node.position.line, node.position.column)]
    if isinstance(node, Items):
        return [place for one in node for place in places(one)]
    return [place for key, value in node.items() for part in (key, value) for place in places(part)]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_key_and_value_knows_its_place(line_end: str, mark: str) -> None:
    text = mark + line_end.join(["é: [ü, 'x']", "b:", "  c: {d: e}", ""])
    assert places(read_yaml(text.encode(), "a.yaml")) == [
        ("é", 1, 1),
        ("ü", 1, 5),
        ("x", 1, 8),
        ("b", 2, 1),
        ("c", 3, 3),
        ("d", 3, 7),
        ("e", 3, 10),
    ]


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_the_pure_parser_gives_the_same_nodes(loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = {path: places(read_yaml(path, "a.yaml")) for path in sorted(SMALL.rglob("*.yaml"))}
    monkeypatch.setattr(events, "_LOADER", getattr(yaml, loader))
    for path, found in expected.items():
        assert places(read_yaml(path, "a.yaml")) == found
    assert told("a: text #1 more\n") == told("a: text #1 more")


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize("levels", [65, 999, 1_000, 1_001, 1_500, 50_000])
@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("[", "1:65"),
        ("{a: ", "1:257"),
        ("[{a: ", "1:161"),
        ("[\n", "65:1"),
        ("- ", "1:129"),
        ("? ", None),
        ("{[", None),
    ],
)
def test_however_deep_a_text_is_the_first_level_too_many_is_told(
    opening: str, place: str | None, levels: int, loader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "_LOADER", getattr(yaml, loader))
    (message,) = told(opening * levels)
    if place is None:
        assert "stands as a key" in message or "nested deeper than 64 levels" in message
    else:
        assert message == f"a.yaml:{place}: nested deeper than 64 levels; a flatter file"


@pytest.mark.parametrize("line", ["a:", "-"])
def test_blocks_that_are_too_deep_are_told_where_they_become_so(line: str) -> None:
    text = "\n".join(" " * level + line for level in range(1_000))
    assert told(text) == ["a.yaml:65:65: nested deeper than 64 levels; a flatter file"]


def test_sixty_four_levels_are_allowed_and_no_more() -> None:
    read_yaml("[" * 64 + "x" + "]" * 64, "a.yaml")
    assert told("[" * 65 + "x" + "]" * 65) == [
        "a.yaml:1:65: nested deeper than 64 levels; a flatter file"
    ]


def test_an_error_behind_many_levels_that_are_closed_is_told_as_itself() -> None:
    closed = "[" * 40 + "]" * 40
    assert told(f"a: {closed}\nb: {closed}\nc: @") == [
        'a.yaml:3:4: text may not begin with "@"; put it in "quotes"'
    ]


def test_a_file_of_one_mebibyte_is_allowed_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: b\n#" + b"x" * (MAX_BYTES - 6))
    read_yaml(path, "a.yaml")
    path.write_bytes(b"a: b\n#" + b"x" * (MAX_BYTES - 5))
    assert told(path) == ["a.yaml:1:1: the file is larger than 8 MiB; split it or shorten it"]
    assert told("a: " + "x" * MAX_BYTES) == told(path)


def test_a_folder_a_missing_file_and_a_pipe_are_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert told(tmp_path) == ["a.yaml:1:1: this is a folder; a YAML file was expected"]
    assert told(tmp_path / "none") == ["a.yaml:1:1: there is no such file"]
    assert told(tmp_path / "pipe") == ["a.yaml:1:1: this is not a regular file"]
    assert told(tmp_path / ("x" * 300)) == [
        "a.yaml:1:1: the file cannot be read: File name too long"
    ]


def test_bytes_that_are_no_utf_8_are_told_with_their_place() -> None:
    assert told(b"a: b\nc: \xfc\n") == [
        "a.yaml:2:4: the file is not UTF-8 text; save it as UTF-8 in your editor"
    ]
    assert told("a: b".encode("utf-16")) != []


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\u200b"])
@pytest.mark.parametrize("char_form", ["raw", "escaped"])
def test_characters_that_cannot_be_seen_are_refused(char: str, char_form: str) -> None:
    shown = char if char_form == "raw" else f"\\u{ord(char):04x}"
    (message,) = told(f'a: "x{shown}y"\n')
    assert f"U+{ord(char):04X}" in message
    assert message.isprintable()


def test_lone_surrogates_are_refused() -> None:
    assert "U+D800" in told("a: \ud800")[0]
    assert told('a: "\\ud800"') != []


def test_tabs_and_carriage_returns_in_text_are_refused() -> None:
    assert "U+0009" in told('a: "x\\ty"')[0]
    assert "CR alone" in told("a: x\ry: z")[0]
    assert "U+000D" in told('a: "x\\ry"')[0]


def test_a_key_without_a_value_is_null_only_where_that_is_asked_for() -> None:
    assert told("a:\nb: c\n") == [
        'a.yaml:1:1: "a" has no value; write the value after the colon, or null if it may have none'
    ]
    node = read_yaml("a:\nb: c\n", "a.yaml", empty_values=True)
    assert isinstance(node, Entries)
    first = node[node.key("a")]
    assert isinstance(first, Text)
    assert first.is_null
    assert "a comma begins a new key" in told("x: {a, b: c}", empty_values=True)[0]
    assert told("- a\n-\n", empty_values=True) != []


def test_everything_wrong_in_a_file_is_told_at_once() -> None:
    assert told("a: &x b\na: *x\nc: !t d\n<<: e\n") == [
        'a.yaml:1:4: the anchor "&x" is not allowed here; write the value again where it is '
        'needed, or quote text that begins with "&"',
        'a.yaml:2:1: "a" stands here twice; it is already on line 1; keep one of the two',
        'a.yaml:2:4: the alias "*x" is not allowed here; write the value again, or put text that '
        'begins with "*" in quotes',
        'a.yaml:3:4: the tag "!t" is not allowed here; leave it out, or put text that begins '
        'with "!" in quotes',
        'a.yaml:4:1: the merge key "<<" is not allowed; write the keys out',
    ]


def read_or_told(source: bytes | str) -> list[str] | None:
    """What is said of a source; None where it is read."""
    try:
        read_yaml(source, "a.yaml", empty_values=True)
    except FileErrors as errors:
        return [str(problem) for problem in errors.problems]
    return None


@given(st.text())
def test_any_text_is_read_or_told(text: str) -> None:
    messages = read_or_told(text)
    assert messages is None or (messages and all(message.isprintable() for message in messages))


@given(st.binary())
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    assert read_or_told(data) != []


@given(st.lists(st.sampled_from(list("ab:-[]{},#&*!|>'\"%@`? \n\t~<\\")), max_size=40))
def test_any_yaml_like_text_is_read_or_told(chars: list[str]) -> None:
    assert read_or_told("".join(chars)) != []
