"""How much is settled, and how much a question settles, in a few words."""

from wizard.reasoning.settling import conclusion, settles
from wizard.screen.case.state import State
from wizard.wording.concluding import settles_text


def settled_words(state: State) -> str:
    """How many options are settled whatever the missing answers are, in a few words."""
    now = conclusion(state.assessment)
    total = len(state.assessment.options)
    settled = total - len(now.open)
    number = f"All {total}" if settled == total else f"{settled} of {total}"
    return f"{number} options settled"


def settles_words(state: State, factor: str) -> str:
    """How much an open question settles; nothing where it is not open."""
    if all(each.factor != factor for each in state.assessment.next):
        return ""
    found = settles(state.situation.compiled, state.answers, state.assessment, factor)
    return settles_text(found, len(conclusion(state.assessment).open))
