"""Text of a pathway for Textual's own places, such as the title of a border."""

from textual.content import Content

from wizard.screen.rows import literal


def plain(words: str) -> Content:
    """Text from data, shown letter by letter and never parsed as markup."""
    return Content(literal(words))
