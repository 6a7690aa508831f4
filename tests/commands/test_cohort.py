"""A table of cases on the command line."""

import csv
import json
from pathlib import Path

import pytest

from tests.program import run
from tests.small import shipped
from wizard.cohort.columns import columns_of
from wizard.exits import ExitCode

PLACES = ["pancreas"] * 12 + ["bowel"] * 8 + ["lung"] * 2
ROWS = "id,site,tumour_type\n" + "".join(f"{n},{site},net\n" for n, site in enumerate(PLACES))


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "cases.csv"
    path.write_text(ROWS, "utf-8")
    return path


def test_rows_are_written_and_counted(tmp_path: Path, cases: Path) -> None:
    to = tmp_path / "out.csv"
    ended = run("cohort", cases.name, "-o", to, "--by", "site", folder=tmp_path)
    assert ended.code == ExitCode.DONE
    assert "passed through: id" in ended.err
    assert "22 rows in, 22 out, 0 in error" in ended.err
    with to.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == [str(n) for n in range(22)]
    assert len({tuple(row.values())[3:] for row in rows}) == 2
    assert to.stat().st_mode & 0o077 == 0
    assert "22 in, 22 out, 22 assessed" in ended.out
    assert "SITE: PANCREAS" in ended.out
    assert "SITE: LUNG" not in ended.out
    assert "SITE: BOWEL" not in ended.out
    assert "SITE: ALL OTHERS" in ended.out
    assert "not told" in ended.out
    assert max(map(len, ended.out.splitlines())) <= 80
    told = run("cohort", cases, "--by", "site", "--small-numbers").out
    assert "SITE: LUNG" in told
    assert "SITE: ALL OTHERS" not in told
    assert "under 5" not in told
    assert "not told\n" not in told


def test_the_summary_as_data(cases: Path) -> None:
    data = json.loads(run("cohort", cases, "--by", "site", "--format", "json").out)
    assert data["rows"] == {"in": 22, "out": 22}
    assert list(data["groups"]) == ["pancreas"]
    assert (data["groups_left_out"], data["others"]["assessed"]) == (2, 10)
    surgery = data["all"]["options"]["surgery"]
    assert sum(surgery.values()) == 22
    assert data["pathway"]["digest"] == shipped().pathway.digest
    assert "not a medical device" in data["intended_use"]
    page = run("cohort", cases, "--format", "markdown").out
    assert page.startswith("# ")
    assert "## Options" in page


