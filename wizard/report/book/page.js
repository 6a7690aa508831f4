"use strict";
/* Fills in, moves and hides what the page holds.  A key clicks its `data-key`, a click does its
   `data-do`. */

const at = (id) => document.getElementById(id);
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const data = JSON.parse(at("pathway").textContent);
const { assess, said, factor } = reasoner(data);
const { words } = data;

const joined = (items, last = "or") => items.join(", ").replace(/, (?=[^,]*$)/, ` ${last} `);
const labels = (ids) => ids.map((id) => factor[id].label).join("; ");

const answerText = (of, raw) => {
	if (raw === undefined) return "not answered";
	if (raw === "not_done") return of.notDone;
	const told = said(of, raw);
	if (of.kind === "number") return told ? `${[raw].flat().join(", ")} ${of.unit}` : "not known";
	const named = (test) => [...of.values, ...(of.groups ?? [])].filter(test).map(({ label }) => label);
	if (of.kind === "choice") return joined(named(({ id }) => [raw].flat().includes(id))) || "not known";
	const [absent, present] = [0, 1].map((is) => named(({ id }) => told?.[id] === is));
	if (absent.length === of.values.length) return of.none;
	const whole = absent.length + present.length === of.values.length;
	const not = absent.length && (whole ? "no other" : `not ${joined(absent)}`);
	return [joined(present, "and"), not, !whole && (told ? "the rest not known" : "not known")].filter(Boolean).join(", ");
};

const why = ({ status, depends_on, because }, yes = "", no = "") => {
	if (status === "possible") return `depends on: ${labels(depends_on)}`;
	const told = (id) => `${factor[id].colon} ${answerText(factor[id], now.answers[id])}`;
	const [what, every] = status === "described" ? [yes, "every"] : [no, "no"];
	return `${what} ${because.length ? `because ${because.map(told).join("; ")}` : `for ${every} case`}`;
};

const standing = (answers, trail, says = assess(answers)) => ({ answers, trail, says, asked: says.question });
let now = standing({}, []);
let [past, future] = [[], []];

const go = (next, told) => {
	past.push(now);
	future = [];
	show(next, told);
};
const give = (raw) => {
	const of = factor[now.asked];
	go(standing({ ...now.answers, [of.id]: raw }, [...now.trail, of.id]), `${of.label}: ${answerText(of, raw)}.`);
};
const step = (from, to, told) => {
	if (!from.length) return;
	to.push(now);
	show(from.pop(), told);
};
const form = () => at(`ask-${now.asked}`);
const refuse = (what) => ($(".error", form()).textContent = what);
const items = () => $$("[data-is]", form());
const marked = () => items().filter(({ dataset }) => dataset.is).map(({ dataset }) => [dataset.answer, dataset.is]);
const mark = (button, is) => {
	button.dataset.is = is;
	$("i", button).textContent = is || button.dataset.unmarked;
};

const actions = {
	choose(button) {
		const { is, answer, unmarked } = button.dataset;
		if (unmarked) mark(button, { "": "present", present: "absent", absent: "" }[is]);
		else if (marked().length) actions.mark(button);
		else give(answer);
	},
	mark: (button) => mark(button, button.dataset.is ? "" : "marked"),
	several: () => actions.mark(items()[0]),
	confirm() {
		const chosen = marked().map(([id]) => id);
		const { kind } = factor[now.asked];
		if (kind === "number") {
			try {
				give($("input", form()).value.trim());
			} catch ({ message }) {
				refuse(message);
			}
		} else if (!chosen.length) refuse(words.unmarked);
		else give(kind === "multi" ? Object.fromEntries(marked()) : chosen.length > 1 ? chosen : chosen[0]);
	},
	rest() {
		const present = marked().flatMap(([id, is]) => (is === "present" ? [id] : []));
		present.length ? give(present) : refuse(words.absent);
	},
	none: () => give("none"),
	notDone: () => give("not_done"),
	notKnown: () => give(null),
	restNotKnown() {
		let next = now;
		for (let id; (id = next.says.question); ) next = standing({ ...next.answers, [id]: null }, now.trail);
		go(next, "The rest not known.");
	},
	open: ({ dataset }) => go(standing(JSON.parse(dataset.answers), []), "Opened."),
	newCase: () => go(standing({}, []), "New case."),
	ask: ({ dataset }) => show({ ...now, asked: dataset.factor, trail: [...now.trail, now.asked] }, ""),
	back: () => now.trail.length && show({ ...now, asked: now.trail.at(-1), trail: now.trail.slice(0, -1) }, ""),
	undo: () => step(past, future, "Undone."),
	redo: () => step(future, past, "Redone."),
};

const cite = (within, { claims, further }) => {
	for (const each of $$("[data-claim]", within)) {
		each.hidden = !claims.includes(each.dataset.claim);
		each.classList.toggle("further", further.includes(each.dataset.claim));
	}
};

const remarks = ({ status, statements, excludes, setting: [setting] }) => {
	if (status === "not_described") return "";
	const sources = (lines, is) => new Set(lines.filter((each) => each.status === is).map(({ source }) => source));
	const not = sources(excludes, "described").size;
	const certain = sources(statements, "described");
	const behind = certain.size ? certain : sources(statements, "possible");
	return [
		not && `${not > 1 ? `${not} documents say` : "one document says"} not, here`,
		behind.size === 1 && words.ages[[...behind]],
		setting && setting.status !== "described" && setting.says,
	].filter(Boolean).join(", ");
};

