"""`mdt-wizard table` shows statements as a sheet and takes one back, or says by cell why not."""

from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pathway.hospital_copy import hospital
from tests.pathway.overlays import SMALL, copied, edited
from tests.program import Ended, run
from wizard.exits import ExitCode
from wizard.workbench.sheets import read_sheet


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(tmp_path)


def exported(folder: Path, option: str, name: str = "a.csv", *flags: str) -> Path:
    path = folder.parent / name
    ended = run("table", "export", option, "-o", path, *flags, "--pathway", folder)
    assert (ended.code, ended.err) == (ExitCode.DONE, "")
    return path


def taken(folder: Path, option: str, path: Path, *flags: str, given: str = "") -> Ended:
    return run(
        "table", "import", path, "--option", option, *flags, "--pathway", folder, given=given
    )


def test_a_row_is_a_way_that_describes(folder: Path) -> None:
    path = exported(folder, "prune")
    assert [",".join(row) for row in read_sheet(path).rows] == [
        "Statement,Result,Which kind of tree is it?,How tall is it?,Which damage shows?,"
        "Where is the fungus?,Claims of the row,Claims of the statement",
        "broken_branches,described,Broadleaved,,Storm damage,,,HBK-07",
        "broken_branches,described,Broadleaved,20 to below 40,not Storm damage,,,HBK-07",
        "trunk_fungus,described,Oak; Beech,,,Trunk,,HBK-03",
    ]
    ids = exported(folder, "prune", "b.csv", "--ids", "--statement", "trunk_fungus")
    assert [",".join(row) for row in read_sheet(ids).rows] == [
        "Statement,Result,kind,fungus_parts,Claims of the row,Claims of the statement",
        "trunk_fungus,described,oak; beech,trunk,,HBK-03",
    ]
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_what_is_not_changed_is_not_written(name: str, folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.yaml")}
    for option in ("watch", "prune", "fell", "spray"):
        path = exported(folder, option, f"{option}-{name}")
        ended = taken(folder, option, path)
        assert (ended.code, ended.out) == (ExitCode.DONE, f"{path}: nothing changes\n")
    assert before == {path: path.stat().st_mtime_ns for path in folder.rglob("*.yaml")}


def test_a_change_is_shown_asked_for_and_written_alone(folder: Path) -> None:
    edited(
        folder, "options/prune.yaml", "  trunk_fungus:\n", "  # of the fungus\n  trunk_fungus:\n"
    )
    file = folder / "options" / "prune.yaml"
    before = file.read_text()
    path = exported(folder, "prune")
    text = path.read_text("utf-8-sig")
    path.write_text(text.replace("Oak; Beech", "oak ;  PINE"), "utf-8")
    for answer in ("", "n\n", "no\n"):
        ended = taken(folder, "prune", path, given=answer)
        assert ended.code == ExitCode.FOUND
        assert "trunk_fungus" in ended.out
        assert ended.out.endswith("Write it? y or n: nothing was written\n")
        assert file.read_text() == before
    ended = taken(folder, "prune", path, given="y\n")
    assert ended.code == ExitCode.DONE
    assert ended.out.endswith(f"{file}: trunk_fungus\n")
    assert file.read_text() == before.replace(
        "when: {kind: [oak, beech], fungus_parts: trunk}",
        "when: {kind: [oak, pine], fungus_parts: trunk}",
    )
    assert taken(folder, "prune", path).out.endswith("nothing changes\n")


def test_a_tree_becomes_a_condition_where_its_rows_change(folder: Path) -> None:
    path = exported(folder, "prune", "a.xlsx")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["D3"] = "from 20"
    book.save(path)
    ended = taken(folder, "prune", path, "--yes")
    assert ended.code == ExitCode.DONE
    text = (folder / "options" / "prune.yaml").read_text()
    assert "    tree:" not in text
    assert "    when:\n      - {kind: " in text
    assert "height: from 20" in text
    assert "aims:\n      keep_people_away:" in text
    assert run("check", folder).code == ExitCode.DONE


def test_what_holds_whatever_else_is_a_row_of_another_result(folder: Path, tmp_path: Path) -> None:
    edited(
        folder,
        "options/prune.yaml",
        "when: {kind: [oak, beech], fungus_parts: trunk}",
        "when: {kind: [oak, beech], fungus_parts: trunk}\n    unless: {growth: slow}",
    )
    path = exported(folder, "prune", "a.csv", "--statement", "trunk_fungus")
    rows = path.read_text("utf-8-sig").splitlines()
    assert [row.split(",")[1] for row in rows[1:]] == ['"described"', '"not described"']
    assert taken(folder, "prune", path).out.endswith("nothing changes\n")
    path.write_text("\n".join(rows[:2]) + "\n")
    assert taken(folder, "prune", path, "--yes").code == ExitCode.DONE
    file = folder / "options" / "prune.yaml"
    assert "unless: {growth: slow}" not in file.read_text()
    path.write_text("\n".join(rows) + "\n")
    assert taken(folder, "prune", path, "--yes").code == ExitCode.DONE
    assert "trunk}\n    unless: {growth: slow}\n" in file.read_text()


HEADER = "Result,Which kind of tree is it?,Which damage shows?,How tall is it?"


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ("Resutl,Which kind of tree is it?\n,Oak\n", 'A1: "Resutl" is not a question; did you'),
        ("Result,kind,Kind of tree\n,Oak,Oak\n", 'C1: "Kind of tree" stands here again'),
        (f"{HEADER}\n,Oka\n", 'B2: "Oka" is not an answer to "Which kind of tree is it?"; did'),
        (f"{HEADER}\n,Oak,,tall\n", 'D2: "tall" is not a range of numbers'),
        (f"{HEADER}\n,Oak\n,,,\n,Pine\n", "A3: this row is empty"),
        (f"{HEADER}\n,Oak\n,oak\n", "A3: this row says the same as row 2; take one out"),
        (f"{HEADER}\n,Oak\nnot described,oak\n", "A3: this row has another result than row 2"),
        (f"{HEADER}\nperhaps,Oak\n", 'A2: there is no result "perhaps"'),
        (f"{HEADER}\n,Oak,,,more\n", 'E2: no question stands above "more"'),
        (f"{HEADER},\n,Oak,,,more\n", "E1: a question is missing"),
        (HEADER, "A1: there is no row below the questions"),
        (f"{HEADER},Claims of the row\n,Oak,,,HKB-01\n", 'E2: there is no claim "HKB-01"'),
        (
            f"{HEADER},Claims of the statement\n,Oak,,,HBK-01\n",
            "E2: the claims of always",
        ),
        (f"{HEADER},Shared setting\n,Oak,,,Tal tree\n", 'E2: there is no shared setting "Tal'),
        ("Statement,kind\nother,Oak\n", 'A2: there is no statement "other"'),
        ("Statement,kind\n,Oak\n", "A2: which statement? There are always_possible"),
    ],
)
def test_what_is_wrong_is_told_by_cell_and_nothing_written(
    sheet: str, told: str, folder: Path
) -> None:
    before = (folder / "options" / "spray.yaml").read_bytes()
    path = folder.parent / "a.csv"
    path.write_text(sheet, "utf-8")
    ended = taken(folder, "spray", path, "--yes")
    assert ended.code == ExitCode.BAD_PATHWAY
    assert f"{path}: {told}" in ended.err
    assert (folder / "options" / "spray.yaml").read_bytes() == before


