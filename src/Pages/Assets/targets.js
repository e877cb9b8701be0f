"use strict";
// The graph of targets with state and time, and the record of a run.

const STATES = { cached: "✓ cached", stale: "↻ stale", missing: "○ missing" };
const ROWS = 100;

// What several targets share is told once, see TargetsPart.cs: here each gets its own again.
const targetsPart = (() => {
  let made = null;

  function spread(part) {
    const addresses = part.rows.map(row => row[2]);
    const targets = Object.fromEntries(part.rows.map(([kind, state, address, inputs, key, started, seconds, parameters, circumstances, warnings, digests, sizes, counts]) => {
      const { stage, roles, files, counted } = part.kinds[kind];
      return [address, {
        stage, state: part.states[state][0], reason: part.states[state][1],
        inputs: roles.map(([role, file], k) => [role, typeof inputs[k] === "string" ? inputs[k] : addresses[inputs[k]], file]),
        run: key === undefined ? null : {
          key, started: new Date((part.first + started) * 1000).toISOString().slice(0, 19).replace("T", " ") + "Z", seconds,
          parameters: part.values[parameters], circumstances: part.values[circumstances], warnings: part.values[warnings],
          outputs: files.map((file, k) => [file, digests[k], sizes[k]]),
          counts: Object.fromEntries(counted.map((name, k) => [name, counts[k]])),
        },
      }];
    }));
    const behind = runs => runs.flatMap(([start, count]) => addresses.slice(start, start + count));
    const cells = Object.fromEntries(Object.entries(part.cells).map(([table, rows]) => [table, Object.fromEntries(Object.entries(rows).map(([cell, runs]) => [cell, behind(runs)]))]));
    return { layers: part.layers, targets, cells };
  }

  return async () => made || (made = spread(await NT.load("targets")));
})();

function targetRows(addresses, targets) {
  return grid("Targets", ["target", "stage", "state", "time", "started", "key"], addresses.map(address => {
    const target = targets[address], run = target.run;
    return [link("#/target/" + path(address), address), target.stage, STATES[target.state], run ? duration(run.seconds) : "", run ? run.started : "", run ? h("code", {}, run.key.slice(0, 12)) : ""];
  }));
}

async function targetsView(_, settings) {
  const { layers, targets } = await targetsPart();
  const all = Object.keys(targets), stages = [...new Set(all.map(address => targets[address].stage))].sort();
  const stage = settings.get("stage") || "", state = settings.get("state") || "", text = (settings.get("text") || "").toLowerCase();
  const found = all.filter(address => (stage === "" || targets[address].stage === stage) && (state === "" || targets[address].state === state) && address.toLowerCase().includes(text));
  const page = Math.min(Math.max(0, Number(settings.get("page") || 0) || 0), Math.max(0, Math.ceil(found.length / ROWS) - 1));
  const count = name => all.filter(address => targets[address].state === name).length;
  return [
    h("h1", {}, "Targets"),
    h("p", {}, all.length + " targets: " + Object.keys(STATES).map(name => count(name) + " " + name).join(", ") + ". State and time are those of the store that the report was made from."),
    all.length > 0 ? stageGraph(layers, targets) : null,
    choices("Which targets", "targets", [
      { name: "stage", label: "Stage", options: [["", "any"], ...stages], value: stage },
      { name: "state", label: "State", options: [["", "any"], ...Object.keys(STATES)], value: state },
      { name: "text", label: "Text in the address", value: settings.get("text") || "" },
    ]),
    h("p", { role: "status" }, found.length + " of " + all.length + " targets"),
    targetRows(found.slice(page * ROWS, (page + 1) * ROWS), targets),
    pages(found.length, ROWS, page, to => "#/targets" + query({ ...Object.fromEntries(settings), page: to })),
  ];
}

