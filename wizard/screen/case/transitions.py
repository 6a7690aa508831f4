"""All that can happen to a case, a pure function each.

A transition returns a new state; one that does not fit raises `Refused` with a sentence for the
person, and changes nothing.
"""

from collections.abc import Callable
from typing import Final

from wizard.case.answers import (
    MULTI_NOT_DONE,
    UNKNOWN,
    Answer,
    Answers,
    ChoiceAnswer,
    MultiAnswer,
    not_done_answer,
)
from wizard.case.log import Log
from wizard.case.transitions import (
    AnswerError,
    MemberState,
    choice_answer,
    mark_member,
    member_state,
    none_present,
    rest_absent,
)
from wizard.pathway.factors import ChoiceFactor, DerivedFactor, Factor, MultiFactor, NumberFactor
from wizard.reasoning.case_diff import moved
from wizard.reasoning.situation import Situation
from wizard.record import replace
from wizard.screen.case.state import Draft, KeptCase, Overlay, State, Topic
from wizard.screen.shared.keys import Refused
from wizard.wording.answers import NOT_KNOWN_KEY, listed_answers
from wizard.wording.walk import next_question, why_not_asked

LONGEST_TYPED: Final = 60


# --- answers ---------------------------------------------------------------------------------


def give(state: State, answer: Answer) -> State:
    """The state after the current question is answered: at the next one, or the end."""
    factor = _open_question(state)
    before = state.situation
    answers = state.answers.with_answer(factor.id, answer)
    after = before.after(answers)
    answered = replace(
        state,
        situation=after,
        moved=moved(before.assessment, after.assessment),
        by_save=False,
        # An answer that is given anew stands in place of what was set aside of one.
        aside=tuple(each for each in state.aside if each.factor.id != factor.id),
        besides=state.besides.without(factor.id),
        previous=before.answers,
        begun=True,
    )
    return _onward(answered)


def take(state: State, factor: str, answer: Answer) -> State:
    """Any question is answered, and the walk goes on from there."""
    return give(go_to(state, factor), answer)


def not_known(state: State) -> State:
    """The current question is answered with "not known"."""
    return give(state, UNKNOWN)


def not_done(state: State) -> State:
    """The current question is answered with "not done", where that is an answer to it."""
    factor = _open_question(state)
    if factor.not_done is None:
        raise Refused("That it was not done is not an answer to this question.")
    return give(state, not_done_answer(factor))


def dash_is_not_done(state: State) -> bool:
    """Whether a dash says that it was not done: nothing is typed and no number begins with it."""
    factor = state.factor
    if factor is None or factor.not_done is None or state.draft.typed:
        return False
    return not (isinstance(factor, NumberFactor) and factor.minimum < 0)


def rest_not_known(state: State) -> State:
    """Every question that is still to be asked is answered with "not known": the walk ends.

    What is marked in the current question is its answer.
    """
    drafted = bool(state.draft.marked or state.draft.members or state.draft.typed)
    done = confirm(state) if drafted else state
    answers = done.answers
    now = done.situation
    while (factor := next_question(now)) is not None:
        answers = answers.with_answer(factor.id, UNKNOWN)
        now = replace(now, answers=answers)
    if now is done.situation:
        raise Refused("No question is left to ask.")
    known = replace(done, situation=now, begun=True, previous=state.answers)
    return _moved_on(known, None)


def choose(state: State, item: str) -> State:
    """A value or group of a choice is chosen, or marked where others are marked already.

    A member of a multi goes on to its next state: present, absent, not known.
    """
    factor = _open_question(state)
    if isinstance(factor, ChoiceFactor) and not state.draft.marked:
        return give(state, _valid(lambda: choice_answer(factor, [item])))
    return mark(state, item)


def mark(state: State, item: str) -> State:
    """A value or group of a choice is marked or unmarked, or a member goes to its next state."""
    factor = _open_question(state)
    match factor:
        case NumberFactor():
            raise Refused("A number is typed, and enter confirms it.")
        case MultiFactor():
            return _with_member(factor, state, item)
        case ChoiceFactor():
            marked = state.draft.marked ^ {item}
            return replace(state, draft=replace(state.draft, marked=marked))


