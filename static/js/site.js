// The site works without this. It offers "Copy link", and sends the filters as soon as one is changed.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    document.getElementById(button.getAttribute("aria-describedby")).textContent = "Link copied";
  });
}

// On a wide screen the filters stand open beside the list and apply themselves; on a phone their button does it.
// Their boxes stand outside the form that they belong to, so the change is caught at the top of the page.
const wide = window.matchMedia("(min-width: 60rem)");
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (wide.matches && form && "autoSubmit" in form.dataset && event.target.matches("[type=checkbox]")) form.requestSubmit();
});

const summary = document.getElementById("error-summary");
if (summary) summary.focus();