def test_a_map_reads_a_registrys_own_names_and_codes(tmp_path: Path) -> None:
    table = tmp_path / "registry.csv"
    table.write_text("NR;ORT;SIZE\n1;C25;30\n2;99;999\n3;C26;30\n4;lung;unknown\n", "utf-8")
    columns = tmp_path / "map.yaml"
    columns.write_text(
        "columns:\n  ORT: {is: site, values: {C25: pancreas, '99': unknown}}\n"
        "  SIZE: {is: tumour_size, values: {'999': unknown}}\n",
        "utf-8",
    )
    to = tmp_path / "out.csv"
    ended = run("cohort", table, "--columns", columns, "--delimiter", ";", "-o", to)
    assert ended.code == ExitCode.BAD_CASE
    rows = [line.split(";") for line in to.read_text("utf-8").splitlines()[1:]]
    assert [row[:3] for row in rows] == [
        ["1", "C25", "30"],
        ["2", "99", "999"],
        ["3", "C26", "30"],
        ["4", "lung", "unknown"],
    ]
    assert [row[-1] for row in rows] == ["", "", "site", ""]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("columns:\n  A: {is: sitee}\n", 'map.yaml:2:11: "sitee" is not a column of a table'),
        ("columns:\n  A: {is: site, values: {x: moon}}\n", 'map.yaml:2:29: site: "moon" is not'),
        ("columns:\n  A: {values: {}}\n", "is is missing"),
        ("columns:\n  A: site\n", "a map of keys to values was expected"),
        ("column: {}\n", '"column" is not a part of a map'),
        ("columns: {A: {is: site}, B: {is: site}}\n", 'the columns "A" and "B" are both site'),
        ("a: [", "is not closed"),
    ],
)
def test_a_wrong_map_is_told(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "map.yaml").write_text(text, "utf-8")
    (tmp_path / "t.csv").write_text("A,B\nlung,lung\n", "utf-8")
    ended = run("cohort", "t.csv", "--columns", "map.yaml", folder=tmp_path)
    assert ended.code == ExitCode.WRONG_USAGE
    assert said in ended.err


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"", ExitCode.UNUSABLE_FILE, "there is no header"),
        (b"\n1,2\n", ExitCode.UNUSABLE_FILE, "there is no header"),
        (b"site,site\n", ExitCode.UNUSABLE_FILE, 'the column "site" stands here twice'),
        (b"site,\n", ExitCode.UNUSABLE_FILE, "column 2 has no name"),
        (b"pancreas,net\nlung,net\n", ExitCode.WRONG_USAGE, "no column of the header"),
        (b"\x1f\x8b\x08\x00", ExitCode.UNUSABLE_FILE, "gzip"),
        (b"PK\x03\x04", ExitCode.UNUSABLE_FILE, "zip"),
        (b"PAR1xx", ExitCode.UNUSABLE_FILE, "Parquet"),
        ("site\nlung\n".encode("utf-16"), ExitCode.UNUSABLE_FILE, "UTF-16"),
        (b"si\0te\n", ExitCode.UNUSABLE_FILE, "not text"),
        (b"site,error\nlung,x\n", ExitCode.WRONG_USAGE, 'the column "error" would stand twice'),
        (b"\xef\xbb\xbfsite\r\nlung\r\n", ExitCode.DONE, "one row in, 1 out, 0 in error"),
        (b"site\n", ExitCode.DONE, "no rows in"),
    ],
)
def test_files_of_every_kind(tmp_path: Path, data: bytes, code: int, said: str) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    ended = run("cohort", "t.csv", "-o", "out.csv", folder=tmp_path)
    assert ended.code == code
    assert said in ended.err
    assert (tmp_path / "out.csv").exists() == (code == ExitCode.DONE)


def test_a_folder_a_missing_file_and_a_taken_place(tmp_path: Path, cases: Path) -> None:
    folder = run("cohort", tmp_path)
    assert (folder.code, "this is a folder" in folder.err) == (ExitCode.UNUSABLE_FILE, True)
    assert run("cohort", tmp_path / "none.csv").code == ExitCode.UNUSABLE_FILE
    (tmp_path / "out.csv").write_text("mine")
    taken = run("cohort", cases, "-o", tmp_path / "out.csv")
    assert (taken.code, "--force" in taken.err) == (ExitCode.WRONG_USAGE, True)
    assert (tmp_path / "out.csv").read_text() == "mine"
    assert run("cohort", cases, "-o", tmp_path / "out.csv", "--force").code == ExitCode.DONE
    assert run("cohort", cases, "--by", "nothing").code == ExitCode.WRONG_USAGE
    assert run("cohort", cases, "--delimiter", ",,").code == ExitCode.WRONG_USAGE


def test_cases_come_from_a_pipe() -> None:
    ended = run("cohort", "-", given=ROWS)
    assert (ended.code, "22 rows in" in ended.err) == (ExitCode.DONE, True)
    lines = '{"answers": {"site": "lung"}}\n' * 3
    ended = run("cohort", "-", "--input", "jsonl", given=lines)
    assert (ended.code, "three rows in" in ended.err) == (ExitCode.DONE, True)


def test_a_column_that_is_nearly_one_is_told(tmp_path: Path) -> None:
    first = columns_of(shipped().pathway)[1].name
    (tmp_path / "t.csv").write_text(f"{first},tumor_type\n,net\n", "utf-8")
    ended = run("cohort", "t.csv", folder=tmp_path)
    assert "did you mean tumour_type?" in ended.err
