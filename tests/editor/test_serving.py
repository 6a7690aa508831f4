"""`mdt-wizard lsp` as an editor has it: a process that is talked to over standard input."""

import sys
from pathlib import Path
from signal import SIGTERM
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote, urlparse

import pytest

from tests.editor.driving import Editor, applied
from tests.pathway.overlays import copied, edited
from tests.program import run
from wizard.exits import ExitCode
from wizard.pathway.codes import Code
from wizard.pathway.load import shipped_folder

WATCH = "options/watch.yaml"


def words(findings: list[dict[str, str]]) -> list[str]:
    return [each["message"] for each in findings]


def test_the_shipped_files_have_no_finding_and_it_ends_as_it_is_told() -> None:
    with Editor(shipped_folder()) as editor:
        names = ["pathway.yaml", "factors.yaml", "options/surgery.yaml", "claims/ICS.yaml"]
        names += ["cases/nec_in_the_liver.yaml"]
        for name in names:
            editor.open(name)
            assert editor.findings(name) == []
        assert {uri for uri, found in editor.told.items() if found} == set()
        assert editor.end() == ExitCode.DONE
        assert editor.process.stdout is not None
        assert editor.process.stdout.read() == b""


def test_a_mistake_is_told_on_its_word_and_goes_away_when_it_is_mended(tmp_path: Path) -> None:
    with Editor(copied(tmp_path)) as editor:
        text = editor.text(WATCH)
        editor.open(WATCH)
        assert editor.findings(WATCH) == []
        editor.type(WATCH, text.replace("growth: slow", "grwth: slow"))
        (told,) = editor.findings(WATCH)
        before = text[: text.index("growth: slow")]
        line, start = before.count("\n"), len(before) - before.rfind("\n") - 1
        assert told["range"] == {
            "start": {"line": line, "character": start},
            "end": {"line": line, "character": start + len("grwth")},
        }
        assert told["message"].startswith('there is no factor "grwth"')
        assert (told["severity"], told["code"]) == (1, Code.UNKNOWN_FACTOR)
        editor.type(WATCH, text)
        assert editor.findings(WATCH) == []


def test_what_is_typed_in_one_file_is_told_in_the_others(tmp_path: Path) -> None:
    with Editor(copied(tmp_path)) as editor:
        factors = editor.text("factors.yaml")
        editor.open("factors.yaml")
        editor.type("factors.yaml", factors.replace("growth:\n", "growing:\n", 1))
        assert any("growth" in each for each in words(editor.findings(WATCH)))
        editor.type("factors.yaml", factors)
        assert editor.findings(WATCH) == []
        editor.type("factors.yaml", factors.replace("growth:\n", "growing:\n", 1))
        assert editor.findings(WATCH) != []
        editor.close("factors.yaml")
        assert editor.findings(WATCH) == []


def test_of_many_changes_the_last_counts(tmp_path: Path) -> None:
    with Editor(copied(tmp_path)) as editor:
        text = editor.text(WATCH)
        editor.open(WATCH)
        assert editor.findings(WATCH) == []
        for typed in range(1, 40):
            editor.type(WATCH, text[: -typed or None])
        editor.type(WATCH, text.replace("growth: slow", "growth: slwo"))
        last = 'has no value "slwo"'
        while not any(last in each for each in words(editor.findings(WATCH))):
            pass
        editor.type(WATCH, text)
        assert editor.findings(WATCH) == []


def test_the_word_that_may_be_meant_replaces_the_wrong_one_alone(tmp_path: Path) -> None:
    with Editor(copied(tmp_path)) as editor:
        text = editor.text(WATCH)
        wrong = text.replace("growth: slow", "grwth: slow")
        editor.open(WATCH, wrong)
        (told,) = editor.findings(WATCH)
        (action,) = editor.fixes(WATCH, told)
        assert (action["title"], action["kind"]) == ("Change to growth", "quickfix")
        assert action["diagnostics"] == [told]
        mended = applied(wrong, action["edit"]["changes"][editor.uri(WATCH)])
        assert mended == wrong.replace("grwth", "growth")
        editor.type(WATCH, mended)
        assert editor.findings(WATCH) == []


def line_of(editor: Editor, location: dict[str, Any]) -> tuple[str, str]:
    """The file and the words of a location."""
    path = Path(unquote(urlparse(location["uri"]).path))
    start, end = location["range"]["start"], location["range"]["end"]
    line = path.read_text("utf-8").split("\n")[start["line"]]
    return path.relative_to(editor.folder).as_posix(), line[start["character"] : end["character"]]


