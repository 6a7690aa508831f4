"""Who imports what: dependencies run one way, and nobody pays for what they do not use."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import wizard
from tests.program import ROOT

PACKAGE = Path(wizard.__file__).parent
SCREEN = {"textual", "rich"}
READER = {"yaml", "pydantic_core"}
PROTOCOL = {"pygls", "lsprotocol"}
SERVERS = {("editor", f"{name}.py") for name in ("requests", "server", "serving")}
SHEETS = ("workbench", "sheets.py")
SLOW = {"platformdirs", "dataclasses", "inspect", "tempfile", "shutil", "difflib", "calendar"}
"""Modules of the standard library, and one other, that take long to import and serve few."""

UNUSED = ("wizard.pathway.fields", "wizard.pathway.model_fields", "wizard.engine.ordering")
"""Modules that no start needs whose pathway is in the cache."""

LAYERS = [
    "pathway",
    "case",
    "engine",
    "reasoning",
    "wording",
    "fhir",
    "workbench",
    "practice",
    "cohort",
    "report",
    "plain",
    "editor",
]
"""Each may import those before it, and itself."""


def modules(*packages: str) -> list[str]:
    """The names of all modules of these packages of the program."""
    return [
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for package in packages
        for path in sorted((PACKAGE / package).rglob("*.py"))
        if path.name != "__init__.py"
    ]


def imported(path: Path) -> set[str]:
    """The modules that a file imports anywhere in it, under type checking too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def loaded_by(
    code: str, given: str = "", folder: Path | None = None, *, whole: bool = False
) -> set[str]:
    """The top-level modules that a fresh process has loaded after running code, or all of them."""
    names = "sys.modules" if whole else "{name.partition('.')[0] for name in sys.modules}"
    report = f"import sys; print('LOADED', *{names})"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if folder is not None:
        environment |= {"XDG_CACHE_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    ended = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"],
        input=given,
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    return set(ended.stdout.splitlines()[-1].split()[1:])


def running(arguments: list[str]) -> str:
    """Code that runs the program and goes on."""
    return f"""\
import sys
from wizard.__main__ import main
from wizard.exits import WrongUsageError
try:
    main({arguments!r})
except (SystemExit, WrongUsageError):
    pass
"""


def test_only_the_screen_imports_textual_and_only_the_reader_yaml() -> None:
    for path in PACKAGE.rglob("*.py"):
        roots = {name.partition(".")[0] for name in imported(path)}
        parts = path.relative_to(PACKAGE).parts
        assert parts[0] == "screen" or not roots & SCREEN, path
        assert parts[:2] == ("pathway", "format") or not roots & READER, path
        assert parts in SERVERS or not roots & PROTOCOL, path
        assert parts == SHEETS or "openpyxl" not in roots, path


@pytest.mark.parametrize("layer", LAYERS)
def test_dependencies_run_one_way(layer: str) -> None:
    known = {f"wizard.{name}" for name in LAYERS[: LAYERS.index(layer) + 1]}
    if layer == "plain":  # where a way to start begins
        known |= {"wizard.kept_functions", "wizard.opened_cases"}
    known |= {
        "wizard",
        "wizard.exits",
        "wizard.locking",
        "wizard.private_files",
        "wizard.record",
        "wizard.user_folders",
    }
    for path in (PACKAGE / layer).rglob("*.py"):
        own = {name for name in imported(path) if name.partition(".")[0] == "wizard"}
        beyond = {name for name in own if ".".join(name.split(".")[:2]) not in known}
        assert beyond == set(), path


def test_the_places_of_the_screen_do_not_know_each_other() -> None:
    places = {"case", "practice", "pathway"}
    for room in (*places, "shared"):
        for path in (PACKAGE / "screen" / room).rglob("*.py"):
            own = {tuple(name.split(".")[:3]) for name in imported(path)}
            beyond = own & {("wizard", "screen", other) for other in places - {room}}
            assert beyond == set(), path


def test_wording_words_records_and_calls_neither_the_engine_nor_reasoning() -> None:
    for path in (PACKAGE / "wording").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert not node.module.startswith("wizard.engine"), path
                if node.module.startswith("wizard.reasoning"):
                    assert all(alias.name[0].isupper() for alias in node.names), path
            elif isinstance(node, ast.Attribute):
                assert node.attr != "compiled", path


def test_nothing_is_a_dataclass_whose_code_python_makes_at_each_start() -> None:
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                marks = [ast.unparse(mark) for mark in node.decorator_list]
                assert not [mark for mark in marks if mark.startswith("dataclass(")], path
                assert "dataclass" not in marks, (path, node.name)


