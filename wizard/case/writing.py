"""Cases as text: each part as the lines that a file has for it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from wizard.case.answers import NUMBER_NOT_DONE, Answer, Answers, MultiAnswer, NumberAnswer, Unknown
from wizard.case.given import SetAside
from wizard.case.made import Measure, Stamp, measure_data
from wizard.case.raw import raw_answer
from wizard.case.transitions import UNKNOWN_WORD, MemberState
from wizard.pathway.factors import Factor
from wizard.pathway.model import Pathway

if TYPE_CHECKING:
    from wizard.case.files import Case

_PLAIN: Final = re.compile(r"[A-Za-z0-9_.+-]+( [A-Za-z0-9_.+-]+)*")
"""What YAML takes for text without quotes, wherever it stands."""
INDENT: Final = "  "

Lines = tuple[str, ...]


def case_text(case: "Case", pathway: Pathway) -> str:
    """A case as a person writes it: title, vignette and answers, and nothing of the tool's own."""
    lines = [f"pathway: {pathway.id}"]
    lines += [f"title: {quoted_line(case.title)}"] if case.title else []
    lines += [f"vignette: {quoted_line(case.vignette)}"] if case.vignette else []
    lines += answers_lines(case.answers, pathway)
    lines += _record_lines(case, pathway)
    return "\n".join(lines) + "\n"


def answers_lines(answers: Answers, pathway: Pathway) -> list[str]:
    """Answers as a person writes them, in the order of the walk."""
    answered = [
        f"{INDENT}{factor.id}: {_as_a_list(factor, answers[factor.id])}"
        for factor in pathway.factors.values()
        if factor.id in answers
    ]
    return ["answers:", *answered] if answered else ["answers: {}"]


# --- the parts of a saved case ---------------------------------------------------------------


def head_lines(case: "Case") -> Iterator[tuple[str, Lines]]:
    """Each part of a saved case that stands before its answers and has a value of its own."""
    made = case.made
    if made is not None:
        yield "pathway", (f"pathway: {made.pathway.id}",)
        if made.pathway.version is not None:
            yield "version", (f"version: {quoted_line(made.pathway.version)}",)
        if made.pathway.digest is not None:
            yield "digest", (f"digest: {made.pathway.digest}",)
        if made.overlays:
            yield "overlays", (f"overlays: [{', '.join(map(_stamp, made.overlays))}]",)
    if case.title:
        yield "title", (f"title: {quoted_line(case.title)}",)
    if case.vignette:
        yield "vignette", (f"vignette: {quoted_line(case.vignette)}",)


def tail_lines(case: "Case", pathway: Pathway) -> Iterator[tuple[str, Lines]]:
    """What followed, in one line, and the team's record."""
    if case.standing is not None:
        told = json.dumps(case.standing, ensure_ascii=True, allow_nan=False)
        yield "standing", (f"standing: {told}",)
    if lines := _record_lines(case, pathway):
        yield "record", tuple(lines)


def answer_entries(case: "Case", pathway: Pathway) -> dict[str, str]:
    """Each answer as it is written: of a multi every member by name.

    So no later version, which may have more members, takes them for absent.
    """
    return {
        factor.id: _by_members(factor, case.answers[factor.id])
        for factor in pathway.factors.values()
        if factor.id in case.answers
    }


def aside_entries(aside: tuple[SetAside, ...]) -> dict[str, str]:
    """Each answer that is set aside, as it was written."""
    return {each.factor: _flow(each.raw) for each in aside}


def measure_entries(measures: Mapping[str, Measure]) -> dict[str, str]:
    """Each measure as it is written."""
    return {
        name: "{" + ", ".join(f"{key}: {_flow(part)}" for key, part in data.items()) + "}"
        for name, data in ((name, measure_data(each)) for name, each in measures.items())
    }


def quoted_line(text: str) -> str:
    """Text in double quotes, with what does not print left out; what JSON escapes, YAML reads."""
    shown = "".join(each for each in " ".join(text.split()) if each.isprintable())
    return json.dumps(shown, ensure_ascii=False)


# --- parts -----------------------------------------------------------------------------------


def _record_lines(case: "Case", pathway: Pathway) -> list[str]:
    if not case.decisions:
        return []
    from wizard.case.decision_files import record_lines

    return record_lines(case.decisions, pathway)


def _stamp(stamp: Stamp) -> str:
    parts = [f"id: {stamp.id}"]
    parts += [f"version: {quoted_line(stamp.version)}"] if stamp.version is not None else []
    parts += [f"digest: {stamp.digest}"] if stamp.digest is not None else []
    return f"{{{', '.join(parts)}}}"


def _flow(raw: object) -> str:
    """Raw data in YAML's flow style."""
    if isinstance(raw, Mapping):
        return f"{{{', '.join(f'{_flow(key)}: {_flow(value)}' for key, value in raw.items())}}}"
    if isinstance(raw, list | tuple):
        return f"[{', '.join(map(_flow, raw))}]"
    text = "null" if raw is None else str(raw)
    null = raw is not None and text.lower() == "null"
    return text if _PLAIN.fullmatch(text) and not null and "- " not in text else quoted_line(text)


def _by_members(factor: Factor, answer: Answer) -> str:
    raw = _simple(answer)
    if raw is not None:
        return raw
    said = raw_answer(factor, answer)
    if isinstance(said, dict) and isinstance(answer, MultiAnswer):
        known = answer.present | answer.absent
        return _flow({member: state for member, state in said.items() if member in known})
    return _flow(said)


def _as_a_list(factor: Factor, answer: Answer) -> str:
    """An answer in YAML's flow style; of a multi of which all is known, what is present."""
    raw = _simple(answer)
    if raw is not None:
        return raw
    said = raw_answer(factor, answer)
    if isinstance(said, dict) and isinstance(answer, MultiAnswer):
        if MemberState.UNKNOWN not in said.values():
            return _flow([member for member in said if member in answer.present])
        return _by_members(factor, answer)
    return f"[{', '.join(said)}]" if isinstance(said, list) else str(said)


def _simple(answer: Answer) -> str | None:
    """An unknown answer or a number; None for any other."""
    if isinstance(answer, Unknown):
        return answer.group or UNKNOWN_WORD
    if isinstance(answer, NumberAnswer) and answer != NUMBER_NOT_DONE:
        return f"{answer.value:f}"
    return None