def test_what_would_not_check_is_not_written(folder: Path) -> None:
    path = exported(folder, "prune")
    text = path.read_text("utf-8-sig")
    head, first, *others = text.splitlines()
    path.write_text("\n".join([head, first.replace('"","HBK-07"', '"LFT-01","HBK-07"'), *others]))
    before = (folder / "options" / "prune.yaml").read_bytes()
    ended = taken(folder, "prune", path, "--yes")
    assert ended.code == ExitCode.BAD_PATHWAY
    assert "rests on claims of HBK, LFT" in ended.err
    assert (folder / "options" / "prune.yaml").read_bytes() == before


def test_what_is_odd_about_rows_is_noted(folder: Path) -> None:
    path = folder.parent / "a.csv"
    path.write_text(
        f"{HEADER}\n,Oak,Insects,below 10\n,Oak,Insects,from 20\n,Oak,Insects,below 5\n", "utf-8"
    )
    ended = taken(folder, "spray", path, given="n\n")
    assert ended.code == ExitCode.FOUND
    assert "note: A4: every case of this row is in row 2 too\n" in ended.out
    assert 'rows 2, 3, 4 leave out 10 to below 20 of "How tall is it?", such as 10' in ended.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("export prune", "table export OPTION -o FILE"),
        ("export prune -o a.ods", ".csv or .xlsx"),
        ("export prnue -o a.csv", "did you mean prune?"),
        ("export prune -o a.csv --statement trunk_fungi", "did you mean trunk_fungus?"),
        ("import a.csv", "table import FILE --option OPTION"),
        ("import a.csv --option prnue", "did you mean prune?"),
        ("import a.csv --option prune --ids", "table import FILE --option OPTION"),
    ],
)
def test_wrong_usage_is_told_in_one_line(arguments: str, told: str, folder: Path) -> None:
    ended = run("table", *arguments.split(), "--pathway", folder, folder=folder)
    assert ended.code == ExitCode.WRONG_USAGE
    assert told in ended.err
    assert ended.err.count("\n") == 1


