"""Random pathways to practise on, with alerts that ask to check answers."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Final

from tests.reasoning.pathways import random_pathway
from wizard.engine.compiler import Compiler
from wizard.engine.compiling import compile_pathway
from wizard.pathway.load import load_pathway
from wizard.pathway.model import AlertLevel, Pathway
from wizard.practice.tasks import Curriculum, curriculum_of

TODAY: Final = date(2026, 11, 21)


def world(random: Random) -> Pathway:
    """A random pathway of which some alerts ask to check the answers."""
    made = random_pathway(random)
    levels = (AlertLevel.CAUTION, AlertLevel.CHECK_ANSWERS)
    alerts = {
        name: alert if alert.answer_to else replace(alert, level=random.choice(levels))
        for name, alert in made.alerts.items()
    }
    return replace(made, alerts=alerts)


def practised(pathway: Pathway, *, by_leaves: bool = False) -> Curriculum:
    """What can be practised; with every rule held by its leaves where it can be."""
    made = Compiler(pathway, 1_000_000, own_budget=0).compiled() if by_leaves else None
    return curriculum_of(made or compile_pathway(pathway), TODAY)


def shipped() -> Curriculum:
    return practised(load_pathway())
