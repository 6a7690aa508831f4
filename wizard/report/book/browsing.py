"""What can be read on the page whatever the case is: one article for each thing of the pathway."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from wizard.case.raw import RawAnswer
from wizard.case.transitions import MemberState
from wizard.pathway.factors import Factor
from wizard.pathway.model import Alert, Option, Pathway, Status
from wizard.pathway.sources import Claim
from wizard.pathway.trees import Rule
from wizard.report.as_json import answers_data
from wizard.report.book.exporting import Exporter
from wizard.report.book.markup import (
    Content,
    Html,
    cited_list,
    element,
    items,
    link,
    place,
    section,
    together,
)
from wizard.report.book.questions import question_parts
from wizard.report.book.trees import drawn
from wizard.report.reading import about_sections, document_section
from wizard.wording.options import ROW_TITLES
from wizard.wording.outline import Citation, Item, Section, quoted
from wizard.wording.resting import resting, resting_sections, using_sections
from wizard.wording.sources import citations
from wizard.wording.statuses import LEVEL_WORDS
from wizard.wording.text import counted, joined
from wizard.workbench.gallery import gallery_cases

_STATUS: Final = {
    Status.DESCRIBED: "described",
    Status.POSSIBLE: "still possible",
    Status.NOT_DESCRIBED: "not described",
}


class Browsing:
    """Makes the articles of a pathway; `exporter` numbers the functions of their trees."""

    def __init__(self, exporter: Exporter, today: date) -> None:
        self.exporter = exporter
        self.pathway: Pathway = exporter.compiled.pathway
        self.today = today

    def cited(self, claims: Iterable[str]) -> tuple[Citation, ...]:
        """The citations of claims."""
        return citations(self.pathway, claims, self.today)

    def rests_on(self, claims: Iterable[str], assumed: Iterable[str] = ()) -> Html:
        """What something rests on: claims, and assumptions beyond the documents."""
        every = self.pathway.assumptions
        named = tuple(dict.fromkeys(assumed))
        leads = tuple(
            Item(f"{each}: {every[each].says}", about=f"assumption:{each}") for each in named
        )
        parts = (
            Section("It rests on", items=quoted(self.cited(dict.fromkeys(claims)))),
            Section("Assumptions, beyond the documents", items=leads),
        )
        return Html("".join(section(each) for each in parts if each.items))

    def tree(self, rule: Rule, holds: str = "described", fails: str = "not described") -> Html:
        """A rule as its tree."""
        return drawn(self.exporter, rule, holds, fails)

    # --- options -----------------------------------------------------------------------------

    def option(self, option: Option) -> Html:
        """An option: its statements with their trees, its card, its alerts."""
        group = self.pathway.groups[option.group].label
        alerts = tuple(
            Item(f"{LEVEL_WORDS[each.level]}: {each.title}", about=f"alert:{each.id}")
            for each in self.pathway.alerts.values()
            if option.id in each.about or (each.check and option.id in each.check.options)
        )
        assumed = [
            *option.assumes,
            *(name for each in option.statements.values() for name in each.assumes),
            *(name for each in option.excludes.values() for name in each.assumes),
        ]
        return article(
            f"option-{option.id}",
            option.label,
            element("p", group, class_="aside"),
            element("h4", "What the documents state, and when"),
            self._statements(option),
            self._aims(option),
            self._setting(option),
            element("h4", "The card"),
            self._card(option),
            section(Section("Alerts about it", items=alerts)) if alerts else None,
            self.rests_on((), assumed),
            also=option.also,
        )

    def _statements(self, option: Option) -> Iterator[Html]:
        sources = self.pathway.sources
        for each in option.statements.values():
            yield element("h5", f"{sources[each.source].short} describes it where this holds")
            yield self.tree(each.rule)
            yield cited_list(self.cited(each.every_claim))
        for other in option.excludes.values():
            yield element(
                "h5", f"{sources[other.source].short} says that it is not for such a case"
            )
            yield self.tree(other.when, "not meant for it", "says nothing")
            yield cited_list(self.cited(other.every_claim))

    def _aims(self, option: Option) -> Iterator[Html]:
        for by, aims in (
            *(
                (self.pathway.sources[each.source].short, each.aims)
                for each in option.statements.values()
            ),
            ("Any document", option.aims),
        ):
            for aim in aims:
                yield element(
                    "h5", f"Aim: {aim.label}{'' if aim.when is None else ', where this holds'}"
                )
                if aim.when is None:
                    where = (
                        "wherever it is described"
                        if aims is option.aims
                        else f"where {by} describes it"
                    )
                    yield element("p", where, class_="aside")
                else:
                    yield self.tree(aim.when, "an aim", "not an aim")
                yield cited_list(self.cited(aim.every_claim))

    def _setting(self, option: Option) -> Iterator[Html]:
        setting = option.usual_setting
        if setting is not None:
            yield element("h5", f"Usual setting, met where this holds: {setting.label}")
            yield self.tree(setting.rule, "met", "not met")
            yield cited_list(self.cited(setting.every_claim))

    def _card(self, option: Option) -> Iterator[Html]:
        for row, title in ROW_TITLES.items():
            notes = tuple(
                Item(f"Note: {each.says}", citations=self.cited(each.claims))
                for each in option.notes
                if (each.row or "background") == row
            )
            entries = (*notes, *quoted(self.cited(option.card.get(row, ()))))
            if entries:
                yield section(Section(title, items=entries), 5)
            elif row in ("side_effects", "cautions"):
                number = counted(len(self.pathway.sources), "document")
                what = title.lower()
                says = (
                    f"The {number} list no {what} for this; that does not mean that there are none."
                )
                yield section(Section(title, (says,)), 5)

    # --- questions, alerts and shared trees --------------------------------------------------

    def question(self, factor: Factor) -> Html:
        """A question: its answers, where it applies, who asks it, and what it rests on."""
        return article(
            f"factor-{factor.id}", factor.label, question_parts(self, factor), also=factor.also
        )

    def alert(self, alert: Alert) -> Html:
        """An alert: when it comes up, what it is about, and what it rests on."""
        about = tuple(
            Item(
                f"{self.pathway.options[option].label}, where it is {_stands(statuses)}",
                about=f"option:{option}",
            )
            for option, statuses in alert.about.items()
        )
        return article(
            f"alert-{alert.id}",
            alert.title,
            element("p", LEVEL_WORDS[alert.level], class_="aside"),
            element("p", alert.says) if alert.says else None,
            self._rules(alert),
            section(Section("It is about", items=about)) if about else None,
            self.rests_on(alert.every_claim, alert.assumes),
            also=alert.also,
        )

    def _rules(self, alert: Alert) -> Iterator[Html]:
        if alert.answer_to is not None:
            label = self.pathway.factors[alert.answer_to].label
            yield element(
                "p",
                "It comes up where this is answered otherwise than it is worked out: ",
                link(f"factor:{alert.answer_to}", label),
            )
            return
        yield element("h4", "When it comes up")
        yield self.tree(alert.when, "it applies", "it does not")
        if alert.unless is not None:
            yield element("h4", "Unless this is certain")
            yield self.tree(alert.unless, "silenced", "it stays")
        check = alert.check
        if check is None:
            return
        yield element("h4", "To check, while it is not known whether it applies")
        stand = tuple(
            Item(
                f"{self.pathway.options[option].label} is {_stands(statuses)}",
                about=f"option:{option}",
            )
            for option, statuses in check.options.items()
        )
        yield items(stand)
        for rule, words in ((check.certain, "certain"), (check.possible, "not ruled out")):
            if rule is not None:
                yield element("p", f"and this is {words}:", class_="aside")
                yield self.tree(rule, "it is", "it is not")

    def shared(self) -> Iterator[Html]:
        """Trees that several rules go on with."""
        for each in self.pathway.shared.values():
            users = using_sections(self.pathway, each.id)
            yield article(
                f"shared-{each.id}",
                each.label,
                self.tree(each.rule, "it holds", "it does not"),
                (section(part) for part in users),
                self.rests_on(each.claims, each.assumes),
            )

    # --- documents, claims and the rest ------------------------------------------------------

    def document(self, source: str) -> Html:
        """A document: what it says of itself, then its claims by line with what rests on each."""
        claims = [each for each in self.pathway.claims.values() if each.source == source]
        claims.sort(key=_first_line)
        about = document_section(self.pathway, source, self.today)
        return article(
            f"document-{source}",
            self.pathway.sources[source].title,
            section(about),
            element("h4", f"Line by line ({len(claims)})"),
            self._lines(claims),
        )

    def _lines(self, claims: Iterable[Claim]) -> Iterator[Html]:
        on: dict[str, dict[tuple[str, str], list[str]]] = {}
        for each in resting(self.pathway):
            places = on.setdefault(each.on, {}).setdefault((each.about, each.label), [])
            places.append(each.where)
        heading = ""
        for claim in claims:
            if claim.section != heading:
                heading = claim.section
                yield element("h5", heading)
            yield self._claim(claim, on.get(claim.id, {}))

    def _claim(self, claim: Claim, on: Mapping[tuple[str, str], list[str]]) -> Html:
        (cited,) = self.cited([claim.id])
        rests = tuple(
            Item(f"{label}: {joined(where)}", about=about) for (about, label), where in on.items()
        )
        kind = claim.kind.replace("_", " ")
        told = [f"{kind}; its wording: {claim.strength}" if claim.strength else kind]
        if claim.action is not None:
            told.append(f"what it says to do: {self.pathway.actions[claim.action]}")
        if claim.stated_for is not None:
            told.append(f"stated for: {claim.stated_for.replace('_', ' ')}")
        told.append(f"it begins near “{claim.anchor}”")
        nothing = self.pathway.not_surfaced.get(claim.id, "Nothing in the pathway cites it.")
        number = counted(len(rests), "thing rests on it", "things rest on it")
        below = (
            element("details", element("summary", number), items(rests))
            if rests
            else element("p", nothing, class_="aside")
        )
        return element(
            "article",
            element("p", element("b", claim.id), Html(" "), claim.says),
            element("p", f"{cited.place}; {cited.badge}. {'; '.join(told)}.", class_="where"),
            below,
            id=f"claim-{claim.id}",
            class_="claim",
        )

    def terms(self) -> Iterator[Html]:
        """Words that the documents explain."""
        for term in self.pathway.glossary.values():
            yield article(
                f"term-{term.id}",
                term.term,
                self.rests_on(term.claims, term.assumes),
                also=term.also,
            )

    def assumptions(self) -> Iterator[Html]:
        """Readings and decisions of the pathway's own, with what rests on each."""
        for each in self.pathway.assumptions.values():
            rests = resting_sections(self.pathway, each.id)
            whole = (
                "The pathway as a whole rests on it." if each.id in self.pathway.assumes else None
            )
            yield article(
                f"assumption-{each.id}",
                each.id,
                element("p", each.says),
                element("p", whole) if whole else None,
                (section(part) for part in rests),
            )

    def limits(self) -> Html:
        """What the pathway cannot do."""
        return element("ul", (element("li", each) for each in self.pathway.limits), class_="items")

    def hazards(self) -> Iterator[Html]:
        """What could go wrong, why, and what holds it in check."""
        for each in self.pathway.hazards.values():
            tests = tuple(Item(test) for test in each.tests)
            yield article(
                f"hazard-{each.id}",
                each.id,
                element("p", each.hazard),
                section(Section("Cause", (each.cause,))),
                section(Section("Control", (each.control,))),
                section(Section("Planned", (each.planned,))) if each.planned else None,
                section(Section("Held by these tests and cases", items=tests)) if tests else None,
            )

    def cases(self) -> Iterator[Html]:
        """The pathway's own cases: how each is told, and the way to explore it."""
        for number, case in enumerate(gallery_cases(self.exporter.compiled), 1):
            if case is None:
                continue
            given = answers_data(self.pathway, case.answers)
            known = {name: _plain(raw) for name, raw in given.items() if name in case.answers}
            yield article(
                f"case-{number}",
                case.title,
                element("p", case.story),
                element(
                    "p",
                    element(
                        "a",
                        "Explore this case",
                        href="#explore",
                        data_do="open",
                        data_answers=json.dumps(known),
                    ),
                ),
            )

    def more(self) -> Iterator[Html]:
        """Terms, assumptions, limits and hazards, each under its heading."""
        parts = (
            ("Terms", "terms", self.terms()),
            ("Assumptions, beyond the documents", "assumptions", self.assumptions()),
            ("Limits: what this pathway cannot do", "limits", self.limits()),
            ("Hazards: what could go wrong, and what holds it in check", "hazards", self.hazards()),
        )
        for title, name, content in parts:
            yield element("h3", title, id=name, class_="part")
            yield together(content)

    def about(self) -> Iterator[Html]:
        """What it is for, how to read it, and what changed in it."""
        for each in about_sections(self.pathway, self.today):
            yield section(each, 3)


def article(name: str, title: str, *content: Content, also: Iterable[str] = ()) -> Html:
    """A thing with its heading; `also` are other words by which it is found."""
    words = tuple(also)
    return element(
        "article",
        element("h3", title),
        content,
        element("p", f"Also found by: {', '.join(words)}", class_="where") if words else None,
        id=place(name),
    )


def _plain(raw: RawAnswer) -> RawAnswer:
    """An answer as a case file has it: of members, what is known."""
    if not isinstance(raw, dict):
        return raw
    return {member: said for member, said in raw.items() if said != MemberState.UNKNOWN} or None


def _stands(statuses: Iterable[Status]) -> str:
    return joined([_STATUS[each] for each in statuses], "or")


def _first_line(claim: Claim) -> tuple[int, str]:
    number = claim.lines.replace("-", ",").partition(",")[0].strip()
    return (int(number) if number.isdecimal() else 0, claim.id)