def confirm(state: State) -> State:
    """The draft becomes the answer; without one the answer that the question has stays."""
    factor = _open_question(state)
    draft = state.draft
    match factor:
        case NumberFactor() if draft.typed:
            from wizard.case.numbers import typed_number

            return give(state, _valid(lambda: typed_number(factor, draft.typed)))
        case ChoiceFactor() if draft.marked:
            items = sorted(draft.marked - _covered(factor, draft.marked))
            return give(state, _valid(lambda: choice_answer(factor, items)))
        case MultiFactor() if isinstance(draft.members, MultiAnswer):
            return give(state, draft.members)
        case _ if factor.id in state.answers:
            return _onward(state)
        case _:
            raise Refused(f"{_how_to_answer(factor)}, or press {NOT_KNOWN_KEY} for not known.")


def none_of_these(state: State) -> State:
    """No member of the multi is present."""
    factor = _open_multi(state)
    if factor.at_least:
        most = f"press {NOT_KNOWN_KEY} where it is not known which"
        raise Refused(f"At least one of these is present; {most}.")
    return give(state, _valid(lambda: none_present(factor)))


def others_absent(state: State) -> State:
    """Every member that nothing was said of is absent."""
    factor = _open_multi(state)
    if not isinstance(state.draft.members, MultiAnswer) or not state.draft.members.present:
        raise Refused("Mark what is present first; n says that none of these is.")
    return give(state, _valid(lambda: rest_absent(factor, state.draft.members)))


def type_number(state: State, letters: str) -> State:
    """Letters are added to what is typed; all of them stay until it is confirmed or erased.

    Dropping a letter here (of a unit, a sign) could turn a number into another one.
    """
    if not isinstance(_open_question(state), NumberFactor):
        raise Refused("This question is not answered with a number.")
    typed = "".join(letter for letter in letters if letter.isprintable())
    draft = replace(state.draft, typed=(state.draft.typed + typed)[:LONGEST_TYPED])
    return replace(state, draft=draft)


MOST_UNFILTERED: Final = 5
"""A list of up to this many answers is seen at a glance, and cannot be narrowed by typing."""


def can_be_filtered(factor: Factor | None) -> bool:
    """Whether a question has a list of answers that is long enough to be narrowed by typing."""
    return factor is not None and len(listed_answers(factor)) > MOST_UNFILTERED


def filter_answers(state: State, words: str | None) -> State:
    """The list of answers is narrowed to those that hold the words; None shows all."""
    if not can_be_filtered(_open_question(state)):
        raise Refused("This list is short and has no search of its own; / searches all.")
    shown = None if words is None else words[:LONGEST_TYPED]
    return replace(state, draft=replace(state.draft, filter=shown))


def erase(state: State) -> State:
    """The last letter of the number, of the filter or of the search is taken back."""
    if state.overlay is not None and state.overlay.topic is Topic.SEARCH:
        return replace(state, search=state.search[:-1])
    if state.draft.filter is not None:
        return replace(state, draft=replace(state.draft, filter=state.draft.filter[:-1]))
    return replace(state, draft=replace(state.draft, typed=state.draft.typed[:-1]))


# --- moving ----------------------------------------------------------------------------------


def back(state: State) -> State:
    """The question before this one, its answer kept; what lies over the case is closed first."""
    if state.overlays:
        return close(state)
    if not state.trail:
        raise Refused("This is the first question.")
    *behind, previous = state.trail
    return replace(_moved_on(state, previous), trail=tuple(behind))


def go_to(state: State, factor: str) -> State:
    """Any question, whether it was answered or not; no answer is lost.

    One that is worked out and takes no answer is refused.
    """
    wanted = state.pathway.factors[factor]
    if isinstance(wanted, DerivedFactor) and not wanted.may_be_answered:
        said = why_not_asked(state.situation, wanted)
        raise Refused(f"{wanted.label} takes no answer. {said}")
    return _moved_on(state, factor)


def put_over(state: State, overlay: Overlay) -> State:
    """Something to read is laid over the case; what lies there already comes to the top."""
    below = tuple(each for each in state.overlays if each != overlay)
    folded = replace(state, unfolded=False, released=False)
    return replace(folded, overlays=(*below, overlay), search="")


def close(state: State) -> State:
    """The top overlay or the filter of the list is closed, or what was typed is cleared.

    With nothing of these, what is offered to a newcomer is put away.
    """
    if state.overlays:
        return replace(state, overlays=state.overlays[:-1], unfolded=False, released=False)
    newcomer = state.newcomer and (state.draft.filter is not None or bool(state.draft.typed))
    return replace(state, draft=replace(state.draft, filter=None, typed=""), newcomer=newcomer)


