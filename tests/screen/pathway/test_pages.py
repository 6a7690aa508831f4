"""Every page of every pathway: it has rows, and whatever it leads to is there."""

import pytest

from tests.small import TODAY, park, prostate, shipped, small
from wizard.engine.compiling import Compiled
from wizard.pathway.load import load_pathway
from wizard.record import replace
from wizard.screen.pathway.contents import things
from wizard.screen.pathway.pages import meant, page_rows, page_title
from wizard.screen.pathway.parts import TRY
from wizard.screen.pathway.screen import pathway_place
from wizard.screen.pathway.state import (
    DESCRIBING,
    KEPT_BY_FILES,
    Browsing,
    Kind,
    Page,
    exists,
    page_of,
)
from wizard.screen.pathway.trying import trial
from wizard.screen.pathway.working_out import takes_long
from wizard.screen.shared.keys import Refused
from wizard.screen.shared.rows import lay_out

PATHWAYS = {"shipped": shipped, "prostate": prostate, "park": park, "small": small}


def browsing(compiled: Compiled) -> Browsing:
    return pathway_place(compiled, TODAY).state


def pages(state: Browsing) -> list[Page]:
    """Every page that needs nothing worked out."""
    kinds = [kind for kind in Kind if kind not in KEPT_BY_FILES]
    every = [Page(kind) for kind in kinds]
    every += [thing.page for kind in kinds for thing in things(state, kind)]
    return [page for page in every if not takes_long(page)]


def text(state: Browsing, page: Page) -> str:
    """All that a page tells, as one line."""
    lines = lay_out(page_rows(replace(state, page=page)), 200)
    return " ".join("".join(span.text for span in line.spans) for line in lines)


@pytest.mark.slow
@pytest.mark.parametrize("name", PATHWAYS)
def test_every_reference_of_every_page_leads_somewhere(name: str) -> None:
    state = browsing(PATHWAYS[name]())
    known = set(pages(state)) | {Page(Kind.COVERAGE), Page(Kind.VERSION)}
    known |= {Page(Kind.CASE, f"{DESCRIBING}{option}") for option in state.pathway.options}
    led: set[Page] = set()
    for page in pages(state):
        there = replace(state, page=page)
        rows = page_rows(there)
        assert rows, page
        assert page_title(there)
        targets = [row.target for row in rows if row.target is not None]
        assert len(targets) == len(set(targets)), page
        for target in map(meant, targets):
            if target == f"{TRY}alert:prune_caution.pine" and name == "small":
                with pytest.raises(Refused, match="No case can reach that"):
                    trial(there, target)
            elif target.startswith(TRY):
                assert trial(there, target).told
            else:
                followed = page_of(target)
                assert followed in known, (page, target)
                assert exists(state, followed)
                led.add(followed)
    assert {page for page in known if page.id and page.kind is not Kind.VERSION} <= led


@pytest.mark.slow
@pytest.mark.parametrize("name", PATHWAYS)
def test_all_that_the_files_say_is_on_a_page(name: str) -> None:
    state = browsing(PATHWAYS[name]())
    pathway = state.pathway

    def told(page: Page, *texts: str | None) -> None:
        shown = " ".join(text(state, page).split())
        for each in filter(None, texts):
            # A narrow column may break a text; here every line has room for the most of it.
            words = " ".join(each.split())[:90]
            assert words.split(maxsplit=1)[0] in shown, (page, each)

    for factor in pathway.factors.values():
        told(Page(Kind.FACTOR, factor.id), factor.label, factor.question, factor.help)
    for option in pathway.options.values():
        told(Page(Kind.OPTION, option.id), option.label, *option.claims)
    for alert in pathway.alerts.values():
        told(Page(Kind.ALERT, alert.id), alert.title, alert.says, *alert.every_claim)
    for claim in pathway.claims.values():
        told(Page(Kind.CLAIM, claim.id), claim.id, claim.anchor)
        told(Page(Kind.DOCUMENT, claim.source), claim.id)
    for hazard in pathway.hazards.values():
        told(Page(Kind.HAZARD, hazard.id), hazard.hazard, hazard.cause, hazard.control)


def test_a_statement_and_its_tree_stand_on_the_page_of_its_option() -> None:
    told = text(browsing(small()), Page(Kind.OPTION, next(iter(small().pathway.options))))
    assert "describes it where this holds" in told
    assert "Try it: a case that meets this" in told
    assert "● described" in told or "all of these" in told or ":" in told


def test_what_a_pathway_has_nothing_of_is_said() -> None:
    pathway = replace(small().pathway, shared={}, glossary={}, hazards={}, limits=())
    state = replace(browsing(small()), compiled=replace(small(), pathway=pathway))
    for kind in (Kind.SHARED, Kind.TERM, Kind.HAZARD, Kind.LIMIT):
        assert "This pathway has none." in text(state, Page(kind))


def test_a_case_that_cannot_be_read_says_so() -> None:
    assert "cannot be read" in text(browsing(small()), Page(Kind.CASE, "gone.yaml"))


def test_the_shipped_pathway_counts_what_it_has() -> None:
    state = browsing(shipped())
    assert len(things(state, Kind.CLAIM)) == len(load_pathway().claims)
    assert len(things(state, Kind.CASE)) == len(state.cases) > 100
