"""The README's picture of the page of a pathway, taken in a browser where there is one."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser.chromium import Browser, missing
from tests.report.book_cases import MOMENT
from tests.small import shipped
from wizard.report.book.page import page


def take_book(folder: Path) -> None:
    """Answer a few questions on the page, and write what is seen of it."""
    if why := missing():
        print(f"the picture of the page is left as it is: {why}")
        return
    with TemporaryDirectory() as there:
        file = Path(there, "book.html")
        file.write_text(page(shipped(), MOMENT), "utf-8")
        with (
            Browser(Path(there, "profile")) as browser,
            browser.open(file, width=1280, height=1000) as opened,
        ):
            opened.press("1", "1", "*", "3", "1", "Enter")
            opened.evaluate("scrollTo(0, 0)")
            opened.screenshot(folder / "book.png")
