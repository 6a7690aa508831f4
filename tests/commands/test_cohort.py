"""A table of cases on the command line."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from tests.cohort.extra import needs_duckdb
from tests.program import run
from tests.small import PARK, shipped
from wizard.cohort.columns import columns_of
from wizard.exits import ExitCode

ENGINES = ("sqlite", pytest.param("duckdb", marks=needs_duckdb))
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
    table.write_text(
        "NR;ORT;SIZE\n1;C25;30\n2;99;999\n3;C26;30\n4;lung;unknown\n5;C25|lung;30\n", "utf-8"
    )
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
        ["5", "C25|lung", "30"],
    ]
    assert [row[-1] for row in rows] == ["", "", "site", "", ""]


def test_a_sentinel_is_meant_however_its_number_is_written(tmp_path: Path) -> None:
    sizes = ["55", "55.0", " 55", "55 m", '"55,0"', "unknown", "5", "61"]
    rows = "".join(f"pine,{size}\n" for size in sizes)
    table, own = tmp_path / "registry.csv", tmp_path / "own.csv"
    table.write_text(f"kind,SIZE\n{rows}", "utf-8")
    own.write_text(f"kind,height\n{rows}", "utf-8")
    columns = tmp_path / "map.yaml"
    columns.write_text("columns: {SIZE: {is: height, values: {55: unknown}}}\n", "utf-8")
    to = tmp_path / "out.csv"

    def said(*arguments: Path | str) -> list[tuple[str, ...]]:
        run("cohort", *arguments, "-o", to, "--force", "--pathway", PARK)
        with to.open(encoding="utf-8", newline="") as file:
            return [tuple(row.values())[2:] for row in csv.DictReader(file)]

    named, read = said(table, "--columns", columns), said(own)
    unknown = read[5]
    assert named[:6] == [unknown] * 6
    assert named[6:] == read[6:]
    assert unknown not in (read[0], read[6])
    assert read[:5] == [read[0]] * 5
    assert named[7][-1] == "height"


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


@pytest.mark.parametrize("engine", ENGINES)
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
        (b"site,\xff\n", ExitCode.UNUSABLE_FILE, "it is not UTF-8"),
        (b'"site\nlung\n', ExitCode.UNUSABLE_FILE, "a quote is opened and not closed"),
        (b"site,error\nlung,x\n", ExitCode.WRONG_USAGE, 'the column "error" would stand twice'),
        (b"\xef\xbb\xbfsite\r\nlung\r\n", ExitCode.DONE, "one row in, 1 out, 0 in error"),
        (b"site;id\nlung;1\n", ExitCode.WRONG_USAGE, "is --delimiter ';' missing?"),
        (b"site\tid\nlung\t1\n", ExitCode.WRONG_USAGE, "is --delimiter tab missing?"),
        (b"site\n" + b"lung\n" * 1_234, ExitCode.DONE, "1,234 rows in, 1,234 out, 0 in error"),
        (b"site\n", ExitCode.DONE, "no rows in"),
        (b"site", ExitCode.DONE, "no rows in"),
    ],
)
def test_files_of_every_kind(
    tmp_path: Path, data: bytes, code: int, said: str, engine: str
) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    ended = run("cohort", "t.csv", "-o", "out.csv", "--engine", engine, folder=tmp_path)
    assert ended.code == code
    assert said in ended.err
    assert {path.name for path in tmp_path.iterdir()} == (
        {"t.csv", "out.csv"} if code == ExitCode.DONE else {"t.csv"}
    )


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("row", "error"),
    [
        (b"1,lu\0ng", "line 3: it holds a NUL"),
        (b"1,lung\xff", "line 3: it is not UTF-8"),
        (b"1", "line 3: it has 1 cell, and the header 2"),
        (b"1,lung,2", "line 3: it has 3 cells, and the header 2"),
        (b"1," + b"x" * 10_000_000, "line 3: it is longer than 1,000,000 bytes"),
        (b'1,"lung', "line 3: a quote is opened and not closed"),
        (b"1,Lung", "site"),
        (b"1,\xef\xbb\xbflung", "site"),
        (b"id,site", "the header stands here again"),
        (b'"id", site', "the header stands here again"),
    ],
)
def test_a_broken_row_is_one_row_in_error(
    tmp_path: Path, row: bytes, error: str, engine: str
) -> None:
    (tmp_path / "t.csv").write_bytes(b"id,site\n0,lung\n" + row + b"\n2,lung\n")
    ended = run("cohort", "t.csv", "-o", "out.csv", "--engine", engine, folder=tmp_path)
    assert ended.code == ExitCode.BAD_CASE
    assert "three rows in, 3 out, 1 in error" in ended.err
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["error"] for row in rows] == ["", error, ""]
    assert [row["id"] for row in rows if not row["error"]] == ["0", "2"]


@pytest.mark.parametrize("engine", ENGINES)
def test_cases_come_from_a_named_pipe(tmp_path: Path, engine: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = Thread(target=(tmp_path / "pipe").write_text, args=(ROWS,))
    writer.start()
    ended = run("cohort", tmp_path / "pipe", "--engine", engine)
    writer.join()
    assert (ended.code, "22 rows in" in ended.err) == (ExitCode.DONE, True)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_interrupt_leaves_no_half_file(tmp_path: Path, engine: str) -> None:
    """Rows of a pipe are worked on until it ends."""
    pipe, to = tmp_path / "pipe", tmp_path / "out.csv"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "wizard", "cohort", str(pipe), "-o", str(to)]
    with (
        subprocess.Popen(
            [*command, "--engine", engine], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process,
        pipe.open("w") as file,
    ):
        file.write(ROWS)
        file.flush()
        assert process.stderr is not None
        while b"not in the file" not in process.stderr.readline():
            pass
        process.send_signal(signal.SIGINT)
        process.wait(30)
    assert process.returncode == ExitCode.INTERRUPTED
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x1f\x8b\x08\x00", "t.jsonl: it is packed with gzip; unpack it"),
        ("{}\n".encode("utf-16"), "t.jsonl: it is UTF-16; save it as UTF-8"),
    ],
)
def test_lines_of_json_that_are_another_file_are_told(
    tmp_path: Path, data: bytes, said: str
) -> None:
    (tmp_path / "t.jsonl").write_bytes(data)
    ended = run("cohort", "t.jsonl", folder=tmp_path)
    assert (ended.code, said in ended.err) == (ExitCode.UNUSABLE_FILE, True)


def test_more_groups_than_anybody_reads_are_refused(
    cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wizard.cohort.counting.MOST_GROUPS", 6)
    ended = run("cohort", cases, "--by", "id")
    assert (ended.code, "more than 6" in ended.err) == (ExitCode.WRONG_USAGE, True)
    assert run("cohort", cases, "--by", "site").code == ExitCode.DONE


def test_a_folder_a_missing_file_and_a_taken_place(tmp_path: Path, cases: Path) -> None:
    folder = run("cohort", tmp_path)
    assert (folder.code, "this is a folder" in folder.err) == (ExitCode.UNUSABLE_FILE, True)
    assert run("cohort", tmp_path / "none.csv").code == ExitCode.UNUSABLE_FILE
    (tmp_path / "out.csv").write_text("mine")
    taken = run("cohort", cases, "-o", tmp_path / "out.csv")
    assert (taken.code, "--force" in taken.err) == (ExitCode.WRONG_USAGE, True)
    assert (tmp_path / "out.csv").read_text() == "mine"
    assert run("cohort", cases, "-o", tmp_path / "out.csv", "--force").code == ExitCode.DONE
    itself = run("cohort", cases, "-o", cases, "--force")
    assert (itself.code, "is the file that is read" in itself.err) == (ExitCode.WRONG_USAGE, True)
    assert cases.read_text("utf-8") == ROWS
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
    (tmp_path / "t.jsonl").write_text('{"site": "lung"}\n{"site": "lung", "tumor_type": "net"}\n')
    ended = run("cohort", "t.jsonl", folder=tmp_path)
    assert ended.err.count("did you mean tumour_type?") == 1
    ended = run("cohort", "t.jsonl", "--by", "year", folder=tmp_path)
    assert 't.jsonl: --by: no row has a value of "year"' in ended.err
    assert "--by:" not in run("cohort", "t.jsonl", "--by", "site", folder=tmp_path).err
    assert "t.jsonl: passed through: tumor_type" in ended.err
    assert "not in the file, so not known of any case: tumour_type" in ended.err


def test_a_column_of_the_map_that_the_file_lacks_is_told(tmp_path: Path, cases: Path) -> None:
    (tmp_path / "map.yaml").write_text("columns:\n  Spread: {is: extent}\n", "utf-8")
    ended = run("cohort", cases.name, "--columns", "map.yaml", folder=tmp_path)
    assert "cases.csv: named by the map, but not in the file: Spread" in ended.err


def test_a_first_map_is_filled_in_and_read(tmp_path: Path) -> None:
    table = tmp_path / "registry.csv"
    table.write_text(
        'NR;Tumor Site;tumour_size;site_text\n1;"C25";30;\n2;C34;999;x\n3;C25;12;y\n4;??"\n',
        "utf-8",
    )
    given = ("cohort", table, "--delimiter", ";")
    drafted = run(*given, "--draft-map")
    assert drafted.code == ExitCode.DONE
    assert [line for line in drafted.out.splitlines() if line.strip()[:1] not in ("", "#")] == [
        "columns:"
    ]
    head, *parts = drafted.out.split("\n\n")
    words = {"COLUMN": "site", '"C25": VALUE': '"C25": pancreas', '"C34": VALUE': '"C34": lung'}
    words['"999": VALUE'] = '"999": unknown'
    filled = "\n".join(re.sub("(?m)^  # ", "  ", part) for part in parts[1:3])
    for draft, word in words.items():
        filled = filled.replace(draft, word)
    (tmp_path / "map.yaml").write_text(f"{head}\n{filled}\n", "utf-8")
    to = tmp_path / "out.csv"
    ended = run(*given, "--columns", tmp_path / "map.yaml", "-o", to)
    assert ended.code == ExitCode.BAD_CASE
    assert [line.split(";")[-1] for line in to.read_text("utf-8").splitlines()[1:]][:3] == [""] * 3
    assert "four rows in, 4 out, 1 in error" in ended.err


@pytest.mark.parametrize("names", ["site", "site,Place"])
def test_a_first_map_is_read_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795251600")
    (tmp_path / "t.csv").write_text(f"{names}\n{names.replace('site', 'lung')}\n", "utf-8")
    drafted = run("cohort", "t.csv", "--draft-map", folder=tmp_path)
    (tmp_path / "map.yaml").write_text(drafted.out, "utf-8")
    plain = run("cohort", "t.csv", folder=tmp_path)
    ended = run("cohort", "t.csv", "--columns", "map.yaml", folder=tmp_path)
    assert (plain.code, ended) == (ExitCode.DONE, plain)


def test_a_map_may_leave_the_codes_of_a_column_behind_a_sign(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Place\nlung\n", "utf-8")
    (tmp_path / "map.yaml").write_text(
        'columns:\n  "Place":\n    is: site\n    values:\n  #     "C34": VALUE\n', "utf-8"
    )
    ended = run("cohort", "t.csv", "--columns", "map.yaml", folder=tmp_path)
    assert ended.code == ExitCode.DONE


def test_a_first_map_shows_no_names_of_people_and_takes_no_output(tmp_path: Path) -> None:
    rows = "".join(f"person {n},lung\n" for n in range(60))
    (tmp_path / "t.csv").write_text(f"name,site\n{rows}", "utf-8")
    drafted = run("cohort", "t.csv", "--draft-map", folder=tmp_path)
    assert "person" not in drafted.out
    assert "more than 40 different values" in drafted.out
    for given in (("-o", "out.csv"), ("--input", "jsonl"), ("--columns", "map.yaml")):
        (tmp_path / "map.yaml").write_text("columns: {name: {is: spread}}", "utf-8")
        refused = run("cohort", "t.csv", "--draft-map", *given, folder=tmp_path)
        assert refused.code == ExitCode.WRONG_USAGE
