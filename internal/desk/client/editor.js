// The text in CodeMirror. It stands in a shadow root, for its style element would be
// refused elsewhere and typed spaces would vanish. Nothing here touches the text
// while it is composed, and no key of Backspace or with Ctrl+Shift is bound:
// Vietnamese keyboards live on these.
import { defaultKeymap, history, historyKeymap, redo, undo } from "@codemirror/commands";
import { HighlightStyle, Language, defineLanguageFacet, syntaxHighlighting } from "@codemirror/language";
import { EditorState, Transaction } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { GFM, parser } from "@lezer/markdown";

const markdown = new Language(defineLanguageFacet(), parser.configure([GFM]), [], "markdown");

const colours = HighlightStyle.define([
  { tag: tags.heading, fontWeight: "700" },
  { tag: tags.strong, fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: [tags.link, tags.url], color: "var(--link)" },
  { tag: [tags.quote, tags.monospace, tags.processingInstruction, tags.contentSeparator], color: "var(--soft)" },
]);

const look = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--paper)" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "-3px" },
  ".cm-scroller": { fontFamily: "inherit", fontSize: "1.0625rem", lineHeight: "1.7", overflow: "auto" },
  ".cm-content": { padding: "1rem", caretColor: "var(--ink)", maxWidth: "46rem" },
  ".cm-wrong": { textDecoration: "underline wavy var(--bad)" },
});

const isSafe = ({ key = "", any }) => !any && !/Backspace|Delete|(Mod|Ctrl|Cmd)-Shift|Shift-(Mod|Ctrl|Cmd)/.test(key);

// Enter goes on with a list or a quote, and ends one whose last line is empty.
const goOn = (view) => {
  if (view.composing || view.state.selection.ranges.length !== 1) return false;
  const { from, to } = view.state.selection.main;
  const line = view.state.doc.lineAt(from);
  const m = /^(\s*)((?:>\s?)+|[-*+] (?:\[[ x]\] )?|(\d+)([.)]) )/.exec(line.text);
  if (from !== to || !m || from < line.from + m[0].length) return false;
  if (line.text.length === m[0].length) {
    view.dispatch({ changes: { from: line.from, to: line.to }, userEvent: "input" });
    return true;
  }
  const mark = m[3] ? `${Number(m[3]) + 1}${m[4]} ` : m[2].replace("[x]", "[ ]");
  view.dispatch(view.state.replaceSelection("\n" + m[1] + mark), { scrollIntoView: true, userEvent: "input" });
  return true;
};

// createEditor puts an editor into host. The text has LF alone.
export const createEditor = ({ host, text, lang, label, changed, pasted, dropped, keys, scrolled }) => {
  const root = host.attachShadow({ mode: "open" });
  const bindings = [
    { key: "Enter", run: goOn },
    ...keys.map(({ key, run }) => ({ key, run: () => { run(); return true; }, preventDefault: true })),
    ...historyKeymap.filter(isSafe),
    ...defaultKeymap.filter(isSafe).map((b) => ({ ...b, shift: b.shift })),
  ];
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      selection: { anchor: /^\n*/.exec(text)[0].length }, // behind the empty line that parts it from the front matter
      extensions: [
        history(),
        keymap.of(bindings),
        EditorView.lineWrapping,
        EditorState.lineSeparator.of("\n"),
        markdown,
        syntaxHighlighting(colours),
        look,
        EditorView.contentAttributes.of({ spellcheck: "true", autocorrect: "on", autocapitalize: "sentences", lang, "aria-label": label }),
        EditorView.updateListener.of((u) => { if (u.docChanged) changed(); }),
        EditorView.domEventHandlers({
          paste: (e) => pasted(e),
          drop: (e, v) => {
            if (!e.dataTransfer?.files.length) return false;
            const at = v.posAtCoords({ x: e.clientX, y: e.clientY });
            if (at !== null) v.dispatch({ selection: { anchor: at } });
            return dropped(e);
          },
        }),
      ],
    }),
  });
  view.scrollDOM.addEventListener("scroll", () => {
    const room = view.scrollDOM.scrollHeight - view.scrollDOM.clientHeight;
    scrolled(room > 0 ? view.scrollDOM.scrollTop / room : 0);
  }, { passive: true });
  return {
    text: () => view.state.doc.toString(),
    composing: () => view.composing || view.compositionStarted,
    selection: () => {
      const { from, to } = view.state.selection.main;
      return { from, to, text: view.state.sliceDoc(from, to) };
    },
    replace: (from, to, insert, start, end) => {
      const changes = { from, to, insert };
      const selection = start === undefined ? { anchor: from + insert.length } : { anchor: start, head: end };
      view.dispatch({ changes, selection, scrollIntoView: true, userEvent: "input" });
      view.focus();
    },
    // set gives the text another state, by the smallest change, so that it can be undone.
    set: (now) => {
      const old = view.state.doc.toString();
      let head = 0;
      while (head < old.length && head < now.length && old[head] === now[head]) head++;
      let tail = 0;
      while (tail < old.length - head && tail < now.length - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
      if (head < old.length || head < now.length) view.dispatch({ changes: { from: head, to: old.length - tail, insert: now.slice(head, now.length - tail) }, annotations: Transaction.userEvent.of("input.mend") });
    },
    goto: (n) => {
      const line = view.state.doc.line(Math.min(Math.max(n, 1), view.state.doc.lines));
      view.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: "center" }) });
      view.focus();
    },
    undo: () => undo(view),
    redo: () => redo(view),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
};
