"""replay: what became of saved cases, and how it ends."""

import json
from functools import cache
from pathlib import Path
from shutil import copytree
from typing import Any

import jsonschema
import pytest

import wizard.report
from tests.edits import edit
from tests.pathway.hospital_copy import hospital
from tests.program import run
from tests.saved_cases import saved_case
from tests.small import SMALL, answers, small
from wizard.engine.compiling import compile_pathway
from wizard.exits import ExitCode
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.load import shipped_folder

OAK: dict[str, object] = {"kind": "oak", "height": 25, "near": "path"}


def case_of(given: dict[str, object], title: str | None = None) -> str:
    return saved_case(small(), answers(small().pathway, given), title)


CASE = case_of(OAK)


@cache
def schema() -> jsonschema.Draft202012Validator:
    path = Path(wizard.report.__file__).with_name("replay.schema.json")
    found = json.loads(path.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


def data_of(text: str) -> Any:
    data = json.loads(text)
    schema().validate(data)
    return data


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """The small pathway in a later version, in which a tree is tall from 30 m on."""
    folder = tmp_path / "later"
    copytree(SMALL, folder)
    edit(folder / "shared.yaml", "below 20: not_described", "below 30: not_described")
    edit(folder / "shared.yaml", "from 20:", "from 30:")
    edit(folder / "pathway.yaml", '\nversion: "2026.11"', '\nversion: "2027.1"')
    later = '- {version: "2027.1", date: 2027-02-03, what: Taller trees.}'
    edit(folder / "pathway.yaml", "changes:\n", f"changes:\n  {later}\n")
    return folder


def told(text: str) -> list[str]:
    """A report without its beginning, and without how to read it and what stands behind that."""
    lines = text[: text.index("HOW TO READ IT")].splitlines()
    return lines[lines.index("THE LOG" if "THE LOG" in lines else "CASES") :]


def test_a_case_in_its_own_version_is_the_same(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(case_of(OAK, "An oak"), "utf-8")
    ended = run("replay", case, "--pathway", SMALL)
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    assert ended.out.startswith("Care of a tree in a park: a saved case replayed: An oak\n")
    assert told(ended.out) == [
        "THE LOG",
        "-------",
        "The log is whole: six entries from 2026-11-27T15:41:02Z to 2026-11-27T15:41:02Z (UTC).",
        "",
        "THEN AND NOW",
        "------------",
        "Everything shown of this case stands as in version 2026.11.",
        "",
    ]


def test_what_moved_is_told_by_option_with_what_changed_behind_it(other: Path) -> None:
    ended = run("replay", "-", "--pathway", other, given=case_of(OAK))
    assert (ended.code, ended.err) == (ExitCode.FOUND, "")
    assert told(ended.out)[4:] == [
        "SINCE IT WAS SAVED",
        "------------------",
        "- made with park_trees 2026.11; this is park_trees 2027.1",
        "",
        "THEN AND NOW",
        "------------",
        "One option of 4 and one alert stand otherwise than in version 2026.11.",
        "",
        "* Fell: depends on further answers (before: described)",
        "  - It depends on: Damage (before: nothing)",
        "  - Statement tall_near_people: does not match (before: matches)",
        "  - Behind it: the shared tree “A tall tree” changed (shared.yaml, line 10)",
        "",
        "* Sources differ: The leaflets differ on felling: not shown (before: raised)",
        "  - Behind it: the shared tree “A tall tree” changed (shared.yaml, line 10)",
        "",
        "WHAT THE PATHWAY SAYS OF ITS CHANGES SINCE VERSION 2026.11",
        "----------------------------------------------------------",
        "- 2027.1, 3 February 2027: Taller trees.",
        "",
    ]


def test_the_same_as_data(other: Path) -> None:
    ended = run("replay", "-", "--pathway", other, "--format", "json", given=case_of(OAK))
    assert ended.code is ExitCode.FOUND
    (file,) = data_of(ended.out)["files"]
    assert file["outcome"] == "moved"
    (option,) = file["since"]["options"]
    statuses = option["before"]["status"], option["after"]["status"]
    assert (option["id"], statuses) == ("fell", ("described", "possible"))
    (part,) = option["behind"]
    assert (part["owner"], part["part"]) == ("shared tree tall_tree", "tree")
    assert (part["was"], part["now"], part["file"], part["line"]) == (True, True, "shared.yaml", 10)
    assert [each["version"] for each in file["since"]["changes"]] == ["2027.1"]


def test_a_changed_byte_is_found_and_said(tmp_path: Path) -> None:
    text = case_of(OAK).replace('"near": "path"', '"near": "Path"')
    ended = run("replay", "-", "--pathway", SMALL, given=text)
    assert ended.code is ExitCode.UNUSABLE_FILE
    assert told(ended.out)[2:-1] == [
        "The log is damaged: entry 4 of 5 is not as it was written, or does not follow the one",
        "before it.",
        "Nothing was compared: a log that is damaged says nothing.",
    ]
    data = data_of(run("replay", "-", "--pathway", SMALL, "--format", "json", given=text).out)
    log = data["files"][0]["log"]
    assert (log["fault"], log["damaged_at"]) == ("entry", 4)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"did": "saved"', '"did": "slept"'),
        ('"did": "saved"', '"did" "saved"'),
        ('"did": "saved", ', ""),
        ('{"at"', '["at"'),
    ],
)
def test_what_is_not_an_entry_is_a_damaged_log(old: str, new: str) -> None:
    begins = case_of(OAK).index("log:")
    head, log = case_of(OAK)[:begins], case_of(OAK)[begins:]
    ended = run("replay", "-", "--pathway", SMALL, given=head + log.replace(old, new, 1))
    assert (ended.code, ended.out) == (ExitCode.UNUSABLE_FILE, "")
    assert ended.err.startswith("standard input:")
    assert ": the log is damaged: " in ended.err
    assert ended.err.count("\n") == 1


