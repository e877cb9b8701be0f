"use strict";
// The views that are made of data. Each is a function of the address's parts and settings that gives nodes, the heading first.

// Four outcomes in a character, see PackedOutcomes.cs: the length, a colon, and digits to the base 3 in 81 characters.
const PACKED = new Map([...Array(92).keys()].map(i => String.fromCharCode(35 + i)).filter(c => !"&'+<>\\`".includes(c)).map((c, i) => [c, i]));
function unpacked(text) {
  const packed = text === null ? null : /^(\d+):/.exec(text);
  if (!packed) return text;
  let all = "";
  for (const c of text.slice(packed[0].length)) {
    const four = PACKED.get(c);
    all += "01-"[four % 3] + "01-"[Math.floor(four / 3) % 3] + "01-"[Math.floor(four / 9) % 3] + "01-"[Math.floor(four / 27)];
  }
  return all.slice(0, Number(packed[1]));
}

async function tablePart(name) {
  const table = await NT.load("tables/" + name), students = await NT.load("students");
  const own = value => typeof value === "number" ? students[value] : value; // a place: other tables have the same
  if (!table.isUnpacked) for (const cell of table.cells) {
    for (const value of Object.values(cell.benchmarks)) value.outcomes = value.outcomes.map(own).map(unpacked);
    for (const seed of Object.keys(cell.digests)) cell.digests[seed] = own(cell.digests[seed]);
  }
  table.isUnpacked = true;
  return table;
}

const cellOf = (table, address) => table.cells.find(cell => cell.address === address);
const cellRoute = (table, cell) => "#/cell/" + path(table + "/" + cell);

async function splitCell(address) {
  const index = await NT.load("index");
  const name = index.tables.find(table => address.startsWith(table + "/"));
  const table = name && await tablePart(name);
  return [table, table && cellOf(table, address.slice(name.length + 1))];
}

function sets(part) { return part.sets.map((set, i) => [String(i), "seed " + set.seed + (part.sets.some(other => other.repeat > 1) ? ", answer " + set.repeat : "")]); }

function notLocked(value) { return value && value.missing ? h("p", { class: "soft" }, "No answers to show: " + value.missing) : null; }

