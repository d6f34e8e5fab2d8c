// While an advert is typed: its problems, its sums and what is known of the school. The server works them out; nothing is saved.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const page = document.getElementById("advert");
  if (!page) { return; }
  const form = page.closest("form");
  const $ = window.django.jQuery;
  const bar = document.getElementById("advert-state");
  const MOST_PATIENCE = 5000;
  const touched = carried("typed");
  const filled = carried("filled");
  const sources = new Map();
  // What is known of a school is filled in once for each choice of one, by an answer to a question asked after it was chosen.
  // A school that the page comes with, because a save was refused or a link named it, counts as chosen.
  const chosen = () => `${form.elements.school?.value}/${form.elements.role_type?.value}`;
  let choice = chosen(), choices = page.dataset.add && form.elements.school?.value ? 1 : 0, filledFor = 0, waitedFor = 0;
  let timer, turn = 0, filling = false;

  // Names of boxes that go along with the form, so that a save that is refused and a copy that is brought back know them too.
  function carried(what) {
    const box = Object.assign(document.createElement("input"), { type: "hidden", name: `${what}_boxes`, value: page.dataset[what] });
    form.append(box);
    const names = () => new Set(box.value.split(" ").filter(Boolean));
    const change = (act, name) => { const all = names(); all[act](name); box.value = [...all].join(" "); };
    return {
      has: (name) => names().has(name),
      names: () => [...names()],
      add: (name) => change("add", name),
      delete: (name) => change("delete", name),
      is: (one) => one === box,
    };
  }

  const boxes = (name) => [].concat(form.elements[name] || []).flatMap((one) => (one.length && !one.tagName ? [...one] : [one]));
  // The row of the form in which a box stands; documents below the form have boxes of the same names.
  const holder = (name) => {
    const box = boxes(name)[0] || boxes(`${name}_0`)[0];
    return box?.closest(".fieldBox")?.parentElement || box?.closest(".form-row");
  };

  // ``label`` is what a choice among rows shows for a value that it has not listed yet.
  function put(name, value, label = "") {
    const [box] = boxes(name);
    if (!box) { return; }
    filling = true;
    if (box.type === "checkbox") {
      box.checked = value === "true";
    } else if (label && box.tagName === "SELECT") {
      const values = [].concat(value), labels = [].concat(label);
      values.filter((one) => ![...box.options].some((option) => option.value === one))
        .forEach((one) => box.append(new Option(labels[values.indexOf(one)], one)));
      $(box).val(value);
    } else if (box.multiple) {
      $(box).val([]);
    } else {
      box.value = value;
    }
    $(box).trigger("change");
    filling = false;
  }

  // A box that somebody typed in is left alone, whatever is known; one that a pasted text filled in shows what else is known.
  const elsewhere = new Map();
  function differ(known) {
    elsewhere.clear();
    for (const name of fromText) {
      const [box] = boxes(name), other = known[name];
      if (box && other && other.value !== box.value) { elsewhere.set(name, other); }
    }
  }

  function fill(known) {
    for (const name of filled.names()) {
      if (!known[name] && !touched.has(name)) { put(name, ""); filled.delete(name); sources.delete(name); }
    }
    for (const [name, { value, source }] of Object.entries(known)) {
      const [box] = boxes(name);
      if (!box || touched.has(name)) { continue; }
      const isFree = ["", "unknown"].includes(box.value) || filled.has(name) || name === "full_time_hours";
      if (!isFree) { continue; }
      put(name, value);
      filled.add(name);
      sources.set(name, `Filled in ${source}.`);
    }
  }

  function noted(name, text, values) {
    const place = holder(name);
    if (!place) { return; }
    const line = document.createElement("p");
    line.className = "advert-note";
    line.textContent = `${text} `;
    if (Object.keys(values).length) {
      const use = document.createElement("button");
      use.type = "button";
      use.textContent = "Use it";
      use.addEventListener("click", () => {
        Object.entries(values).forEach(([box, value]) => { put(box, value); touched.add(box); });
        boxes(Object.keys(values)[0])[0].focus();
        look();
      });
      line.append(use);
    }
    place.append(line);
  }

  function show(answer) {
    document.getElementById("problems").innerHTML = answer.problems;
    if (bar) { bar.textContent = answer.state; }
    form.querySelectorAll(".advert-note").forEach((line) => line.remove());
    sources.forEach((source, name) => noted(name, source, {}));
    differ(answer.known);
    elsewhere.forEach(({ value, source }, name) => noted(name, `Not what is known ${source}: ${value}.`, { [name]: value }));
    Object.entries(answer.notes).forEach(([name, { text, values }]) => noted(name, text, values));
    form.classList.add("is-looked-at");
  }

  async function look() {
    clearTimeout(timer);
    const mine = ++turn, seen = choices;
    window.richText.flush();
    const data = new FormData(form);
    for (const [name, value] of [...data]) { if (value instanceof File || name.startsWith("_")) { data.delete(name); } }
    if ((data.get("body") || "").length > 200000) { data.set("body", "<p>Long</p>"); }
    try {
      const response = await fetch(page.dataset.look, { method: "POST", body: data, redirect: "manual" });
      const answer = response.ok && await response.json();
      // Whoever types on asks again meanwhile, but what is known of the school stays the same.
      const isNew = answer && seen === choices && seen > filledFor;
      if (isNew) { fill(answer.known); filledFor = seen; }
      if (mine !== turn) { return; }
      if (response.type === "opaqueredirect" || response.status === 403) {
        if (bar) { bar.textContent = "You have been logged out. Your text is kept on this computer: log in in another tab, then save here."; }
      } else if (answer) {
        show(answer);
        if (isNew && filled.names().length) { look(); }
      }
    } catch {
      if (bar) { bar.textContent = "The site cannot be reached. Your text is kept on this computer."; }
    }
  }

  function later(wait = 500) { clearTimeout(timer); timer = setTimeout(look, wait); }
  const isAwaited = () => choices > Math.max(filledFor, waitedFor);

  $(form).on("input change", (event) => {
    const name = event.target.name || "";
    if (filling || !name || touched.is(event.target) || filled.is(event.target)) { return; }
    touched.add(name);
    filled.delete(name);
    sources.delete(name);
    if (page.dataset.add && chosen() !== choice) { choice = chosen(); choices += 1; look(); } else { later(); }
  });

  // Whoever chooses a school and saves at once waits until what is known of it is filled in, but not for ever.
  let isWaiting = false;
  async function saveOnceFilled(button) {
    isWaiting = true;
    if (bar) { bar.textContent = "Filling in what we know about the school…"; }
    await Promise.race([look(), new Promise((then) => setTimeout(then, MOST_PATIENCE))]);
    waitedFor = choices;
    isWaiting = false;
    form.requestSubmit(button);
  }
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget || !(isWaiting || isAwaited())) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!isWaiting) { saveOnceFilled(event.submitter); }
  }, { capture: true });
  window.richText.onChange(() => later(1500));

  // A link in the panel leads to boxes that the browser cannot focus by itself: the editor and the search boxes.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#problems a[href^='#'], .errornote a[href^='#']");
    const box = link && document.getElementById(link.hash.slice(1));
    if (!box) { return; }
    event.preventDefault();
    (box.closest(".form-row") || box).scrollIntoView({ block: "center" });
    if (window.richText.focus(box)) { return; }
    const search = box.parentElement.querySelector(".select2-selection");
    (search || box).focus({ preventScroll: true });
  });

  // For paste.js: it fills boxes as a hand would, so that what is known of the school does not write over them.
  const fromText = new Set();
  window.advertForm = {
    put, boxes, holder, look,
    touch(name) { touched.add(name); filled.delete(name); sources.delete(name); fromText.add(name); },
    untouch(name) { touched.delete(name); fromText.delete(name); },
    schoolChosen() {
      if (page.dataset.add && chosen() !== choice) { choice = chosen(); choices += 1; }
      return look();
    },
  };

  const copy = document.getElementById("proof-copy");
  copy?.addEventListener("click", async () => {
    const box = document.getElementById("proof-url");
    box.select();
    try { await navigator.clipboard.writeText(box.value); } catch { document.execCommand("copy"); }
    copy.textContent = "Copied";
  });
  look();
});
