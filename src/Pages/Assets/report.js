"use strict";
// Addresses such as #/cell/Table1/base lead to views. What is written in the page itself (tables, pool) is there without scripts.
(() => {
  const views = { cell: cellView, compare: compareView, answers: answersView, targets: targetsView, target: targetView };
  const main = document.getElementById("main"), made = document.getElementById("view-made");
  const written = { "": document.getElementById("view-tables"), table: document.getElementById("view-tables"), pool: document.getElementById("view-pool") };
  let turn = 0;

  function show(section, view) {
    for (const other of document.querySelectorAll("main > section")) other.hidden = other !== section;
    const current = { "": "#/", table: "#/", pool: "#/pool", cell: "#/", target: "#/targets" }[view] || "#/" + view;
    for (const item of document.querySelectorAll("header nav a")) {
      if (item.getAttribute("href") === current) item.setAttribute("aria-current", "page");
      else item.removeAttribute("aria-current");
    }
  }

  // The choices stay in place where they are the same ones, so that who types into them is not interrupted.
  function put(nodes) {
    const kept = made.querySelector(":scope > form"), fresh = nodes.find(node => node.tagName === "FORM");
    const kind = form => form.getAttribute("aria-label") + JSON.stringify([...form.elements].map(input => [input.name, ...[...(input.options || [])].map(option => option.value)]));
    if (!kept || !fresh || kind(kept) !== kind(fresh)) { made.replaceChildren(...nodes); return; }
    for (const input of fresh.elements) {
      const field = kept.elements.namedItem(input.name);
      if (field.type === "checkbox") field.checked = input.checked; else if (field.value !== input.value) field.value = input.value;
    }
    const at = nodes.indexOf(fresh);
    for (const node of [...made.childNodes]) if (node !== kept) node.remove();
    kept.before(...nodes.slice(0, at));
    kept.after(...nodes.slice(at + 1));
  }

  async function route(event) {
    if (location.hash && !location.hash.startsWith("#/")) return; // the skip link
    const mine = ++turn, [place, settings] = location.hash.slice(2).split("?");
    let segments;
    try { segments = place.split("/").map(decodeURIComponent); } catch { segments = ["?"]; }
    const [view, ...rest] = segments, focused = document.activeElement && document.activeElement.id;
    if (written[view] !== undefined) {
      show(written[view], view);
      const article = view === "table" && document.getElementById("table-" + rest.join("/"));
      if (article) article.scrollIntoView(); else if (event) scrollTo(0, 0);
      document.title = written[view].querySelector("h1").textContent;
      if (event) main.focus({ preventScroll: true });
      return;
    }
    let nodes;
    try {
      nodes = views[view] ? await views[view](rest.join("/"), new URLSearchParams(settings || "")) : null;
    } catch (error) {
      nodes = [h("h1", {}, "This part could not be shown"), h("p", { role: "alert" }, error.message)];
    }
    if (mine !== turn) return;
    if (!nodes) nodes = [h("h1", {}, "Nothing is here"), h("p", {}, "The report has no such place: ", h("code", {}, location.hash), ". ", link("#/", "To the tables"))];
    put(nodes.flat(3).filter(node => node));
    show(made, view);
    document.title = made.querySelector("h1").textContent;
    // Who changed a choice goes on there; who came by a link starts at the top.
    const again = focused && document.getElementById(focused);
    if (again && made.contains(again)) again.focus(); else if (event) { scrollTo(0, 0); main.focus({ preventScroll: true }); }
    document.documentElement.dataset.ready = location.hash;
  }

  function theme(name) {
    document.documentElement.dataset.theme = name;
    const button = document.getElementById("theme");
    button.textContent = name === "dark" ? "Light" : "Dark";
    button.setAttribute("aria-label", "Use the " + button.textContent.toLowerCase() + " colours");
  }

  let kept = null;
  try { kept = localStorage.getItem("theme"); } catch { /* no storage: the system's setting holds */ }
  theme(kept === "dark" || kept === "light" ? kept : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  document.getElementById("theme").addEventListener("click", () => {
    const name = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    theme(name);
    try { localStorage.setItem("theme", name); } catch { /* it holds until the page is left */ }
  });
  document.addEventListener("keydown", event => {
    const field = made.querySelector("input[type=search]");
    if (event.key === "/" && field && !made.hidden && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); field.focus(); }
  });
  window.addEventListener("hashchange", route);
  route();
})();