def toggle_all(state: State) -> State:
    """What lies over the case shows all that it has, or the first of it."""
    return replace(state, unfolded=not state.unfolded)


def toggle_facts(state: State) -> State:
    """Facts that cannot change are released where changes are looked for, or held again."""
    return replace(state, released=not state.released)


def look_for(state: State, words: str) -> State:
    """Words are searched for."""
    return replace(state, search=words[:LONGEST_TYPED])


def toggle_options(state: State) -> State:
    """The option lists are hidden or shown."""
    return replace(state, options_shown=not state.options_shown)


def mark_saved(state: State) -> State:
    """The answers and the record as they are have been exported."""
    return keep(replace(state, saved=state.answers, saved_decisions=state.decisions))


def saved_to(state: State, file: str, title: str, log: Log) -> State:
    """The case as it is has been saved to a file, by this title; the log says so."""
    besides = replace(state.besides, title=title, decisions=state.decisions or None)
    return mark_saved(
        replace(
            state,
            file=file,
            besides=besides,
            saved_answers=state.answers,
            saved_besides=(besides, state.aside),
            log=log,
        )
    )


def set_beside(state: State, two: tuple[KeptCase, ...]) -> State:
    """Two cases are looked at side by side."""
    return put_over(replace(state, beside=two), Overlay(Topic.BESIDE))


def keep(state: State) -> State:
    """The answers as they are can be compared with from now on."""
    return replace(state, kept=state.answers)


def draft_of(answers: Answers, factor: str | None) -> Draft:
    """The answer that a question has, ready to be changed."""
    match answers.get(factor) if factor is not None else None:
        case ChoiceAnswer(values) if len(values) > 1:
            return Draft(marked=values)
        case MultiAnswer() as members if members != MULTI_NOT_DONE:
            return Draft(members=members)
        case _:
            return Draft()


# --- parts -----------------------------------------------------------------------------------


def _how_to_answer(factor: Factor) -> str:
    match factor:
        case ChoiceFactor():
            return "Choose an answer by its digit or the arrows"
        case MultiFactor():
            return "Mark what is present"
        case NumberFactor():
            return "Type a number"


def _onward(state: State) -> State:
    """The walk goes on from the answers as they are."""
    return _moved_on(state, _following(state.situation))


def _moved_on(state: State, following: str | None) -> State:
    """Another question, or the end: what was asked is in the trail, and nothing lies over it."""
    return replace(
        state,
        asked=following,
        trail=_trail(state, following),
        draft=draft_of(state.answers, following),
        overlays=(),
    )


def _following(case: Situation) -> str | None:
    factor = next_question(case)
    return None if factor is None else factor.id


def _open_question(state: State) -> Factor:
    if state.factor is None:
        raise Refused("No question is open: g goes to any of them.")
    return state.factor


def _open_multi(state: State) -> MultiFactor:
    factor = _open_question(state)
    if not isinstance(factor, MultiFactor):
        raise Refused("This question takes one answer, so that key has no use here.")
    return factor


def _valid(answer: Callable[[], Answer]) -> Answer:
    try:
        return answer()
    except AnswerError as error:
        raise Refused(f"{error.message}.") from None


def _with_member(factor: MultiFactor, state: State, member: str) -> State:
    order = (MemberState.UNKNOWN, MemberState.PRESENT, MemberState.ABSENT)
    said = state.draft.members
    none = isinstance(said, MultiAnswer) and len(said.absent) == len(factor.members)
    # Behind "none of these" a press corrects it: the member is present, as on a fresh question.
    now = 0 if none else order.index(member_state(said, member))
    members = None
    for step in (1, 2):
        try:
            members = mark_member(factor, state.draft.members, member, order[(now + step) % 3])
            break
        except AnswerError:
            continue
    return replace(state, draft=replace(state.draft, members=members))


def _covered(factor: ChoiceFactor, marked: frozenset[str]) -> frozenset[str]:
    """The marked values that a marked group stands for already."""
    groups = [factor.groups[item].values for item in marked if item in factor.groups]
    return marked & frozenset(value for values in groups for value in values)


def _trail(state: State, following: str | None) -> tuple[str, ...]:
    """The questions behind, each once, so that it cannot grow with the number of keys."""
    behind = [each for each in state.trail if each not in (state.asked, following)]
    if state.asked is not None and state.asked != following:
        behind.append(state.asked)
    return tuple(behind)
