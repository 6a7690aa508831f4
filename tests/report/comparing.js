// What an engine says of cases otherwise than the wizard: `ANSWERS PLACE: ENGINE, not WIZARD`.
function differences(data, cases) {
  const { assess } = reasoner(data);
  const cited = ({ claims, further }) => ({ claims, claims_possible: further });
  const why = ({ status, depends_on, because }) => ({ status, depends_on, because });
  const line = (each) => ({ id: each.id, ...why(each), ...cited(each) });
  const option = (each) => ({
    id: each.id,
    ...why(each),
    aims: each.aims.map((aim) => ({ id: aim.id, ...cited(aim) })),
    setting: each.setting.map((one) => ({ ...why(one), ...cited(one) }))[0] ?? null,
    statements: each.statements.map((one) => ({ ...line(one), elsewhere: one.elsewhere })),
    excludes: each.excludes.map(line),
  });
  const sorted = (_, value) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value;
  const found = [];
  for (const { answers, told } of cases) {
    const says = assess(answers);
    says.open_checks = Object.fromEntries(
      says.alerts.filter(({ state }) => state === "check").map(({ id, when }) => [id, says.verdict(when).depends_on]),
    );
    says.options = says.options.map(option);
    says.next = says.next.map((factor) => ({ factor, changes: says.changes[factor] }));
    says.alerts = says.alerts.flatMap((each) => (each.state ? [{ id: each.id, state: each.state, ...cited(each) }] : []));
    says.parked = data.factors.map(({ id }) => id).filter((id) => says.states[id] === "parked");
    for (const [place, theirs] of Object.entries(told)) {
      const [mine, wanted] = [says[place], theirs].map((each) => JSON.stringify(each, sorted));
      if (mine !== wanted) found.push(`${JSON.stringify(answers)} ${place}: ${mine}, not ${wanted}`);
    }
  }
  return found;
}
