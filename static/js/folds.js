// Sections of the form of an advert fold to one line that says what stands in them. Paste.js folds what a text has filled in.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const page = document.getElementById("advert");
  if (!page) { return; }
  const form = page.closest("form");
  const sections = new Map();
  const missing = () => [...document.querySelectorAll("#problems .problem-error a[href^='#']")].map((link) => link.hash.slice(1));

  function shown(box) {
    if (box.type === "checkbox") { return box.checked ? "yes" : ""; }
    if (box.tagName === "SELECT") { return [...box.selectedOptions].filter((one) => one.value && one.value !== "unknown").map((one) => one.text).join(", "); }
    return box.value;
  }

  // "Hours a week 27.5 · Weeks Term time only", with the names that the boxes have on the form.
  function summary(section) {
    const parts = [...section.querySelectorAll("input, select, textarea")].filter((box) => box.name && box.type !== "hidden").map((box) => {
      const label = form.querySelector(`label[for='${box.id}']`)?.textContent.replace(/[:*]/g, "").trim() || "";
      const value = box.name === "body" ? "" : shown(box);
      return value ? `${label} ${value.length > 60 ? `${value.slice(0, 58)}…` : value}`.trim() : "";
    });
    return parts.filter(Boolean).join(" · ");
  }

  function set(section, folded) {
    const { button, line } = sections.get(section);
    section.classList.toggle("is-folded", folded);
    button.setAttribute("aria-expanded", String(!folded));
    line.textContent = folded ? summary(section) : "";
    line.hidden = !folded;
  }

  form.querySelectorAll("fieldset.module").forEach((section) => {
    const heading = section.querySelector("h2");
    if (!heading || section.closest(".inline-group")) { return; }
    const button = Object.assign(document.createElement("button"), { type: "button", className: "fold", textContent: heading.textContent });
    const line = Object.assign(document.createElement("p"), { className: "fold-line", hidden: true });
    heading.replaceChildren(button);
    heading.after(line);
    sections.set(section, { button, line });
    button.addEventListener("click", () => set(section, !section.classList.contains("is-folded")));
    button.setAttribute("aria-expanded", "true");
  });

  function unfoldAt(id) {
    const section = document.getElementById(id)?.closest("fieldset.module");
    if (sections.has(section)) { set(section, false); }
  }

  // Before anything else looks for the box that a link in the panel leads to.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#problems a[href^='#'], .errornote a[href^='#']");
    if (link) { unfoldAt(link.hash.slice(1)); }
  }, { capture: true });
  form.addEventListener("invalid", (event) => unfoldAt(event.target.id), { capture: true });

  window.advertFolds = {
    // What needs nobody: not a section in which something is missing or asked, nor an empty one. A check leads there by its link.
    foldComplete() {
      const stopping = missing();
      sections.forEach((_, section) => {
        const isAsked = section.querySelector(".paste-note.is-choice, .errorlist") || stopping.some((id) => section.contains(document.getElementById(id)));
        set(section, !isAsked && summary(section) !== "");
      });
    },
    show(box) { unfoldAt(box?.id); },
  };
});