def test_what_was_edited_in_the_file_is_told(tmp_path: Path) -> None:
    text = case_of(OAK, "An oak").replace("  height: 25", "  height: 12")
    ended = run("replay", "-", "--pathway", SMALL, given=text.replace('"An oak"', '"A tree"', 1))
    assert ended.code is ExitCode.FOUND
    assert told(ended.out)[4:9] == [
        "CHANGED OUTSIDE THE WIZARD",
        "--------------------------",
        "The answers of the log were run again, not those of the file.",
        "* Height: 12 m (in the log: 25 m)",
        "- The title of the case",
    ]


def test_a_case_without_a_log_says_so() -> None:
    ended = run("replay", "-", "--pathway", SMALL, given="answers: {kind: oak}")
    assert ended.code is ExitCode.DONE
    assert told(ended.out)[2:] == [
        "This case has no log: nothing shows that its answers are as they were given.",
        "",
        "THEN AND NOW",
        "------------",
        "Nothing to compare: what followed from the case was not kept. Save it in the wizard, and",
        "a later version can tell what moved.",
        "",
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("answers: {kind: oka}", 'standard input:1:17: kind: "oka" is not a value of it'),
        ("- oak", "standard input:1:1: a case: a map of keys to values was expected"),
        ("pathway: another\nanswers: {}", "this case is for the pathway"),
    ],
)
def test_what_is_not_a_case_exits_with_4(given: str, said: str) -> None:
    ended = run("replay", "-", "--pathway", SMALL, given=given)
    assert (ended.code, ended.out) == (ExitCode.BAD_CASE, "")
    assert said in ended.err


def test_a_path_that_is_not_there_exits_with_4(tmp_path: Path) -> None:
    ended = run("replay", tmp_path / "none.yaml", "--pathway", SMALL)
    assert (ended.code, ended.out) == (ExitCode.BAD_CASE, "")
    assert "there is no such file" in ended.err


def test_an_answer_that_the_version_does_not_read_is_left_out_and_told(tmp_path: Path) -> None:
    folder = tmp_path / "later"
    copytree(SMALL, folder)
    edit(folder / "factors.yaml", "unit: m\n", "unit: ft\n")
    edit(folder / "factors.yaml", "max: 60", "max: 200")
    ended = run("replay", "-", "--pathway", folder, given=CASE)
    assert ended.code is ExitCode.FOUND
    lines = told(ended.out)
    begins = lines.index("ANSWERS THAT THIS VERSION OF THE PATHWAY DOES NOT READ")
    assert lines[begins + 2 : begins + 4] == [
        "They were left out; nothing was put in their place.",
        '- height: "25" was given in m, and is asked in ft here; write it in ft, and that unit',
    ]
    assert "  - Behind it: the answer to “Height” is not the one of then" in lines
    data = data_of(run("replay", "-", "--pathway", folder, "--format", "json", given=CASE).out)
    assert [each["factor"] for each in data["files"][0]["not_read"]] == ["height"]


