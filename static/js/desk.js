"use strict";
/* Gives the search boxes of long lists (select2) the names that they lack: what they are for, said to readers of screens. */
{
  const nameAll = () => {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const label = document.querySelector(`label[for="${select.id}"]`);
      const box = select.nextElementSibling;
      if (!label || !box || !box.classList.contains("select2")) continue;
      const name = label.textContent.replace(/:\s*$/, "").trim();
      for (const part of box.querySelectorAll(".select2-selection, .select2-selection__rendered, .select2-search__field")) {
        part.removeAttribute("aria-labelledby");
        part.setAttribute("aria-label", name);
      }
    }
    for (const field of document.querySelectorAll(".select2-dropdown .select2-search__field")) {
      field.setAttribute("aria-label", "Search");
    }
  };
  addEventListener("load", nameAll);
  document.addEventListener("focusin", nameAll);
}
