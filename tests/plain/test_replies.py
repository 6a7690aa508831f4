"""What a typed line means at a question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small import park, small
from wizard.case.answers import UNKNOWN, Answer
from wizard.case.raw import parse_answer
from wizard.case.transitions import NONE_WORD
from wizard.plain.commands import COMMANDS, Command
from wizard.plain.replies import (
    NOT_KNOWN_WORDS,
    REST_WORD,
    Called,
    Misunderstood,
    read_reply,
)
from wizard.wording.answers import listed_answers

FACTORS = small().pathway.factors


def answer(factor: str, raw: object) -> Answer:
    return parse_answer(FACTORS[factor], raw)


@pytest.mark.parametrize(
    ("factor", "line", "raw"),
    [
        ("kind", "1", "oak"),
        ("kind", " 4 \n", "pine"),
        ("kind", "1,4", ["oak", "pine"]),
        ("kind", "4 1", ["oak", "pine"]),
        ("kind", "5", "broadleaved"),
        ("kind", "5;4", "unknown"),
        ("kind", "*", "unknown"),
        ("kind", "Not known", "unknown"),
        ("damage", "*", "unknown"),
        ("damage", "unknown", "unknown"),
        ("damage", "none", ["none"]),
        ("damage", "NONE", ["none"]),
        ("damage", "1", {"storm": "present"}),
        ("damage", "1,-2", {"storm": "present", "fungus": "absent"}),
        ("damage", "1,3 rest", ["storm", "insects"]),
        ("damage", "rest", ["none"]),
        ("height", "12,5", "12.5"),
        ("height", "12.5 m", "12.5"),
        ("height", "0", "0"),
        ("height", "*", "unknown"),
        ("height", "not known", "unknown"),
    ],
)
def test_an_answer(factor: str, line: str, raw: object) -> None:
    assert read_reply(line, FACTORS[factor], None) == answer(factor, raw)


@pytest.mark.parametrize("line", ["not done", "Not done", "not_done"])
@pytest.mark.parametrize("factor", ["fungus_parts", "nest"])
def test_what_was_not_done(factor: str, line: str) -> None:
    record = park().pathway.factors[factor]
    assert read_reply(line, record, None) == parse_answer(record, "not_done")
    assert isinstance(read_reply(line, FACTORS["damage"], None), Misunderstood)


def test_marks_add_to_what_was_said_before() -> None:
    before = answer("damage", {"storm": "present", "fungus": "absent"})
    reply = read_reply("3", FACTORS["damage"], before)
    assert reply == answer("damage", {"storm": "present", "fungus": "absent", "insects": "present"})
    assert read_reply("rest", FACTORS["damage"], before) == answer("damage", ["storm"])
    assert read_reply("*", FACTORS["damage"], before) is UNKNOWN


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.word)
def test_commands_work_at_every_question_and_without_one(command: Command) -> None:
    for factor in (*FACTORS.values(), None):
        for name in (command.word, command.word.upper(), command.letter):
            assert read_reply(f" {name}\n", factor, None) == Called(command, "")
            assert read_reply(f"{name}  Some where ", factor, None) == Called(command, "Some where")


def test_no_command_is_hidden_by_another_or_by_an_answer() -> None:
    names = [name for command in COMMANDS for name in (command.word, command.letter)]
    assert len(set(names)) == len(names)
    words = {*names, *(name.lower() for name in names)}
    assert words.isdisjoint({NONE_WORD, REST_WORD, *NOT_KNOWN_WORDS})
    assert all(len(command.letter) == 1 for command in COMMANDS)


@pytest.mark.parametrize(
    ("line", "command", "rest"),
    [
        ("what if", "what if", ""),
        ("what if 3", "what if", "3"),
        ("what if all", "what if all", ""),
        ("w all", "what if", "all"),
        ("B", "back", ""),
        ("f", "first", ""),
        ("W", "what if all", ""),
        ("w", "what if", ""),
        ("WHY surgery", "why", "surgery"),
    ],
)
def test_words_and_letters_call_a_command(line: str, command: str, rest: str) -> None:
    called = read_reply(line, FACTORS["kind"], None)
    assert isinstance(called, Called)
    assert (called.command.word, called.rest) == (command, rest)


@pytest.mark.parametrize(
    ("factor", "line", "message"),
    [
        (
            "kind",
            "6",
            '"6" is not an answer here; type a number from 1 to 5, or several such as 1,2',
        ),
        ("kind", "1,1", "stands here twice"),
        ("kind", "-1", "is not an answer here"),
        ("kind", "0", "type a number from 1 to 5, or several such as 1,2, * for not known"),
        ("kind", "oak", "* for not known; ? lists the commands"),
        ("kind", "none", "is not an answer here"),
        ("kind", ",", "is not an answer here"),
        ("kind", "１", "is not an answer here"),
        ("damage", ", ;", "is not an answer here"),
        ("damage", "4", "type numbers from 1 to 3 that are present, none, or rest last"),
        ("damage", "none 1", '"none" is not an answer here'),
        ("damage", "rest 1", '"rest" is not an answer here'),
        ("fungus_parts", "none", "at least 1 of root, trunk must be present"),
        ("fungus_parts", "-1,-2", "at least 1 of root, trunk must be present"),
        ("fungus_parts", "rest", "at least 1 of root, trunk must be present"),
        ("height", "tall", "is not a number"),
        ("height", "61", "is out of bounds"),
        ("height", "1.234,5", "is not a number"),
        ("kind", "\x1b[2J", r"\x1b[2J"),
    ],
)
def test_a_line_that_is_no_answer(factor: str, line: str, message: str) -> None:
    reply = read_reply(line, FACTORS[factor], None)
    assert isinstance(reply, Misunderstood)
    assert message in reply.message
    assert reply.message.isprintable()


def test_an_empty_line_is_no_reply() -> None:
    assert read_reply("  \n", FACTORS["kind"], None) is None


def test_without_a_question_only_commands_are_understood() -> None:
    reply = read_reply("1", None, None)
    assert isinstance(reply, Misunderstood)
    assert "not a command" in reply.message


@settings(deadline=None)
@given(
    st.text(max_size=1200) | st.text("0123456789,;- restnoRqx?", max_size=12),
    st.sampled_from([None, *FACTORS.values()]),
)
def test_any_line_means_something_or_is_told_not_to(line: str, factor: object) -> None:
    known = next((each for each in FACTORS.values() if each is factor), None)
    reply = read_reply(line, known, None)
    assert not isinstance(reply, Misunderstood) or (
        reply.message.isprintable() and len(reply.message) < 1000
    )


def test_numbers_count_values_then_groups() -> None:
    assert [*listed_answers(FACTORS["kind"])] == ["oak", "beech", "birch", "pine", "broadleaved"]
