"use strict";
/* Gives the search boxes of long lists (select2) the names that they lack: what they are for, said to readers of screens. */
{
  const nameAll = () => {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const label = document.querySelector(`label[for="${select.id}"]`);
      const box = select.nextElementSibling;
      if (!label || !box || !box.classList.contains("select2")) continue;
      label.id ||= `${select.id}-label`;
      const value = box.querySelector(".select2-selection__rendered[role]");
      if (value) value.setAttribute("aria-labelledby", label.id);
      box.querySelector(".select2-selection").setAttribute("aria-labelledby", `${label.id} ${value ? value.id : ""}`.trim());
      const search = box.querySelector(".select2-search__field");
      if (search) search.setAttribute("aria-labelledby", label.id);
    }
    for (const field of document.querySelectorAll(".select2-dropdown .select2-search__field")) {
      field.setAttribute("aria-label", "Search");
    }
  };
  // The cross that clears a whole list would stand among the list's items; each item has its own.
  for (const select of document.querySelectorAll("select.admin-autocomplete[multiple]")) select.dataset.allowClear = "false";
  // Select2 is made by jQuery's ready, which waits its turn: whoever asks later comes later.
  if (window.django && window.django.jQuery) window.django.jQuery(nameAll);
  document.addEventListener("formset:added", nameAll);
  document.addEventListener("focusin", nameAll);
}