async function cellView(address) {
  const [table, cell] = await splitCell(address);
  if (!cell) return null;
  const benchmarks = Object.keys(cell.benchmarks);
  const other = cell.baseline || table.cells.find(one => one !== cell).address;
  const { targets, cells } = await targetsPart(), behind = cells[table.name][cell.address];
  const nodes = [
    h("h1", {}, table.name + " / ", named(cell.address)),
    cell.what ? h("p", {}, cell.what[0].toUpperCase() + cell.what.slice(1) + ".") : null,
    facts([["method", cell.method], ["training examples", cell.size], ["mix", cell.mix], ["seeds", cell.seeds.join(", ")], ["class of the lock", cell.class || table.class],
      ["compared with", cell.baseline ? link(cellRoute(table.name, cell.baseline), cell.baseline) : "nothing in the table"]]),
    table.cells.length > 1 ? h("p", {}, link("#/compare" + query({ table: table.name, a: cell.address, b: other, benchmark: benchmarks[0] }), "Compare with ", named(other)), " or any other cell, question by question.") : null,
    h("h2", {}, "Locked values"),
    grid("Locked values of " + cell.address, ["benchmark", "accuracy %", "difference, p (Holm)", "tokens/answer", "unparsed %", "cut off %", "right by seed", "answers"], benchmarks.map(name => {
      const value = cell.benchmarks[name];
      return [name, percent(value.mean) + (value.se ? " ± " + percent(value.se) : ""),
        value.diff ? [points(100 * value.diff), " (" + (value.pHolm || "no test") + ")"] : "", value.tokens, percent(value.unparsed), percent(value.truncated), (value.right || []).join(", "),
        value.answers ? link("#/answers" + query({ table: table.name, cell: cell.address, benchmark: name }), "read") : "not here"];
    })),
    h("h2", {}, "Where the numbers come from"),
    h("p", { class: "soft" }, "Digests (SHA-256, the first 16 digits) are those of the lock. What the store holds is compared with them."),
  ];
  const rows = cell.seeds.flatMap((seed, k) => {
    const digests = cell.digests["seed" + seed] || {};
    const steps = ["selection", "training", "weights"].filter(step => digests[step]).map(step => [step, "", digests[step]])
      .concat(benchmarks.filter(name => (digests.answers || {})[name]).map(name => ["answers", name, digests.answers[name]]))
      .concat(benchmarks.map(name => ["grades", name, (cell.benchmarks[name].grades || [])[k]]).filter(row => row[2]));
    const made = new Map();
    for (const target of behind) for (const output of (targets[target] && targets[target].run ? targets[target].run.outputs : [])) made.set(output[1], target);
    return steps.map(([step, name, digest]) => [step + (name ? " of " + name : ""), String(seed), h("code", {}, digest),
      made.has(digest) ? link("#/target/" + path(made.get(digest)), "✓ " + made.get(digest)) : "not in this store",
      made.has(digest) ? targets[made.get(digest)].run.started : ""]);
  });
  nodes.push(grid("Digests of " + cell.address, ["what", "seed", "digest", "made by", "on"], rows));
  const mine = behind.filter(target => targets[target]);
  nodes.push(h("details", {}, h("summary", {}, "All " + mine.length + " targets behind this cell"), targetRows(mine, targets)));
  const trainings = await NT.load("trainings");
  const curves = mine.filter(target => trainings[target] && trainings[target].slice(1).some(loss => loss !== null) && target.startsWith(table.name + "/"));
  if (curves.length > 0) nodes.push(h("h2", {}, "Training"), h("div", { class: "figures" }, curves.map(target => curve(target, trainings[target]))));
  nodes.push(h("h2", {}, "Example answers"));
  for (const name of benchmarks) {
    const value = cell.benchmarks[name];
    nodes.push(h("h3", {}, name));
    if (!value.answers) { nodes.push(notLocked(value)); continue; }
    const part = await NT.load(value.answers);
    const rows = await answerRows(part, 0, cell.address);
    for (const verdict of ["1", "0"]) {
      const row = rows.find(one => one.verdicts[0][1] === verdict);
      if (row) nodes.push(await answerBox(row, part, 4));
    }
    nodes.push(h("p", {}, link("#/answers" + query({ table: table.name, cell: cell.address, benchmark: name }), "All answers to " + name)));
  }
  return nodes;
}

function curve(target, [tokens, ...losses]) {
  const width = 420, height = 150, points = losses.map((loss, i) => [(i + 1) / losses.length, loss]).filter(([, loss]) => loss !== null), most = Math.max(...points.map(point => point[1]));
  const places = points.map(([share, loss]) => (40 + 370 * share).toFixed(1) + "," + (10 + 110 * (1 - loss / most)).toFixed(1)).join(" ");
  const name = "Loss of " + target + ": from " + points[0][1].toFixed(3) + " to " + points[points.length - 1][1].toFixed(3);
  return h("figure", {}, h("div", { class: "scroll", role: "group", tabindex: "0", "aria-label": "Drawing of " + target }, h("svg", { viewBox: "0 0 " + width + " " + height, role: "img", "aria-label": name },
    h("rect", { width, height }), h("line", { x1: 40, x2: 410, y1: 120, y2: 120, stroke: "#444444" }), h("line", { x1: 40, x2: 40, y1: 10, y2: 120, stroke: "#444444" }),
    h("polyline", { points: places, fill: "none", stroke: "#0072B2", "stroke-width": "1.8" }),
    h("text", { x: 36, y: 16, "text-anchor": "end", "font-size": "11" }, most.toFixed(2)), h("text", { x: 36, y: 122, "text-anchor": "end", "font-size": "11" }, "0"),
    h("text", { x: 410, y: 136, "text-anchor": "end", "font-size": "11" }, tokens.toLocaleString("en") + " tokens"))), h("figcaption", {}, name));
}

