"""The pages for people who work on the code: every name and every path in them exists."""

import re
from importlib import import_module
from importlib.util import find_spec

import pytest

import wizard
from tests.program import ROOT

PAGES = ("wizard/ARCHITECTURE.md", ".github/CONTRIBUTING.md")
SPAN = re.compile(r"`([^`\n]+)`")
NAME = re.compile(r"(?:[a-z_]\w*)(?:\.[A-Za-z_]\w*)+")
PATH = re.compile(r"[\w.-]+(?:/[\w.-]*)+")
PLACEHOLDER = re.compile(r"\b(NAME|OPTION|SOURCE)\b")
FILE = (".json", ".md", ".py", ".toml", ".txt", ".yaml", ".yml")


def spans(page: str) -> list[str]:
    return SPAN.findall((ROOT / page).read_text("utf-8"))


def found(name: str) -> object:
    """The module, class, function or attribute that a dotted name of the package leads to."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        module = ".".join(("wizard", *parts[:end]))
        try:
            spec = find_spec(module)
        except ModuleNotFoundError:
            continue
        if spec is not None:
            there: object = import_module(module)
            for part in parts[end:]:
                there = getattr(there, part)
            return there
    raise AttributeError(name)


def names(page: str) -> list[str]:
    """The spans that name something inside the package."""
    children = {path.stem for path in (ROOT / "wizard").iterdir() if path.suffix in {"", ".py"}}
    return [
        span
        for span in spans(page)
        if NAME.fullmatch(span) and not span.endswith(FILE) and span.split(".")[0] in children
    ]


@pytest.mark.parametrize("page", PAGES)
def test_every_module_and_function_that_is_named_exists(page: str) -> None:
    named = names(page)
    assert len(named) > 20
    for name in named:
        assert found(name) is not None, name


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_is_named_exists(page: str) -> None:
    named = [each for each in spans(page) if PATH.fullmatch(each) and not PLACEHOLDER.search(each)]
    assert named
    for path in named:
        assert (ROOT / path).exists(), path


def test_each_folder_of_the_package_has_its_row() -> None:
    page = (ROOT / "wizard" / "ARCHITECTURE.md").read_text("utf-8")
    rows = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    assert rows == {path.parent.name for path in (ROOT / "wizard").glob("*/__init__.py")}


def test_each_module_beside_the_folders_is_named() -> None:
    modules = {path.stem for path in (ROOT / "wizard").glob("[!_]*.py")}
    assert modules <= set(spans("wizard/ARCHITECTURE.md"))


def test_no_flow_is_told_twice_and_their_number_is_right() -> None:
    page = (ROOT / "wizard" / "ARCHITECTURE.md").read_text("utf-8")
    flows = re.findall(r"^\*\*(.+)\*\*$", page, re.MULTILINE)
    assert len(flows) == len(set(flows)) == 17
    assert "## Seventeen flows" in page


def test_the_example_of_the_library_is_that_of_the_package() -> None:
    page = (ROOT / "wizard" / "ARCHITECTURE.md").read_text("utf-8")
    example = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert example is not None
    lines = (wizard.__doc__ or "").splitlines()
    documented = [line[4:] for line in lines if line.startswith("    ")]
    assert [line for line in example[1].splitlines() if line] == [*filter(None, documented)]


def test_a_name_that_is_gone_is_noticed() -> None:
    with pytest.raises(AttributeError):
        found("reasoning.assessing.no_such_function")
    with pytest.raises(AttributeError):
        found("no_such_module.assess")
