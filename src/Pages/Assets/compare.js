"use strict";
// Two cells side by side: the test that was computed with the report, and the questions on which they differ.

const NUMBERED = new Intl.Collator("en", { numeric: true });

function pairOf(table, benchmark, a, b) {
  const pairs = table.pairs[benchmark], one = table.cells.indexOf(a), two = table.cells.indexOf(b);
  const row = pairs && pairs.rows.find(pair => (pair[0] === one && pair[1] === two) || (pair[0] === two && pair[1] === one));
  if (!row) return null;
  const turned = row[0] !== one, number = text => text === "" ? null : (turned ? -1 : 1) * Number(text);
  const ends = [number(row[4]), number(row[5])];
  return { replicates: turned ? [...row[2]].reverse() : row[2], difference: number(row[3]), low: turned ? ends[1] : ends[0], high: turned ? ends[0] : ends[1], p: row[6], holm: row[7], detectable: row[8], test: pairs.tests[row[9]], tested: pairs.tested };
}

function verdictOf(outcome) { return outcome === "1" ? "right" : outcome === "0" ? "wrong" : "unparsed"; }

async function compareView(_, settings) {
  const index = await NT.load("index");
  const name = index.tables.includes(settings.get("table")) ? settings.get("table") : index.tested.includes("Table1") ? "Table1" : index.tested[0] || index.tables[0];
  const table = name && await tablePart(name);
  if (!table || table.cells.length < 2) return [h("h1", {}, "Compare two cells"), h("p", {}, "It takes a locked table with two cells.")];
  const a = cellOf(table, settings.get("a")) || table.cells.find(cell => cell.baseline) || table.cells[0];
  const b = cellOf(table, settings.get("b")) || cellOf(table, a.baseline) || table.cells.find(cell => cell !== a);
  const names = Object.keys(a.benchmarks).filter(benchmark => b.benchmarks[benchmark]);
  const benchmark = names.includes(settings.get("benchmark")) ? settings.get("benchmark") : names[0];
  const options = table.cells.map(cell => cell.address), side = settings.get("side") || "";
  const nodes = [
    h("h1", {}, "Compare two cells"),
    choices("Which cells", "compare", [
      { name: "table", label: "Table", options: index.tables, value: name },
      { name: "a", label: "A", options, value: a.address },
      { name: "b", label: "B", options, value: b.address },
      { name: "benchmark", label: "Benchmark", options: names, value: benchmark },
      { name: "side", label: "Questions", options: [["", "right in one of the two"], ["a", "right in A only"], ["b", "right in B only"]], value: side },
    ]),
  ];
  if (a === b) return [...nodes, h("p", {}, "A and B are the same cell.")];
  if (!benchmark) return [...nodes, h("p", {}, "The two have no benchmark in common.")];
  const one = a.benchmarks[benchmark], two = b.benchmarks[benchmark], pair = pairOf(table, benchmark, a, b);
  nodes.push(verdict(table, pair, a, b, one, two, benchmark));
  if (Number(one.drawn) > 0 || Number(two.drawn) > 0) {
    nodes.push(h("p", { class: "soft" }, "Some answers name no option; the protocol's program would draw one. The table counts such an answer with its chance, and the accuracies above do; the test and the questions below count it as not right."));
  }

  const questions = table.benchmarks.find(item => item.name === benchmark).n;
  const counts = [0, 0, 0, 0], all = [], paired = [];
  for (let k = 0; k < Math.min(one.outcomes.length, two.outcomes.length); k++) {
    const left = one.outcomes[k], right = two.outcomes[k];
    if (left === null || right === null || left.length !== right.length) continue;
    paired.push(k);
    for (let i = 0; i < left.length; i++) {
      const kind = left[i] === "1" ? (right[i] === "1" ? 0 : 1) : right[i] === "1" ? 2 : 3;
      counts[kind]++;
      if (kind === 1 || kind === 2) all.push({ k, i, kind, place: i % questions, repeat: Math.floor(i / questions) });
    }
  }

  const parts = one.answers && two.answers ? [await NT.load(one.answers), await NT.load(two.answers)] : null;
  const ids = parts && (await NT.load(parts[0].sets[0].questions)).map(question => question.id), places = new Set(all.map(flip => flip.place));
  const rank = new Map([...places].sort((x, y) => (ids ? NUMBERED.compare(ids[x], ids[y]) : 0) || x - y).map((place, i) => [place, i]));
  const flips = all.filter(flip => (flip.kind === 1 && side !== "b") || (flip.kind === 2 && side !== "a"))
    .sort((x, y) => rank.get(x.place) - rank.get(y.place) || x.k - y.k || x.repeat - y.repeat);
  nodes.push(h("h2", {}, all.length + (all.length === 1 ? " flipped answer on " : " flipped answers on ") + places.size + (places.size === 1 ? " question" : " questions")),
    h("p", { class: "soft" }, partners(a, b, paired)),
    grid("Verdicts of both", ["answers", "B right", "B not right"], [["A right", String(counts[0]), String(counts[1])], ["A not right", String(counts[2]), String(counts[3])]]),
    h("p", { role: "status" }, all.length + " answers differ in being right (questions × the replicates that both have); " + counts[1] + " are right in A only, " + counts[2] + " in B only; " + flips.length + " shown."));
  const page = Math.min(Math.max(0, Number(settings.get("page") || 0) || 0), Math.max(0, Math.ceil(flips.length / SIZE) - 1));
  if (!parts) nodes.push(notLocked(one.answers ? two : one), h("p", { class: "soft" }, "Questions are named by their place in ordinal order of the ids."));
  for (const flip of flips.slice(page * SIZE, (page + 1) * SIZE)) {
    nodes.push(await flipBox(flip, parts, [a, b], [one, two]));
  }
  nodes.push(pages(flips.length, SIZE, page, to => "#/compare" + query({ ...Object.fromEntries(settings), page: to })));
  return nodes;
}