# --- folders ---------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Cases of every kind, and what is not one."""
    folder = tmp_path / "cases"
    (folder / "more").mkdir(parents=True)
    hurt = case_of(OAK).replace('"near": "path"', '"near": "Path"')
    edited = case_of({"kind": "pine"}).replace("  kind: pine", "  kind: oak")
    files = {
        "by_hand.yaml": "answers: {kind: oak}",
        "edited.yaml": edited,
        "hurt.yaml": hurt,
        "notes.txt": "hello",
        "oak.yaml": case_of(OAK, "An | oak"),
        "other.yaml": "- oak",
        "pine.yaml": case_of({"kind": "pine"}),
        "second oak.YAML": case_of(OAK),
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


TABLE = """\
                 result                           log               made in  changed outside  title
by_hand.yaml     not compared                     none
edited.yaml      same                             whole, 3 entries  2026.11  kind
hurt.yaml        damaged                          damaged, entry 4  2026.11
more             not a case
notes.txt        not a case
oak.yaml         moved: one option and one alert  whole, 6 entries  2026.11                   An | oak
other.yaml       not read
pine.yaml        same                             whole, 3 entries  2026.11
second oak.YAML  moved: one option and one alert  whole, 5 entries  2026.11
"""  # noqa: E501 - no row of a table is broken


def test_a_folder_is_a_table_that_leaves_no_file_out(folder: Path, other: Path) -> None:
    ended = run("replay", folder, "--pathway", other)
    assert (ended.code, ended.err) == (ExitCode.UNUSABLE_FILE, "")
    assert told(ended.out) == [
        "CASES",
        "-----",
        "9 files: 2 same, 2 moved, 1 not compared, 1 damaged, 1 not read, 2 not a case, 1 changed",
        "outside the wizard.",
        "",
        *TABLE.splitlines(),
        "",
        "WHAT MOVED",
        "----------",
        "",
        "* Fell: depends on further answers (before: described)",
        "  - Two cases: oak.yaml, second oak.YAML.",
        "  - Behind it: the shared tree “A tall tree” changed (shared.yaml, line 10)",
        "",
        "* Sources differ: The leaflets differ on felling: not shown (before: raised)",
        "  - Two cases: oak.yaml, second oak.YAML.",
        "  - Behind it: the shared tree “A tall tree” changed (shared.yaml, line 10)",
        "",
        "NOT REPLAYED",
        "------------",
        "- more: a folder in it is not looked into; name it by itself",
        "- notes.txt: its name does not end in .yaml, .yml or .json",
        "- other.yaml: a case: a map of keys to values was expected (line 1, column 1) [E-VAL-01]",
        "",
    ]


def test_a_folder_as_markdown_and_as_data(folder: Path, other: Path) -> None:
    text = run("replay", folder, "--pathway", other, "--format", "markdown").out
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert rows[:3] == [
        "|  | result | log | made in | changed outside | title |",
        "| --- | --- | --- | --- | --- | --- |",
        r"| by\_hand.yaml | not compared | none |  |  |  |",
    ]
    oak = "moved: one option and one alert | whole, 6 entries"
    assert rf"| oak.yaml | {oak} | 2026\.11 |  | An \| oak |" in rows
    assert len(rows) == 11
    data = data_of(run("replay", folder, "--pathway", other, "--format", "json").out)
    assert {each["file"]: each["outcome"] for each in data["files"]} == {
        "by_hand.yaml": "not_compared",
        "edited.yaml": "same",
        "hurt.yaml": "damaged",
        "more": "not_a_case",
        "notes.txt": "not_a_case",
        "oak.yaml": "moved",
        "other.yaml": "not_read",
        "pine.yaml": "same",
        "second oak.YAML": "moved",
    }


@pytest.mark.parametrize(
    ("kept", "code"),
    [
        (("pine.yaml", "by_hand.yaml", "notes.txt", "more"), ExitCode.DONE),
        (("pine.yaml", "oak.yaml"), ExitCode.FOUND),
        (("edited.yaml",), ExitCode.FOUND),
        (("oak.yaml", "other.yaml"), ExitCode.BAD_CASE),
        ((), ExitCode.DONE),
    ],
)
def test_a_folder_ends_as_its_worst_file(
    folder: Path, other: Path, kept: tuple[str, ...], code: ExitCode
) -> None:
    for path in folder.iterdir():
        if path.name not in kept:
            path.rmdir() if path.is_dir() else path.unlink()
    assert run("replay", folder, "--pathway", other).code is code


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    ended = run("replay", tmp_path, "--pathway", SMALL)
    assert ended.code is ExitCode.DONE
    assert told(ended.out) == ["CASES", "-----", "The folder is empty.", ""]


@pytest.mark.slow
def test_a_case_of_an_overlay_that_is_not_read_says_what_is_missing(tmp_path: Path) -> None:
    whole = compile_pathway(read_pathway(hospital(tmp_path)))
    given = answers(whole.pathway, {"tumour_type": "net", "sth_frailty": "not_frail"})
    (tmp_path / "case.yaml").write_text(saved_case(whole, given), "utf-8")
    with_it = run("replay", tmp_path / "case.yaml", "--pathway", tmp_path / "hospital")
    assert with_it.code is ExitCode.DONE
    ended = run("replay", tmp_path / "case.yaml", "--pathway", shipped_folder())
    assert ended.code is ExitCode.FOUND
    text = " ".join(told(ended.out))
    assert "made with the overlay hospital 1, which is not read here" in text
    assert '"sth_frailty" is not a factor of the pathway' in text
    assert "* “sth_board”: no longer an option" in text


@pytest.mark.slow
def test_a_case_of_before_a_renaming_is_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "later"
    copytree(SMALL, folder)
    for words in ("factor kind sort", "value sort.oak quercus", "option fell cut"):
        assert run("rename", *words.split(), "--pathway", folder).code is ExitCode.DONE
    ended = run("replay", "-", "--pathway", folder, given=CASE)
    assert (ended.code, "CHANGED OUTSIDE" in ended.out) == (ExitCode.DONE, False)
    assert "- factor kind is now sort" in told(ended.out)
