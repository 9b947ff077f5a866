// The text in a plain field, for those whose keyboard program and CodeMirror do not agree.
export const createPlain = ({ host, text, lang, label, changed, pasted, dropped, keys, scrolled }) => {
  const area = document.createElement("textarea");
  area.className = "plain";
  area.lang = lang;
  area.spellcheck = true;
  area.setAttribute("aria-label", label);
  area.value = text;
  const start = /^\n*/.exec(text)[0].length; // behind the empty line that parts it from the front matter
  area.setSelectionRange(start, start);
  host.append(area);
  let composing = false;
  area.addEventListener("compositionstart", () => (composing = true));
  area.addEventListener("compositionend", () => { composing = false; changed(); });
  area.addEventListener("input", changed);
  area.addEventListener("paste", pasted);
  area.addEventListener("drop", (e) => { if (e.dataTransfer?.files.length) dropped(e); });
  area.addEventListener("scroll", () => {
    const room = area.scrollHeight - area.clientHeight;
    scrolled(room > 0 ? area.scrollTop / room : 0);
  }, { passive: true });
  area.addEventListener("keydown", (e) => {
    if (composing || e.isComposing || !(e.ctrlKey || e.metaKey) || e.shiftKey || e.altKey) return;
    const bound = keys.find(({ key }) => key === "Mod-" + e.key.toLowerCase());
    if (bound) { e.preventDefault(); bound.run(); }
  });
  // insertText keeps the browser's own undo.
  const put = (from, to, insert) => {
    area.focus();
    area.setSelectionRange(from, to);
    if (insert === "" ? !document.execCommand("delete") : !document.execCommand("insertText", false, insert)) {
      area.setRangeText(insert, from, to, "end");
      changed();
    }
  };
  return {
    text: () => area.value,
    composing: () => composing,
    selection: () => ({ from: area.selectionStart, to: area.selectionEnd, text: area.value.slice(area.selectionStart, area.selectionEnd) }),
    replace: (from, to, insert, start, end) => {
      put(from, to, insert);
      if (start !== undefined) area.setSelectionRange(start, end);
    },
    set: (now) => { if (now !== area.value) put(0, area.value.length, now); },
    goto: (n) => {
      const at = area.value.split("\n").slice(0, n - 1).join("\n").length + (n > 1 ? 1 : 0);
      area.focus();
      area.setSelectionRange(at, at);
    },
    undo: () => { area.focus(); document.execCommand("undo"); },
    redo: () => { area.focus(); document.execCommand("redo"); },
    focus: () => area.focus(),
    destroy: () => area.remove(),
  };
};
