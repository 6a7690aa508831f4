"""The questionnaire in LHC-Forms, a form of others: filled in there, and the response read back."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from tests.browser.chromium import VARIABLE, Browser, Page
from tests.fhir.cases import read, response_of
from tests.fhir.pathways import NAMES, compiled, enabled, items_of
from tests.small import answers, park
from wizard.case.answers import Answers
from wizard.fhir.questionnaire import questionnaire
from wizard.pathway.factors import MultiFactor
from wizard.pathway.model import Pathway

pytestmark = pytest.mark.slow

SCRIPTS: Final = (
    "lforms/webcomponent/assets/lib/zone.min.js",
    "lforms/webcomponent/lhc-forms.js",
    "lforms/fhir/R4/lformsFHIR.min.js",
)
ITS_OWN_LOG: Final = "log: Warning: FHIR resources might not be loaded"
WORDS: Final = """
const told = () => LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4');
const shown = () => [...document.querySelectorAll('lhc-item')].map((each) => each.id.slice(5));
const every = (holder) => (holder.item ?? []).flatMap((each) => [each, ...every(each)]);
const until = async (holds) => {
  const end = Date.now() + 20000;
  while (!holds() && Date.now() < end) await new Promise((go) => setTimeout(go, 10));
  return holds();
};
const answered = (link) => {
  const [answer] = every(told()).find((each) => each.linkId === link)?.answer ?? [{}];
  return JSON.stringify(Object.values(answer)[0]?.code ?? Object.values(answer)[0]);
};
const choose = async (place, link, value) => {
  await until(() => document.getElementById(place));
  document.getElementById(place).click();
  return until(() => answered(link) === JSON.stringify(value));
};
const type = async (place, link, value) => {
  await until(() => document.getElementById(place));
  const field = document.getElementById(place);
  field.value = String(value);
  for (const event of ['input', 'change', 'blur']) field.dispatchEvent(new Event(event));
  return until(() => answered(link) === JSON.stringify(value));
};
"""


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with LHC-Forms and no form yet; skips where the package is not there."""
    built = Path(os.environ.get(VARIABLE, ""), "node_modules", "lforms", "dist")
    if not built.is_dir():
        pytest.skip(f"there is no lforms in the folder that {VARIABLE} names")
    scripts = [f'<script src="{(built / each).as_uri()}"></script>' for each in SCRIPTS]
    file = tmp_path_factory.mktemp("lforms") / "form.html"
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Form</title>'
    file.write_text(
        f'{head}<body><div id="form"></div>{"".join(scripts)}<script>{WORDS}</script>', "utf-8"
    )
    return file