def test_each_request_is_answered(tmp_path: Path) -> None:
    with Editor(copied(tmp_path)) as editor:
        text = editor.text(WATCH)
        # A letter of two units stands before the place on its line.
        tree = "{growth: slow, damage: none}  # \N{DECIDUOUS TREE} HBK-05"
        shifted = text.replace("{growth: slow, damage: none}", tree)
        editor.open(WATCH)
        (defined,) = editor.about("definition", WATCH, shifted.replace("HBK-05\n", "HBK-|05\n"))[
            "result"
        ]
        assert line_of(editor, defined) == ("claims/HBK.yaml", "HBK-05")
        on_factor = text.replace("{growth:", "{gro|wth:")
        found = editor.about("references", WATCH, on_factor, context={"includeDeclaration": True})
        places = {line_of(editor, each) for each in found["result"]}
        assert {("factors.yaml", "growth"), (WATCH, "growth")} <= places
        assert {word for _, word in places} == {"growth"}
        hover = editor.about("hover", WATCH, on_factor)["result"]
        assert hover["contents"]["kind"] == "plaintext"
        assert "- slow: " in hover["contents"]["value"]
        offers = editor.about("completion", WATCH, text.replace("growth: slow", "growth: |"))
        labels = [each["label"] for each in offers["result"]["items"]]
        assert labels[:2] == ["slow", "fast"]
        editor.type(WATCH, text)
        entries = editor.ask("textDocument/documentSymbol", editor.at(WATCH, 0, 0))
        assert [each["name"] for each in entries] == ["option", "label", "card", "statements"]
        assert entries[3]["children"][0]["name"] == "slow_growth"


def test_a_rename_edits_every_file_or_says_why_not(tmp_path: Path) -> None:
    able = {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["rename"]}}
    with Editor(copied(tmp_path), workspace=able) as editor:
        text = editor.text(WATCH)
        editor.open(WATCH)
        on_factor = text.replace("{growth:", "{gro|wth:")
        may = editor.about("prepareRename", WATCH, on_factor)["result"]
        assert may["placeholder"] == "growth"
        changes = editor.about("rename", WATCH, on_factor, newName="speed")["result"][
            "documentChanges"
        ]
        for each in changes:
            path = Path(urlparse(each["textDocument"]["uri"]).path)
            path.write_text(applied(path.read_text("utf-8"), each["edits"]), "utf-8")
        assert run("check", editor.folder).code == ExitCode.DONE
        editor.type(WATCH, editor.text(WATCH))
        editor.notify("textDocument/didSave", {"textDocument": {"uri": editor.uri(WATCH)}})
        assert editor.findings(WATCH) == []
        text = editor.text(WATCH)
        refused = editor.about("rename", WATCH, text.replace("speed:", "spe|ed:"), newName="damage")
        assert refused["error"]["message"] == "there is factor damage already"
        nothing = editor.about("prepareRename", WATCH, text.replace("Watch", "Wat|ch"))
        assert nothing["error"]["message"] == "there is no id here"
        on_option = text.replace("option: watch", "option: wat|ch")
        moved = editor.about("rename", WATCH, on_option, newName="wait")["result"]
        (file,) = [each for each in moved["documentChanges"] if each.get("kind") == "rename"]
        assert (file["oldUri"], file["newUri"]) == (
            editor.uri(WATCH),
            editor.uri("options/wait.yaml"),
        )


def test_an_editor_that_cannot_rename_files_is_told_what_can(tmp_path: Path) -> None:
    with Editor(copied(tmp_path)) as editor:
        text = editor.text(WATCH)
        editor.open(WATCH)
        on_option = text.replace("option: watch", "option: wat|ch")
        refused = editor.about("rename", WATCH, on_option, newName="wait")
        assert "`mdt-wizard rename` can" in refused["error"]["message"]
        on_value = text.replace("growth: slow", "growth: sl|ow")
        edits = editor.about("rename", WATCH, on_value, newName="lazy")["result"]["changes"]
        assert applied(text, edits[editor.uri(WATCH)]) == text.replace("slow,", "lazy,")


def test_columns_are_counted_as_the_editor_counts(tmp_path: Path) -> None:
    text = "{pathway: park_trees, title: \N{DECIDUOUS TREE}\N{DECIDUOUS TREE}, answers: {knd: oak}}"
    for units, width in (("utf-8", 4), ("utf-16", 2), ("utf-32", 1)):
        general = {"positionEncodings": [units]}
        with Editor(copied(tmp_path / units), general=general) as editor:
            assert editor.capabilities["positionEncoding"] == units
            editor.open("cases/trees.yaml", text)
            told = next(
                each for each in editor.findings("cases/trees.yaml") if "knd" in each["message"]
            )
            start = text.index("knd") - 2 + 2 * width
            assert told["range"]["start"]["character"] == start
            assert told["range"]["end"]["character"] == start + 3


