"""An option's decision trees, with the path of this case lit."""

from typing import Final

from wizard.pathway.model import Status
from wizard.pathway.trees import Rule
from wizard.reasoning.situation import Situation
from wizard.screen.shared.rows import BLANK, Cell, Row, Span, Tone, item, text, width_of
from wizard.screen.shared.statuses import SYMBOLS, head_rows
from wizard.wording.options import option_card
from wizard.wording.trees import Reach, TreeLine, tree_lines

_TONES: Final = {Reach.TAKEN: Tone.LIT, Reach.OPEN: Tone.PLAIN, Reach.CLOSED: Tone.DIM}
_MARKS: Final = {Reach.TAKEN: "▶", Reach.OPEN: "?", Reach.CLOSED: " "}
_MOST_GUIDES: Final = 24
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


def _line(line: TreeLine) -> Row:
    tone = _TONES[line.reach]
    guides = line.guides
    if len(guides) > _MOST_GUIDES:
        guides = "… " + guides[-_MOST_GUIDES:]
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