// The rows of a set in ordinal order of the ids: question, prompt, output, verdicts [extracted, verdict] by protocol.
async function answerRows(part, at, cell) {
  const set = part.sets[at], questions = await NT.load(set.questions), prompts = set.prompts ? await NT.load(set.prompts) : null;
  return set.rows.map((row, i) => ({ cell, seed: set.seed, repeat: set.repeat, protocols: set.protocols, question: questions[i], prompt: prompts && prompts[i], output: row[0], tokens: row[1], cut: row[2] === 1, verdicts: row[3] }));
}

function questionNodes(row) {
  const { question } = row;
  if (question.text === undefined) return [h("p", { class: "soft" }, "The benchmark is confidential: its texts and the answers to them stay in the store.")];
  return [
    shown(question.text, "question " + question.id),
    question.options.length > 0 ? h("ol", { type: "A", dir: "auto", class: "options" }, question.options.map(option => h("li", {}, option))) : null,
    h("p", {}, "Reference: ", h("bdi", {}, isOption(question.reference, question) ? question.reference + ". " + optionOf(question.reference, question) : question.reference), Object.keys(question.meta).length > 0 ? h("span", { class: "soft" }, " · ", Object.entries(question.meta).map(([name, value]) => name + " " + value).join(", ")) : null),
  ];
}

const optionOf = (letter, question) => (question.options || [])[letter.length === 1 ? letter.charCodeAt(0) - 65 : -1];
const isOption = (letter, question) => optionOf(letter, question) !== undefined;

// What was taken for the answer, with the words of the option; "no option" where the question has options and this is none of them.
function extractedNodes(extracted, question) {
  if (extracted === null) return "";
  const after = isOption(extracted, question) ? [" (", h("bdi", {}, optionOf(extracted, question)), ")"] : (question.options || []).length > 0 ? [" (no option)"] : [];
  return ["extracted ", h("bdi", { class: "extracted" }, extracted), ...after, " "];
}

// Why nothing was found in an output, where that can be seen of it.
function whyUnparsed(row, i) {
  if (row.verdicts[i][1] !== "-" || row.output === null) return "";
  const text = row.output.toLowerCase();
  return text.lastIndexOf("<think>") > text.lastIndexOf("</think>") ? "the thought was not closed "
    : row.cut ? "cut off before an answer " : row.protocols[i].startsWith("strict-answer-line/") ? "no answer line " : "";
}

function outputNodes(row) {
  return [
    h("p", {}, row.verdicts.map((verdict, i) => [badge(verdict[1], row.protocols.length > 1 ? row.protocols[i] : ""), " ", whyUnparsed(row, i), extractedNodes(verdict[0], row.question)]),
      row.cut ? h("span", { class: "badge other" }, "✂ cut off") : null, h("span", { class: "soft" }, " " + row.tokens + " tokens")),
    row.output === null ? null : shown(row.output, "answer to " + row.question.id),
  ];
}

// The level of the heading is that below the heading before it.
async function answerBox(row, part, level, withCell) {
  return h("article", { class: "answer" },
    h("h" + level, { class: "id" }, h("code", {}, row.question.id), h("span", { class: "soft" }, (withCell ? row.cell + ", " : "") + "seed " + row.seed + (part.sets.some(set => set.repeat > 1) ? ", answer " + row.repeat : ""))),
    questionNodes(row), outputNodes(row),
    row.prompt === null ? null : h("details", {}, h("summary", {}, "Prompt and protocol"), facts([["protocol", row.protocols.join(", ")], ["graded by", part.sets.find(set => set.seed === row.seed && set.repeat === row.repeat).targets.map(target => link("#/target/" + path(target), target + " "))]]), shown(row.prompt, "prompt of " + row.question.id)));
}

const SIZE = 20;