def test_a_change_on_the_disk_is_seen(tmp_path: Path) -> None:
    files = {"didChangeWatchedFiles": {"dynamicRegistration": True}}
    folder = copied(tmp_path)
    with Editor(folder, workspace=files) as editor:
        editor.open("factors.yaml")
        assert editor.findings("factors.yaml") == []
        assert editor.registered == ["workspace/didChangeWatchedFiles"]
        edited(folder, WATCH, "growth: slow", "grwth: slow")
        changed = {"changes": [{"uri": editor.uri(WATCH), "type": 2}]}
        editor.notify("workspace/didChangeWatchedFiles", changed)
        assert len(editor.findings(WATCH)) == 1
        edited(folder, WATCH, "grwth: slow", "growth: slow")
        editor.notify("textDocument/didSave", {"textDocument": {"uri": editor.uri("factors.yaml")}})
        assert editor.findings(WATCH) == []


def test_a_case_elsewhere_is_read_by_the_pathway_that_it_names(tmp_path: Path) -> None:
    copied(tmp_path)
    with Editor(tmp_path) as editor:
        editor.open("mine.yaml", "pathway: neuroendocrine\nanswers: {tumour_type: nte}\n")
        assert words(editor.findings("mine.yaml"))[0].startswith('tumour_type: "nte"')
        editor.type("mine.yaml", "answers: {tumour_type: net}\n")
        assert editor.findings("mine.yaml") == []
        editor.open("park/drafts/one.yaml", "answers: {kind: oack}\n")
        (told,) = editor.findings("park/drafts/one.yaml")
        assert told["message"].endswith("did you mean oak?")
        (action,) = editor.fixes("park/drafts/one.yaml", told)
        assert action["title"] == "Change to oak"


def test_what_is_no_pathway_and_no_protocol_does_no_harm(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    with Editor(folder) as editor:
        editor.open("notes.yaml", "just: {notes\n")
        editor.notify(
            "textDocument/didOpen",
            {
                "textDocument": {
                    "uri": "untitled:Untitled-1",
                    "languageId": "yaml",
                    "version": 1,
                    "text": "answers: {}",
                }
            },
        )
        for body in (
            b"{",
            b"[]",
            b"\xff\xfe",
            b'{"jsonrpc": "2.0"}',
            b'{"jsonrpc": "2.0", "id": 7}',
        ):
            editor.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        assert "error" in editor.answer("textDocument/nothing", {})
        assert "error" in editor.answer("workspace/executeCommand", {"command": "nothing"})
        assert "error" in editor.answer("textDocument/codeAction", {"textDocument": 4})
        assert "error" in editor.answer("textDocument/codeAction", None)
        editor.notify("textDocument/didChange", {"textDocument": {"uri": "file:///nowhere.yaml"}})
        editor.notify("textDocument/didOpen", {})
        far = {"line": 999, "character": 9}
        nothing = {"range": {"start": far, "end": far}, "message": ""}
        nowhere = editor.fixes("notes.yaml", nothing)
        assert nowhere == []
        editor.open(WATCH, "\ud800\x00: [\n")
        assert editor.findings(WATCH) != []
        editor.type(WATCH, editor.text(WATCH))
        assert editor.findings(WATCH) == []
        assert editor.uri("notes.yaml") not in editor.told
        assert not any("Traceback" in each for each in editor.shown)
        assert editor.end() == ExitCode.DONE


def test_it_ends_with_its_editor(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    with Editor(folder) as editor:
        editor.notify("exit", None)
        assert editor.process.wait(60) == ExitCode.INTERNAL_ERROR
    with Editor(folder) as editor:
        assert editor.process.stdin is not None
        editor.process.stdin.close()
        assert editor.process.wait(60) == ExitCode.DONE
    with Editor(folder) as editor:
        editor.process.send_signal(SIGTERM)
        assert editor.process.wait(60) == ExitCode.TERMINATED


@pytest.mark.parametrize("package", ["pygls", "lsprotocol"])
def test_without_its_extra_it_says_how_to_install_it(package: str) -> None:
    with patch.dict("sys.modules", {package: None}):
        for module in [name for name in sys.modules if name.startswith((package, "wizard.editor"))]:
            if sys.modules[module] is not None:
                del sys.modules[module]
        ended = run("lsp")
    assert (ended.code, ended.out) == (ExitCode.WRONG_USAGE, "")
    assert ended.err == (
        "mdt-wizard: an editor's server needs the package pygls; `pip install pygls` installs it\n"
    )
