"""Where things are defined and named, and what is told of them."""

from pathlib import Path

import pytest

from tests.editor.views import cursor, shipped, small
from tests.pathway.hospital_copy import hospital
from wizard.editor.places import words_of
from wizard.editor.renames import refusal
from wizard.editor.telling import told_at
from wizard.editor.view import View
from wizard.pathway.load import load_pathway, shipped_folder
from wizard.workbench.rereading import Rereader

CHEMO = "options/chemotherapy.yaml"
INTERFERON = "options/interferon.yaml"


def text_of(name: str) -> str:
    return (shipped_folder() / name).read_text("utf-8")


def marked(name: str, old: str) -> str:
    """The text of a shipped file with the mark | where a passage of it has one."""
    plain = old.replace("|", "")
    text = text_of(name)
    assert plain in text
    return text.replace(plain, old, 1)


@pytest.fixture(scope="module")
def view() -> View:
    return shipped()


@pytest.mark.parametrize(
    ("name", "passage", "file", "word", "line"),
    [
        (CHEMO, "claims: [ICS-2|8]", "claims/ICS.yaml", "ICS-28", "  ICS-28:"),
        (CHEMO, "growth|_rate: fast", "factors.yaml", "growth_rate", "growth_rate:"),
        (CHEMO, "growth_rate: fas|t", "factors.yaml", "fast", "    fast:"),
        (CHEMO, "assumes: [D|4,", "pathway.yaml", "D4", "  D4: "),
        (
            CHEMO,
            "# Growth and spread are separate settings of one sentence: either is enough (ICS-28|",
            "claims/ICS.yaml",
            "ICS-28",
            "  ICS-28:",
        ),
        ("pathway.yaml", "  chemo|therapy: drugs", CHEMO, "chemotherapy", "option: chemotherapy"),
        ("pathway.yaml", "  chemotherapy: dr|ugs", "pathway.yaml", "drugs", "  drugs: Drugs"),
        (
            "options/sunitinib.yaml",
            "use: targeted_se|tting",
            "shared.yaml",
            "targeted_setting",
            "targeted_setting:",
        ),
        ("claims/ICS.yaml", "source: IC|S", "sources.yaml", "ICS", "ICS:"),
        (
            "cases/digestive_nec_spread.yaml",
            "alerts: [nec_|gap",
            "alerts.yaml",
            "nec_gap",
            "nec_gap:",
        ),
        (
            "cases/net_fast_confined.yaml",
            "fast_growing|_net:",
            CHEMO,
            "fast_growing_net",
            "  fast_growing_net:",
        ),
    ],
)
def test_a_name_leads_to_what_defines_it(
    *, name: str, passage: str, file: str, word: str, line: str, view: View
) -> None:
    text, position = cursor(name, marked(name, passage))
    found = view.names.at(text, position)
    assert found is not None
    (place,) = view.names.defined(found.thing)
    there = view.texts[place.file]
    assert (place.file, words_of(there, place)) == (file, word)
    assert there.split("\n")[place.line - 1].startswith(line)


def test_a_caution_leads_to_the_answer_of_its_option(view: View) -> None:
    name = next(name for name, text in view.texts.items() if "interferon_caution.diabetes" in text)
    text, position = cursor(
        name,
        view.texts[name].replace("interferon_caution.diabetes", "interferon_caution.dia|betes"),
    )
    found = view.names.at(text, position)
    assert found is not None
    (place,) = view.names.defined(found.thing)
    assert (place.file, words_of(view.texts[place.file], place)) == (INTERFERON, "diabetes")


def test_a_case_leads_to_its_file_and_where_nothing_is_named_nothing_is_found(view: View) -> None:
    hazards = view.texts["hazards.yaml"]
    text, position = cursor(
        "hazards.yaml", hazards.replace("cases/no_answers", "cases/no_a|nswers")
    )
    found = view.names.at(text, position)
    assert found is not None
    (place,) = view.names.defined(found.thing)
    assert place.file == "cases/no_answers.yaml"
    for passage in ("label: Chemo|therapy", "stat|ements:", "- row: na|mes"):
        text, position = cursor(CHEMO, marked(CHEMO, passage))
        assert view.names.at(text, position) is None