// Which replicates the flips are of: the first of A beside the first of B, and so on.
function partners(a, b, paired) {
  const numbers = list => (list.length === 1 ? "seed " : "seeds ") + list.join(", ");
  const same = paired.every(k => a.seeds[k] === b.seeds[k]);
  const told = paired.length === 0 ? "no replicates in common" : same ? numbers(paired.map(k => a.seeds[k])) : "seeds of A beside those of B: " + paired.map(k => a.seeds[k] + " and " + b.seeds[k]).join(", ");
  const alone = [["A", a], ["B", b]].map(([name, cell]) => [name, cell.seeds.filter((_, k) => !paired.includes(k))]).filter(([, seeds]) => seeds.length > 0)
    .map(([name, seeds]) => "; " + numbers(seeds) + " of " + name + (seeds.length === 1 ? " has" : " have") + " no partner");
  return told[0].toUpperCase() + told.slice(1) + alone.join("") + ".";
}

function whyNoTest(table, one, two) {
  if (table.findings) return [table.name + " tests its own contrasts: ", link("#/table/" + path(table.name), "its verdicts"), ". The tables that its cells are of test any two."];
  const silent = [["A", one], ["B", two]].filter(([, value]) => value.outcomes.length === 0 || value.outcomes.some(text => !text)).map(([name]) => name);
  if (silent.length > 0) return ["The table has no outcomes of " + silent.join(" and ") + "."];
  return [table.cells.length > 64 ? "Tables of more than 64 cells have tests against baselines only." : "The outcomes of the two are not paired."];
}

function verdict(table, pair, a, b, one, two, benchmark) {
  const card = (title, big, small) => h("div", { class: "card" }, h("p", { class: "soft" }, title), h("p", { class: "big" }, big), h("p", { class: "soft" }, small));
  const cards = [
    card("A on " + benchmark, percent(one.mean) + " %", [one.se ? "± " + percent(one.se) + ", " : "", named(a.address)]),
    card("B on " + benchmark, percent(two.mean) + " %", [two.se ? "± " + percent(two.se) + ", " : "", named(b.address)]),
  ];
  if (!pair) return h("div", { class: "cards" }, cards, card("Test", "none", whyNoTest(table, one, two)));
  const range = pair.low === null ? "" : "95 % interval " + points(pair.low) + " to " + points(pair.high);
  cards.push(
    card("A minus B", points(pair.difference) + " points", range || "no interval"),
    card("p of this comparison alone", pair.p || "none", pair.p ? "after Holm over all " + pair.tested + " pairs of the table: " + pair.holm : pair.test),
    card("Detectable effect", pair.detectable ? pair.detectable + " points" : "not told", "the smallest true difference that this test finds at level 0.05 with power 0.8"));
  const told = !pair.p ? "There is no test of these two." : Number(pair.holm) <= 0.05 ? "The difference is significant even among all pairs." : Number(pair.p) <= 0.05
    ? "Significant if this pair was chosen before looking; not among all pairs of the table."
    : "No difference was found" + (pair.detectable ? "; one below " + pair.detectable + " points could have been missed." : ".");
  return h("div", {}, h("div", { class: "cards" }, cards), h("p", { class: "told" }, told),
    h("p", { class: "soft" }, (pair.p ? "Test: " + pair.test : "") + (Math.max(...pair.replicates) > 1 ? ", " + (pair.replicates[0] === pair.replicates[1] ? pair.replicates[0] : pair.replicates.join(" and ")) + " replicates." : "")));
}

async function flipBox(flip, parts, cells, values) {
  const seeds = cells.map(cell => cell.seeds[flip.k]);
  const found = parts && await Promise.all(parts.map(async (part, s) => {
    const at = part.sets.findIndex(set => set.seed === seeds[s] && set.repeat === flip.repeat + 1);
    return at < 0 ? null : (await answerRows(part, at, cells[s].address))[flip.place];
  }));
  const known = found && found[0] && found[1];
  return h("article", { class: "answer flip" },
    h("h3", { class: "id" }, h("code", {}, known ? found[0].question.id : "question " + (flip.place + 1)), h("span", { class: "badge " + (flip.kind === 1 ? "right" : "wrong") }, flip.kind === 1 ? "right in A only" : "right in B only"),
      h("span", { class: "soft" }, "seed " + seeds[0] + (seeds[0] === seeds[1] ? "" : " and " + seeds[1]))),
    known ? questionNodes(found[0]) : null,
    h("div", { class: "sides" }, cells.map((cell, s) => h("section", {}, h("h4", {}, s === 0 ? "A: " : "B: ", named(cell.address)),
      known ? outputNodes(found[s]) : h("p", {}, verdictOf(values[s].outcomes[flip.k][flip.i]))))));
}
