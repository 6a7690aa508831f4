"use strict";
/* What follows from answers, over all of their completions.  A function of a case is a node of the
   diagrams: 0 false, 1 true, 2 not a case, else [level, a child for each value].  Answers
   are as in a case file. */

const reasoner = (data) => {
	const { sizes, factors } = data;
	const nodes = [[Infinity], [Infinity], [Infinity], ...data.diagrams];
	const bit = (level) => 1n << BigInt(level);
	const asked = [0n, 0n, 0n]; // the levels that a node asks, as bits
	for (const [level, ...children] of data.diagrams)
		asked.push(children.reduce((bits, child) => bits | asked[child], bit(level)));
	const free = sizes.map((size) => [...Array(size).keys()]);
	const byId = (list, value) => Object.fromEntries(list.map((each) => [each.id, value(each)]));
	const factor = byId(factors, (each) => each);
	for (const each of factors) each.bits = bit(each.level + each.size) - bit(each.level);
	const where = (test) => factors.filter(test).map(({ id }) => id);
	const named = (bits) => where((each) => bits & each.bits);

	const BEYOND = 1e300; // not done lies above all numbers
	const above = (of, x) => (of.whole ? x + 1 : x + Math.abs(x) * 2 ** -52 + (x === 0) * 5e-324);

	/* The numbers [low, high) of a part of an answer: 12, <10, >=20 or 10-20. */
	const range = (of, text) => {
		if (text === "not_done") return [BEYOND, Infinity];
		const number = (written) => {
			const bare = written.replace(of.unit, "").trim();
			const x = +bare.replace(",", ".");
			if (/[1-9]\d*[.,]\d{3}$/.test(bare)) throw Error(`“${bare}” can be read in two ways`);
			if (/^-?\d+([.,]\d+)?$/.test(bare) && bare.length < 17 && x >= of.min && x <= of.max && !(of.whole && x % 1)) return x;
			throw Error(`“${bare}” is not a number from ${of.min} to ${of.max}`);
		};
		const [, sign = "", start, end = start] = /^ *([<>]=?|[≤≥])?( *-?[^–-]*)(?:[–-](.+))?$/.exec(text) ?? [, , text];
		const [least, most] = [number(start), number(end)];
		const low = /[<≤]/.test(sign) ? -Infinity : sign === ">" ? above(of, least) : least;
		const high = /[>≥]/.test(sign) ? (of.notDone ? BEYOND : Infinity) : sign === "<" ? most : above(of, most);
		if (low >= high || high <= of.min || low > of.max) throw Error(`no number fits “${text}”`);
		return [low, high];
	};

	/* What an answer says (null: not known): the values of a choice, or the group of all of them; of a
	   multi 1 or 0 by member; the ranges of a number. */
	const said = (of, raw) => {
		if (raw == null) return raw;
		const items = [raw].flat();
		if (of.kind === "number") {
			const parts = items.flatMap((each) => `${each}`.split(/;|, | or /)).map((each) => range(of, each));
			let to = of.min;
			for (const [low, high] of parts.toSorted(([one], [other]) => one - other))
				if (low <= (to > of.max ? BEYOND : to)) to = Math.max(to, high);
			return to <= of.max || (of.notDone && to < Infinity) ? parts : null;
		}
		if (of.kind === "multi") {
			if (raw === "not_done") return { not_done: 1 };
			const list = raw === "none" ? [] : raw;
			const is = (id) => (list.map ? +list.includes(id) : { present: 1, absent: 0 }[list[id]]);
			const known = of.values.map(({ id }) => [id, is(id)]).filter(([, told]) => told >= 0);
			return known.length ? Object.fromEntries(known) : null;
		}
		const group = (id) => of.groups.find((each) => each.id === id);
		const values = new Set(items.flatMap((id) => group(id)?.values ?? [id]));
		if (values.size < of.values.length) return values;
		return (!items[1] && group(items[0])) || null;
	};

	const narrow = (values, of, told) => {
		if (Array.isArray(told)) {
			const cuts = [-Infinity, ...of.cuts, Infinity];
			const lies = (n) => told.some(([low, high]) => low < cuts[n + 1] && cuts[n] < high);
			values[of.level] = free[of.level].filter(lies);
		} else if (told instanceof Set) {
			values[of.level] = of.levels.flatMap((id, n) => (told.has(id) ? [n] : []));
		} else if (of.kind === "multi") {
			for (const id in told) {
				if (of.notDone) values[of.level] = [0]; // it was looked for
				values[of.level + of.levels.indexOf(id)] = [told[id]];
			}
		}
	};

	const view = (values) => {
		const open = values.reduce((bits, own, n) => (own[1] ? bits | bit(n) : bits), 0n);
		const [reached, apart] = [new Map(), new Map()];

		/* The terminals that allowed cases come to, as bits. */
		const reaches = (node) => {
			if (node < 3) return 1 << node;
			if (!reached.has(node)) {
				const [level, ...children] = nodes[node];
				reached.set(node, values[level].reduce((bits, n) => bits | reaches(children[n]), 0));
			}
			return reached.get(node);
		};

		/* Whether an allowed case makes one of two functions true and the other false. */
		const differ = (one, other) => {
			const [ones, others, key] = [reaches(one), reaches(other), `${one} ${other}`];
			const both = ones | others;
			if (one === other || (both & 3) < 3) return false;
			if (ones !== others && both < 4) return true;
			if (!apart.has(key)) {
				const top = Math.min(nodes[one][0], nodes[other][0]);
				const at = (node, n) => (nodes[node][0] === top ? nodes[node][n + 1] : node);
				apart.set(key, values[top].some((n) => differ(at(one, n), at(other, n))));
			}
			return apart.get(key);
		};

		/* The levels, as bits, in which alone two cases differ that the function tells apart. */
		const depends = (node) => {
			let found = 0n;
			const seen = new Set((reaches(node) & 3) < 3 ? [] : [node]);
			for (const here of seen) {
				const [level, ...children] = nodes[here];
				const next = [...new Set(values[level].map((n) => children[n]))];
				const told = next.some((one, n) => next.slice(n + 1).some((other) => differ(one, other)));
				if (told) found |= bit(level) & open;
				for (const child of next) if (asked[child] & open & ~found) seen.add(child);
			}
			return found;
		};
		return { reaches, depends };
	};

	const assess = (answers) => {
		const told = byId(factors, (each) => said(each, answers[each.id]));
		const worked = free.slice(); // under any other answers
		for (const { id, ways, level } of factors) if (ways && !(told[id] instanceof Set)) worked[level] = [0];
		const under = (ids) => {
			const values = worked.slice();
			for (const id of ids) narrow(values, factor[id], told[id]);
			return view(values);
		};
		const { reaches, depends } = under(Object.keys(told));
		const is = (node) => ["described", "not_described", "described", "possible"][reaches(node) & 3];
		const not = (node) => is(node) === "not_described";

		/* Because of a smallest set of answers: each is taken back, the last of the walk first. */
		const verdict = (node) => {
			const status = is(node);
			if (status === "possible") return { status, depends_on: named(depends(node)), because: [] };
			const because = named(asked[node]).reduceRight((kept, id) => {
				const fewer = kept.filter((each) => each !== id);
				return under(fewer).reaches(node) & (status === "described" ? 1 : 2) ? kept : fewer;
			}, named(asked[node]));
			return { status, depends_on: [], because };
		};

		/* What a sentence is cited with: the claims of all its ways, and of those that hold or may. */
		const cited = ({ claims, ways }) => {
			const held = (wanted) => ways.filter(([, way]) => is(way) === wanted).map(([claim]) => claim);
			const sure = new Set([...claims, ...held("described")]);
			const further = [...new Set(held("possible"))].filter((claim) => !sure.has(claim));
			return { claims: [...sure, ...further], further };
		};

		const line = (each) => ({ ...each, ...verdict(each.node), ...cited(each) });
		const options = data.options.map((own) => ({
			...line(own),
			aims: own.aims.filter(({ missed }) => !not(own.node) && !(reaches(missed) & 2)).map(line),
			setting: own.setting.map(line),
			statements: own.statements.map((each) => ({ ...line(each), elsewhere: not(each.node) && not(each.scope) })),
			excludes: own.excludes.map(line),
		}));

		const by = byId(options, ({ status }) => status);
		const having = (wanted) => Object.keys(wanted).every((id) => wanted[id].includes(by[id]));
		const shows = ({ when, unless, about, check }) => {
			if (is(when) === "described" && reaches(unless) & 1 && having(about)) return "raised";
			const open = is(when) === "possible" && check && !(reaches(check.certain) & 1);
			return open && reaches(check.possible) & 2 && having(check.options) ? "check" : null;
		};

		const changes = byId(factors, () => []);
		for (const kind in data.shown) {
			const all = data.shown[kind].reduce((bits, node) => (asked[node] & ~bits ? bits | depends(node) : bits), 0n);
			for (const id of named(all)) changes[id].push(kind);
		}

		const state = ({ id, ways, applies, recordOnly }) => {
			const open = changes[id].length;
			if (told[id]) return not(applies) ? "parked" : "answered";
			if (told[id] === null && !ways) return "not_recorded";
			if (not(applies)) return "not_applicable";
			if (ways) return "worked_out";
			if (is(applies) === "possible" && (open || recordOnly)) return "waiting";
			return recordOnly ? "record_only" : open ? "to_ask" : "settled";
		};
		const states = byId(factors, state);
		const asking = Object.values(states).includes("to_ask") ? ["to_ask", "record_only"] : [];
		const left = ({ id, ways }) =>
			Object.keys(ways).filter((v) => (told[id] instanceof Set ? told[id].has(v) : reaches(ways[v]) & 2));
		return {
			options,
			alerts: data.alerts.map((each) => ({ ...each, state: shows(each), ...cited(each) })),
			changes,
			next: where(({ id, applies }) => changes[id].length && is(applies) === "described"),
			waiting: where(({ id, applies }) => changes[id].length && is(applies) !== "described"),
			derived: byId(factors.filter(({ ways }) => ways), left),
			states,
			question: where(({ id }) => asking.includes(states[id]))[0] ?? null,
			is,
			verdict,
		};
	};
	return { assess, said, factor };
};
