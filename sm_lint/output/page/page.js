"use strict";
// The page is complete without this script, which adds filters, keys and the choice of colours.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = id => document.getElementById(id);

// Colours: those of the system, until somebody chooses.
const root = document.documentElement;
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches;
const nameTheme = () => { one("theme").textContent = isDark() ? "Light" : "Dark"; };
one("theme").hidden = false;
one("theme").onclick = () => { root.dataset.theme = isDark() ? "light" : "dark"; nameTheme(); };
prefersDark.onchange = nameTheme;
nameTheme();

const findings = all(".finding");
if (findings.length) {
  const search = one("search"), rule = one("rule"), order = one("order"), fold = one("fold");
  const groups = all(".file, .rule");
  const homes = new Map(findings.map(finding => [finding, finding.parentElement]));
  const words = new Map(findings.map(finding => {
    const file = finding.closest(".file").querySelector("h2 .name").textContent;
    return [finding, (file + " " + finding.textContent).toLowerCase()];
  }));
  one("filters").hidden = one("keys").hidden = false;

  const filter = () => {
    const kinds = all("#filters input:checked").map(box => box.value);
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const finding of findings) {
      const is = kinds.includes(finding.dataset.severity) && (!rule.value || finding.dataset.rule === rule.value)
        && wanted.every(word => words.get(finding).includes(word));
      finding.hidden = !is;
      shown += is;
    }
    const isAll = shown === findings.length;
    one("shown").textContent = isAll ? "" : shown + " of " + findings.length + " shown";
    for (const group of groups) {
      const inside = group.querySelector(".found");
      const isRule = group.classList.contains("rule");
      const rest = isRule && order.value === "files";
      group.hidden = !isAll && (rest ? rule.value && rule.value !== group.dataset.rule
        : !inside.querySelector(".finding:not([hidden])"));
    }
  };

  const arrange = () => {
    const byRule = order.value === "rules";
    root.dataset.order = order.value;
    for (const finding of findings) {
      const of = byRule && one("of-" + finding.dataset.rule);
      (of ? of.querySelector(".found") : homes.get(finding)).append(finding);
    }
    filter();
  };

  one("filters").onsubmit = event => event.preventDefault();
  one("filters").oninput = event => event.target === order ? arrange() : filter();
  fold.onclick = () => {
    const isOpen = findings.some(finding => finding.open);
    for (const finding of findings) finding.open = !isOpen;
    fold.textContent = isOpen ? "Unfold all" : "Fold all";
  };

  // The page of a rule, unfolded where it is asked for.
  document.addEventListener("toggle", event => {
    const about = event.target;
    if (!about.open || !about.dataset.page || about.querySelector(".text")) return;
    const copy = one("rule-" + about.dataset.page).cloneNode(true);
    copy.removeAttribute("id");
    about.lastElementChild.replaceWith(copy);
  }, true);

  // A link to a finding unfolds it, and shows it if a filter hides it.
  const reveal = () => {
    const finding = one(location.hash.slice(1));
    if (!finding || !finding.matches(".finding")) return;
    if (finding.hidden) showAll();
    finding.open = true;
    finding.scrollIntoView();
    finding.firstElementChild.focus({preventScroll: true});
  };
  const showAll = () => {
    search.value = rule.value = "";
    for (const box of all("#filters input[type=checkbox]")) box.checked = true;
    filter();
  };
  window.onhashchange = reveal;
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href^='#f']");
    if (link && link.hash === location.hash) reveal();
  });

  // Keys: / searches, j and k (or arrows on a finding) go on and back, Enter folds by itself, Escape shows all again.
  const step = by => {
    const shown = all(".finding").filter(finding => !finding.hidden);
    const at = shown.findIndex(finding => finding.contains(document.activeElement));
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by];
    if (next) next.firstElementChild.focus();
  };
  document.onkeydown = event => {
    const target = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && (target === search || target === document.body)) {
      showAll();
      search.blur();
    } else if (target.matches("input, select")) {
      return;
    } else if (event.key === "/") {
      search.focus();
      search.select();
    } else if (event.key === "j" || event.key === "ArrowDown" && target.matches(".finding > summary")) {
      step(1);
    } else if (event.key === "k" || event.key === "ArrowUp" && target.matches(".finding > summary")) {
      step(-1);
    } else {
      return;
    }
    event.preventDefault();
  };

  // On paper, findings and rules are unfolded.
  let folded = [];
  window.onbeforeprint = () => {
    folded = all(".finding:not([open]), .page:not([open])");
    for (const details of folded) details.open = true;
  };
  window.onafterprint = () => { for (const details of folded) details.open = false; };
  arrange();
  reveal();
}
