"""Sixteen edits of meaning, as maintainers make them, each with what its comparison has to name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.program import run


@dataclass(frozen=True)
class Edit:
    """An edit of a copy of the shipped pathway, and the words that its comparison must have."""

    name: str
    make: Callable[[Path], None]
    told: tuple[str, ...]


def put(folder: Path, file: str, was: str, now: str) -> None:
    """Write something else in the place of a text that stands once in a file."""
    text = (folder / file).read_text("utf-8")
    assert text.count(was) == 1, (file, was, text.count(was))
    (folder / file).write_text(text.replace(was, now), "utf-8")


def cut(folder: Path, file: str, key: str) -> None:
    """Take an entry out of a file of entries."""
    text = (folder / file).read_text("utf-8")
    now = re.sub(rf"(?m)^{key}:\n(  .*\n)+\n?", "", text)
    assert now != text
    (folder / file).write_text(now, "utf-8")


def loosen_a_condition(folder: Path) -> None:
    was = "when: {tumour_type: net, problems: [bone_pain, other]}"
    put(
        folder,
        "options/external_radiotherapy.yaml",
        was,
        "when: {tumour_type: net, problems: any}",
    )


def add_a_value(folder: Path) -> None:
    put(
        folder,
        "factors.yaml",
        "    fast:\n      label:",
        "    stopped:\n      label: It has stopped growing\n      help: No growth at all.\n"
        "      phrase: The cancer has stopped growing.\n    fast:\n      label:",
    )


def rename_an_option(folder: Path) -> None:
    ended = run("rename", "option", "surgery", "operation", "--pathway", folder)
    assert ended.code == 0, ended.err


def delete_a_statement(folder: Path) -> None:
    path = folder / "options" / "surgery.yaml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("  symptom_relief:\n    claims: [ICS-21]")], "utf-8")


def move_a_claim(folder: Path) -> None:
    put(folder, "options/chemotherapy.yaml", "claims: [CRT-23]", "claims: [CRT-24]")


def change_an_alert(folder: Path) -> None:
    put(
        folder,
        "alerts.yaml",
        "when: {problems: [carcinoid_syndrome, carcinoid_heart_disease]}\n  check:",
        "when: {problems: carcinoid_syndrome}\n  check:",
    )


def change_the_order(folder: Path) -> None:
    put(folder, "pathway.yaml", "  surgery: surgery\n", "")
    put(
        folder,
        "pathway.yaml",
        "  active_surveillance: monitoring\n",
        "  surgery: surgery\n  active_surveillance: monitoring\n",
    )
    put(folder, "pathway.yaml", "[growth_rate, progress]", "[progress, growth_rate]")


def change_a_shared_tree(folder: Path) -> None:
    put(
        folder,
        "shared.yaml",
        "when: {tumour_type: net, extent: spread, spread_sites: liver}",
        "when: {tumour_type: net, spread_sites: liver, surgery_feasible: not_removable}",
    )


def change_when_a_question_applies(folder: Path) -> None:
    put(
        folder,
        "factors.yaml",
        "applies_when: {extent: spread}",
        "applies_when: {extent: [advanced_not_spread, spread]}",
    )


def merge_two_values(folder: Path) -> None:
    put_in = folder / "factors.yaml"
    text = put_in.read_text("utf-8")
    merged = re.sub(r"    no_surgery:\n(      .*\n)+", "", text)
    merged = re.sub(r"  groups:\n    not_removable:\n(      .*\n|       .*\n)+", "", merged)
    assert merged != text
    put_in.write_text(merged, "utf-8")
    for path in folder.rglob("*.yaml"):
        text = path.read_text("utf-8")
        now = re.sub(r"\bnot_removable\b(?!:)", "cannot_remove", text)
        now = re.sub(r"\[cannot_remove, no_surgery\]", "cannot_remove", now)
        now = re.sub(r"\bno_surgery, |, no_surgery\b", "", now)
        now = re.sub(r"surgery_feasible: no_surgery\b", "surgery_feasible: cannot_remove", now)
        if now != text and path.name != "factors.yaml":
            path.write_text(now, "utf-8")


def change_the_bound_of_a_number(folder: Path) -> None:
    put(folder, "factors.yaml", "max: 1000", "max: 300")


def change_a_group(folder: Path) -> None:
    put(
        folder,
        "factors.yaml",
        "label: Somewhere in the digestive system\n      short: Digestive system\n"
        "      values: [pancreas, stomach, small_intestine, bowel, digestive_other]",
        "label: Somewhere in the digestive system\n      short: Digestive system\n"
        "      values: [stomach, small_intestine, bowel, digestive_other]",
    )


def remove_a_document(folder: Path) -> None:
    """A document is withdrawn, and with it the option that only it describes."""
    (folder / "claims" / "CRI.yaml").unlink()
    (folder / "options" / "interferon.yaml").unlink()
    put(folder, "pathway.yaml", "  interferon: drugs\n", "")
    cut(folder, "sources.yaml", "CRI")
    cut(folder, "shared.yaml", "second_line")
    cut(folder, "glossary.yaml", "second_line")
    cut(folder, "alerts.yaml", "carcinoid_wording")
    named = "options/somatostatin_analogue.yaml"
    put(folder, named, "  names: [CRI-17]\n", "")
    put(folder, named, "  combinations: [CRI-16]\n", "")
    put(folder, named, "    claims: [CRI-17]\n", "    claims: [ICS-27]\n")
    for path in folder.rglob("*.yaml"):
        text = path.read_text("utf-8")
        now = re.sub(r"CRI-\d\d, |, CRI-\d\d", "", text)
        if now != text:
            path.write_text(now, "utf-8")
    for path in (folder / "cases").glob("*.yaml"):
        gone = r"(?m)^ +(- interferon(_caution\.\w+)?|interferon:.*|- carcinoid_wording)\n"
        text = re.sub(gone, "", path.read_text("utf-8"))
        text = re.sub(r"interferon(_caution\.\w+)?,\s*|,\s*interferon(_caution\.\w+)?\b", "", text)
        text = re.sub(r"(?<=\[)interferon(_caution\.\w+)?(?=\])", "", text)
        text = re.sub(r"carcinoid_wording,\s*|,\s*carcinoid_wording|carcinoid_wording", "", text)
        text = re.sub(r"(?m)^  (alerts|checks):\n(?=  \w|\Z)", r"  \1: []\n", text)
        text = re.sub(r"(?m)^  (aims|usual_settings):\n(?=  \w|\Z)", "", text)
        path.write_text(text, "utf-8")
    # What was cited for that option alone now stands nowhere.
    used = {path: path.read_text("utf-8") for path in folder.rglob("*.yaml")}
    named = "".join(text for path, text in used.items() if path.parent.name != "claims")
    lone = [
        name
        for name in re.findall(r"(?m)^  (ICQ-\d\d):$", used[folder / "claims" / "ICQ.yaml"])
        if name not in re.findall(r"ICQ-\d\d", named)
    ]
    reasons = "".join(f"  {name}: Cited for interferon alone.\n" for name in lone)
    put(folder, "pathway.yaml", "not_surfaced: {}\n", f"not_surfaced:\n{reasons}")


def replace_a_caution(folder: Path) -> None:
    put(
        folder,
        "options/interferon.yaml",
        "    depression: [ICQ-71]\n",
        "    depression: [ICQ-70]\n",
    )


def drop_a_case(folder: Path) -> None:
    (folder / "cases" / "mixed_lung_fast_spread.yaml").unlink()


def add_an_option(folder: Path) -> None:
    text = (folder / "options" / "liver_rfa.yaml").read_text("utf-8")
    text = text.replace("liver_rfa", "liver_resection").replace(
        "label: Radiofrequency ablation (RFA) of the liver\nshort: Liver RFA",
        "label: Operation on the liver",
    )
    (folder / "options" / "liver_resection.yaml").write_text(text, "utf-8")
    put(
        folder,
        "pathway.yaml",
        "  liver_rfa: liver\n",
        "  liver_rfa: liver\n  liver_resection: liver\n",
    )


EDITS = (
    Edit(
        "loosen a condition",
        loosen_a_condition,
        (
            "is described in 31 of 96 combinations of answers to two questions",
            "options/external_radiotherapy.yaml:27",
            "- when: {tumour_type: net, problems: [bone_pain, other]}",
            "+ when: {tumour_type: net, problems: any}",
            "ICS-45: For control of symptoms, bone pain being the example",
            "line 39",
            "H11: Surveillance goes on after a trigger: 2 of its 6 tests change",
            "22 cases: external_radiotherapy: not_described -> described",
        ),
    ),
    Edit(
        "add a value",
        add_a_value,
        (
            "Described, by answers that only the new version has, in 16",
            "+ stopped:",
            "growth_rate / values / stopped: new: It has stopped growing",
            "No regression case gets another result.",
        ),
    ),
    Edit(
        "rename an option",
        rename_an_option,
        (
            "Proved: no result changes.",
            "No word changed either: only ids, comments, layout",
            "option surgery is now operation",
        ),
    ),
    Edit(
        "delete a statement",
        delete_a_statement,
        (
            "is described in 32 of 384 combinations of answers to three questions",
            "Statement symptom_relief: gone",
            "options/surgery.yaml:44",
            "- symptom_relief:",
            "ICS-21: Surgery can also serve to relieve symptoms.",
            'does not fit both versions: "symptom_relief" is not an aim of surgery',
        ),
    ),
    Edit(
        "move a claim",
        move_a_claim,
        (
            "Proved: no result changes.",
            "What the pathway says or cites does change",
            "- claims: [CRT-23]",
            "+ claims: [CRT-24]",
            "CRT-23: Lung NEC is usually treated with chemotherapy drugs.",
            "CRT-24: For lung NEC, atezolizumab or durvalumab may be added",
        ),
    ),
    Edit(
        "change an alert",
        change_an_alert,
        (
            "is raised in 16 of 32 combinations of answers to one question",
            "+ when: {problems: carcinoid_syndrome}",
            "IPS-41: Carcinoid crisis, a more serious complication",
            "H07: The warning of a carcinoid crisis is missed: 2 of its 12 tests change",
            "alert carcinoid_crisis: raised -> not shown",
        ),
    ),
    Edit(
        "change the order",
        change_the_order,
        (
            "Only an order changes. Proved: no option, aim, setting or alert holds in another case",
            "factors: progress now stands before growth_rate",
            "options: surgery now stands before active_surveillance",
            "No regression case gets another result.",
        ),
    ),
    Edit(
        "change a shared tree",
        change_a_shared_tree,
        (
            "Options liver_embolisation, liver_chemoembolisation and liver_rfa: each, by its",
            "shared.yaml:29",
            "- when: {tumour_type: net, extent: spread, spread_sites: liver}",
            "ICS-46: Liver-directed therapy is often used",
            "61 cases affected: the expectation of 61 no longer holds.",
        ),
    ),
    Edit(
        "change when a question applies",
        change_when_a_question_applies,
        (
            "Question Where has it spread? (spread_sites)",
            "is asked in 6 of 7 combinations of answers to two questions",
            "+ applies_when: {extent: [advanced_not_spread, spread]}",
            "parked answers: spread_sites -> nothing",
        ),
    ),
    Edit(
        "merge two values",
        merge_two_values,
        (
            "Was described, by answers that only the old version has, in 84",
            "+ when: {tumour_type: net, surgery_feasible: cannot_remove}",
            "surgery_feasible / values / no_surgery: gone: No operation can be done",
            "32 cases affected: the expectation of 21 no longer holds.",
            "surgery: not_described -> described; answers edited in 8",
        ),
    ),
    Edit(
        "change the bound of a number",
        change_the_bound_of_a_number,
        (
            "Proved: no option, aim, setting or alert holds in another case than before.",
            "factors / tumour_size / maximum (factors.yaml:",
            "- max: 1000",
            "+ max: 300",
        ),
    ),
    Edit(
        "change a group",
        change_a_group,
        (
            "statement advanced_growing_and_spreading is matching in 20 of 1008 combinations",
            "- values: [pancreas, stomach, small_intestine, bowel, digestive_other]",
            "ICS-37: Targeted drugs may be used for advanced NETs",
            "Alert nec_gap (alerts.yaml:116): disappears in 1 of 21 combinations",
            "H12: A conflict between sources is hidden: 2 of its 4 tests change",
        ),
    ),
    Edit(
        "remove a document",
        remove_a_document,
        (
            "is gone: it was described in 1 of 9 combinations of answers to two questions",
            "options/interferon.yaml: the file is gone, 125 lines",
            "Gone with it: aim symptom_relief, aim growth_control and usual setting",
            "Alerts that follow this change: interferon_caution.autoimmune_hepatitis",
            "CRI-12: Doctors may use interferon for carcinoid after spread",
            "line 44; gone",
            "Claims: claims: gone: CRI-01, CRI-02",
            "sources / CRI: gone",
            "interferon: described -> no such option",
        ),
    ),
    Edit(
        "replace a caution",
        replace_a_caution,
        (
            "Proved: no result changes.",
            "alerts / interferon_caution.depression / claims (options/interferon.yaml:110)",
            "- depression: [ICQ-71]",
            "+ depression: [ICQ-70]",
            "ICQ-70: Nervous system: seizures, mania",
            "ICQ-71: Depression: interferon should be given cautiously",
        ),
    ),
    Edit(
        "drop a case",
        drop_a_case,
        (
            "Proved: no result changes.",
            "Hazards left without a control",
            "H04: An option is shown that no document supports",
            'there is no case "cases/mixed_lung_fast_spread.yaml"',
            "one case: taken out",
        ),
    ),
    Edit(
        "add an option",
        add_an_option,
        (
            "is new: described in 2 of 15 combinations of answers to three questions",
            "options/liver_resection.yaml: a new file, 25 lines",
            "New with it: aim liver_control and usual setting",
            "ICS-46: Liver-directed therapy is often used",
            "28 cases: liver_resection: no such option -> possible",
        ),
    ),
)
