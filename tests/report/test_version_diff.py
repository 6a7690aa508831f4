"""What a reviewer of an edit is told: what matters, where it stands, and no more than fits."""

import html
import json
import re
import shutil
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.program import run
from tests.report.sixteen_edits import EDITS, Edit, put
from wizard.pathway.load import shipped_folder

LINES = 60


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """A place with the shipped pathway as `old` and as `new`, which is to be edited."""
    for name in ("old", "new"):
        shutil.copytree(shipped_folder(), tmp_path / name)
    return tmp_path


def words(told: str) -> str:
    """A report in one line, without what Markdown and HTML put around its words."""
    plain = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", told)
    plain = html.unescape(re.sub(r"</?(ul|li|br|code|a|details|summary)\b[^>]*>", " ", plain))
    return " ".join(re.sub(r"\\(?=[^A-Za-z0-9\s])|\*\*", "", plain).split())


@pytest.mark.slow
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_an_edit_of_meaning_is_told_in_under_sixty_lines(edit: Edit, folders: Path) -> None:
    edit.make(folders / "new")
    for form in ("text", "markdown"):
        ended = run("diff", "old", "new", "--format", form, folder=folders)
        assert ended.code in (0, 5), ended.err
        assert ended.out.count("\n") < LINES, ended.out
        told = words(ended.out).casefold()
        for said in edit.told:
            assert words(said).casefold() in told, (form, said, told)
    data = json.loads(run("diff", "old", "new", "--format", "json", folder=folders).out)
    whole = words(run("diff", "old", "new", "--all", folder=folders).out)
    for change in (each for each in data["functions"] if each["follows"] is None):
        option = change["subject"] == "option"
        assert option or all(claim in whole for claim in change["read_again"])
        for side in ("appears", "disappears", "only_new_answers", "only_old_answers"):
            assert all(region["words"] in whole for region in change[side]["regions"])
    for case in data["cases"]:
        assert case["file"] in whole
    for lines in data["edits"]:
        assert lines["before"] != lines["after"]


def test_a_list_that_is_told_in_part_says_how_much_is_left(folders: Path) -> None:
    edit = next(edit for edit in EDITS if edit.name == "loosen a condition")
    edit.make(folders / "new")
    told = run("diff", "old", "new", folder=folders).out
    assert re.search(r"and 20\s+more cases \(--all\)", told)
    whole = run("diff", "old", "new", "--all", folder=folders).out
    assert "(--all)" not in whole
    assert "more cases" not in whole
    assert whole.count("cases/") > told.count("cases/")


def test_markdown_leads_to_lines_and_unfolds(folders: Path) -> None:
    edit = next(edit for edit in EDITS if edit.name == "loosen a condition")
    edit.make(folders / "new")
    told = run("diff", "old", "new", "--format", "markdown", folder=folders).out
    line = "options/external\\_radiotherapy.yaml:27"
    assert f"[{line}](new/options/external_radiotherapy.yaml#L27)" in told
    assert "[ICS-45](new/claims/ICS.yaml#L" in told
    assert "```diff\n" in told
    folded = re.search(r"- <details><summary>and 20 more cases</summary>(.*)</details>\n", told)
    assert folded is not None
    cases = re.findall(r'<a href="new/(cases/\w+\.yaml)">\1</a>', folded[1])
    assert len(cases) == 20
    tokens = MarkdownIt("commonmark").parse(told)
    blocks = [token.content for token in tokens if token.type == "html_block"]
    assert len(blocks) == told.count("<details>")
    assert all(block.rstrip().endswith("</details>") for block in blocks)
    for target in re.findall(r"\((new/[^)#]+)(?:#L\d+)?\)", told):
        assert (folders / target).is_file()


def test_lines_of_a_file_stay_text_in_what_unfolds(folders: Path) -> None:
    bad = "</li></ul></details><script>alert(1)</script> ``` [x](http://example.com)"
    for name in (
        "surgery",
        "sunitinib",
        "everolimus",
        "chemotherapy",
        "atezolizumab",
        "durvalumab",
    ):
        path = folders / "new" / "options" / f"{name}.yaml"
        text = re.sub(r"(?m)^label: .*$", f"label: The {name}  # {bad}", path.read_text("utf-8"))
        path.write_text(text, "utf-8")
    ended = run("diff", "old", "new", "--format", "markdown", folder=folders)
    assert ended.code == 0, ended.err
    unfolded = re.sub(r"(?ms)^ *````diff$.*?^ *````$", "", ended.out)
    assert "```diff" not in unfolded
    assert "<script" not in unfolded
    assert "&lt;script&gt;alert(1)" in unfolded
    read_as_markdown = re.sub(r"- <details>.*</details>\n", "", unfolded)
    assert read_as_markdown != unfolded
    assert "](http" not in read_as_markdown


def test_cases_that_are_only_worded_otherwise_are_counted(folders: Path) -> None:
    for name in ("no_answers.yaml", "nec_in_the_liver.yaml"):
        path = folders / "new" / "cases" / name
        path.write_text(f"# Read again.\n{path.read_text('utf-8')}", "utf-8")
    ended = run("diff", "old", "new", folder=folders)
    assert ended.code == 0
    assert "Two cases are only worded otherwise: same answers and results." in ended.out
    assert "cases/" not in ended.out


def test_a_case_that_a_hazard_no_longer_names_is_told(folders: Path) -> None:
    put(folders / "new", "hazards.yaml", "    - cases/mixed_lung_fast_spread.yaml\n", "")
    (folders / "new" / "cases" / "mixed_lung_fast_spread.yaml").unlink()
    told = words(run("diff", "old", "new", folder=folders).out)
    assert "H04: An option is shown that no document supports: it no longer names" in told
    assert "cases/mixed_lung_fast_spread.yaml" in told
