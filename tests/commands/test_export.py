"""The pathway as a query, on the command line."""

import json
from functools import partial
from pathlib import Path
from unittest.mock import Mock

import pytest

from tests.cohort.rows import on_sqlite
from tests.program import run
from tests.small import PARK, SMALL, small
from wizard.cohort import query
from wizard.cohort.columns import columns_of
from wizard.commands import export
from wizard.engine.compiling import compile_pathway
from wizard.engine.diagrams import TooManyNodesError
from wizard.exits import ExitCode


def test_what_is_written_is_what_is_printed_and_runs(tmp_path: Path) -> None:
    printed = run("export", "sql", "--pathway", SMALL)
    assert printed.code == ExitCode.DONE
    to = tmp_path / "query.sql"
    written = run("export", "sql", "--pathway", SMALL, "-o", to)
    assert (written.code, written.out) == (ExitCode.DONE, "")
    assert to.read_text("utf-8") == printed.out
    assert to.stat().st_mode & 0o077 == 0
    pathway = small().pathway
    assert pathway.digest in printed.out
    (said,) = on_sqlite(printed.out, pathway, [{}])
    assert {f"status__{option}" for option in pathway.options} <= said.keys()
    head = [line for line in printed.out.splitlines() if line.startswith("--")]
    assert all(any(f"--   {c.name}: " in line for line in head) for c in columns_of(pathway))


def test_what_is_too_large_for_a_query_is_told_with_what_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(export, "compile_pathway", partial(compile_pathway, budget=120))
    ended = run("export", "sql", "--pathway", SMALL)
    assert (ended.code, ended.out) == (ExitCode.BAD_PATHWAY, "")
    parts = ended.err.rpartition("--parts ")[2].strip()
    fewer = run("export", "sql", "--pathway", SMALL, "--parts", parts)
    assert fewer.code == ExitCode.DONE
    monkeypatch.setattr(query, "query_of", Mock(side_effect=TooManyNodesError))
    ended = run("export", "sql", "--pathway", SMALL, "--parts", parts)
    assert (ended.code, ended.out) == (ExitCode.BAD_PATHWAY, "")
    assert "`mdt-wizard cohort` works its cases out one by one" in ended.err


def test_parts_and_columns_are_chosen() -> None:
    ended = run("export", "sql", "--pathway", SMALL, "--parts", "errors, status", "--table", "a.b")
    names = [line.rpartition(" AS ")[2].strip(", ") for line in ended.out.splitlines()]
    assert "error" in names
    assert not any(name.startswith(("depends_on__", "alert__")) for name in names)
    assert "FROM a.b t" in ended.out
    first = columns_of(small().pathway)[0].name
    few = run("export", "sql", "--pathway", SMALL, "--have", first)
    assert few.code == ExitCode.DONE
    assert f"t.{first}" in few.out
    assert not any(f"t.{c.name} " in few.out for c in columns_of(small().pathway)[1:])


@pytest.mark.parametrize(
    "name", ["cases", "a.b.c.d", '"a-b".c', "`a-b.c.d`", "parquet.`/data/cases of 2026.parquet`"]
)
def test_a_table_is_named_as_its_engine_has_it(name: str) -> None:
    ended = run("export", "sql", "--pathway", SMALL, "--table", name)
    assert ended.code == ExitCode.DONE
    assert ended.out.count(f"FROM {name} t\n") == 2


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (("--parts", "status,nothing"), ExitCode.WRONG_USAGE, '"nothing"'),
        (("--table", "cases; DROP TABLE x"), ExitCode.WRONG_USAGE, "is not the name of a table"),
        (("--table", 'a"b'), ExitCode.WRONG_USAGE, "is not the name of a table"),
        (("--table", "`a`b`"), ExitCode.WRONG_USAGE, "is not the name of a table"),
        (("--table", "a-b.c"), ExitCode.WRONG_USAGE, "is not the name of a table"),
        (("--table", "L3"), ExitCode.WRONG_USAGE, "is the name of a step of the query"),
        (("--table", ""), ExitCode.WRONG_USAGE, "is not the name of a table"),
        (("--have", "nothing"), ExitCode.WRONG_USAGE, 'there is no column "nothing"'),
        (("--concept-map", "map.json"), ExitCode.WRONG_USAGE, "does not belong to `export sql`"),
        (("-o", "taken.sql"), ExitCode.WRONG_USAGE, "--force"),
        (("-o", "none/q.sql"), ExitCode.UNUSABLE_FILE, "No such file"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_written(
    tmp_path: Path, given: tuple[str, ...], code: int, said: str
) -> None:
    (tmp_path / "taken.sql").write_text("mine")
    ended = run("export", "sql", "--pathway", SMALL, *given, folder=tmp_path)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


def test_a_file_is_written_over_where_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken.sql").write_text("mine")
    given = ("export", "sql", "--pathway", SMALL, "-o", "taken.sql", "--force")
    assert run(*given, folder=tmp_path).code == ExitCode.DONE
    assert "LEFT JOIN" in (tmp_path / "taken.sql").read_text("utf-8")


def test_the_questionnaire_is_written_and_what_it_cannot_say_told(tmp_path: Path) -> None:
    printed = run("export", "fhir", "--pathway", PARK)
    assert printed.code == ExitCode.DONE
    form = json.loads(printed.out)
    assert (form["resourceType"], form["url"]) == (
        "Questionnaire",
        "urn:mdt-wizard:questionnaire:park",
    )
    assert "Decay (decay): It is worked out from other answers" in printed.err
    to = tmp_path / "form.json"
    written = run("export", "fhir", "--pathway", PARK, "-o", to)
    assert (written.code, written.out, to.read_text("utf-8")) == (ExitCode.DONE, "", printed.out)


def test_a_site_s_codes_are_taken_from_a_concept_map(tmp_path: Path) -> None:
    element = {"code": "kind", "target": [{"code": "K", "equivalence": "equal"}]}
    group = {
        "source": "urn:mdt-wizard:questions:park_trees",
        "target": "urn:park:codes",
        "element": [element],
    }
    codes = tmp_path / "codes.json"
    codes.write_text(json.dumps({"resourceType": "ConceptMap", "group": [group]}))
    ended = run("export", "fhir", "--pathway", SMALL, "--concept-map", codes)
    assert ended.code == ExitCode.DONE
    assert '"system": "urn:park:codes"' in ended.out
    element["code"] = "knd"
    codes.write_text(json.dumps({"resourceType": "ConceptMap", "group": [group]}))
    ended = run("export", "fhir", "--pathway", SMALL, "--concept-map", codes)
    assert (ended.code, ended.out) == (ExitCode.WRONG_USAGE, "")
    assert "did you mean kind?" in ended.err
    ended = run("export", "fhir", "--pathway", SMALL, "--table", "t")
    assert (ended.code, ended.out) == (ExitCode.WRONG_USAGE, "")
    assert "--table does not belong to `export fhir`" in ended.err
