/* What the editor lacks: the admin's theme in its frame, the field's name, and a word about pictures that a paste has lost. */
"use strict";
(() => {
  const frames = () => Object.values(CKEDITOR.instances).filter(editor => editor.document);

  function showTheme(editor) {
    const theme = document.documentElement.dataset.theme || "auto";
    editor.document.getDocumentElement().setAttribute("data-theme", theme);
  }

  function labelOf(editor) {
    return document.querySelector(`label[for="${editor.name}"]`);
  }

  function sayWhatALossThePasteWas(editor, html) {
    const pictures = (html.match(/<img\b/gi) || []).length;
    const wrapper = editor.element.getParent().$;
    let notice = wrapper.querySelector(".editor-notice");
    if (!notice) {
      notice = Object.assign(document.createElement("p"), { className: "editor-notice" });
      notice.setAttribute("role", "status");
      wrapper.append(notice);
    }
    const lost = pictures === 1 ? "1 picture was" : `${pictures} pictures were`;
    notice.textContent = pictures ? `${lost} left out of what you pasted. A text has words only.` : "";
  }

  // The editor's own filter for Google Docs stops at a span without a style, and the whole paste is lost.
  function styled(html) {
    return html.includes("docs-internal-guid") ? html.replace(/<span(?![^>]*\sstyle=)/gi, '<span style="white-space:pre-wrap"') : html;
  }

  function takePaste(editor, data) {
    data.dataValue = styled(data.dataValue || "");
    sayWhatALossThePasteWas(editor, data.dataValue);
  }

  function start() {
    CKEDITOR.on("instanceCreated", ({ editor }) => {
      const label = labelOf(editor);
      if (label) {
        editor.config.title = editor.config.applicationTitle = label.textContent.trim().replace(/:$/, "");
        label.addEventListener("click", () => editor.focus());
      }
      editor.on("contentDom", () => showTheme(editor));
      editor.on("paste", event => takePaste(editor, event.data), null, null, 1);
    });
    new MutationObserver(() => frames().forEach(showTheme)).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  start();
})();
