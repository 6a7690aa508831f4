"""The summary of many cases as a page: its parts, and that no form of it tells what is hidden.

SNAPSHOTS=write writes the reviewed page anew; read the difference before it is committed.
"""

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from tests.report.cohort_pages import PAGES, cohort_page, counted, random_table
from tests.report.html_pages import HOSTILE, WHEN, Reader
from tests.reviewed import reviewed
from tests.small import small
from wizard.cohort.counting import Missing
from wizard.cohort.running import Cohort
from wizard.pathway.model import Status
from wizard.reasoning.assessment import AlertState
from wizard.record import replace
from wizard.report import markdown
from wizard.report.cohort import Telling, cohort_json, cohort_report, cohort_text
from wizard.report.cohort_html import MOST_GROUPS, cohort_html
from wizard.wording.text import clean

REVIEWED = Path(__file__).with_name("pages") / "small-cohort.html"


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {name: cohort_page(name) for name in PAGES}


def test_a_page_is_as_it_was_reviewed(pages: dict[str, str]) -> None:
    assert pages["few"] == reviewed(REVIEWED, pages["few"])


def test_every_element_is_closed_and_links_lead_somewhere(pages: dict[str, str]) -> None:
    for page in pages.values():
        read = Reader(page)
        assert read.wrong == []
        names = read.values("id")
        assert len(names) == len(set(names))
        assert {each.removeprefix("#") for each in read.values("href")} <= set(names)
        levels = [int(tag[1]) for tag, _ in read.elements if re.fullmatch("h[1-6]", tag)]
        assert levels.count(1) == 1
        assert all(below <= above + 1 for above, below in pairwise(levels))


def test_nothing_but_the_style_of_the_page_may_be_used(pages: dict[str, str]) -> None:
    for page in pages.values():
        style = page.partition("<style>")[2].partition("</style>")[0]
        digest = b64encode(sha256(style.encode()).digest()).decode()
        policy = next(attrs for _, attrs in Reader(page).elements if "http-equiv" in attrs)
        assert f"default-src 'none'; style-src 'sha256-{digest}'" in policy["content"]
        assert set(re.findall(r"url\(.", style)) == {"url(#"}
        read = Reader(page)
        tags = {tag for tag, _ in read.elements}
        assert not tags & {"script", "img", "object", "iframe", "b", "link", "base", "form"}
        assert not any(name.startswith("on") for _, attrs in read.elements for name in attrs)
        assert not read.values("style")
        assert all(letter.isprintable() or letter == "\n" for letter in page)
    assert Reader(pages["hostile"]).said.count(clean(HOSTILE)) > 30


def test_each_bar_says_in_words_what_stands_beside_it(pages: dict[str, str]) -> None:
    for page in pages.values():
        rows = re.findall(r"<tr.*?</tr>", page.replace("\n", ""))
        bars = [row for row in rows if 'role="img"' in row]
        assert len(bars) == page.count('role="img"') > 10
        for row in bars:
            (says,) = re.findall(r'aria-label="([^"]*)"', row)
            numbers = re.findall(r'<td class="number[^"]*">([^<]*)</td>', row)
            told = re.findall(r"(?:^|, )(all but under 5|under 5|the rest|not told|[\d,]+) ", says)
            assert [each for each in told if each in numbers] == numbers
            shares = [float(each) for each in re.findall(r'width="([\d.]+)%"', row)]
            assert sum(shares) == pytest.approx(200, abs=0.1) or sum(shares) == 100


def changed(cohort: Cohort, by: int) -> Cohort:
    """A cohort whose small numbers are others, and which says the same of all that is told."""
    pathway = small().pathway
    numbers = {Status.DESCRIBED: 30, Status.POSSIBLE: by, Status.NOT_DESCRIBED: 70 - by}
    alerts = {AlertState.RAISED: by, AlertState.CHECK: 0}
    whole = replace(
        cohort.whole,
        rows=100,
        errors={},
        broken=0,
        statuses=dict.fromkeys(pathway.options, numbers),
        missing={name: Missing(by, by, by, by) for name in list(pathway.factors)[:2]},
        alerts=dict.fromkeys(pathway.alerts, alerts),
    )
    return Cohort(whole, {"": whole}, 100, 100)


def test_no_form_differs_by_a_number_that_is_not_told() -> None:
    cohort = counted(small(), random_table(small(), 20))
    telling = Telling(small().pathway, WHEN, "cases.csv", "year", small=False)
    forms = {
        (
            cohort_text(own, telling),
            markdown.laid_out(cohort_report(own, telling)),
            str(cohort_json(own, telling)),
            cohort_html(own, telling),
        )
        for own in (changed(cohort, by) for by in (1, 2, 3, 4))
    }
    assert len(forms) == 1
    open_ = replace(telling, small=True)
    assert len({cohort_html(changed(cohort, by), open_) for by in (1, 2, 3, 4)}) == 4


def test_the_page_says_which_answer_would_settle_most() -> None:
    cohort = counted(small(), random_table(small(), 400))
    telling = Telling(small().pathway, WHEN, "cases.csv", None, small=True)
    best = max(cohort.whole.missing.items(), key=lambda each: each[1].settled_cases)
    said = Reader(cohort_html(cohort, telling)).said
    label = small().pathway.factors[best[0]].label
    most = f"is sure to settle most: an option in {best[1].settled_cases} cases,"
    assert f"“{label}”, if it came first, {most}" in said
    assert "settled by it alone" in said


def test_too_many_groups_for_a_page_are_said() -> None:
    cohort = counted(small(), random_table(small(), 40))
    telling = Telling(small().pathway, WHEN, "cases.csv", "year", small=True)
    one = next(iter(cohort.groups.values()))
    many = replace(cohort, groups={str(n): one for n in range(MOST_GROUPS + 1)})
    page = cohort_html(many, telling)
    assert "There are 61 groups, too many for a page" in page
    assert len(page) < 80_000
