"""The format page's table of what to say and how: each of its lines checks in a real pathway."""

import re
from pathlib import Path
from shutil import copytree

from tests.program import ROOT
from wizard.case.answers import UNKNOWN
from wizard.case.files import read_case
from wizard.pathway.format.reading import read_pathway

PAGE = (ROOT / "pathways" / "README.md").read_text("utf-8")
TABLE = PAGE.partition("\n## I want to say ")[2].partition("\n## ")[0]
ROWS = re.findall(r"^\| [^|]+ \| `([^`]+)` \| ([a-z.]+) \|$", TABLE, re.MULTILINE)
FOLDER = ROOT / "tests" / "pathway" / "prostate"
CLAIM = (
    "says: The page says so., section: Title, lines: '1', anchor: a, kind: meta, strength: states"
)
QUESTION = "question: What is it?, help: It is., claims: [PDQ-57]"
DOCUMENT = (
    "title: Another page, short: Another, file: another.txt, publisher: null, date: null, "
    "audience: all, type: page, country: US, card: [ROW-01], sha256: " + "1" * 64
)


def rows_of(place: str) -> list[str]:
    return [code for code, where in ROWS if where == place]


def written(folder: Path) -> Path:
    """A copy of the pathway with every line of the table in it, each in its place."""
    copy = Path(copytree(FOLDER, folder / "prostate"))
    questions = {f"row_question_{n}": code for n, code in enumerate(rows_of("question"), 1)}
    options = dict(enumerate(rows_of("option"), 1))
    _add(
        copy,
        "alerts.yaml",
        [
            f"row_{n}: {{title: Row, claims: [PDQ-57], {code}}}"
            for n, code in enumerate(rows_of("alert"), 1)
        ],
    )
    _add(
        copy,
        "claims/PDQ.yaml",
        [f"  PDQ-9{n}: {{{CLAIM}, {code}}}" for n, code in enumerate(rows_of("claim"))],
    )
    _add(
        copy,
        "factors.yaml",
        [f"{name}: {{{QUESTION}, label: {name}, {code}}}" for name, code in questions.items()],
    )
    _add(copy, "sources.yaml", [f"ROW: {{{DOCUMENT}, {', '.join(rows_of('document'))}}}"])
    (copy / "claims" / "ROW.yaml").write_text(f"source: ROW\nclaims:\n  ROW-01: {{{CLAIM}}}\n")
    statements = [
        f"  row_{n}: {{claims: [PDQ-57], {code}}}" for n, code in enumerate(rows_of("statement"), 1)
    ]
    _add(copy, "options/clinical_trial.yaml", statements)
    for n, code in options.items():
        always = "statements: {every_case: {claims: [PDQ-57], when: always}}"
        text = f"{{option: row_{n}, label: Row {n}, {always}, {code}}}\n"
        (copy / "options" / f"row_{n}.yaml").write_text(text)
    root = copy / "pathway.yaml"
    text = root.read_text("utf-8")
    text = text.replace(
        "prostatectomy_possible]", f"prostatectomy_possible, {', '.join(questions)}]"
    )
    text = text.replace(
        "\noptions:\n", "\noptions:\n" + "".join(f"  row_{n}: trials\n" for n in options)
    )
    hidden = "".join(f"  PDQ-9{n}: A row of the table.\n" for n in range(len(rows_of("claim"))))
    text = text.replace("\nnot_surfaced: {}\n", f"\nnot_surfaced:\n{hidden}")
    text = text.replace("\nlimits:\n", "\nlimits:\n  - Best supportive care is a name.\n")
    root.write_text(text + "\n".join(rows_of("pathway.yaml")) + "\n", "utf-8")
    return copy


def _add(folder: Path, file: str, lines: list[str]) -> None:
    path = folder / file
    path.write_text("\n".join([path.read_text("utf-8").rstrip("\n"), *lines, ""]), "utf-8")


def test_each_line_checks_where_the_table_says(tmp_path: Path) -> None:
    places = {"statement", "option", "question", "claim", "document", "pathway.yaml", "alert"}
    assert {place for _, place in ROWS} == places | {"case"}
    assert len(ROWS) == TABLE.count("\n| ") - 2, "a line that the test does not read"
    pathway = read_pathway(written(tmp_path))
    assert len(pathway.options["clinical_trial"].statements) > len(rows_of("statement"))


def test_each_answer_is_one(tmp_path: Path) -> None:
    pathway = read_pathway(FOLDER)
    for code in rows_of("case"):
        (answer,) = read_case(f"answers: {{{code}}}", pathway).answers.values()
        assert (answer == UNKNOWN) is code.endswith("unknown")
