"""JSON as nodes: the same as the reader of YAML builds, or left to it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.pathway.format.events import read_yaml
from wizard.pathway.format.json_nodes import plain_json
from wizard.pathway.nodes import Entries, Items, Node
from wizard.pathway.problems import FileErrors

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=5)
ATOMS = st.none() | st.booleans() | st.integers() | st.floats() | WORDS
DATA = st.recursive(
    ATOMS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


def seen(node: Node) -> Any:
    """A node without its places."""
    if isinstance(node, Entries):
        return {str(key): (key.is_null, seen(value)) for key, value in node.items()}
    if isinstance(node, Items):
        return [seen(one) for one in node]
    return str(node), node.plain, node.is_null


@given(st.dictionaries(WORDS, DATA, max_size=4), st.booleans(), st.sampled_from([None, 2]))
def test_what_is_read_is_what_the_reader_of_yaml_reads(
    data: dict[str, Any], ascii_only: bool, indent: int | None
) -> None:
    text = json.dumps(data, ensure_ascii=ascii_only, indent=indent)
    found = plain_json(text.encode(), "case.json")
    try:
        expected = read_yaml(text, "case.json")
    except FileErrors:
        assert found is None
    else:
        assert found is None or seen(found) == seen(expected)


def test_what_is_plain_is_read() -> None:
    found = plain_json(b'{"answers": {"a": "x", "b": [1, 2.50, true, null, "null"]}}', "case.json")
    assert found is not None
    assert seen(found["answers"])["b"] == (  # type: ignore[index]
        False,
        [
            ("1", True, False),
            ("2.50", True, False),
            ("true", True, False),
            ("null", True, True),
            ("null", False, False),
        ],
    )


@pytest.mark.parametrize(
    "text",
    [
        b"answers: {}",
        b"[1]",
        b'{"a": 1, "a": 2}',
        b'{"": 1}',
        b'{"a": 1} # said',
        b'{"a": "\\u0041"}',
        b'{"a":\t1}',
        b'\xef\xbb\xbf{"a": 1}',
        b'{"a": "\xff"}',
        b'{"a": "\xe2\x80\xae"}',
        b'{"a": ' + b"[" * 20 + b"]" * 20 + b"}",
        b'{"a": ' + b"[" * 100_000,
        b'{"a": "' + b"x" * 10_001 + b'"}',
    ],
)
def test_what_is_odd_is_left_to_the_reader_of_yaml(text: bytes) -> None:
    assert plain_json(text, "case.json") is None
