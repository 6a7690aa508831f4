"""The page on the format: every example that names a file stands in that file."""

import re

import pytest

from tests.program import ROOT
from wizard.pathway.fields import KINDS, STRENGTHS
from wizard.pathway.model import AlertLevel

PAGE = (ROOT / "pathways" / "README.md").read_text()
EXAMPLES = re.findall(r"^FILE: (\S+)\n```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_there_are_examples_of_every_kind_of_file() -> None:
    files = " ".join(file for file, _ in EXAMPLES)
    for kind in (
        "pathway.yaml",
        "factors.yaml",
        "shared.yaml",
        "alerts.yaml",
        "glossary.yaml",
        "sources.yaml",
        "hazards.yaml",
        "claims/",
        "options/",
        "cases/",
    ):
        assert kind in files


@pytest.mark.parametrize(("file", "example"), EXAMPLES)
def test_an_example_stands_in_its_file(file: str, example: str) -> None:
    assert example in (ROOT / "pathways" / file).read_text()


@pytest.mark.parametrize(
    ("key", "words"), [("kind", KINDS), ("strength", STRENGTHS), ("level", tuple(AlertLevel))]
)
def test_a_closed_list_is_printed_whole(key: str, words: tuple[str, ...]) -> None:
    printed = re.search(rf"of `{key}`:\n((?:  `.*\n)+)", PAGE)
    assert printed is not None
    assert tuple(re.findall("`([^`]+)`", printed[1])) == words
