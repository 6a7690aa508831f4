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
@pytest.mark.parametrize("named", [None, "", " ", "/somewhere/else", "/with space/ "])
@pytest.mark.parametrize("home", [None, "/home/somebody"])
def test_they_are_those_of_platformdirs(
    kind: str, named: str | None, home: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(f"XDG_{kind.upper()}_HOME", raising=False)
    if named is not None:
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", named)
    if home is not None:
        monkeypatch.setenv("HOME", home)
    assert user_folder(kind) == KINDS[kind]("mdt-wizard", appauthor=False)


@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_that_is_not_absolute_is_passed_over(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # By the XDG Base Directory Specification; older releases of platformdirs take it.
    monkeypatch.delenv(f"XDG_{kind.upper()}_HOME", raising=False)
    unnamed = user_folder(kind)
    monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", "relative")
    assert user_folder(kind) == unnamed
