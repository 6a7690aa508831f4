"""Regression cases as JUnit's XML."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from wizard.pathway.model import Pathway
from wizard.reasoning.expecting import Difference
from wizard.report.failing_cases import CaseRun, failing_case
from wizard.wording.text import clean


def junit(tested: Sequence[CaseRun], pathway: Pathway) -> str:
    """The cases as a test suite in the XML that JUnit began and that every CI reads."""
    name = quoteattr(f"{pathway.id} {pathway.version}")
    failing = sum(bool(one.differences) for one in tested)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites><testsuite name={name} tests="{len(tested)}" failures="{failing}">',
        *map(_junit_case, tested),
        "</testsuite></testsuites>\n",
    ]
    return "\n".join(lines)


def _junit_case(one: CaseRun) -> str:
    head = (
        f"<testcase classname={quoteattr(clean(one.path))} "
        f"name={quoteattr(clean(one.case.title or one.path))}"
    )
    if not one.differences:
        return f"{head}/>"
    message = quoteattr(clean(_summary(one.differences)))
    return f"{head}><failure message={message}>{escape(failing_case(one))}</failure></testcase>"


def _summary(found: Iterable[Difference]) -> str:
    return "; ".join(f"{each.subject}: {each.expected}, found {each.found}" for each in found)