const showOption = (says, moved) => {
	const row = at(`row-${says.id}`);
	const fill = (name, text) => ($(name, row).textContent = text);
	$(`[data-status=${says.status}] ul`).append(row);
	fill(".remarks", remarks(says));
	fill(".moved", moved ? "moved here" : "");
	fill(".why", why(says, "described", "not described"));
	for (const each of $$("[data-line]", row)) {
		const [kind, name] = each.dataset.line.split(":");
		const found = says[kind].find(({ id }) => id === name);
		each.hidden = !found;
		if (!found) continue;
		cite(each, found);
		const is = $(".is", each);
		if (is) is.textContent = why(found, is.dataset.yes, found.elsewhere ? words.others : is.dataset.no);
	}
};

const showQuestion = ({ answers, asked, says }) => {
	for (const each of $$(".question")) each.hidden = each !== form();
	const fuller = labels([...says.next, ...says.waiting]);
	$("#ask-null p").textContent = fuller ? `${words.fuller} ${fuller}.` : words.end;
	if (!asked) return;
	const told = said(factor[asked], answers[asked]);
	for (const button of items()) {
		const { answer } = button.dataset;
		mark(button, { 1: "present", 0: "absent" }[told?.[answer]] ?? "");
		button.classList.toggle("given", [answers[asked]].flat().includes(answer));
	}
	for (const each of $$("input", form())) each.value = Array.isArray(told) ? answers[asked] : "";
	refuse("");
	const on = says.options.filter(({ depends_on }) => depends_on.includes(asked)).map(({ id }) => words.options[id]);
	$(".matters", form()).textContent = on.length
		? `Still depending on it: ${on.join("; ")}.`
		: words.states[says.states[asked]];
};

const showAlert = (each, { alerts, verdict }) => {
	const found = alerts.find(({ id }) => id === each.dataset.alert);
	each.hidden = !found.state;
	for (const part of $$(".check", each)) part.hidden = found.state !== "check";
	$(".open", each).textContent = why(verdict(found.when));
	cite(each, found);
};

const showFactor = (row, { answers, asked, says }) => {
	const { factor: id } = row.dataset;
	const state = (row.dataset.state = says.states[id]);
	$("button, a", row).ariaCurrent = id === asked ? "step" : null;
	$(".state", row).textContent = words.states[state];
	$(".answer", row).textContent = answerText(factor[id], state === "worked_out" ? says.derived[id] : answers[id]);
};

const show = (next, told) => {
	const before = now.says.options;
	const { says } = (now = next);
	const moved = says.options.filter(({ status }, n) => status !== before[n].status);
	for (const each of says.options) showOption(each, moved.includes(each));
	for (const each of $$("[data-status]")) $(".count", each).textContent = $$(".row", each).length;
	for (const each of $$("[data-alert]")) showAlert(each, says);
	for (const each of $$("#map li")) showFactor(each, now);
	for (const each of $$("[data-node]")) each.dataset.reach = past.length ? says.is(+each.dataset.node) : "";
	showQuestion(now);
	const settled = says.options.filter(({ status }) => status !== "possible").length;
	at("far").textContent = `${settled} of ${before.length} settled; answers still wanted: ${says.next.length}`;
	if (told === undefined) return;
	at("told").textContent = told + (moved.length ? ` Moved: ${moved.map(({ id }) => words.options[id]).join("; ")}.` : "");
	($("input", form()) ?? $("h2", form())).focus();
};

const search = ({ target }) => {
	const plain = target.value.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
	const wanted = plain.match(/[\p{L}\p{N}_]+(-[\p{L}\p{N}_]+)*/gu) ?? [];
	const within = (text) => wanted.every((word) => text.includes(` ${word}`));
	const found = $$("#hits li").filter((each) => {
		const { says, also } = each.dataset;
		$(".ours", each).hidden = within(says);
		return !(each.hidden = !wanted.length || !within(says + also));
	}).length;
	at("found").textContent = found ? `${found} found` : wanted.length ? words.nothing : "";
};

const press = (event) => {
	const { key, target } = event;
	const [typing, answer] = [target.matches("input"), target.closest("[data-is]")];
	const keyed = (each) => each.dataset.key.includes(key) && (each.checkVisibility() || each.closest(".row"));
	const found = [...$$("[data-key]", target.closest(".row") ?? form()), ...$$("[data-key]")].find(keyed);
	const by = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[key];
	if (event.ctrlKey || event.altKey || event.metaKey || target.type === "search") return;
	if (typing && /^[\d.,<>=;-]$/.test(key) && (key !== "-" || target.value)) return;
	if (key === "Enter" && (typing || (answer && marked().length))) actions.confirm();
	else if (key === " " && answer) actions[answer.dataset.unmarked ? "choose" : "mark"](answer);
	else if (by && !typing) {
		const near = $$("button, summary", target.closest(".lists") ?? form()).filter((each) => each.checkVisibility());
		near.at((near.indexOf(target) + by) % near.length).focus();
	} else if (key.length === 1 && found) {
		found.focus();
		if (found.type !== "search") found.click();
	} else return;
	event.preventDefault();
};

addEventListener("click", ({ target }) => {
	const button = target.closest("[data-do]");
	if (button) actions[button.dataset.do](button);
});
addEventListener("keydown", press);
addEventListener("beforeprint", () => $$("#explore details").map((each) => (each.open = true)));
at("find").addEventListener("input", search);
at("explore").hidden = false;
show(now);
