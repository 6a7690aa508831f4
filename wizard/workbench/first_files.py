"""The files of a new pathway: one option that one question decides, resting on one claim.

They check as they are. Every text in them asks to be replaced, none says anything of a disease.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Final

from wizard.record import Record

_WORDS: Final = re.compile(r"[^\W\d_]{2,}(?: [^\W\d_]{2,}){0,3}")
"""Up to four words in a row: an anchor may have five."""


class NewSource(Record):
    """A document of a new pathway; the anchor is the first words that stand on a line of it."""

    id: str
    file: str
    sha256: str
    line: int
    anchor: str


def new_source(name: str, file: str, content: bytes) -> NewSource:
    """A document from its bytes.  Raises ValueError where it is not UTF-8 text with words in it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(
            "it is not UTF-8 text, and claims name lines of text; save the document as text first"
        ) from None
    for number, line in enumerate(text.splitlines(), 1):
        if found := _WORDS.search(line):
            return NewSource(name, file, sha256(content).hexdigest(), number, found[0])
    raise ValueError("there is no line with words in it")


def first_files(
    name: str, title: str, sources: Sequence[NewSource], today: date
) -> Mapping[str, str]:
    """The text of each file by its path in the folder; there is at least one source."""
    first, *others = (f"{source.id}-01" for source in sources)
    return {
        "pathway.yaml": _pathway(name, title, others, today),
        "factors.yaml": _FACTORS.format(claim=first),
        "options/first_option.yaml": _OPTION.format(claim=first),
        "cases/first_case.yaml": _CASE.format(name=name),
        "sources.yaml": "\n".join(map(_source, sources)),
        **{f"claims/{source.id}.yaml": _claims(source) for source in sources},
        **dict.fromkeys(("shared.yaml", "alerts.yaml", "glossary.yaml", "hazards.yaml"), "{}\n"),
        "README.md": _README.format(title=title.replace("\n", " ")),
    }


# --- the parts that hold what was given ------------------------------------------------------


def _pathway(name: str, title: str, waiting: Iterable[str], today: date) -> str:
    version = f"{today:%Y.%m}"
    reasons = "".join(f"\n  {claim}: It waits for its place." for claim in waiting)
    return f"""\
format: 2
pathway: {name}
title: {_quoted(title)}
version: "{version}"
intended_use: Shows which options the documents describe for a case. It decides nothing.
report_errors: Replace this by whom a reader tells of a mistake.
steps:
  first_step: {{label: First step, factors: [first_question]}}
groups: {{first_group: First group}}
options: {{first_option: first_group}}
assumptions: {{}}
limits: [Replace this by what the documents leave out.]
not_surfaced:{reasons or " {}"}
reviewed: null
changes:
  - {{version: "{version}", date: "{today}", what: First version. Not reviewed by a clinician.}}
old_after_years: 5
"""


def _source(source: NewSource) -> str:
    return f"""\
{source.id}:
  title: {_quoted(source.file)}
  short: {_quoted(source.file)}
  file: {_quoted(source.file)}
  sha256: {source.sha256}
  publisher: null
  date: null
  audience: Replace this by whom the document is written for.
  type: Replace this by what kind of document it is.
  country: Replace this by where it is from.
"""


def _claims(source: NewSource) -> str:
    return f"""\
source: {source.id}
claims:
  {source.id}-01:
    says: Replace this by what one sentence says, in your own words.
    section: Replace this by the heading it stands under.
    lines: "{source.line}"
    anchor: {_quoted(source.anchor)}
    kind: condition
    strength: states
"""


def _quoted(text: str) -> str:
    """A text as YAML and JSON both write it, in double quotes."""
    return json.dumps(text, ensure_ascii=False)


# --- the parts that are the same for all -----------------------------------------------------

_FACTORS: Final = """\
first_question:
  type: choice
  label: First question
  question: What does the first sentence ask of a case?
  help: Replace this by how to tell the answers apart.
  claims: [{claim}]
  values:
    holds:
      label: What it asks for is there
      help: Replace this by how to tell.
    does_not_hold:
      label: What it asks for is not there
      help: Replace this by how to tell.
"""

_OPTION: Final = """\
option: first_option
label: First option
card:
  works: [{claim}]
statements:
  first_sentence:
    claims: [{claim}]
    when: {{first_question: holds}}
"""

_CASE: Final = """\
pathway: {name}
title: What the first sentence asks for is there
vignette: Replace this by the case in a few words, without names and numbers.
answers:
  first_question: holds
expect:
  described: [first_option]
  possible: {{}}
  not_described: rest
  alerts: []
  checks: []
"""

_README: Final = """\
# {title}

A pathway for `mdt-wizard`. It checks as it is: one option, one question, one claim, one case.
From here, one sentence of a document at a time:

1. **The document.** Fill in its title, publisher, date and audience in `sources.yaml`.
2. **The claim.** Say in `claims/` what a sentence says, in your own words: its lines, and up to
   five of its words as the anchor. `mdt-wizard check --documents FOLDER` compares them.
3. **The question.** Give the first question in `factors.yaml` a name and its answers.
4. **The option.** Rename `options/first_option.yaml` by its option and write its statement.
   `pathway.yaml` has the only order of questions and options.
5. **The case.** Write down in `cases/` what must follow from a few answers, as the document has it.

After every edit, in this folder:

    mdt-wizard check              every mistake, with its line
    mdt-wizard test --coverage    the cases, and the branches that none of them takes
    mdt-wizard test --mutants     the slips that no case would notice
    mdt-wizard check --deep       what no case can reach
    mdt-wizard --pathway .        the wizard on it
"""
