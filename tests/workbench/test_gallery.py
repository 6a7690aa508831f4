"""The gallery: each case with what it shows, whoever wrote the file and however much of it."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.screen.driving import shipped
from tests.small import small
from wizard.case.files import read_case
from wizard.engine.compiling import Compiled
from wizard.pathway.model import AlertLevel, Status
from wizard.reasoning.assessing import assess
from wizard.workbench.gallery import (
    Facet,
    FacetKind,
    GalleryCase,
    case_titles,
    facets_of,
    facets_shown,
    found,
    gallery_cases,
)


def every_case(compiled: Compiled) -> list[GalleryCase]:
    return [case for case in gallery_cases(compiled) if case is not None]


def test_each_shipped_case_is_there_with_what_its_file_expects() -> None:
    compiled = shipped()
    folder = Path(compiled.pathway.folder) / "cases"
    cases = every_case(compiled)
    assert [case.name for case in cases] == sorted(path.name for path in folder.glob("*.yaml"))
    for case in cases:
        expected = read_case(folder / case.name, compiled.pathway).expect
        assert expected is not None
        assert set(case.options(Status.DESCRIBED)) == expected.described
        assert set(case.options(Status.POSSIBLE)) == expected.possible.keys()
        assert case.showing.alerts.keys() == expected.alerts | expected.checks


@pytest.mark.slow
def test_a_facet_finds_the_cases_that_show_it_and_no_other() -> None:
    compiled = shipped()
    cases = every_case(compiled)
    counts = facets_shown(compiled.pathway, cases)
    differing = {
        alert.id
        for alert in compiled.pathway.alerts.values()
        if alert.level is AlertLevel.SOURCES_DIFFER
    }
    for facet, number in counts.items():
        shown = found(compiled.pathway, cases, facet, "")
        assert len(shown) == number > 0
        for case in cases:
            assessed = assess(compiled, case.answers)
            match facet:
                case Facet(FacetKind.DIFFERENCE):
                    shows = not differing.isdisjoint(assessed.alerts)
                case Facet(FacetKind.ALERT, alert):
                    shows = alert in assessed.alerts
                case Facet(kind, option):
                    shows = assessed.options[option].status.value == kind.value
            assert (case in shown) is shows


def test_words_find_cases_by_title_and_story_together_with_a_facet() -> None:
    compiled = shipped()
    cases = every_case(compiled)
    facet = Facet(FacetKind.DIFFERENCE)
    by_word = found(compiled.pathway, cases, None, "lung")
    both = found(compiled.pathway, cases, facet, "lung")
    assert 0 < len(both) < len(by_word) < len(cases)
    assert set(map(id, both)) == {
        id(case) for case in by_word if facet in facets_of(compiled.pathway, case)
    }
    assert found(compiled.pathway, cases, None, "  ") == tuple(cases)
    assert found(compiled.pathway, cases, None, "nosuchword") == ()


def test_a_case_without_title_story_or_expectation_is_told_all_the_same(
    tmp_path: Path, small_folder: Path
) -> None:
    folder = tmp_path / "small"
    shutil.copytree(small_folder, folder)
    shutil.rmtree(folder / "cases", ignore_errors=True)
    (folder / "cases").mkdir()
    first = next(iter(small().pathway.factors.values()))
    (folder / "cases" / "two_old_ones.yaml").write_text(f"answers:\n  {first.id}: unknown\n")
    (folder / "cases" / "broken.yaml").write_text("answers: [\n")
    pathway = replace(small().pathway, folder=str(folder))
    broken, told = gallery_cases(replace(small(), pathway=pathway))
    assert broken is None
    assert told is not None
    assert told.title == "Two old ones"
    assert set(told.showing.options) == set(pathway.options)


def test_titles_alone_are_those_of_the_whole_cases(tmp_path: Path) -> None:
    compiled = shipped()
    titles = dict(case_titles(compiled.pathway.folder))
    assert titles == {case.name: case.title for case in every_case(compiled)}
    written = {"plain": "title: An oak", "quoted": 'title: "Oak: old"', "untitled": "answers: {}"}
    (tmp_path / "cases").mkdir()
    for name, text in written.items():
        (tmp_path / "cases" / f"{name}.yaml").write_text(f"pathway: park_trees\n{text}\n", "utf-8")
    assert [title for _, title in case_titles(str(tmp_path))] == ["An oak", "Oak: old", "Untitled"]
