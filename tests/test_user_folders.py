"""The folders of a user are those that platformdirs names."""

import platformdirs
import pytest

from wizard.user_folders import user_folder

KINDS = {
    "cache": platformdirs.user_cache_path,
    "config": platformdirs.user_config_path,
    "data": platformdirs.user_data_path,
    "state": platformdirs.user_state_path,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("named", [None, "", " ", "/somewhere/else", "/with space/ ", "relative"])
@pytest.mark.parametrize("home", [None, "/home/somebody"])
@pytest.mark.filterwarnings("ignore")  # platformdirs warns of a folder that is not absolute
def test_they_are_those_of_platformdirs(
    kind: str, named: str | None, home: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(f"XDG_{kind.upper()}_HOME", raising=False)
    if named is not None:
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", named)
    if home is not None:
        monkeypatch.setenv("HOME", home)
    assert user_folder(kind) == KINDS[kind]("mdt-wizard", appauthor=False)
