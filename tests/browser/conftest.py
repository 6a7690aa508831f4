"""One browser for all the tests that one process runs."""

from collections.abc import Iterator

import pytest

from tests.browser.chromium import Browser, missing


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium; the test is skipped, with the reason, where there is none to drive."""
    if why := missing():
        pytest.skip(why)
    with Browser(tmp_path_factory.mktemp("chromium")) as running:
        yield running
