"""The commands: data on standard output, messages on the other."""

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import ROOT, run, run_apart, told_first
from tests.small import SMALL, shipped
from wizard import __version__
from wizard.exits import MEANINGS, ExitCode

CASES = ROOT / "pathways" / "neuroendocrine" / "cases"
NAMES = sorted(
    path.stem.replace("_", "-")
    for path in (ROOT / "wizard" / "commands").glob("*.py")
    if path.stem != "__init__"
)
CASE = "answers: {tumour_type: net, extent: spread}\n"
FINDING = {
    "cases",
    "check",
    "compare",
    "config",
    "diff",
    "fmt",
    "practise",
    "replay",
    "rename",
    "sources",
    "table",
    "test",
}
"""Commands that may end with 5."""


def test_exit_codes_are_those_of_the_contract() -> None:
    assert [code.value for code in ExitCode] == [0, 1, 2, 3, 4, 5, 6, 129, 130, 131, 143]


# --- assess ----------------------------------------------------------------------------------


def test_assess_of_many_cases_keeps_their_order_and_tells_each_mistake(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    good = '{"answers": {"tumour_type": "net", "extent": "spread"}}'
    path.write_text(f'{good}\n\n{{"answers": {{"tumour_type": "nte"}}}}\n{good}')
    found = run("assess", "--batch", path)
    assert found.code == ExitCode.BAD_CASE
    lines = [json.loads(line) for line in found.out.splitlines()]
    assert [line["line"] for line in lines] == [1, 3, 4]
    assert lines[0]["statuses"]["interferon"] == "described"
    assert lines[0]["statuses"] == lines[2]["statuses"]
    assert [problem.split(": ")[0] for problem in lines[1]["problems"]] == [f"{path}:3:29"]
    of_input = run("assess", "--batch", "-", given=good)
    assert (of_input.code, json.loads(of_input.out)) == (ExitCode.DONE, lines[0])
    assert run("assess", "--batch", path, path).code == ExitCode.WRONG_USAGE


def test_assess_reads_a_file_or_standard_input(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(CASE)
    fixed = {"SOURCE_DATE_EPOCH": "1795251600"}
    of_file = run("assess", path, "--format", "json", environment=fixed, folder=tmp_path)
    of_input = run("assess", "-", "--format", "json", given=CASE, environment=fixed)
    assert (of_file.code, of_file.err) == (0, "")
    assert of_file.out == of_input.out
    data = json.loads(of_file.out)
    assert data["assessed_at"] == "2026-11-21T09:00:00Z"
    assert data["pathway"]["shipped"] is True
    assert {option["id"]: option["status"] for option in data["options"]}["interferon"] == (
        "described"
    )


def test_assess_prints_text_unless_told_otherwise() -> None:
    text = run("assess", "-", given=CASE)
    markdown = run("assess", "-", "--format", "markdown", given=CASE)
    assert text.code == markdown.code == 0
    assert "INTENDED USE" in text.out
    assert "## Intended use" in markdown.out
    assert text.err == markdown.err == ""


def test_assess_names_a_pathway_that_did_not_come_with_the_tool() -> None:
    ended = run("assess", "-", "--pathway", SMALL, given="answers: {kind: oak}")
    assert ended.code == 0
    assert "This is not the pathway that came with the tool" in ended.out
    before = run("--pathway", SMALL, "assess", "-", given="answers: {kind: oak}")
    assert before.code == 0
    assert "Care of a tree in a park" in before.out


def test_assess_takes_the_day_on_which_documents_are_current() -> None:
    ended = run("assess", "-", "--today", "2030-01-01", "--format", "json", given=CASE)
    currency = {source["id"]: source["currency"] for source in json.loads(ended.out)["sources"]}
    assert currency["CRT"] == "past its own review date, 26 February 2028"


# --- check and test --------------------------------------------------------------------------


def test_check_says_what_it_checked() -> None:
    ended = run("check")
    pathway = shipped().pathway
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.count("\n") == 1
    assert ended.out.startswith(f"neuroendocrine {pathway.version}: 13 factors, 18 options, ")
    assert f"{len(pathway.claims)} claims, {len(list(CASES.glob('*.yaml')))} cases" in ended.out


def test_check_prints_every_mistake_of_a_pathway(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(SMALL, folder)
    option = folder / "options" / "watch.yaml"
    option.write_text(option.read_text().replace("growth: slow", "grwth: slow"))
    ended = run("check", folder, folder=tmp_path)
    assert ended.code == 3
    assert ended.err == ""
    assert ended.out.startswith("mine/options/watch.yaml:")
    assert "did you mean growth?" in ended.out


def test_check_reads_the_cases_too(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(SMALL, folder)
    (folder / "cases" / "bad.yaml").write_text("answers: {kind: oack}\n")
    ended = run("check", SMALL, folder, folder=tmp_path)
    assert ended.code == 3
    first, good, second, *bad = ended.out.splitlines()
    assert (first, second) == (f"{SMALL}:", f"{folder}:")
    assert good.startswith("park_trees 2026.11: 7 factors, 4 options")
    assert bad[0].startswith("mine/cases/bad.yaml:1:17: kind: ")


def test_the_cases_of_the_shipped_pathway_are_as_expected() -> None:
    ended = run("test")
    assert ended.code == 0
    assert ended.out.endswith(f"of neuroendocrine {shipped().pathway.version}: all as expected\n")


def test_test_shows_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "storm.yaml"
    text = (SMALL / "cases" / "storm_oak.yaml").read_text()
    text = text.replace("described: [prune, spray]", "described: [prune, spray, watch]")
    text = text.replace("fell: [height, near]", "fell: [near]").replace("[falling]", "[]")
    text += "  aims: {prune: []}\n  usual_settings: {prune: met}\n"
    path.write_text(text)
    ended = run("test", path, "--pathway", SMALL)
    assert ended.code == 5
    assert ended.out == (
        f"{path}: An oak after a storm\n"
        "  watch\n"
        "    expected: described\n"
        "    found:    not_described\n"
        "  prune, aims\n"
        "    expected: nothing\n"
        "    found:    keep_tree\n"
        "  prune, usual setting\n"
        "    expected: met\n"
        "    found:    unknown\n"
        "  fell\n"
        "    expected: possible, depending on near\n"
        "    found:    possible, depending on height, near\n"
        "  alert falling\n"
        "    expected: not shown\n"
        "    found:    check\n"
        "one case of park_trees 2026.11: 1 not as expected\n"
    )
    whole, folder = run("test", SMALL), run("test", SMALL / "cases", "--pathway", SMALL)
    assert whole.out == folder.out == "one case of park_trees 2026.11: all as expected\n"


def test_test_refuses_a_case_that_expects_nothing(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("answers: {}\n")
    ended = run("test", path)
    assert ended.code == 4
    assert ended.err.splitlines() == [
        f"{path}:1:1: expect is missing; say what must follow from the answers; in a written "
        "stub, confirm its last lines [E-CAS-01]",
        f"{path}:1:1: title is missing [E-CAS-01]",
        f"{path}:1:1: vignette is missing [E-CAS-01]",
    ]
    empty = run("test", tmp_path / "..", "--pathway", SMALL)
    assert empty.code == 4


# --- the program itself ----------------------------------------------------------------------


def test_version_and_help() -> None:
    assert run("--version") == run_apart("--version")
    assert run("--version").out == f"mdt-wizard {__version__}\n"
    ended = run("--help")
    assert ended.code == 0
    assert ended.out.index("examples:") < ended.out.index("options:")
    assert ended.out.index("options:") < ended.out.index("exit codes:")


@pytest.mark.parametrize("name", NAMES)
def test_help_of_a_command_says_what_it_prints_and_how_it_ends(name: str) -> None:
    assert f"\n  {name} " in run("--help").out
    about = run(name, "--help")
    assert about.code == 0
    parts = [about.out.index(part) for part in ("examples:", "options:", "exit codes:")]
    assert parts == sorted(parts)
    words = about.out[: parts[0]].split()
    assert {"Prints", "prints"} & set(words)
    codes = {int(line.split()[0]) for line in about.out[parts[2] :].splitlines()[1:]}
    assert codes >= {0, 1, 2, 6}
    assert (4 in codes) == (
        name
        in {"assess", "cases", "cohort", "compare", "draw", "explain", "replay", "test", "what-if"}
    )
    assert (5 in codes) == (name in FINDING)


def test_the_page_and_the_help_give_exit_codes_one_meaning() -> None:
    page = (ROOT / "README.md").read_text("utf-8")
    for code, meaning in MEANINGS.items():
        if code < 128:
            assert f"\n| {code.value} | {meaning}" in page


def test_help_of_assess_says_that_a_list_is_complete_and_a_map_is_not() -> None:
    said = " ".join(run("assess", "--help").out.split())
    assert "a list [a, b] is complete, and what it leaves out is absent" in said
    assert "is not, and what it leaves out is not known" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["__init__"],
        ["os.path"],
        ["../assess"],
        [""],
        ["--frobnicate"],
        ["assess"],
        ["assess", "a", "b"],
        ["assess", "-", "--format", "pdf"],
        ["assess", "-", "--today", "tomorrow"],
        ["--plain", "assess", "-"],
        ["--pathway"],
    ],
)
def test_wrong_usage(arguments: list[str]) -> None:
    ended = run(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert "mdt-wizard" in ended.err
    assert "Traceback" not in ended.err


def test_without_a_terminal_the_screen_names_the_ways_without_one() -> None:
    ended = run()
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("\n") == 1
    assert "--plain" in ended.err
    assert "assess" in ended.err


def test_a_moment_that_is_none_is_wrong_usage() -> None:
    for arguments in (["assess", "-"], ["--plain"]):
        ended = run(*arguments, environment={"SOURCE_DATE_EPOCH": "now"})
        assert ended.code == 2
        assert "a number of seconds since 1970 was expected" in ended.err


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m wizard assess - --format json | head -c 1"
    ended = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        input=CASE.encode(),
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    assert ended.returncode == 0
    assert told_first(ended.stderr.decode())[1] == ""


def test_a_folder_that_cannot_be_made_is_named_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = run("generate", tmp_path / "file" / "cases")
    assert ended.code == 6
    assert ended.err == f"mdt-wizard: {tmp_path / 'file' / 'cases'}: Not a directory\n"


def into_a_full_disk(
    *arguments: str, unbuffered: bool = False, output: str = ">"
) -> subprocess.CompletedProcess[str]:
    program = shlex.join([sys.executable, "-m", "wizard", *arguments])
    return subprocess.run(
        ["bash", "-c", f"{program} {output}/dev/full"],
        input=CASE,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1" if unbuffered else ""},
    )


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_disk_that_has_room_for_a_part_is_told(unbuffered: str, tmp_path: Path) -> None:
    # -B: Python would keep what it compiles by the limit, cut off in the middle.
    program = shlex.join([sys.executable, "-B", "-m", "wizard", "assess", "-", "--format", "html"])
    ended = subprocess.run(
        ["bash", "-c", f"ulimit -f 16; {program} >{tmp_path / 'page.html'}"],
        input=CASE,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    )
    assert ended.returncode == 6
    assert ended.stderr.splitlines()[-1].startswith("mdt-wizard: reading or writing failed: ")


ALL_COMMANDS = [
    *("--help", "--version", "--plain", "assess --help", "assess -", "explain - surgery"),
    *("what-if -", "compare - CASES/digestive_nec_spread.yaml", "check", "diff SMALL SMALL"),
    *("test --pathway SMALL", "sources --documents SMALL", "generate NEW --pathway SMALL"),
    *("practise --help", "practise --plain --seed 1 --tasks 1", "practise --progress"),
    *("practise --export -", "practise --delete"),
]


@pytest.mark.slow
@pytest.mark.parametrize("command", ALL_COMMANDS)
def test_a_full_disk_is_told_in_a_line(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    places = {"SMALL": str(SMALL), "NEW": str(tmp_path / "new"), "CASES": str(CASES)}
    for name, place in places.items():
        command = command.replace(name, place)
    ended = into_a_full_disk(*command.split())
    assert ended.returncode == 6
    words = "mdt-wizard: reading or writing failed: No space left on device"
    assert ended.stderr.splitlines()[-1] == words
    assert "Exception ignored" not in ended.stderr


@pytest.mark.parametrize("command", ["--help", "--version", "assess --help"])
def test_help_that_is_written_at_once_is_no_exception(command: str) -> None:
    ended = into_a_full_disk(*command.split(), unbuffered=True)
    assert (ended.returncode, ended.stderr.count("\n")) == (6, 1)


@pytest.mark.parametrize(
    ("command", "code"), [("frobnicate", 2), ("assess", 6), ("assess missing.yaml", 4)]
)
def test_a_full_disk_below_the_messages_is_no_accident(command: str, code: int) -> None:
    ended = into_a_full_disk(*command.split(), output="2>")
    assert (ended.returncode, ended.stdout) == (code, "")


@pytest.mark.parametrize("command", ["--help", "--version", "assess -"])
def test_a_closed_pipe_is_quiet(command: str) -> None:
    nobody, pipe = os.pipe()
    os.close(nobody)
    ended = subprocess.run(
        [sys.executable, "-m", "wizard", *command.split()],
        input=CASE.encode(),
        stdout=pipe,
        stderr=subprocess.PIPE,
        check=False,
        cwd=ROOT,
    )
    os.close(pipe)
    assert (ended.returncode, told_first(ended.stderr.decode())[1]) == (0, "")


@pytest.mark.parametrize(
    ("redirection", "code"),
    [("<&-", 4), (">&-", 0), ("2>&-", 0), ("<&- >&- 2>&-", 4)],
)
def test_closed_streams_are_no_accident(redirection: str, code: int) -> None:
    command = f"{sys.executable} -m wizard assess - {redirection}"
    ended = subprocess.run(
        ["bash", "-c", command], input=CASE.encode(), capture_output=True, check=False, cwd=ROOT
    )
    assert ended.returncode == code
    assert b"Traceback" not in ended.stderr


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_a_terminal_without_unicode_is_no_error(locale: str) -> None:
    plain = {"LC_ALL": locale, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ended = run_apart("assess", "-", given=CASE, environment=plain)
    assert ended.code == 0
    assert ended.out.isascii()


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)],
)
def test_a_signal_ends_quietly_with_its_code(number: signal.Signals, code: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "wizard", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None
    said = b""
    while not said.endswith(b"\n> "):
        said += process.stdout.read(1)
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode == code
    assert told_first(err.decode())[1] == ""


def test_an_internal_error_is_one_line_unless_a_traceback_is_asked_for(tmp_path: Path) -> None:
    broken = tmp_path / "wizard"
    shutil.copytree(ROOT / "wizard", broken, ignore=shutil.ignore_patterns("__pycache__"))
    (broken / "commands" / "break_down.py").write_text(
        '"""Break."""\n\nENDS = {}\n\ndef add_arguments(parser): ...\n\n'
        'def run(arguments):\n    print("half")\n    raise ZeroDivisionError("a\\x1bb")\n'
    )
    here = {"PYTHONPATH": str(tmp_path)}
    ended = run_apart("break-down", environment=here, folder=tmp_path)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.count("\n") == 1
    assert r"internal error: ZeroDivisionError: a\x1bb" in ended.err
    traceback = {**here, "MDT_WIZARD_TRACEBACK": "1"}
    asked = run_apart("break-down", environment=traceback, folder=tmp_path)
    assert asked.code == 1
    assert "Traceback" in asked.err
    assert "break-down  Break." in run_apart("--help", environment=here, folder=tmp_path).out


def test_the_program_works_in_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    nowhere = {"HOME": str(tmp_path / "none"), "XDG_CACHE_HOME": "/proc/none"}
    ended = run_apart("assess", "-", given=CASE, environment=nowhere, folder=Path("/"))
    assert (ended.code, ended.err) == (0, "")
    assert list(tmp_path.iterdir()) == []