async function answersView(_, settings) {
  const index = await NT.load("index");
  const name = index.tables.includes(settings.get("table")) ? settings.get("table") : index.tables[0];
  if (!name) return [h("h1", {}, "Answers"), h("p", {}, "The profile has no locked table.")];
  const table = await tablePart(name), all = settings.get("cell") === "*";
  const cell = cellOf(table, settings.get("cell")) || table.cells[0];
  const benchmark = cell.benchmarks[settings.get("benchmark")] ? settings.get("benchmark") : Object.keys(cell.benchmarks)[0];
  const value = cell.benchmarks[benchmark];
  const cells = (all ? table.cells : [cell]).filter(one => one.benchmarks[benchmark] && one.benchmarks[benchmark].answers);
  const loaded = [];
  for (const one of cells) loaded.push([one, await NT.load(one.benchmarks[benchmark].answers)]);
  const first = loaded.length > 0 ? loaded[0][1] : null;
  const at = first && first.sets[Number(settings.get("set") || 0)] ? Number(settings.get("set") || 0) : 0;
  const protocols = first ? first.sets[0].protocols : [];
  const protocol = Math.max(0, protocols.indexOf(settings.get("protocol")));
  let rows = [];
  for (const [one, part] of loaded) if (part.sets[at]) rows = rows.concat((await answerRows(part, at, one.address)).map(row => [row, part]));
  const metas = new Map();
  for (const [row] of rows) for (const [key, text] of Object.entries(row.question.meta || {})) metas.set(key, (metas.get(key) || new Set()).add(text));
  const filters = [...metas].filter(([, values]) => values.size > 1 && values.size <= 60).sort((a, b) => a[0] < b[0] ? -1 : 1);
  const verdict = settings.get("verdict") || "", cut = settings.get("cut") || "", text = (settings.get("text") || "").toLowerCase();
  const found = rows.filter(([row]) =>
    (verdict === "" || row.verdicts[protocol][1] === verdict) && (cut === "" || row.cut)
    && filters.every(([key]) => !settings.get("meta-" + key) || (row.question.meta || {})[key] === settings.get("meta-" + key))
    && (text === "" || [row.question.id, row.question.text, row.output, row.verdicts[protocol][0]].some(part => part && part.toLowerCase().includes(text))));
  const page = Math.min(Math.max(0, Number(settings.get("page") || 0) || 0), Math.max(0, Math.ceil(found.length / SIZE) - 1));
  const boxes = [];
  for (const [row, part] of found.slice(page * SIZE, (page + 1) * SIZE)) boxes.push(await answerBox(row, part, 2, all));
  const now = Object.fromEntries(settings);
  return [
    h("h1", {}, "Answers"),
    choices("Which answers", "answers", [
      { name: "table", label: "Table", options: index.tables, value: name },
      { name: "cell", label: "Cell", options: [...table.cells.map(one => one.address), ["*", "every cell"]], value: all ? "*" : cell.address },
      { name: "benchmark", label: "Benchmark", options: Object.keys(cell.benchmarks), value: benchmark },
      first ? { name: "set", label: "Replicate", options: sets(first), value: at } : null,
      protocols.length > 1 ? { name: "protocol", label: "Protocol", options: protocols, value: protocols[protocol] } : null,
      { name: "verdict", label: "Verdict", options: [["", "any"], ["1", "right"], ["0", "wrong"], ["-", "unparsed"], ["?", "undecided"]], value: verdict },
      ...filters.map(([key, values]) => ({ name: "meta-" + key, label: key, options: [["", "any"], ...[...values].sort()], value: settings.get("meta-" + key) || "" })),
      { name: "text", label: "Text in id, question or answer", value: settings.get("text") || "" },
      { name: "cut", label: "cut off only", check: true, value: cut },
    ].filter(field => field !== null)),
    notLocked(loaded.length > 0 ? null : value),
    h("p", { role: "status" }, found.length + " of " + rows.length + " answers" + (protocols.length > 0 ? ", verdicts by " + protocols[protocol] : "")),
    boxes,
    pages(found.length, SIZE, page, to => "#/answers" + query({ ...now, page: to })),
  ];
}
