"""A second disease in the format: its stage is worked out as its document says, its cases hold."""

from itertools import product
from pathlib import Path

from tests.program import run
from tests.small import answers
from wizard.engine.compiling import compile_pathway
from wizard.exits import ExitCode
from wizard.pathway.format.reading import read_pathway
from wizard.reasoning.assessing import assess

FOLDER = Path(__file__).parent / "prostate"
REACH = ("tissue_only", "half_lobe", "more_than_half", "both_sides", "through_layer", "nearby")
SMALLEST = REACH[:2]


def stage(reach: str, psa: int, gleason: int, *, hidden: bool, nodes: bool, distant: bool) -> str:
    """The stage of the document's list (PDQ-14 to PDQ-27), written a second time from its text."""
    if distant or nodes or reach == "nearby":
        return "stage_4"
    larger = {"through_layer": "stage_3", "both_sides": "stage_2b", "more_than_half": "stage_2a"}
    if reach in larger:
        return larger[reach]
    if psa < 10 and gleason <= 6:
        return "stage_1"
    if psa < 20 and gleason <= 7:
        return "stage_2a"
    return "stage_2b" if hidden else "no_stage"


def test_the_stage_is_worked_out_as_the_document_says() -> None:
    compiled = compile_pathway(read_pathway(FOLDER))
    numbers = product((0, 9, 10, 19, 20, 500), (2, 6, 7, 8, 10))
    for reach, (psa, gleason), hidden, nodes, distant in product(
        REACH, numbers, (True, False), (True, False), (True, False)
    ):
        asked = {"felt_or_seen": "hidden" if hidden else "felt"} if reach in SMALLEST else {}
        given: dict[str, object] = {
            **asked,
            "extent": reach,
            "psa": str(psa),
            "gleason": str(gleason),
            "nodes": "positive" if nodes else "negative",
            "distant": ["bone"] if distant else [],
        }
        said = assess(compiled, answers(compiled.pathway, given)).derived["stage"]
        wanted = stage(reach, psa, gleason, hidden=hidden, nodes=nodes, distant=distant)
        assert tuple(said) == (wanted,), given


def test_its_files_are_checked_and_its_cases_hold() -> None:
    assert run("check", FOLDER, "--deep").code is ExitCode.DONE
    tested = run("test", FOLDER)
    assert tested.code is ExitCode.DONE
    assert "24 cases of prostate 2026.1: all as expected" in tested.out
