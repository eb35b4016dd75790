"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  document.documentElement.classList.add("js");
  const names = JSON.parse($("names").textContent);
  // "3 5-9" are the numbers 3 and 5 to 9.
  const range = (text) => {
    const [first, last = first] = text.split("-");
    return names.slice(+first, +last + 1);
  };
  // Of a large page, text and methods are looked up when they are first asked for.
  const items = [...document.querySelectorAll("details.f")].map((node) => ({
    node,
    get text() {
      return this.lower ??= node.textContent.toLowerCase();
    },
    get methods() {
      return this.named ??= node.dataset.m ? node.dataset.m.split(" ").flatMap(range) : [];
    },
  }));
  const on = { w: new Set(), r: new Set(), d: new Set() };
  let at = null;
  $("bar").hidden = false;

  const inResource = (name, resource) => name === resource || name.startsWith(resource + ".");
  function apply() {
    const words = $("q").value.toLowerCase().split(/\s+/).filter(Boolean);
    const resource = $("resource").value.trim(), method = $("method").value.trim();
    // A name that stands in another's is still meant alone.
    const whole = names.includes(method);
    let shown = 0;
    for (const item of items) {
      const data = item.node.dataset;
      const fits = ["w", "r", "d"].every((k) => !on[k].size || on[k].has(data[k]))
        && words.every((word) => item.text.includes(word))
        && (!resource || item.methods.some((name) => inResource(name, resource)))
        && (!method || item.methods.some((name) => (whole ? name === method : name.includes(method))));
      if (item.node.hidden === fits) item.node.hidden = !fits;
      shown += fits;
    }
    for (const group of document.querySelectorAll(".group")) {
      group.hidden = !group.querySelector("details.f:not([hidden])");
    }
    $("count").textContent = shown === items.length ? `${shown} findings` : `${shown} of ${items.length}`;
    $("none").hidden = shown > 0 || !items.length;
  }
  function toggle(key, value) {
    on[key].has(value) ? on[key].delete(value) : on[key].add(value);
    for (const button of document.querySelectorAll(`[data-key=${key}] button`)) {
      button.setAttribute("aria-pressed", on[key].has(button.dataset.v));
    }
    apply();
  }
  function clear() {
    for (const id of ["q", "resource", "method"]) $(id).value = "";
    for (const key of Object.keys(on)) {
      on[key].clear();
      document.querySelectorAll(`[data-key=${key}] button`).forEach((b) => b.setAttribute("aria-pressed", "false"));
    }
    apply();
  }
  function openAll() {
    const shown = items.filter((item) => !item.node.hidden);
    const open = shown.some((item) => !item.node.open);
    shown.forEach((item) => { item.node.open = open; });
  }
  function mark(node) {
    at?.classList.remove("on");
    at = node;
    at.classList.add("on");
  }
  function step(by) {
    const shown = items.map((item) => item.node).filter((node) => !node.hidden);
    if (!shown.length) return;
    const now = shown.indexOf(at);
    const next = shown[Math.max(0, Math.min(shown.length - 1, now < 0 ? 0 : now + by))];
    mark(next);
    at.querySelector("summary").focus({ preventScroll: true });
    at.scrollIntoView({ block: "nearest" });
  }
  function theme() {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("discovery-codegen-theme", root.dataset.theme); } catch { /* a page from a file may have no storage */ }
  }
  function follow() {
    const target = $(location.hash.slice(1));
    if (target?.matches("details.f")) {
      // It may be one that the filters hide.
      if (target.hidden) clear();
      target.open = true;
      mark(target);
      const go = () => target.scrollIntoView({ block: "start" });
      go();
      // Once more when what stands around it has been drawn, and is as high as it is.
      requestAnimationFrame(() => requestAnimationFrame(go));
    }
  }
  try { const kept = localStorage.getItem("discovery-codegen-theme"); if (kept) document.documentElement.dataset.theme = kept; } catch { /* as above */ }

  document.querySelectorAll("[data-key] button").forEach((button) => {
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => toggle(button.parentNode.dataset.key, button.dataset.v));
  });
  for (const id of ["q", "resource", "method"]) $(id).addEventListener("input", apply);
  $("methods").append(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
  $("bar").addEventListener("submit", (event) => event.preventDefault());
  $("clear").addEventListener("click", clear);
  $("none").querySelector("button").addEventListener("click", clear);
  $("open").addEventListener("click", openAll);
  $("theme").addEventListener("click", theme);
  $("help").addEventListener("click", () => $("keys").showModal());
  // Of `toggle`, which does not rise, on its way down.
  document.addEventListener("toggle", () => {
    const closed = items.some((item) => !item.node.hidden && !item.node.open);
    $("open").textContent = closed ? "Open all" : "Close all";
  }, true);
  addEventListener("hashchange", follow);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open) return;
    const typing = event.target.matches("input");
    if (event.key === "Escape") { clear(); event.target.blur?.(); return; }
    if (typing) return;
    const keys = {
      "/": () => $("q").focus(), j: () => step(1), k: () => step(-1), e: openAll, d: theme, "?": () => $("keys").showModal(),
      b: () => toggle("w", "breaking"), r: () => toggle("w", "risky"), s: () => toggle("w", "safe"),
    };
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  apply();
  follow();
  // The first search finds the text ready.
  setTimeout(() => items.forEach((item) => item.text));
})();
