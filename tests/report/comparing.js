// What an engine says of cases otherwise than the wizard: `ANSWERS PLACE: ENGINE, not WIZARD`.
function differences(data, cases) {
  const { assess } = reasoner(data);
  const when = Object.fromEntries(data.alerts.map((each) => [each.id, each.when]));
  const said = (of, told) => (of.kind === "number" ? "a number" : told instanceof Set ? [...told].sort() : told);
  const plain = (deciding) =>
    Object.fromEntries(data.factors.flatMap((of) => (deciding[of.id] ? [[of.id, said(of, deciding[of.id])]] : [])));
  const sentence = ({ deciding, ...rest }) => ({ ...rest, deciding: plain(deciding) });
  const unnamed = ({ id, ...rest }) => sentence(rest);
  const option = (each) => ({
    ...sentence(each),
    setting: each.setting && unnamed(each.setting),
    statements: each.statements.map(sentence),
    excludes: each.excludes.map(sentence),
  });
  const sorted = (_, value) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value;
  const found = [];
  for (const { answers, told } of cases) {
    const says = assess(answers);
    says.options = says.options.map(option);
    says.open_checks = Object.fromEntries(
      says.alerts.filter(({ state }) => state === "check").map(({ id }) => [id, says.verdict(when[id]).depends_on]),
    );
    for (const [place, theirs] of Object.entries(told)) {
      const [mine, wanted] = [says[place], theirs].map((each) => JSON.stringify(each, sorted));
      if (mine !== wanted) found.push(`${JSON.stringify(answers)} ${place}: ${mine}, not ${wanted}`);
    }
  }
  return found;
}
