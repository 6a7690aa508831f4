"""Which words may follow on a command line: what the shells' completion asks for.

They come from the parsers of the commands themselves, so that no command is described twice.
"""

import argparse
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Final

from wizard import commands
from wizard.arguments import Parser, add_wizard_arguments, new_parser
from wizard.exits import WizardError
from wizard.pathway.choosing import for_a_case, of_the_user, standing_here
from wizard.pathway.load import load_pathway, shipped_folder
from wizard.pathway.problems import PathwayErrors

CASES: Final = ":cases"
FILES: Final = ":files"
FOLDERS: Final = ":folders"
"""What the shell itself completes, in place of a word."""

_FILES: Final = {
    **dict.fromkeys(("CASE", "BEFORE", "AFTER"), CASES),
    **dict.fromkeys(("FILE", "PATH", "OPTION|FILE"), FILES),
    **dict.fromkeys(("DIR", "FOLDER", "OLD", "NEW"), FOLDERS),
}


def completions(words: Sequence[str]) -> list[str]:
    """The words that the last of these may be completed to, and what the shell is to complete.

    `words` are all behind the program's name up to the cursor; the last may be empty.
    """
    *before, typed = words or ("",)
    if typed == "=":  # bash takes a word apart there
        typed = ""
    elif before and before[-1] == "=":
        before.pop()
    flag, equals, value = typed.partition("=")
    if equals and flag.startswith("--"):
        known = _matching([*before, flag], value)
        return [f"{flag}={word}" for word in known if not word.startswith(":")]
    return _matching(before, typed)


def _matching(before: Sequence[str], typed: str) -> list[str]:
    offered = _offered(before, flags=typed.startswith("-"))
    return sorted({each for each in offered if each.startswith((typed, ":"))})


def _offered(before: Sequence[str], *, flags: bool) -> Iterable[str]:
    """What may stand behind these words."""
    parser, rest = _parser(before)
    arguments = parser.arguments()
    by_name = {name: each for each in arguments for name in each.option_strings}
    if before and (each := by_name.get(before[-1])) is not None and each.nargs != 0:
        return _values(each, before)
    if flags:
        return by_name
    positional = [each for each in arguments if not each.option_strings]
    place = len(_positional(rest, by_name))
    if place >= len(positional) and positional and positional[-1].nargs == "*":
        place = len(positional) - 1
    found = list(_values(positional[place], before)) if place < len(positional) else []
    return found if len(rest) < len(before) else [*commands.names(), *found]


def _parser(before: Sequence[str]) -> tuple[Parser, Sequence[str]]:
    """The parser of the command that these words name, or of the wizard, and what it reads."""
    place = commands.place_in(before)
    module = None if place is None else commands.named(before[place])
    if place is None or module is None:
        parser = new_parser("mdt-wizard", None, {})
        add_wizard_arguments(parser)
        return parser, before
    parser = new_parser("mdt-wizard", None, {})
    module.add_arguments(parser)
    return parser, [*before[:place], *before[place + 1 :]]


def _positional(words: Sequence[str], by_name: dict[str, argparse.Action]) -> list[str]:
    """The words that are neither flags nor their values."""
    found = []
    for place, word in enumerate(words):
        flag = by_name.get(words[place - 1]) if place else None
        if not word.startswith("-") and (flag is None or flag.nargs == 0):
            found.append(word)
    return found


def _values(action: argparse.Action, before: Sequence[str]) -> Iterable[str]:
    """What an argument may be."""
    if action.choices is not None:
        return [str(choice) for choice in action.choices]
    kind = str(action.metavar)
    if kind in _FILES:
        return [_FILES[kind]]
    try:
        return _ids(kind, before)
    except (WizardError, OSError):
        return []


def _ids(kind: str, before: Sequence[str]) -> Iterable[str]:
    """The ids of a kind that there are.  Raises WizardError, OSError where they cannot be read."""
    match kind:
        case "OPTION":
            return load_pathway(for_a_case(_named_pathway(before)).folder).options
        case "FACTOR":
            return load_pathway(for_a_case(_named_pathway(before)).folder).factors
        case "PATHWAY":
            return [*_pathway_ids(), FOLDERS]
        case "CODE":
            codes: Iterable[str] = import_module("wizard.report.kinds").kinds()
            return codes
        case "THEME":
            themes: Iterable[str] = import_module("wizard.screen.configured").known_themes()
            return themes
        case _:
            return []


def _named_pathway(before: Sequence[str]) -> str | None:
    for place, word in enumerate(before):
        if word.startswith("--pathway="):
            return word.partition("=")[2]
        if word == "--pathway" and place + 1 < len(before):
            return next(each for each in before[place + 1 :] if each != "=")
    return None


def _pathway_ids() -> Iterable[str]:
    for folder in (shipped_folder(), *standing_here(), *of_the_user()):
        try:
            yield load_pathway(folder).id
        except PathwayErrors:
            continue
