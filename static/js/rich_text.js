// The only script that knows which rich-text editor is used (CKEditor 4). Others ask it to bring the text boxes up to date.
window.richText = (() => {
  "use strict";
  const editors = () => Object.values(window.CKEDITOR ? window.CKEDITOR.instances : {});
  const ready = (editor) => editor.status === "ready";
  return {
    edits: (box) => editors().some((one) => one.element.$ === box),
    // Copy what stands in the editors into their text boxes.
    flush: () => editors().filter(ready).forEach((editor) => editor.updateElement()),
    // Put a text into a box and into its editor, if it has one.
    set(box, html) {
      box.value = html;
      const editor = editors().find((one) => one.element.$ === box);
      if (editor) { editor.setData(html); }
    },
    // Call `then` after every change in any editor.
    onChange(then) {
      if (!window.CKEDITOR) { return; }
      const watch = (editor) => editor.on("change", then);
      window.CKEDITOR.on("instanceReady", (event) => watch(event.editor));
      editors().filter(ready).forEach(watch);
    },
    // Call `then` once no editor is still starting.
    whenReady(then) {
      if (editors().every(ready)) { then(); return; }
      window.CKEDITOR.on("instanceReady", () => { if (editors().every(ready)) { then(); } });
    },
    focus(box) {
      const editor = editors().find((one) => one.element.$ === box);
      if (editor) { editor.focus(); }
      return Boolean(editor);
    },
  };
})();
