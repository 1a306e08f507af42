// What unfolds is typeset when it opens; what is too wide can be scrolled with the keyboard;
// blocks of text can be copied; the ledger is filtered. No page asks the network for anything.
"use strict";

function reachable(root) {
  for (const box of root.querySelectorAll("mjx-container, pre, div.math, table.table, table.docutils, .output")) {
    if (box.matches("mjx-container")) {
      box.classList.remove("wide");
      const room = box.closest("p, li, dd, div, td, h1, h2, h3, h4, section");
      const svg = box.querySelector("svg");
      const wide = room && svg && svg.getBoundingClientRect().width > room.clientWidth + 1;
      if (wide && !box.closest("div.math")) box.classList.add("wide");
    }
    if (box.clientWidth && box.scrollWidth > box.clientWidth + 1) {
      box.tabIndex = 0;
      if (!box.hasAttribute("role")) box.setAttribute("role", "group");
      if (!box.hasAttribute("aria-label")) box.setAttribute("aria-label", "wide content, scrolls sideways");
    }
  }
}

// A line may not break between a formula and the full stop after it.
function glue(root) {
  for (const formula of root.querySelectorAll("span.math")) {
    const after = formula.nextSibling;
    const signs = after && after.nodeType === Node.TEXT_NODE && after.data.match(/^[.,;:!?)\]’'”-]+/);
    if (!signs) continue;
    const kept = document.createElement("span");
    kept.className = "glued";
    formula.replaceWith(kept);
    kept.append(formula, after.data.slice(0, signs[0].length));
    after.data = after.data.slice(signs[0].length);
  }
}

function typeset(root) {
  for (const later of root.querySelectorAll(".math-later")) later.classList.replace("math-later", "math");
  if (!window.MathJax || !MathJax.startup) return Promise.resolve();
  return MathJax.startup.promise.then(() => MathJax.typesetPromise([root])).then(() => { glue(root); reachable(root); });
}

function unfold(details) {
  if (!details.open || details.dataset.typeset) return;
  details.dataset.typeset = "begun";
  typeset(details).then(() => { details.dataset.typeset = "done"; });
}

document.addEventListener("toggle", (event) => {
  if (event.target.matches && event.target.matches("details")) unfold(event.target);
}, true);

window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details.evidence")) details.open = true;
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest && event.target.closest("button.copy");
  if (!button) return;
  const block = button.parentElement.querySelector("pre");
  try {
    await navigator.clipboard.writeText(block.textContent);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(block); // no clipboard here: it is marked, ready for Ctrl+C
    button.textContent = "Marked";
  }
  setTimeout(() => { button.textContent = "Copy"; }, 1500);
});

function ledger(form) {
  const rows = [...document.querySelectorAll("#ledger tbody tr")];
  const count = document.getElementById("ledger-count");
  const fits = (row, key, value) => {
    if (!value) return true;
    if (key === "search") return value.toLowerCase().split(/\s+/).every((word) => row.dataset.words.includes(word));
    if (key === "misprint") return value === "any" ? row.dataset.misprint !== "" : row.dataset.misprint.split("|").includes(value);
    return row.dataset[key] === value;
  };
  const show = () => {
    const wanted = [...new FormData(form)].filter(([, value]) => value.trim());
    for (const row of rows) row.hidden = !wanted.every(([key, value]) => fits(row, key, value.trim()));
    const shown = rows.filter((row) => !row.hidden).length;
    count.textContent = shown === rows.length ? `${rows.length} claims` : `${shown} of ${rows.length} claims`;
    const query = new URLSearchParams(wanted).toString();
    history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
  };
  for (const [key, value] of new URLSearchParams(location.search)) {
    if (form.elements[key]) form.elements[key].value = value;
  }
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show));
  show();
}

function begin() {
  for (const summary of document.querySelectorAll(".bd-sidebar-primary summary")) {
    const link = summary.closest("li").querySelector("a");
    summary.setAttribute("aria-label", `pages below ${link.textContent.trim()}`);
  }
  const form = document.getElementById("ledger-form");
  if (form) ledger(form);
  const settled = window.MathJax && MathJax.startup ? MathJax.startup.promise : Promise.resolve();
  settled.then(() => {
    glue(document);
    reachable(document);
    document.documentElement.dataset.ready = "yes";
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) target.scrollIntoView(); // formulas above it have changed their height
  });
  for (const details of document.querySelectorAll("details[open]")) unfold(details);
  let waiting = 0;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => reachable(document), 200);
  });
}

window.addEventListener("load", begin);
