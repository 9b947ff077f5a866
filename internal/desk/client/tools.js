// What the buttons above the text do to its Markdown.
import { dialog, h } from "./dom.js";
import { articles } from "./list.js";
import { editTable } from "./table.js";
import { t } from "./words.js";

// What stands before the words of a line: of a heading, a quotation, an item.
const head = /^\s*(?:(?:#{1,6}\s|>|[-*+]\s|\d+[.)]\s)\s*(?:\[[ xX]\]\s+)?)*/;

// isMark tells whether stars on both sides, so many at least, are a mark, alone or
// with another one.
const isMark = (mark, stars, more) => (mark === "*" ? Math.min(stars, more) % 2 === 1 : Math.min(stars, more) > 1);
const first = (text) => /^\**/.exec(text)[0].length;
const last = (text) => /\**$/.exec(text)[0].length;

// around puts a mark around the words of each line that is selected, or takes it away.
// Beside a blank it would be none (CommonMark, section 6.2).
const around = (ed, mark) => {
  const all = ed.text(), n = mark.length;
  const { from, to, text } = ed.selection();
  if (isMark(mark, last(all.slice(0, from)), first(all.slice(to)))) return ed.replace(from - n, to + n, text, from - n, to - n);
  if (!text.trim()) return ed.replace(from, to, mark + text + mark, from + n, from + n + text.length);
  const parts = text.split("\n").map((line, i) => {
    const before = (i || from === 0 || all[from - 1] === "\n" ? head : /^\s*/).exec(line)[0];
    const words = line.slice(before.length).trimEnd();
    return { before, words, behind: line.slice(before.length + words.length), marked: !words || (words.length > 2 * n && isMark(mark, first(words), last(words))) };
  });
  const off = parts.every(({ marked }) => marked);
  const now = parts.map(({ before, words, behind, marked }) => before + (!words ? "" : off ? words.slice(n, -n) : marked ? words : mark + words + mark) + behind).join("\n");
  const [start, end] = [parts[0].before.length + (off ? 0 : n), parts.at(-1).behind.length + (off ? 0 : n)];
  if (parts[1]) ed.replace(from, to, now, from, from + now.length);
  else ed.replace(from, to, now, from + start, from + now.length - end);
};

// lines puts a mark before each line of the selection that says something, or takes it
// away: in the place of another one, but around a quotation's own.
const lines = (ed, mark, isQuote) => {
  const all = ed.text();
  let { from, to } = ed.selection();
  from = from && all.lastIndexOf("\n", from - 1) + 1;
  const end = all.indexOf("\n", to);
  to = end < 0 ? all.length : end;
  const old = all.slice(from, to).split("\n"), alone = old.length === 1;
  let n = 0;
  const parts = old.map((line) => {
    const indent = isQuote ? "" : /^\s*/.exec(line)[0];
    const rest = line.slice(indent.length);
    return { indent, rest, mark: isQuote || rest || alone ? mark(n++) : "" };
  });
  const marked = parts.every(({ rest, mark }) => (rest + " ").startsWith(mark));
  const now = parts.map(({ indent, rest, mark }) => {
    if (marked) return indent + rest.slice(mark.length);
    const line = indent + mark + (isQuote || !mark ? rest : rest.replace(/^(#{1,6} |> ?|[-*+] |\d+[.)] )/, ""));
    return rest || alone ? line : line.trimEnd();
  }).join("\n");
  ed.replace(from, to, now, alone ? from + now.length : from, from + now.length);
};

// block puts a piece of Markdown between empty lines.
export const block = (ed, text) => {
  const all = ed.text();
  const { from, to } = ed.selection();
  const before = all.slice(0, from);
  const lead = before.trim() === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const rest = all.slice(to);
  const trail = rest === "" ? "\n" : rest.startsWith("\n\n") ? "" : rest.startsWith("\n") ? "\n" : "\n\n";
  ed.replace(from, to, lead + text + trail, from + lead.length + text.length, from + lead.length + text.length);
};

// relative is the path by which the article at from names the one at to.
const relative = (from, to) => {
  const a = from.split("/").slice(0, -1);
  const b = to.split("/");
  while (a.length && b.length > 1 && a[0] === b[0]) {
    a.shift();
    b.shift();
  }
  return "../".repeat(a.length) + b.join("/");
};

// linkWords are the words of a link or a picture: a bracket among them would end them.
export const linkWords = (text) => text.replace(/\\[^]|[[\]]/g, (sign) => (sign.length > 1 ? sign : "\\" + sign));

const address = (path) => (/[\s()]/.test(path) ? `<${path}>` : path);

const link = async (ed, path) => {
  let { from, to, text } = ed.selection();
  if (text.trim()) { // blanks beside the words are no part of the link
    from += text.length - text.trimStart().length;
    to -= text.length - text.trimEnd().length;
    text = text.trim();
  }
  const results = h("ul", { class: "results" });
  let choice = null;
  let asked = 0;
  const isAddress = (typed) => /^(https?:|mailto:|tel:|www\.|\/)/i.test(typed);
  const find = async (typed) => (typed && !isAddress(typed) ? (await articles({ q: typed })).articles.filter((a) => a.path !== path).slice(0, 8) : []);
  const input = h("input", { id: "link-to", name: "to", autocomplete: "off", spellcheck: "false", oninput: async () => {
    choice = null;
    const mine = ++asked;
    const found = await find(input.value.trim()).catch(() => []);
    if (mine === asked) results.replaceChildren(...found.map((a) => h("li", {}, h("button", { type: "button", onclick: () => { choice = a; input.value = a.title; results.replaceChildren(); input.focus(); } }, a.title, h("small", {}, " " + a.shown)))));
  } });
  const answer = await dialog(t("link"), h("div", { class: "field" }, h("label", { for: "link-to" }, t("linkAsk")), input, results), [
    { label: t("insert"), value: "ok", main: true }, { label: t("cancel"), value: "", formnovalidate: true }]);
  const typed = input.value.trim();
  if (!answer || !typed) return ed.focus();
  const target = choice ?? (await find(typed).catch(() => []))[0];
  const words = text || (target ? target.title : typed);
  const made = `[${linkWords(words)}](${target ? address(relative(path, target.path)) : address(typed.replace(/^www\./i, "https://$&"))})`;
  ed.replace(from, to, made);
};

const footnote = (ed) => {
  const all = ed.text();
  const { to } = ed.selection();
  let n = 1;
  while (all.includes(`[^${n}]`)) n++;
  ed.replace(to, to, `[^${n}]`);
  const end = ed.text().trimEnd().length;
  const made = `\n\n[^${n}]: `;
  ed.replace(end, ed.text().length, made + "\n", end + made.length, end + made.length);
};

// toolbar returns the row of buttons; keys are those that do the same.
export const toolbar = (editor, path) => {
  const actions = {
    bold: () => around(editor(), "**"),
    italic: () => around(editor(), "*"),
    heading: () => lines(editor(), () => "## "),
    list: () => lines(editor(), () => "- "),
    numbers: () => lines(editor(), (i) => `${i + 1}. `),
    quote: () => lines(editor(), () => "> ", true),
    link: () => link(editor(), path()),
    table: () => editTable(editor(), (made) => block(editor(), made)),
    footnote: () => footnote(editor()),
    undo: () => editor().undo(),
    redo: () => editor().redo(),
  };
  const shortcut = { bold: "Ctrl+B", italic: "Ctrl+I", link: "Ctrl+K" };
  const bar = h("div", { class: "tools", role: "toolbar", "aria-label": t("tools") }, Object.entries(actions).map(([name, run], i) =>
    h("button", { type: "button", class: "tool t-" + name, tabindex: i ? "-1" : "0", title: t(name) + (shortcut[name] ? ` (${shortcut[name]})` : ""), onmousedown: (e) => e.preventDefault(), onclick: run }, t(name))));
  bar.addEventListener("keydown", (e) => { // one stop for the keyboard, arrows within (WAI-ARIA toolbar)
    const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (!step) return;
    e.preventDefault();
    const buttons = [...bar.children];
    const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
    for (const b of buttons) b.tabIndex = b === next ? 0 : -1;
    next.focus();
  });
  return { bar, keys: [{ key: "Mod-b", run: actions.bold }, { key: "Mod-i", run: actions.italic }, { key: "Mod-k", run: actions.link }] };
};
