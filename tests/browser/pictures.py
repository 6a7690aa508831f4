"""The README's pictures of what is opened in a browser, where there is one."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser.chromium import Browser, missing
from tests.report.book_cases import MOMENT
from tests.report.cohort_pages import cohort_page
from tests.report.html_pages import page_of
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


def take_cohort(folder: Path) -> None:
    """Open the summary of many cases in a browser, and write what is seen of it."""
    if why := missing():
        print(f"the picture of the summary is left as it is: {why}")
        return
    with TemporaryDirectory() as there:
        file = Path(there, "summary.html")
        file.write_text(cohort_page("shipped"), encoding="utf-8")
        with Browser(Path(there, "profile")) as browser, browser.open(file, height=960) as opened:
            opened.evaluate("scrollTo(0, document.querySelector('.lead').offsetTop - 24)")
            opened.screenshot(folder / "cohort.png")


def take_report(folder: Path) -> None:
    """Open the report of a case in a browser, and write what is seen of it."""
    if why := missing():
        print(f"the picture of the report is left as it is: {why}")
        return
    with TemporaryDirectory() as there:
        page = Path(there, "report.html")
        page.write_text(page_of("neuroendocrine", "bowel_net_syndrome_spread"), encoding="utf-8")
        with Browser(Path(there, "profile")) as browser, browser.open(page, height=960) as opened:
            opened.screenshot(folder / "report.png")
