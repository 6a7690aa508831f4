"""The program in a terminal of its own."""

import os
import sys

import pexpect

from tests.program import ROOT


def spawned(*arguments: str, term: str = "xterm") -> "pexpect.spawn[str]":
    return pexpect.spawn(
        sys.executable,
        ["-m", "wizard", *arguments],
        cwd=ROOT,
        env={**os.environ, "TERM": term},
        encoding="utf-8",
        timeout=30,
    )


def ended(child: "pexpect.spawn[str]") -> int | None:
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus


def test_a_dumb_terminal_is_told_of_the_ways_without_a_screen() -> None:
    child = spawned(term="dumb")
    child.expect("mdt-wizard: the full screen needs a terminal; use `mdt-wizard --plain`")
    assert ended(child) == 2


def test_the_plain_wizard_works_in_a_terminal() -> None:
    child = spawned("--plain", term="dumb")
    child.expect("Question 1 of 13")
    child.expect("> ")
    child.sendline("1")
    child.expect("Recorded: Tumour type: NET")
    child.expect("> ")
    child.sendeof()
    child.expect("The input ended; the result of the answers so far:")
    assert ended(child) == 0


def test_the_plain_wizard_can_be_interrupted() -> None:
    child = spawned("--plain")
    child.expect("> ")
    child.sendintr()
    child.expect(pexpect.EOF)
    assert "Traceback" not in (child.before or "")
    child.close()
    assert child.exitstatus == 130
