"""Random pathways to practise on, with documents and with alerts that ask to check answers."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Final

from tests.reasoning.pathways import random_pathway
from tests.reasoning.records import HERE
from wizard.engine.compiling import compile_pathway
from wizard.pathway.load import load_pathway
from wizard.pathway.model import AlertLevel, Option, Pathway
from wizard.pathway.sources import Source
from wizard.practice.tasks import Curriculum, curriculum_of

TODAY: Final = date(2026, 11, 21)
DOCUMENTS: Final = ("ONE", "TWO", "THREE")


def document(name: str) -> Source:
    return Source(
        id=name,
        title=name,
        short=name,
        file=f"{name}.md",
        sha256="0" * 64,
        publisher=None,
        publisher_inferred=None,
        date="2020",
        date_meaning=None,
        review_due=None,
        audience="",
        type="",
        country="",
        sponsor=None,
        badge=None,
        card=(),
        leaves_out=(),
        position=HERE,
    )


def world(random: Random) -> Pathway:
    """A random pathway of which some alerts ask to check the answers."""
    made = random_pathway(random)
    return replace(
        made,
        sources={name: document(name) for name in DOCUMENTS},
        options={name: _sourced(random, option) for name, option in made.options.items()},
        alerts={
            name: replace(
                alert, level=random.choice((AlertLevel.CAUTION, AlertLevel.CHECK_ANSWERS))
            )
            for name, alert in made.alerts.items()
        },
    )


def _sourced(random: Random, option: Option) -> Option:
    statements = {
        name: replace(statement, source=random.choice(DOCUMENTS))
        for name, statement in option.statements.items()
    }
    return replace(option, statements=statements)


def practised(pathway: Pathway) -> Curriculum:
    return curriculum_of(compile_pathway(pathway), TODAY)


def shipped() -> Curriculum:
    return practised(load_pathway())
