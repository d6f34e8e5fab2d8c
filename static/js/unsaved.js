// Keeps an unsaved copy of the form in this browser, and offers it back after a crash, a lost log-in or a closed window.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const PREFIX = "greensheets-unsaved:";
  const DAYS = 7;
  const LEFT_OUT = /^(csrfmiddlewaretoken|attachments-.*|_.*)$/;

  const copies = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };

  // What has been saved, and what has grown old, is forgotten on whichever page comes first.
  const done = document.cookie.match(/(?:^|; )unsaved_done=([0-9a-z]+)/);
  if (done) { document.cookie = "unsaved_done=; path=/admin/; max-age=0; samesite=lax"; }
  for (const key of copies()) {
    const copy = read(key);
    if (!copy || (done && key.endsWith(`:${done[1]}`)) || Date.now() - copy.at > DAYS * 86400000) { localStorage.removeItem(key); }
  }

  const page = document.getElementById("unsaved");
  if (!page) { return; }
  const form = page.closest("form");
  const $ = window.django.jQuery;
  const place = `${PREFIX}${page.dataset.user}:${location.pathname}:`;
  const id = Date.now().toString(36) + crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
  const mark = Object.assign(document.createElement("input"), { type: "hidden", name: "_unsaved", value: id });
  form.append(mark);
  // Looked up before the editors are ready: somebody may be typing in another box by then.
  const opened = fields();
  let timer, start = null, isFull = false;

  function fields() {
    window.richText.flush();
    const found = {};
    for (const box of form.elements) {
      if (!box.name || LEFT_OUT.test(box.name) || ["file", "submit", "button", "password"].includes(box.type)) { continue; }
      const list = (found[box.name] ||= []);
      if (box.tagName === "SELECT") { list.push(...[...box.selectedOptions].map((one) => [one.value, one.text])); }
      else if (!["checkbox", "radio"].includes(box.type) || box.checked) { list.push([box.value, ""]); }
    }
    return found;
  }

  // Equal for a reader: an editor's line breaks make no difference, nor does what the form carries along for itself.
  const CARRIED = ["version", "typed_boxes", "filled_boxes"];
  const plain = (found) => JSON.stringify(Object.entries(found).filter(([name]) => !CARRIED.includes(name)).map(([name, list]) =>
    [name, list.map(([value]) => value.replace(/<[^>]*>|&nbsp;/g, " ").replace(/\s+/g, " ").trim())]));

  function keep() {
    if (start === null) { return; }
    const found = fields();
    if (plain(found) === start) { localStorage.removeItem(place + id); return; }
    const title = found.title?.[0]?.[0] || "an advert without a title";
    try { localStorage.setItem(place + id, JSON.stringify({ at: Date.now(), title, fields: found })); }
    catch {
      if (!isFull) { say("This browser has no room left for an unsaved copy: save from time to time.", []); }
      isFull = true;
    }
  }
  function later() { clearTimeout(timer); timer = setTimeout(keep, 400); }

  function say(text, buttons) {
    const line = document.createElement("div");
    line.className = "unsaved-offer";
    line.setAttribute("role", "alert");
    line.append(Object.assign(document.createElement("p"), { textContent: text }));
    for (const [label, then] of buttons) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: label, className: "button" });
      button.addEventListener("click", () => { line.remove(); then(); });
      line.append(button);
    }
    page.append(line);
    return line;
  }

  function restore(found) {
    for (const [name, list] of Object.entries(found)) {
      const boxes = [...form.elements].filter((box) => box.name === name);
      const values = list.map(([value]) => value);
      for (const box of boxes) {
        if (box.tagName === "SELECT") {
          list.filter(([value]) => ![...box.options].some((one) => one.value === value))
            .forEach(([value, text]) => box.add(new Option(text, value)));
          [...box.options].forEach((one) => { one.selected = values.includes(one.value); });
        } else if (["checkbox", "radio"].includes(box.type)) { box.checked = values.includes(box.value); }
        else if (box.tagName === "TEXTAREA") { window.richText.set(box, values[0] ?? ""); }
        else { box.value = values[0] ?? ""; }
        $(box).trigger("change");
      }
    }
    later();
  }

  function offer() {
    const found = fields(), now = plain(found);
    // Editors write their texts a little differently, so these count from now.
    for (const box of form.elements) { if (window.richText.edits(box)) { opened[box.name] = found[box.name]; } }
    // What came back from the server with its errors is stored nowhere, so it counts as typed.
    start = page.dataset.fresh === "1" ? plain(opened) : "";
    for (const key of copies().filter((one) => one.startsWith(place) && one !== place + id)) {
      const copy = read(key);
      if (plain(copy.fields) === now) { localStorage.removeItem(key); continue; }
      const when = new Date(copy.at).toLocaleString("en-GB", { weekday: "long", hour: "2-digit", minute: "2-digit" });
      say(`“${copy.title}” was not saved (${when}). Documents must be chosen again.`, [
        ["Bring it back", () => { restore(copy.fields); localStorage.removeItem(key); }],
        ["Discard it", () => localStorage.removeItem(key)],
      ]);
    }
    keep();
  }

  form.addEventListener("submit", (event) => {
    keep();
    const size = [...new FormData(form)].reduce((sum, [name, value]) =>
      sum + (value instanceof File ? 0 : new Blob([name, value]).size + 200), 0);
    if (size <= Number(page.dataset.most)) { return; }
    event.preventDefault();
    const megabytes = (number) => (number / 1024 / 1024).toFixed(1);
    say(`This is too much to save: ${megabytes(size)} MB, and ${megabytes(page.dataset.most)} MB is the most. If pictures came ` +
      "along with the text, paste it again as plain text. Nothing has been lost.", []).scrollIntoView({ block: "center" });
  });
  $(form).on("input change", later);
  window.richText.onChange(later);
  window.addEventListener("pagehide", keep);
  window.richText.whenReady(offer);
});
