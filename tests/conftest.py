"""What tests of every part share: a cache folder of their own, the small pathway, `--quick`."""

import os
import signal
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, settings

from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import Pathway
from wizard.settings.first_start import first_start

# A slow machine is no failure: no example has a deadline, and none is too slow to make.
settings.register_profile(
    "wizard", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("wizard")

QUICK: Final = 4
"""`--quick` tries one of so many parameters of a test, and so many times fewer random examples."""
SMALL = Path(__file__).parent / "pathway" / "small"


def pytest_addoption(parser: pytest.Parser) -> None:
    """For a further Python or set of packages: all tests, but not all that each is tried with."""
    parser.addoption(
        "--quick",
        type=int,
        metavar="N",
        help=f"try one of {QUICK} parameters of each test, from the Nth on, and of random examples",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave parameters out where that was asked for; a test of fewer than four loses none."""
    first = config.getoption("--quick")
    if first is None:
        return
    together = defaultdict(list)
    for item in items:
        together[item.nodeid.partition("[")[0]].append(item)
        _meet_fewer_examples(item)
    kept = {
        item
        for each in together.values()
        for item in (each if len(each) < QUICK else each[first % QUICK :: QUICK])
    }
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = [item for item in items if item in kept]


def _meet_fewer_examples(item: pytest.Item) -> None:
    test: Any = getattr(item, "obj", None)
    own = getattr(test, "_hypothesis_internal_use_settings", None)
    if own is not None:
        fewer = settings(own, max_examples=max(own.max_examples // QUICK, 10))
        test._hypothesis_internal_use_settings = fewer


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the cache of the user who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test is set up as the user who runs it likes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MDT_WIZARD_CONFIG", str(tmp_path_factory.mktemp("config") / "config.toml"))
        patch.delenv("ESCDELAY", raising=False)
        yield


@pytest.fixture(autouse=True)
def _settings_of_its_own() -> Iterator[None]:
    """No test finds what another one kept, such as the width of a column."""
    yield
    Path(os.environ["MDT_WIZARD_CONFIG"]).unlink(missing_ok=True)


@pytest.fixture(scope="session", autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test sees or keeps what the user who runs it did, or counts as a first start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        assert first_start()
        yield


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> None:
    """A shell starts what runs in its background with interrupts ignored, `nohup` with hang-ups.

    Programs inherit both; those that the tests start and end by them are to end all the same.
    """
    for number, handler in (
        (signal.SIGINT, signal.default_int_handler),
        (signal.SIGHUP, signal.SIG_DFL),
    ):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)


def pytest_xdist_auto_num_workers() -> int:
    """Two workers for each processor: a test of the screen waits as long as it computes."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture
def small_folder() -> Path:
    """The folder of a valid small pathway, about trees in a park."""
    return SMALL


@pytest.fixture(scope="session")
def small_pathway() -> Pathway:
    """The small pathway, read once."""
    return read_pathway(SMALL)