def test_a_sheet_that_is_not_there_or_is_there_already_is_told(folder: Path) -> None:
    assert taken(folder, "prune", folder / "no.csv").code == ExitCode.UNUSABLE_FILE
    path = exported(folder, "prune")
    before = path.read_bytes()
    ended = run("table", "export", "watch", "-o", path, "--pathway", folder)
    assert ended.code == ExitCode.UNUSABLE_FILE
    assert path.read_bytes() == before


def test_hostile_words_of_a_sheet_are_shown_by_their_code(folder: Path) -> None:
    path = folder.parent / "a.csv"
    path.write_text(f"{HEADER}\n,\x1b[31mOak\n", "utf-8")
    ended = taken(folder, "spray", path)
    assert ended.code == ExitCode.BAD_PATHWAY
    assert "\x1b" not in ended.err + ended.out


def test_of_an_overlay_only_its_own_statements_change(tmp_path: Path) -> None:
    folder = hospital(tmp_path)
    path = exported(folder, "surgery")
    assert taken(folder, "surgery", path).out == f"{path}: nothing changes\n"
    text = path.read_text("utf-8-sig")
    path.write_text(
        text.replace("No operation can be done", "Already removed, and none known to be left")
    )
    ended = taken(folder, "surgery", path, "--yes")
    assert ended.code == ExitCode.DONE
    assert ended.out.endswith(f"{folder / 'options' / 'surgery.yaml'}: sth_bowel_blockage\n")
    path.write_text(text.replace('"any"', '"none"'))
    ended = taken(folder, "surgery", path, "--yes")
    assert ended.code == ExitCode.WRONG_USAGE
    assert "symptom_relief is of the pathway that this one extends" in ended.err


@settings(max_examples=60)
@given(text=st.text(st.sampled_from("Oak;+not ,\n\"'=kindResult:\u00e9\x1b0-9")))
def test_whatever_stands_in_a_sheet_is_told_or_read(text: str) -> None:
    with TemporaryDirectory() as place:
        path = Path(place) / "a.csv"
        path.write_text(f"Result,kind,damage,height\n{text}\n", "utf-8")
        ended = run("table", "import", path, "--option", "spray", "--pathway", SMALL, given="n\n")
        assert ended.code in (ExitCode.DONE, ExitCode.BAD_PATHWAY, ExitCode.FOUND)
        assert ended.code != ExitCode.BAD_PATHWAY or ended.err
        assert "\x1b" not in ended.out + ended.err
