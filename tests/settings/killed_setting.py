"""A setting that is killed at every line while it is kept."""

from pathlib import Path

from tests.killing import killed_copies
from wizard.settings.keeping import keep_setting


def kill_a_writer(place: str) -> None:
    path = Path(place) / "config.toml"
    old, new = '# mine\ntheme = "dracula"\n', '# mine\ntheme = "nord"\n'
    path.write_text(old)
    seen, times = set(), 0
    for _line in killed_copies(lambda: keep_setting(path, "theme", "nord")):
        times += 1
        seen.add(path.read_text())
    assert path.read_text() == new
    assert seen == {old, new}
    assert times >= 60
