"use strict";
// Data comes in scripts that call NT.add or NT.addPacked: a page that is a local file may run those, but not read files. Nothing is asked of a network.
const NT = (() => {
  const parts = new Map(), waiting = new Map();

  function add(name, data) { parts.set(name, data); }

  // JSON as gzip in base64, unpacked by the browser.
  function addPacked(name, text) {
    const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    parts.set(name, new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json());
  }

  // A promise of the part; its script is loaded when somebody first asks for it.
  function load(name) {
    if (parts.has(name)) return Promise.resolve(parts.get(name));
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = "data/" + name.split("/").map(encodeURIComponent).join("/") + ".js";
        script.onload = () => parts.has(name) ? resolve(parts.get(name)) : reject(new Error("The file of '" + name + "' holds something else."));
        script.onerror = () => { waiting.delete(name); script.remove(); reject(new Error("The file '" + script.src + "' is not there. Was the folder copied whole?")); };
        document.head.append(script);
      }));
    }
    return waiting.get(name);
  }

  return { add, addPacked, load };
})();

// Builds an element. Texts become text nodes, never HTML: an answer may hold any.
function h(tag, attributes, ...children) {
  const svg = ["svg", "path", "rect", "text", "polyline", "line", "title"].includes(tag) || (attributes && attributes.svg);
  const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "svg" || value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter(child => child !== null && child !== undefined && child !== false).map(child => child instanceof Node ? child : String(child)));
  return element;
}

const CONTROLS = /([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb])/;
const LONG = 3000;

// A text of somebody else's: shown as it is, with characters that would hide or turn it made visible, and cut where it is long.
function shown(text, name) {
  const box = h("div", { class: "text", dir: "auto", tabindex: "0", role: "group", "aria-label": name });
  const fill = value => box.replaceChildren(...value.split(CONTROLS).map((piece, i) => i % 2 === 0
    ? piece
    : h("span", { class: "control" }, "U+" + piece.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0"))));
  if (text === "") { box.append(h("em", {}, "nothing")); return box; }
  if (text.length <= LONG) { fill(text); return box; }
  let end = LONG;
  if (/[\ud800-\udbff]/.test(text[end - 1])) end--;
  fill(text.slice(0, end));
  const more = h("button", { type: "button", onclick: () => { fill(text); more.remove(); box.focus(); } }, "Show all " + text.length.toLocaleString("en") + " characters");
  return h("div", {}, box, more);
}

const VERDICTS = { "1": ["right", "✓ right"], "0": ["wrong", "✗ wrong"], "-": ["other", "– unparsed"], "?": ["other", "? undecided"] };
function badge(verdict, prefix) {
  const [kind, word] = VERDICTS[verdict];
  return h("span", { class: "badge " + kind }, (prefix ? prefix + ": " : "") + word);
}

const percent = value => value === "" || value === null || value === undefined || isNaN(Number(value)) ? "" : (100 * Number(value)).toFixed(1);
const points = value => value === "" || isNaN(Number(value)) ? "" : (Number(value) >= 0 ? "+" : "−") + Math.abs(Number(value)).toFixed(1);
const bytes = size => size < 1024 ? size + " B" : size < 1048576 ? (size / 1024).toFixed(1) + " KB" : (size / 1048576).toFixed(1) + " MB";
const duration = seconds => seconds < 120 ? seconds.toFixed(seconds < 10 ? 2 : 0) + " s" : (seconds / 60).toFixed(1) + " min";
const path = address => address.split("/").map(encodeURIComponent).join("/");
const query = values => "?" + new URLSearchParams(Object.entries(values).filter(entry => entry[1] !== "" && entry[1] !== undefined && entry[1] !== null)).toString();
const link = (href, ...text) => h("a", { href }, ...text);

// An address: a line of it ends after a slash where it can.
const named = address => h("span", { class: "name" }, address.split(/(?<=\/)/).flatMap((piece, i) => i === 0 ? [piece] : [h("wbr"), piece]));

function facts(entries) {
  return h("dl", { class: "facts" }, entries.filter(entry => entry && entry[1] !== null && entry[1] !== undefined && entry[1] !== "")
    .map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

function grid(name, head, rows) {
  return h("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": name },
    h("table", {}, h("thead", {}, h("tr", {}, head.map(title => h("th", { scope: "col" }, title)))),
      h("tbody", {}, rows.map(row => h("tr", {}, row.map((cell, i) => i === 0 ? h("th", { scope: "row" }, cell) : h("td", {}, cell)))))));
}

// A row of choices; each change leads to another address of the page, so that every view can be linked to and the back button works.
function choices(name, view, fields) {
  const form = h("form", { class: "choose", "aria-label": name });
  const values = () => Object.fromEntries(fields.map(field => {
    const input = form.elements.namedItem(field.name);
    return [field.name, field.check ? (input.checked ? "1" : "") : input.value];
  }));
  const go = () => { location.hash = "#/" + view + query(values()); };
  for (const field of fields) {
    let input;
    if (field.options) {
      input = h("select", { name: field.name, id: "choose-" + field.name, onchange: go }, field.options.map(option => {
        const [value, label] = Array.isArray(option) ? option : [option, option];
        return h("option", { value, selected: String(value) === String(field.value) }, label);
      }));
    } else if (field.check) {
      input = h("input", { type: "checkbox", name: field.name, id: "choose-" + field.name, checked: field.value === "1", onchange: go });
    } else {
      input = h("input", { type: "search", name: field.name, id: "choose-" + field.name, value: field.value || "", onchange: go });
    }
    const label = h("label", { for: "choose-" + field.name }, field.label);
    form.append(h("div", { class: field.check ? "field check" : "field" }, field.check ? [input, label] : [label, input]));
  }
  form.addEventListener("submit", event => { event.preventDefault(); go(); });
  return form;
}

function pages(total, size, page, at) {
  const last = Math.max(0, Math.ceil(total / size) - 1);
  if (last === 0) return null;
  return h("nav", { class: "pages", "aria-label": "Pages" },
    page > 0 ? link(at(page - 1), "← previous") : null,
    h("span", {}, "page " + (page + 1) + " of " + (last + 1)),
    page < last ? link(at(page + 1), "next →") : null);
}
