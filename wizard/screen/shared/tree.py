"""Decision trees as rows: those of an option with a case's path lit, or as they are written."""

from itertools import islice
from typing import Final

from wizard.pathway.model import Pathway, Status
from wizard.pathway.trees import Rule
from wizard.reasoning.situation import Situation
from wizard.screen.shared.rows import BLANK, Cell, Row, Span, Tone, item, text, width_of
from wizard.screen.shared.statuses import head_rows
from wizard.wording.options import option_card
from wizard.wording.statuses import SYMBOLS
from wizard.wording.trees import Reach, TreeLine, tree_lines, whole_tree

_TONES: Final = {Reach.TAKEN: Tone.LIT, Reach.OPEN: Tone.PLAIN, Reach.CLOSED: Tone.DIM}
_MARKS: Final = {Reach.TAKEN: "▶", Reach.OPEN: "?", Reach.CLOSED: " "}
_MOST_GUIDES: Final = 24
_MOST_LINES: Final = 500
_MORE_LINES: Final = f"Not all of it: {_MOST_LINES} lines. mdt-wizard draw has the whole tree."
PATH_MARKS: Final = "▶ this case goes here   ? it may, answers are missing   (no mark) it cannot"


def tree_rows(now: Situation, option_id: str) -> tuple[Row, ...]:
    """Each statement and each exclusion of the option with its tree."""
    option = now.pathway.options[option_id]
    card = option_card(now, option_id)
    rows = [*head_rows(now, option_id), text(PATH_MARKS, Tone.DIM), BLANK]
    parts = [
        (SYMBOLS[line.status], line, option.statements[line.id].rule) for line in card.statements
    ]
    parts += [("−", line, option.excludes[line.id].when) for line in card.exclusions]
    for mark, line, rule in parts:
        claims = ", ".join(each.claim for each in line.citations)
        words = Span(f"{line.document} {line.match}  ", Tone.STRONG)
        rows.append(item(mark, words, Span(claims, Tone.DIM)))
        rows += rule_rows(now, rule)
        rows.append(BLANK)
    return tuple(rows)


def rule_rows(now: Situation, rule: Rule) -> list[Row]:
    """A rule as its tree, with the path of the case."""
    return [_line(each) for each in tree_lines(now, rule.tree)]


def drawn_rows(pathway: Pathway, rule: Rule, *, holds: str, fails: str) -> list[Row]:
    """A rule as its tree, without a case; `holds` and `fails` name its two outcomes.

    A row leads to the question or the shared tree that it names, a leaf to its first claim.  Of a
    very long tree the first lines are told.
    """
    lines = whole_tree(pathway, rule.tree)
    rows = [_drawn(each, holds, fails) for each in islice(lines, _MOST_LINES)]
    if next(lines, None) is not None:
        rows.append(text(_MORE_LINES, Tone.DIM, indent=2))
    return rows


def _drawn(line: TreeLine, holds: str, fails: str) -> Row:
    words = [Span(line.words)]
    if line.outcome is not None:
        arrow = " → " if line.words else "→ "
        status = Status.DESCRIBED if line.outcome else Status.NOT_DESCRIBED
        outcome = f"{SYMBOLS[status]} {holds if line.outcome else fails}"
        tone = Tone.ACCENT if line.outcome else Tone.DIM
        words += [Span(arrow, Tone.DIM), Span(outcome, tone)]
    if line.claims:
        words.append(Span(f"  {', '.join(line.claims)}", Tone.DIM))
    lead = (Span(_guides(line), Tone.DIM),)
    margin = (Cell(lead, width_of(lead)),) if line.guides else ()
    leads = line.about or (f"claim:{line.claims[0]}" if line.claims else None)
    return Row((Cell((), 2), *margin, Cell(tuple(words))), leads)


def _guides(line: TreeLine) -> str:
    guides = line.guides
    return guides if len(guides) <= _MOST_GUIDES else "… " + guides[-_MOST_GUIDES:]


def _line(line: TreeLine) -> Row:
    tone = _TONES[line.reach]
    guides = _guides(line)
    words = [Span(line.words, tone)]
    if line.outcome is not None:
        status = Status.DESCRIBED if line.outcome else Status.NOT_DESCRIBED
        outcome = "described" if line.outcome else "not described"
        arrow = " → " if line.words else "→ "
        words.append(Span(f"{arrow}{SYMBOLS[status]} {outcome}", tone))
    lead = (Span(guides, tone),)
    return Row(
        (
            Cell((Span(_MARKS[line.reach], Tone.LIT),), 2),
            *((Cell(lead, width_of(lead)),) if guides else ()),
            Cell(tuple(words)),
        )
    )