def test_references_are_all_places_that_name_it(view: View) -> None:
    text, position = cursor(CHEMO, marked(CHEMO, "claims: [ICS-2|8]"))
    found = view.names.at(text, position)
    assert found is not None
    places = view.names.named(found.thing)
    assert all(words_of(view.texts[each.file], each) == "ICS-28" for each in places)
    held = sum(
        text.count("ICS-28]") + text.count("ICS-28,")
        for name, text in view.texts.items()
        if not name.startswith("claims/")
    )
    # One is in a comment, which names nothing for the program.
    assert len(places) == held - 1


def test_a_file_that_is_broken_as_it_is_typed_still_leads_on() -> None:
    broken = marked(CHEMO, "growth_rate: fa|st").replace("notes:", "notes: [")
    text, position = cursor(CHEMO, broken)
    found = shipped(CHEMO, text).names.at(text, position)
    assert found is not None
    assert found.thing.name == "fast"


@pytest.mark.parametrize(
    ("name", "passage", "lines"),
    [
        (CHEMO, "growth|_rate: fast", ["How fast is the cancer growing?", "- fast: Fast"]),
        (CHEMO, "stat|ements:", ["statements: Sentences of documents"]),
        (CHEMO, "option: chemo|therapy", ["Chemotherapy", "under Drugs"]),
        (
            "options/sunitinib.yaml",
            "use: targeted_se|tting",
            ["NET that has spread or", "used in "],
        ),
        ("cases/digestive_nec_spread.yaml", "alerts: [nec_|gap", ["(gap)"]),
        ("hazards.yaml", "cases/no_a|nswers", [""]),
        ("claims/ICS.yaml", "source: IC|S", ["How are NETs treated?"]),
        ("factors.yaml", "assumes: [D2, D|8,", [load_pathway().assumptions["D8"].says[:30]]),
    ],
)
def test_a_name_or_a_key_is_explained(
    name: str, passage: str, lines: list[str], view: View
) -> None:
    text, position = cursor(name, marked(name, passage))
    told = told_at(view, text, position)
    assert told is not None
    for line in lines:
        assert line in told.text


def test_a_claim_says_what_it_says_with_its_document_and_lines(view: View) -> None:
    claim = load_pathway().claims["ICS-28"]
    text, position = cursor(CHEMO, marked(CHEMO, "claims: [ICS-2|8]"))
    told = told_at(view, text, position)
    assert told is not None
    assert told.text.startswith(claim.says)
    assert "How are NETs treated? (ICS)" in told.text
    assert f"lines {claim.lines}" in told.text


def test_of_what_the_pathway_does_not_have_nothing_is_told() -> None:
    view = small("options/watch.yaml", "option: watch\nstatements: {one: {claims: [HBK-99]}}\n")
    text, position = cursor(
        "options/watch.yaml", "option: watch\nstatements: {one: {claims: [HBK-9|9]}}\n"
    )
    assert told_at(view, text, position) is None


def test_an_overlay_leads_into_the_pathway_to_which_it_adds(tmp_path: Path) -> None:
    folder = hospital(tmp_path)
    reader = Rereader(folder)
    view = View(reader.look(), {})
    assert view.looked.problems == ()
    name = "alerts.yaml"
    text = view.texts[name]
    factor = next(each for each in load_pathway().factors if f" {each}:" in text)
    text, position = cursor(name, text.replace(f" {factor}:", f" {factor[0]}|{factor[1:]}:", 1))
    view = View(reader.look({name: text}), {}, view)
    found = view.names.at(text, position)
    assert found is not None
    (place,) = view.names.defined(found.thing)
    assert Path(place.file) == shipped_folder() / "factors.yaml"
    assert words_of(view.text_of(place.file), place) == factor
    assert refusal(view, found) == f'no file of this folder defines "{factor}"'
    told = told_at(view, text, position)
    assert told is not None
    assert told.text.startswith(load_pathway().factors[factor].question)
