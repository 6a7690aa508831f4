"""What the page for maintainers tells editors to start is the server."""

import re
import tomllib

from tests.program import ROOT, run
from wizard.exits import ExitCode

PAGE = (ROOT / "pathways" / "README.md").read_text("utf-8")


def test_every_editor_starts_the_server() -> None:
    (helix,) = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    server = tomllib.loads(helix)["language-server"]["mdt-wizard"]
    (neovim,) = re.findall(r"^```lua\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (command,) = re.findall(r"cmd = \{ (.*) \}", neovim)
    started = [part.strip('"') for part in command.split(", ")]
    assert started == [server["command"], *server["args"]] == ["mdt-wizard", "lsp"]
    assert run(*started[1:], "--help").code == ExitCode.DONE