function stageGraph(layers, targets) {
  const W = 168, H = 58, GAP = 26, most = Math.max(...layers.map(layer => layer.length));
  const width = most * (W + GAP) + GAP, height = layers.length * (H + 44) + 20, places = new Map();
  layers.forEach((layer, row) => layer.forEach((item, i) => {
    const start = (width - layer.length * (W + GAP) + GAP) / 2;
    places.set(item.stage, [start + i * (W + GAP), 10 + row * (H + 44)]);
  }));
  const svg = h("svg", { width, height, viewBox: "0 0 " + width + " " + height, role: "group", "aria-label": "Stages; an arrow leads from what is read to who reads it" }, h("rect", { width, height }));
  for (const item of layers.flat()) for (const from of item.from) {
    const [x1, y1] = places.get(from), [x2, y2] = places.get(item.stage);
    svg.append(h("path", { d: "M" + (x1 + W / 2) + "," + (y1 + H) + " C" + (x1 + W / 2) + "," + (y1 + H + 30) + " " + (x2 + W / 2) + "," + (y2 - 30) + " " + (x2 + W / 2) + "," + y2 }));
  }
  for (const item of layers.flat()) {
    const mine = Object.values(targets).filter(target => target.stage === item.stage), [x, y] = places.get(item.stage);
    const cached = mine.filter(target => target.state === "cached").length, seconds = mine.reduce((sum, target) => sum + (target.run ? target.run.seconds : 0), 0);
    svg.append(h("a", { svg: true, href: "#/targets" + query({ stage: item.stage }) },
      h("rect", { x, y, width: W, height: H, rx: 5 }), h("text", { x: x + 10, y: y + 22, "font-weight": "bold", "font-size": "13" }, item.stage),
      h("text", { x: x + 10, y: y + 42, "font-size": "12" }, cached + "/" + mine.length + " cached, " + duration(seconds))));
  }
  return h("div", { class: "scroll graph", role: "region", tabindex: "0", "aria-label": "Graph of the stages" }, svg);
}

async function targetView(address) {
  const { targets } = await targetsPart(), target = targets[address];
  if (!target) return null;
  const run = target.run, readers = Object.keys(targets).filter(other => targets[other].inputs.some(input => input[1] === address));
  const nodes = [
    h("h1", {}, address),
    facts([["stage", target.stage], ["state", STATES[target.state]], ["why", target.reason], ["key", run && h("code", {}, run.key)], ["started", run && run.started], ["took", run && duration(run.seconds)]]),
    h("h2", {}, "Reads from"),
    target.inputs.length > 0 ? grid("Inputs", ["role", "target", "file"], target.inputs.map(input => [input[0], targets[input[1]] ? link("#/target/" + path(input[1]), input[1]) : input[1], input[2] || "all of them"])) : h("p", {}, "Nothing."),
    h("h2", {}, "Is read by"),
    readers.length > 0 ? h("ul", {}, readers.slice(0, 60).map(other => h("li", {}, link("#/target/" + path(other), other))), readers.length > 60 ? h("li", {}, "and " + (readers.length - 60) + " more") : null) : h("p", {}, "Nothing."),
  ];
  if (!run) return [...nodes, h("p", {}, "The store has no run of it.")];
  const json = value => h("div", { class: "text", tabindex: "0", role: "group", "aria-label": "JSON" }, JSON.stringify(value, null, 1));
  return [...nodes,
    h("h2", {}, "Wrote"), grid("Outputs", ["file", "bytes", "digest (SHA-256, the first 16 digits)"], run.outputs.map(output => [output[0], bytes(output[2]), h("code", {}, output[1])])),
    Object.keys(run.counts).length > 0 ? [h("h2", {}, "Counted"), facts(Object.entries(run.counts).map(([name, count]) => [name, count.toLocaleString("en")]))] : null,
    run.warnings.length > 0 ? [h("h2", {}, "Warned"), h("ul", {}, run.warnings.map(warning => h("li", {}, warning)))] : null,
    h("h2", {}, "Parameters"), json(run.parameters), h("h2", {}, "Circumstances"), h("p", { class: "soft" }, "The machine and what was measured: in no key."), json(run.circumstances)];
}
