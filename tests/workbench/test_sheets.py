"""Sheets: what is written is read again, in whatever way a spreadsheet saves it, and is inert."""

import csv
import sys
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizard.exits import WrongUsageError
from wizard.workbench.sheets import Sheet, SheetError, letters, read_sheet, sheet_bytes

ROWS = (("Question", "Ünïcode; and, more"), ('"said"', "two\nlines"), ("", "x"))
HOSTILE = ("=1+1", "+2", "-3", "@sum", "=cmd|' /C calc'!A0", "'=x")


def written(path: Path, rows: tuple[tuple[str, ...], ...]) -> Path:
    path.write_bytes(sheet_bytes(path, [Sheet("s", rows), Sheet("Words", (("a",),))]))
    return path


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.XLSX"])
def test_what_is_written_is_read(name: str, tmp_path: Path) -> None:
    assert read_sheet(written(tmp_path / name, ROWS)).rows == ROWS


TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=12).map(str.strip)


@settings(max_examples=60)
@given(rows=st.lists(st.tuples(TEXTS.filter(bool), TEXTS), min_size=1, max_size=5))
def test_any_text_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("sheet")
    for name in ("a.csv", "a.xlsx"):
        assert read_sheet(written(folder / name, tuple(rows))).rows == tuple(rows)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_is_read_as_spreadsheets_save_it(
    mark: bytes, between: str, end: str, tmp_path: Path
) -> None:
    text = StringIO()
    csv.writer(text, delimiter=between, lineterminator=end).writerows(ROWS)
    path = tmp_path / "a.csv"
    path.write_bytes(mark + text.getvalue().encode())
    assert read_sheet(path).rows == ROWS


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_formula(text: str, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", ((text, "b"),))
    cell = next(csv.reader(StringIO(path.read_text("utf-8-sig"))))[0]
    assert cell[0] not in "=+-@"
    excel = written(tmp_path / "a.xlsx", ((text, "b"),))
    held = openpyxl.load_workbook(excel).worksheets[0]["A1"]
    assert held.data_type == "s"
    assert str(held.value)[0] not in "=+-@"
    assert read_sheet(path).rows == read_sheet(excel).rows == ((text.removeprefix("'"), "b"),)


def test_cells_that_are_not_text_are_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "Sheet1"
    page["A1"], page["B1"], page["C1"], page["D1"] = "a", "b", "c", "d"
    page["A2"], page["B2"], page["C2"], page["D2"] = 7, 2.5, "=A2", True
    page["A3"] = "merged"
    page.merge_cells("A3:B3")
    page["C3"] = "#REF!"
    page["C3"].data_type = "e"
    path = tmp_path / "a.xlsx"
    book.save(path)
    sheet = read_sheet(path)
    assert sheet.rows[1][:2] == ("7", "2.5")
    told = [each.partition(":")[0] for each in sheet.wrong]
    assert told == ["Sheet1!A3", "Sheet1!C2", "Sheet1!D2", "Sheet1!C3"]
    assert "A3:B3" in sheet.wrong[0]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.csv", b"\xff\xfe", "it is not UTF-8"),
        ("a.csv", b"a\0b", "it is not a CSV file"),
        ("a.csv", b'"a', "it is not a CSV file"),
        ("a.xlsx", b"no zip", "it is not an Excel file"),
        ("a.csv", b"x\n" * 5_001, "more than 5000 rows"),
        ("a.csv", b"x," * 501, "500 columns"),
        ("a.csv", b"x" * (8 * 1024 * 1024 + 1), "larger than 8 MiB"),
    ],
)
def test_what_is_not_a_sheet_is_told_in_one_line(
    name: str, data: bytes, told: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SheetError) as error:
        read_sheet(path)
    assert told in error.value.message
    assert "\n" not in error.value.message


def test_a_zip_that_is_not_a_workbook_is_told(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", "a")
    with pytest.raises(SheetError, match="it is not an Excel file"):
        read_sheet(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", b"0" * (130 * 1024 * 1024))
    with pytest.raises(SheetError, match="too large"):
        read_sheet(path)


def test_another_kind_of_file_is_wrong_usage(tmp_path: Path) -> None:
    for name in ("a.ods", "a"):
        with pytest.raises(WrongUsageError, match=r"\.csv or \.xlsx"):
            read_sheet(tmp_path / name)


def test_without_openpyxl_csv_works_and_excel_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    excel = written(tmp_path / "a.xlsx", ROWS)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert read_sheet(written(tmp_path / "a.csv", ROWS)).rows == ROWS
    for act in (lambda: read_sheet(excel), lambda: sheet_bytes(excel, [Sheet("s", ROWS)])):
        with pytest.raises(WrongUsageError, match="needs the package openpyxl"):
            act()


def test_columns_are_named_as_in_a_sheet() -> None:
    assert [letters(each) for each in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA")
    ]
