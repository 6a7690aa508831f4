"use strict";
/* What follows from answers, exactly, over all of their completions: the wizard's own reasoning.

   A function of a case is a node of the decision diagrams that the wizard compiled: 0 false, 1 true,
   2 not a case, any other [level of its variable, a child for each value].  Answers are by factor,
   as a case file has them.  Tests hold all that `assess` says to what the wizard says. */

const reasoner = (data) => {
  const { sizes, factors } = data;
  const nodes = [[], [], [], ...data.diagrams];
  const level = (node) => nodes[node][0] ?? Infinity;
  const asked = [0n, 0n, 0n]; // the levels that each node asks, as bits
  const ends = [1, 2, 4]; // the terminals that it comes to, as bits
  for (const [own, ...children] of data.diagrams) {
    asked.push(children.reduce((bits, child) => bits | asked[child], 1n << BigInt(own)));
    ends.push(children.reduce((bits, child) => bits | ends[child], 0));
  }
  const free = sizes.map((size) => [...Array(size).keys()]);
  const factor = Object.fromEntries(factors.map((each) => [each.id, each]));
  for (const each of factors) each.bits = ((1n << BigInt(each.size)) - 1n) << BigInt(each.level);
  const named = (bits) => factors.filter((each) => bits & each.bits).map((each) => each.id);

  // --- numbers: [low, high) ranges; not done lies above all numbers ----------------------------

  const BEYOND = 1e300;
  const above = (of, x) => (of.whole ? x + 1 : x + Math.abs(x) * 2 ** -52 + (x === 0) * 5e-324);

  const numberIn = (of, text, unclear) => {
    const bare = text.slice(0, of.unit && text.endsWith(of.unit) ? -of.unit.length : undefined).trim();
    const [, sign, whole, mark, part = ""] = /^(-?)(\d+)(?:([.,])(\d+))?$/.exec(bare) ?? [];
    const number = +`${sign}${whole}.${part}`;
    const fits = number >= of.min && number <= of.max && (whole + part).length < 16;
    if (!fits || (of.whole && +part)) {
      const kind = of.whole ? "an integer" : "a number";
      throw Error(`“${bare}” is not ${kind} from ${of.min} to ${of.max} ${of.unit}`.trim());
    }
    if (mark && unclear.includes(mark) && part.length === 3 && +whole) {
      throw Error(`“${bare}” can be read in two ways: as a decimal and as thousands`);
    }
    return number;
  };

  /* The ranges that an answer leaves: 12, <10, >=20, 10-20, or several of them; `unclear` are the
     marks that may separate thousands. */
  const ranges = (of, raw, unclear) => {
    const several = Array.isArray(raw) ? raw : `${raw}`.split(/;|, | or /);
    if (several.length > 1) return several.flatMap((each) => ranges(of, each, unclear));
    const text = `${several[0]}`.trim();
    if (of.notDone && text === "not_done") return [[BEYOND, Infinity]];
    const [, sign = "", start, end] = /^([<>]=?|[≤≥])?(.+?)(?:(?<=\d) ?[-–] ?(?=\d)(.+))?$/.exec(text) ?? [];
    const least = numberIn(of, start ?? "", unclear);
    const most = end ? numberIn(of, end, unclear) : least;
    const low = /[<≤]/.test(sign) ? -Infinity : sign === ">" ? above(of, least) : least;
    const top = of.notDone ? BEYOND : Infinity;
    const high = /[>≥]/.test(sign) ? top : sign === "<" ? most : above(of, most);
    if (low >= high || high <= of.min || low > of.max) throw Error(`no number fits “${text}”`);
    return [[low, high]];
  };

  const leavesOut = (of, parts) => {
    let to = of.min;
    for (const [low, high] of parts.toSorted(([one], [other]) => one - other)) {
      if (low <= (to > of.max ? BEYOND : to)) to = Math.max(to, high);
    }
    return to <= of.max || (of.notDone && to < Infinity);
  };

  // --- answers ---------------------------------------------------------------------------------

  /* What an answer says: undefined if none was given, null if it is not known.  Of a choice the set
     of its values, or the group of all of them; of a multi the state of members; of a number its
     ranges.  Throws what is wrong with a number. */
  const said = (of, raw, unclear = ",") => {
    if (raw === undefined || raw === null) return raw;
    if (of.kind === "number") {
      const parts = ranges(of, raw, unclear);
      return leavesOut(of, parts) ? parts : null;
    }
    if (of.kind === "multi") {
      if (raw === "not_done") return { not_done: 1 };
      const told = raw === "none" ? [] : raw;
      const state = (id) => (Array.isArray(told) ? told.includes(id) : { present: true, absent: false }[told[id]]);
      const known = of.values.map(({ id }) => [id, state(id)]).filter(([, is]) => is !== undefined);
      return known.length ? Object.fromEntries(known.map(([id, is]) => [id, +is])) : null;
    }
    const items = [raw].flat();
    const group = (id) => of.groups.find((each) => each.id === id);
    const values = new Set(items.flatMap((id) => group(id)?.values ?? [id]));
    if (values.size < of.values.length) return values;
    return items.length > 1 ? null : (group(items[0]) ?? null);
  };

  const narrow = (values, of, told) => {
    if (of.kind === "multi") {
      for (const [id, is] of Object.entries(told ?? {})) {
        if (of.notDone) values[of.level] = [0]; // whatever is said of a member, it was looked for
        values[of.level + of.levels.indexOf(id)] = [is];
      }
    } else if (Array.isArray(told)) {
      const cuts = [-Infinity, ...of.cuts, Infinity];
      const lies = (n) => told.some(([low, high]) => low < cuts[n + 1] && cuts[n] < high);
      values[of.level] = free[of.level].filter(lies);
    } else if (told instanceof Set) {
      values[of.level] = of.levels.flatMap((id, n) => (told.has(id) ? [n] : []));
    }
  };

  // --- functions under what is allowed ---------------------------------------------------------

  const view = (values) => {
    const bits = (test) => values.reduce((all, own, n) => (test(own, n) ? all | (1n << BigInt(n)) : all), 0n);
    const restricted = bits((own, n) => own.length < sizes[n]);
    const open = bits((own) => own.length > 1);
    const reached = new Map();
    const apart = new Map();

    /* The terminals that allowed cases come to, as bits. */
    const reaches = (node) => {
      if (!(asked[node] & restricted)) return ends[node];
      if (!reached.has(node)) {
        reached.set(node, values[level(node)].reduce((all, n) => all | reaches(nodes[node][n + 1]), 0));
      }
      return reached.get(node);
    };

    /* Whether an allowed case makes one of two functions true and the other false. */
    const differ = (one, other) => {
      const [ones, others] = [reaches(one), reaches(other)];
      if (one === other || ((ones | others) & 3) < 3) return false;
      if (ones !== others && (ones | others) < 4) return true;
      const key = `${one} ${other}`;
      if (!apart.has(key)) {
        const top = Math.min(level(one), level(other));
        const at = (node, n) => (level(node) === top ? nodes[node][n + 1] : node);
        apart.set(key, values[top].some((n) => differ(at(one, n), at(other, n))));
      }
      return apart.get(key);
    };

    /* The levels, as bits, in which alone two allowed cases differ that the function tells apart. */
    const depends = (node) => {
      if ((reaches(node) & 3) < 3) return 0n;
      let found = 0n;
      const seen = new Set([node]);
      for (const here of seen) {
        const bit = 1n << BigInt(level(here));
        const next = [...new Set(values[level(here)].map((n) => nodes[here][n + 1]))];
        const apart = (one, n) => next.slice(n + 1).some((other) => differ(one, other));
        if (open & bit && !(found & bit) && next.some(apart)) found |= bit;
        for (const child of next) if (asked[child] & open & ~found) seen.add(child);
      }
      return found;
    };
    return { reaches, depends };
  };

  // --- the assessment --------------------------------------------------------------------------

  const status = (reached) => (reached & 1 ? (reached & 2 ? "possible" : "not_described") : "described");

  const assess = (answers) => {
    const told = Object.fromEntries(factors.map((each) => [each.id, said(each, answers[each.id])]));
    const worked = free.slice(); // what every variable could be under other answers
    for (const { id, ways, level } of factors) if (ways && !(told[id] instanceof Set)) worked[level] = [0];
    const given = worked.slice();
    for (const each of factors) narrow(given, each, told[each.id]);
    const { reaches, depends } = view(given);
    const is = (node) => status(reaches(node));

    /* The smallest set of answers that alone settle a function, found by taking them back from the
       last of the walk; then of a multi only the members that decide. */
    const deciding = (node, unwanted) => {
      const kept = {};
      const opens = (parts) => {
        const values = worked.slice();
        for (const id in parts) narrow(values, factor[id], parts[id]);
        return view(values).reaches(node) & unwanted;
      };
      for (const id of named(asked[node])) if (told[id]) kept[id] = told[id];
      for (const id of Object.keys(kept).reverse()) {
        const { [id]: _, ...fewer } = kept;
        if (!opens(fewer)) delete kept[id];
      }
      for (const { id, kind, values } of factors) {
        const all = kind === "multi" && kept[id] && !kept[id].not_done && Object.entries(kept[id]);
        if (!all || all.filter(([, is]) => !is).length === values.length) continue;
        for (const [member] of all.reverse()) {
          const { [member]: _, ...fewer } = kept[id];
          if (!opens({ ...kept, [id]: fewer })) kept[id] = fewer;
        }
      }
      return kept;
    };

    const verdict = (node) => {
      const found = is(node);
      const depends_on = found === "possible" ? named(depends(node)) : [];
      const why = found === "possible" ? {} : deciding(node, found === "described" ? 1 : 2);
      return { status: found, depends_on, because: Object.keys(why), deciding: why };
    };

    /* The claims that a sentence is cited with: those of every way, and of ways that may hold. */
    const cited = (...places) => {
      const ways = places.flatMap((place) => Object.entries(place.ways ?? {}));
      const held = (wanted) => ways.filter(([, way]) => is(way) === wanted).map(([claim]) => claim);
      const sure = new Set([...places.flatMap((place) => place.claims), ...held("described")]);
      const claims_possible = [...new Set(held("possible"))].filter((claim) => !sure.has(claim));
      return { claims: [...sure, ...claims_possible], claims_possible };
    };

    const line = (each) => ({ id: each.id, ...verdict(each.node), ...cited(each) });
    const options = data.options.map(({ id, node, aims, setting, statements, excludes }) => {
      const found = verdict(node);
      const holds = (aim) => found.status !== "not_described" && !(reaches(aim.missed) & 2);
      const elsewhere = (each) => [each.node, each.scope].every((part) => is(part) === "not_described");
      return {
        id,
        ...found,
        aims: aims.filter(holds).map((aim) => ({ id: aim.id, ...cited(...aim.places) })),
        setting: setting && line(setting),
        statements: statements.map((each) => ({ ...line(each), elsewhere: elsewhere(each) })),
        excludes: excludes.map(line),
      };
    });

    const by = Object.fromEntries(options.map((each) => [each.id, each.status]));
    const having = (wanted) => Object.entries(wanted).every(([id, statuses]) => statuses.includes(by[id]));
    const shows = ({ when, unless, about, check }) => {
      const now = is(when);
      if (now === "described" && reaches(unless) & 1 && having(about)) return "raised";
      const open = now === "possible" && check && !(reaches(check.certain) & 1);
      return open && reaches(check.possible) & 2 && having(check.options) ? "check" : null;
    };
    const alerts = data.alerts.map((each) => ({ id: each.id, state: shows(each), ...cited(each) }));

    const applies = Object.fromEntries(factors.map((each) => [each.id, is(each.applies)]));
    const changes = Object.fromEntries(factors.map((each) => [each.id, []]));
    for (const [kind, functions] of Object.entries(data.shown)) {
      const levels = functions.reduce((bits, node) => (asked[node] & ~bits ? bits | depends(node) : bits), 0n);
      for (const id of named(levels)) changes[id].push(kind);
    }

    /* Where a question stands in the walk. */
    const state = ({ id, ways, recordOnly }) => {
      const apart = applies[id] === "not_described";
      if (told[id]) return apart ? "parked" : "answered";
      if (told[id] === null && !ways) return "not_recorded";
      if (apart) return "not_applicable";
      if (ways) return "worked_out";
      const open = changes[id].length;
      if (applies[id] === "possible" && (open || recordOnly)) return "waiting";
      return recordOnly ? "record_only" : open ? "to_ask" : "settled";
    };
    const states = Object.fromEntries(factors.map((each) => [each.id, state(each)]));
    const asking = Object.values(states).includes("to_ask") ? ["to_ask", "record_only"] : [];
    const left = ({ id, ways }) =>
      Object.keys(ways).filter((v) => (told[id] instanceof Set ? told[id].has(v) : reaches(ways[v]) & 2));
    const where = (test) => factors.filter(test).map(({ id }) => id);
    return {
      options,
      alerts: alerts.filter((each) => each.state),
      applies,
      parked: where(({ id }) => told[id] && applies[id] === "not_described"),
      next: where(({ id }) => changes[id].length && applies[id] === "described").map((id) => ({ factor: id, changes: changes[id] })),
      waiting: where(({ id }) => changes[id].length && applies[id] !== "described"),
      derived: Object.fromEntries(factors.filter(({ ways }) => ways).map((each) => [each.id, left(each)])),
      states,
      question: factors.find(({ id }) => asking.includes(states[id]))?.id ?? null,
      verdict,
    };
  };
  return { assess, said, factor };
};