def test_nothing_but_the_screen_loads_textual() -> None:
    packages = [path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "screen"]
    names = modules(*packages)
    assert "wizard.plain.start" in names
    loaded = loaded_by("\n".join(f"import {name}" for name in names))
    assert not loaded & SCREEN


def test_words_and_reports_need_no_reader() -> None:
    names = modules("case", "engine", "reasoning", "wording", "report", "plain")
    loaded = loaded_by("\n".join(f"import {name}" for name in names))
    assert not loaded & (SCREEN | READER)


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], []])
def test_the_program_itself_is_light(arguments: list[str]) -> None:
    loaded = loaded_by(running(arguments))
    assert not loaded & (SCREEN | READER | SLOW | {"json", "pathlib"})


CASE = str(ROOT / "pathways" / "neuroendocrine" / "cases" / "digestive_nec_spread.yaml")


def test_a_json_case_needs_no_reader_of_yaml(tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    case.write_text('{"answers": {"site": "pancreas", "tumour_size": 12}}')
    assert loaded_by(running(["assess", str(case)]), folder=tmp_path) >= READER
    assert not loaded_by(running(["assess", str(case)]), folder=tmp_path) & READER


@pytest.mark.parametrize(
    ("arguments", "beyond"),
    [
        (
            ["assess", CASE, "--format", "json"],
            {"wizard.report.content", "wizard.report.text", "wizard.fhir"},
        ),
        (
            ["assess", CASE],
            {
                "wizard.report.markdown",
                "wizard.report.as_json",
                "wizard.report.html",
                "wizard.report.as_fhir",
                "wizard.fhir",
            },
        ),
        (
            ["assess", CASE, "--format", "fhir"],
            {"wizard.report.content", "wizard.report.text", "wizard.fhir.questionnaire"},
        ),
        (["explain", CASE], {"wizard.report.explanation_json", "wizard.report.as_json"}),
        (["what-if", CASE], {"wizard.report.explanation_json", "wizard.report.as_json"}),
        (["practise", "--progress"], {"fsrs", "yaml"}),
    ],
)
def test_a_command_loads_nothing_that_it_does_not_use(
    arguments: list[str], beyond: set[str], tmp_path: Path
) -> None:
    loaded_by(running(arguments), folder=tmp_path)
    loaded = loaded_by(running(arguments), folder=tmp_path, whole=True)
    roots = {name.partition(".")[0] for name in loaded}
    assert not roots & (SCREEN | SLOW | {"pydantic_core"})
    assert not [name for name in loaded if name.startswith((*beyond, *UNUSED))]


def test_the_screen_begins_without_what_only_files_need() -> None:
    loaded = loaded_by("import wizard.opening, wizard.screen.start", whole=True)
    assert not loaded & {*UNUSED, "wizard.case.made", "wizard.private_files"}


def test_the_plain_wizard_needs_the_reader_only_once(tmp_path: Path) -> None:
    assert loaded_by(running(["--plain"]), "q\n", tmp_path) >= READER
    again = loaded_by(running(["--plain"]), "q\n", tmp_path)
    assert not again & (SCREEN | READER)


ONLY_IMPORTED = """\
import sys
from importlib import import_module
from types import ModuleType
from wizard.opening import Opening, open_wizard

def run_wizard(*_):
    import_module("textual.app"), import_module("wizard.screen.app")

start = sys.modules["wizard.screen.start"] = ModuleType("wizard.screen.start")
start.run_wizard = run_wizard
open_wizard(None, Opening(), journal=False)
"""


def test_the_screen_does_without_openssl_and_leaves_it_to_others(tmp_path: Path) -> None:
    loaded = loaded_by(ONLY_IMPORTED, folder=tmp_path)
    assert {"asyncio", "textual"} <= loaded
    assert not loaded & {"ssl", "_ssl"}
    assert {"ssl", "_ssl"} <= loaded_by(f"{ONLY_IMPORTED}import ssl", folder=tmp_path)


def test_the_first_question_waits_for_no_module_of_what_follows_it() -> None:
    loaded = loaded_by("import wizard.screen.start", whole=True)
    assert "wizard.screen.case.question" in loaded
    assert not loaded & {
        "wizard.reasoning.settling",
        "wizard.screen.case.case_map",
        "wizard.screen.case.logged",
        "wizard.screen.case.options",
        "wizard.screen.case.resuming",
        "wizard.screen.configured",
        "wizard.screen.shared.keymap",
        "wizard.wording.differences",
        "wizard.wording.outline",
        "wizard.wording.search",
    }
