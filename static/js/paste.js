// What a school sent goes into the form: the server reads it, this script fills the boxes and shows the phrase behind each.
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const place = document.getElementById("paste");
  if (!place || !window.advertForm) { return; }
  const form = place.closest("form");
  const box = document.getElementById("paste-box"), state = document.getElementById("paste-state");
  const panel = document.getElementById("paste-lines"), list = panel.querySelector("ol");
  const repeatedButton = document.getElementById("paste-repeated");
  const advert = window.advertForm;
  const notes = new Map();
  let source = "", lines = [], body = "";

  const make = (tag, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...inside);
    return element;
  };

  async function ask(fields) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    Object.entries(fields).forEach(([name, value]) => data.set(name, value));
    const response = await fetch(place.dataset.read, { method: "POST", body: data, redirect: "manual" });
    if (response.type === "opaqueredirect" || response.status === 403) {
      return { error: "You have been logged out. Log in in another tab, then try again here." };
    }
    return response.ok || response.status === 400 ? response.json() : { error: "This could not be read. Paste its text instead." };
  }

  async function read(fields) {
    state.textContent = "Reading…";
    let answer;
    try { answer = await ask(fields); } catch { answer = { error: "The site cannot be reached. Nothing is lost: try again." }; }
    if (answer.error) { state.textContent = answer.error; return; }
    ({ source, lines } = answer);
    forget();
    takeBody(answer.body);
    Object.entries(answer.found).forEach(([name, one]) => offer(name, one));
    Object.entries(answer.choices).forEach(([name, many]) => choose(name, many));
    showLines();
    await advert.schoolChosen();
    window.advertFolds?.foldComplete();
    const asked = Object.keys(answer.choices).length;
    state.textContent = [
      `${Object.keys(answer.found).length} boxes filled in.`,
      asked ? `${asked} to choose: the text says two things.` : "",
      answer.posts.length ? `This looks like ${answer.posts.length} different posts: ${answer.posts.join("; ")}. What differs is not filled in.` : "",
      answer.unknown_school ? `No school here is called “${answer.unknown_school}”: choose it, or add it.` : "",
    ].filter(Boolean).join(" ");
  }

  // What the last text filled in and nobody has kept goes before the next one is read.
  function forget() {
    notes.forEach((note, name) => { if (!note.kept) { clear(name); } else { note.line.remove(); } });
    notes.clear();
    form.querySelectorAll(".paste-note").forEach((line) => line.remove());
  }

  function takeBody(html) {
    body = html;
    window.richText.set(form.elements.body, html);
    advert.touch("body");
  }

  function fill(one) {
    Object.entries(one.boxes).forEach(([name, value]) => { advert.put(name, value, one.label); advert.touch(name); });
  }

  function offer(name, one) {
    fill(one);
    const phrase = make("button", { type: "button", tabIndex: -1, className: "paste-phrase", textContent: `“${short(one.phrase)}”`, title: "Show it in the text" });
    phrase.addEventListener("click", () => goTo(one.phrase));
    const keep = make("button", { type: "button", tabIndex: -1, textContent: "Keep" });
    keep.addEventListener("click", () => accept(name));
    const drop = make("button", { type: "button", tabIndex: -1, textContent: "Clear" });
    drop.addEventListener("click", () => { clear(name); advert.look(); });
    const first = Object.keys(one.boxes)[0], row = advert.holder(first);
    const named = row?.querySelectorAll("label").length > 1 ? form.querySelector(`label[for='id_${first}']`)?.textContent.replace(":", "") : "";
    const line = make("p", { className: "paste-note" }, named ? `${named}, from the text: ` : "From the text: ", phrase, " ", keep, " ", drop);
    row?.append(line);
    notes.set(name, { one, line, kept: false });
  }

  function choose(name, many) {
    const line = make("p", { className: "paste-note is-choice" }, many.length > 1 ? "The text says: " : "Is this right? ");
    many.forEach((one) => {
      const use = make("button", { type: "button", textContent: one.shown });
      use.addEventListener("click", () => { line.remove(); offer(name, one); advert.schoolChosen(); advert.look(); });
      line.append(use, ` “${short(one.phrase)}” ${one.why} `);
    });
    if (many.length) { advert.holder(Object.keys(many[0].boxes)[0])?.append(line); }
  }

  const short = (phrase) => (phrase.length > 90 ? `${phrase.slice(0, 88)}…` : phrase);

  function accept(name) {
    const note = notes.get(name);
    note.kept = true;
    note.line.classList.add("is-kept");
    note.line.replaceChildren(`Kept, from the text: “${short(note.one.phrase)}”`);
    const next = [...notes].find(([, other]) => !other.kept);
    if (next) { focusOn(next[0]); }
  }

  function clear(name) {
    const note = notes.get(name);
    Object.keys(note.one.boxes).forEach((one) => { advert.put(one, ""); advert.untouch(one); });
    note.line.remove();
    notes.delete(name);
  }

  function focusOn(name) {
    const [first] = advert.boxes(Object.keys(notes.get(name).one.boxes)[0]);
    window.advertFolds?.show(first);
    const target = first?.parentElement.querySelector(".select2-selection") || first;
    target?.focus();
  }

  // The box that has the focus, by the field that it belongs to.
  function fieldAt(element) {
    const row = element.closest(".fieldBox, .form-row");
    return [...notes.keys()].find((name) => row?.classList.contains(`field-${name}`));
  }

  form.addEventListener("keydown", (event) => {
    if (!event.ctrlKey || !["Enter", "Delete"].includes(event.key)) { return; }
    const name = fieldAt(event.target);
    if (!name) { return; }
    event.preventDefault();
    if (event.key === "Enter") { accept(name); } else { clear(name); advert.look(); }
  });

  // The lines

  function goTo(phrase) {
    const wanted = phrase.slice(0, 30);
    const item = [...list.children].find((one) => one.textContent.includes(wanted)) || [...list.children].find((one) => phrase.startsWith(one.textContent.trim()));
    if (!item) { return; }
    list.querySelector(".is-found")?.classList.remove("is-found");
    item.classList.add("is-found");
    item.scrollIntoView({ block: "center" });
    item.querySelector("input").focus({ preventScroll: true });
  }

  function showLines() {
    list.replaceChildren(...lines.map((line, index) => {
      const tick = make("input", { type: "checkbox", checked: !line.left_out, tabIndex: index ? -1 : 0 });
      tick.addEventListener("change", () => { line.left_out = !tick.checked; item.classList.toggle("is-out", line.left_out); rewrite(); });
      const item = make("li", {}, make("label", {}, tick, ` ${line.text}`));
      item.classList.toggle("is-out", line.left_out);
      item.classList.toggle("is-repeated", line.repeated);
      return item;
    }));
    const repeated = lines.filter((line) => line.repeated && !line.left_out).length;
    repeatedButton.hidden = !repeated;
    repeatedButton.textContent = repeated === 1 ? "Leave off the line that the boxes say already" : `Leave off the ${repeated} lines that the boxes say already`;
    panel.hidden = false;
  }

  repeatedButton.addEventListener("click", () => {
    lines.forEach((line) => { line.left_out = line.left_out || line.repeated; });
    showLines();
    rewrite();
  });

  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const ticks = [...list.querySelectorAll("input")], at = ticks.indexOf(event.target);
    if (!step || at < 0 || !ticks[at + step]) { return; }
    event.preventDefault();
    ticks[at].tabIndex = -1;
    ticks[at + step].tabIndex = 0;
    ticks[at + step].focus();
  });

  async function rewrite() {
    window.richText.flush();
    const isOurs = sameText(form.elements.body.value, body);
    if (!isOurs) { state.textContent = "You have changed the text since: take the line in or out there."; return; }
    const numbers = lines.filter((line) => line.left_out).map((line) => line.number).join(",");
    const answer = await ask({ text: source, left_out: numbers });
    if (answer.body !== undefined) { takeBody(answer.body); advert.look(); }
  }

  const words = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.replace(/\s+/g, "");
  const sameText = (one, other) => words(one) === words(other);

  // Ways in

  box.addEventListener("paste", (event) => {
    const file = event.clipboardData.files[0], html = event.clipboardData.getData("text/html"), text = event.clipboardData.getData("text/plain");
    if (!file && !html && !text) { return; }
    event.preventDefault();
    box.value = text;
    read(html ? { html } : text ? { text } : { file });
  });
  for (const name of ["dragenter", "dragover"]) {
    place.addEventListener(name, (event) => { event.preventDefault(); place.classList.add("is-over"); });
  }
  place.addEventListener("dragleave", () => place.classList.remove("is-over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("is-over");
    const file = event.dataTransfer.files[0];
    const html = event.dataTransfer.getData("text/html"), text = event.dataTransfer.getData("text/plain");
    read(file ? { file } : html ? { html } : { text });
  });
  document.getElementById("paste-go").addEventListener("click", () => read({ text: box.value }));
  document.getElementById("paste-file").addEventListener("change", (event) => {
    if (event.target.files[0]) { read({ file: event.target.files[0] }); }
  });
});
