"""Drawings hold what the trees hold, no place lies on another, and text stays text."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.small import SMALL
from wizard.case.answers import NO_ANSWERS
from wizard.case.files import read_regression_cases
from wizard.engine.compiling import compile_pathway
from wizard.pathway.load import load_pathway, shipped_folder
from wizard.reasoning.situation import Situation, situation
from wizard.report import graphs, svg
from wizard.report.drawing import Drawings, Place, drawings
from wizard.wording.trees import Reach, tree_lines

SVG = "{http://www.w3.org/2000/svg}"
PROSTATE = Path(__file__).parents[1] / "pathway" / "prostate"


def situations(folder: Path) -> list[Situation]:
    pathway = load_pathway(folder)
    compiled = compile_pathway(pathway)
    cases = read_regression_cases(folder / "cases", pathway)
    answers = [NO_ANSWERS, *(case.answers for case in list(cases.values())[:8])]
    return [situation(compiled, each, date(2026, 11, 27)) for each in answers]


def read_svg(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314 - it was made here


def every(drawn: Drawings) -> list[Place]:
    def below(place: Place) -> list[Place]:
        return [place, *(each for child in place.below for each in below(child))]

    return [p for group in drawn.groups for tree in group.trees for p in below(tree.root)]


@pytest.fixture(params=["shipped", "small", "prostate"])
def known(request: pytest.FixtureRequest) -> list[Situation]:
    folders = {"shipped": shipped_folder(), "small": SMALL, "prostate": PROSTATE}
    return situations(folders[request.param])


def test_every_line_of_a_tree_is_drawn_with_how_the_case_goes_through_it(
    known: list[Situation],
) -> None:
    for now in known:
        for option in now.pathway.options.values():
            drawn = drawings(now, [option.id], of_a_case=True)
            rules = [each.rule for each in option.statements.values()]
            rules += [each.when for each in option.excludes.values()]
            lines = [line for rule in rules for line in tree_lines(now, rule.tree)]
            ends = [(line.outcome, line.reach) for line in lines if line.outcome is not None]
            places = every(drawn)
            assert [(p.outcome, p.reach) for p in places if p.outcome is not None] == ends
            said = "\n".join(place.words for place in places)
            assert all(line.words in said for line in lines)
            assert {p.reach for p in places} <= {line.reach for line in lines}


def test_no_place_lies_on_another_and_words_stay_in_their_place(known: list[Situation]) -> None:
    now = known[-1]
    root = read_svg(svg.laid_out(drawings(now, (), of_a_case=True)))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    boxes = []
    for group in root.iter(f"{SVG}g"):
        words = group.findall(f"{SVG}text")
        left = min(float(each.attrib["x"]) for each in words) - 10
        right = max(float(e.attrib["x"]) + 7 * len(e.text or "") for e in words)
        top = min(float(each.attrib["y"]) for each in words) - 12
        bottom = max(float(each.attrib["y"]) for each in words) + 4
        assert left >= 0
        assert right <= width
        assert 0 <= top < bottom <= height
        box = group.find(f"{SVG}rect")
        if box is not None:
            start, above = float(box.attrib["x"]), float(box.attrib["y"])
            assert start <= left
            assert right <= start + float(box.attrib["width"])
            assert above <= top
            assert bottom <= above + float(box.attrib["height"])
        boxes.append((left, top, right, bottom))
    for at, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:at]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart


def test_the_image_says_all_in_words_and_asks_for_nothing(known: list[Situation]) -> None:
    for now in known[:3]:
        drawn = drawings(now, (), of_a_case=now is not known[0])
        root = read_svg(svg.laid_out(drawn))
        words = root.findtext(f"{SVG}desc") or ""
        for place in every(drawn):
            assert place.words in words
            assert all(claim in words for claim in place.claims)
        assert all(notice in words for notice in drawn.notices)
        assert {each.tag for each in root.iter()} == {
            f"{SVG}{tag}" for tag in ("svg", "title", "desc", "style", "rect", "text", "g", "path")
        }
        lit = [each for each in root.iter(f"{SVG}g") if each.attrib["class"] == "taken"]
        taken = [place for place in every(drawn) if place.reach is Reach.TAKEN]
        assert len(lit) == (len(taken) if drawn.of_a_case else 0)


# The check refuses the plain marks; these it lets through.
HOSTILE = 'a "q" </text x><script y="1">x</script z> [b] (c) `d` {e} | #35; \\n -->'


def hostile(folder: Path) -> Situation:
    shutil.copytree(SMALL, folder)
    path = folder / "factors.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("Which kind of tree is it?", f"'{HOSTILE}'"), "utf-8")
    pathway = load_pathway(folder)
    return situation(compile_pathway(pathway), NO_ANSWERS, date(2026, 11, 27))


def test_text_of_a_file_is_never_markup(tmp_path: Path) -> None:
    drawn = drawings(hostile(tmp_path / "trees"), ["prune"], of_a_case=False)
    root = read_svg(svg.laid_out(drawn))
    assert f"{HOSTILE}\n" in (root.findtext(f"{SVG}desc") or "")
    assert not list(root.iter(f"{SVG}script"))
    labels = re.findall(r'\["(.*)"\]$', graphs.mermaid(drawn), re.MULTILINE)
    shown = [re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label) for label in labels]
    assert HOSTILE in shown
    assert not any(set(re.sub(r"#\d+;|<br/>", "", label)) & set('"<>[]{}|`#') for label in labels)


def test_graphs_have_every_place_and_every_edge(known: list[Situation]) -> None:
    for now in known[:2]:
        drawn = drawings(now, (), of_a_case=True)
        places = every(drawn)
        edges = len(places)  # each place has one way to it, from its question or its heading
        trees = sum(len(group.trees) for group in drawn.groups)
        ways = r"^ {4}\w+ (?:==>|-\.->|-->) \w+$"
        found = re.findall(ways, graphs.mermaid(drawn), re.MULTILINE)
        assert len(found) == edges - trees
        in_dot = graphs.dot(drawn)
        assert len(re.findall(r"^ {4}\w+ -> \w+(?: \[.*\])?;$", in_dot, re.MULTILINE)) == edges
        for place in places:
            assert place.words.replace("\\", "\\\\").replace('"', '\\"') in in_dot


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed here")
def test_graphviz_draws_it(tmp_path: Path) -> None:
    drawn = drawings(hostile(tmp_path / "trees"), (), of_a_case=True)
    made = subprocess.run(
        ["dot", "-Tsvg"], input=graphs.dot(drawn), capture_output=True, text=True, check=True
    )
    titles = read_svg(made.stdout).iter(f"{SVG}text")
    assert any("</text><script>" in (title.text or "") for title in titles)
