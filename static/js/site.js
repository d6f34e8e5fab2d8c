// The site works without this. It offers "Copy link" and "Print", sends the filters as soon as one is changed or says how many
// posts they would show, and keeps them true to the list.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    document.getElementById(button.getAttribute("aria-describedby")).textContent = "Link copied";
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// On a wide screen the filters stand open beside the list and apply themselves; on a phone their button does it.
// Their boxes stand outside the form that they belong to, so the change is caught at the top of the page.
const wide = window.matchMedia("(min-width: 60rem)");
const filters = document.querySelector(".filters");
const key = "filter";

// A browser that denies storage forgets where the reader was; everything else works.
function stored(act) {
  try {
    return act(window.sessionStorage);
  } catch {
    return null;
  }
}

if (filters && wide.matches) {
  filters.querySelector("details").open = true; // a browser that knows no ::details-content shows them too
  filters.querySelector("[data-at-once]").hidden = false;
  // The page that comes back begins where the reader was: at the same filter, at the same height.
  const [name, value, top] = JSON.parse(stored((memory) => memory.getItem(key)) || "[]");
  const box = [...filters.querySelectorAll("input")].find((one) => one.name === name && one.value === value);
  if (box) {
    box.focus({ preventScroll: true });
    window.scrollTo({ top, behavior: "instant" });
  }
}
stored((memory) => memory.removeItem(key));

function apply(box) {
  if (!wide.matches || !box.form || !("autoSubmit" in box.form.dataset) || !box.matches("[type=checkbox], [type=number]")) return;
  stored((memory) => memory.setItem(key, JSON.stringify([box.name, box.value, window.scrollY])));
  box.form.requestSubmit();
}
document.addEventListener("change", (event) => apply(event.target));

// On a phone the button says what it would do: "Show 12 posts". Only the answer to the latest tick counts.
const search = document.getElementById("search");
const button = filters?.querySelector("button");
let asked = 0;

async function count() {
  const mine = ++asked;
  try {
    const answer = await fetch(`${search.action}?${new URLSearchParams(new FormData(search))}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const posts = page.querySelector(".filters summary .count");
    if (posts && mine === asked) button.textContent = `Show ${posts.textContent}`;
  } catch {
    // Away from the network the button stays what it was.
  }
}
document.addEventListener("change", (event) => {
  if (button && !wide.matches && event.target.form === search) count();
});

// What is not set does not stand in the address.
document.getElementById("id_q")?.form.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) if (!value) formData.delete(name);
  if (!formData.has("where")) formData.delete("miles");
});

// A browser that goes back shows the search as it was left, with ticks and words that the list below was never asked for.
const isNew = performance.getEntriesByType("navigation")[0]?.type === "navigate";
window.addEventListener("pageshow", (event) => {
  if (event.persisted || !isNew) search?.reset();
});

// Whoever was quicker than this script has ticked a filter already.
const early = [...(filters?.querySelectorAll("input") || [])].find((one) => one.checked !== one.defaultChecked);
if (isNew && early) apply(early);

const summary = document.getElementById("error-summary");
if (summary) summary.focus();