class Form:
    """A questionnaire that is shown in a page, and what is answered in it."""

    def __init__(self, page: Page, form: Mapping[str, Any], prepared: str = "given") -> None:
        self._page = page
        self.form = form
        self.given: dict[str, Any] = {}
        code = f"const given = {json.dumps(form)}; "
        shown = f"LForms.Util.addFormToPage({prepared}, 'form', {{fhirVersion: 'R4'}})"
        assert page.evaluate(f"{code}{shown}.then(() => 'shown', String)") == "shown"

    def enabled(self) -> dict[str, dict[str, Any]]:
        """By its place in the page each item that R4 enables, help aside."""
        return dict(self._within(self.form, 1))

    def _within(
        self, holder: Mapping[str, Any], depth: int
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        for item in holder.get("item", ()):
            if enabled(item, self.given) and not item["linkId"].endswith("/help"):
                yield item["linkId"] + "/1" * depth, item
                yield from self._within(item, depth + 1)

    def shows_just_what_is_enabled(self) -> bool:
        wanted = json.dumps(sorted(self.enabled()))
        same = f"JSON.stringify(shown().sort()) === JSON.stringify({wanted})"
        return bool(self._page.evaluate(f"until(() => {same})"))

    def answer(self, link: str, value: Any) -> None:
        """Answer as a person does: by a click, or by typing a number."""
        place = next(place for place, item in self.enabled().items() if item["linkId"] == link)
        word = value[1] if isinstance(value, tuple) else value
        call = "type"
        if isinstance(value, tuple | bool):
            call = "choose"
            place += (
                f"|{value[0]}|{value[1]}" if isinstance(value, tuple) else f"|{json.dumps(value)}"
            )
        asked = f"{call}({json.dumps(place)}, {json.dumps(link)}, {json.dumps(word)})"
        assert self._page.evaluate(asked), asked
        self.given[link] = value

    @property
    def response(self) -> dict[str, Any]:
        found = self._page.evaluate("told()")
        assert isinstance(found, dict)
        return found

    @property
    def told(self) -> list[str]:
        return [each for each in self._page.told if not each.startswith(ITS_OWN_LOG)]


def form_of(pathway: Pathway) -> dict[str, Any]:
    made, _ = questionnaire(pathway)
    return made


def filled(random: Random, form: Form, pathway: Pathway) -> None:
    """Answer from the first item to the last, some not, and none that is not enabled."""
    every = [item["linkId"] for item in items_of(form.form)]
    for link in every:
        item = next((each for each in form.enabled().values() if each["linkId"] == link), None)
        factor = pathway.factors.get(link.partition(".")[0])
        least = isinstance(factor, MultiFactor) and factor.at_least
        if item is None or (random.random() < 0.3 and not least):
            continue
        match item["type"]:
            case "choice":
                coding = random.choice(item["answerOption"])["valueCoding"]
                form.answer(link, (coding["system"], coding["code"]))
            case "boolean" if link.endswith((".none", ".not_done")):
                if random.random() < 0.2:
                    form.answer(link, True)
            case "boolean":
                form.answer(link, bool(least) or random.random() < 0.5)
            case "integer" | "decimal":
                bounds = [
                    value
                    for each in item["extension"]
                    for key, value in each.items()
                    if key in ("valueInteger", "valueDecimal")
                ]
                form.answer(link, random.randint(*bounds))


def meant(form: Form, pathway: Pathway) -> Answers:
    """The case that the answers of a form are."""
    raw: dict[str, Any] = {}
    for link, value in form.given.items():
        factor, _, part = link.partition(".")
        if part in ("none", "not_done"):
            raw[factor] = part
        elif part:
            raw.setdefault(factor, {})[part] = "present" if value else "absent"
        elif isinstance(value, tuple):
            raw[factor] = "unknown" if value[1] == "asked-unknown" else value[1]
        else:
            raw[factor] = value
    return answers(pathway, raw)


@pytest.mark.parametrize("name", NAMES)
def test_a_form_that_is_filled_in_is_read_as_the_case_that_was_meant(
    browser: Browser, blank: Path, name: str
) -> None:
    pathway = compiled(name).pathway
    random = Random(name)
    with browser.open(blank) as page:
        form = Form(page, form_of(pathway))
        assert form.shows_just_what_is_enabled()
        filled(random, form, pathway)
        assert form.shows_just_what_is_enabled()
        assert len(form.given) > 2
        case = read(pathway, form.response)
        assert case.answers == meant(form, pathway)
        assert form.told == []


def test_what_is_hidden_again_is_not_in_the_response(browser: Browser, blank: Path) -> None:
    pathway = park().pathway
    with browser.open(blank) as page:
        form = Form(page, form_of(pathway))
        form.answer("damage.fungus", True)
        assert form.shows_just_what_is_enabled()
        form.answer("fungus_parts.root", True)
        form.answer("branches", 3)
        assert {"fungus_parts.root", "branches"} <= links(form.response)
        form.answer("damage.fungus", False)
        form.answer("branches.not_done", True)
        del form.given["fungus_parts.root"], form.given["branches"]
        assert form.shows_just_what_is_enabled()
        assert {"fungus_parts", "fungus_parts.root", "branches"}.isdisjoint(links(form.response))
        assert read(pathway, form.response).answers == meant(form, pathway)
        form.answer("damage.none", True)
        del form.given["damage.fungus"]
        assert form.shows_just_what_is_enabled()
        assert read(pathway, form.response).answers == meant(form, pathway)


def links(response: Mapping[str, Any]) -> set[str]:
    return {item["linkId"] for item in items_of(response)}


def test_a_response_of_ours_is_shown_and_comes_back(browser: Browser, blank: Path) -> None:
    pathway = park().pathway
    raw = {
        "kind": "broadleaved",
        "height": 12.5,
        "branches": "not_done",
        "damage": {"storm": "absent", "fungus": "present"},
        "fungus_parts": {"root": "present"},
        "nest": "not_done",
        "growth": "unknown",
    }
    ours = json.dumps(response_of(pathway, dict(raw)))
    made = "LForms.Util.convertFHIRQuestionnaireToLForms(given, 'R4')"
    merged = f"LForms.Util.mergeFHIRDataIntoLForms({ours}, {made}, 'R4')"
    with browser.open(blank) as page:
        form = Form(page, form_of(pathway), merged)
        assert read(pathway, form.response).answers == answers(pathway, dict(raw))
        assert form.told == []
