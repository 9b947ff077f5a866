// Tables as a grid of fields: the one in which the cursor stands, or a new one. The
// text is changed once, when all is done; a row that is not touched keeps its bytes.
import { dialog, h } from "./dom.js";
import { lang, t } from "./words.js";

const prefixOf = (line) => /^[\s>]*/.exec(line)[0];
const isRule = (line) => line.includes("|") && /^\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(line);
// What ends a table beside an empty line (GFM, section 4.10).
const isOther = (line) => /^(#{1,6}\s|```|~~~|>|[-*+]\s|\d+[.)]\s|<)/.test(line);

// split returns the cells of a row as they are written.
const split = (line) => {
  const row = line.trim().replace(/^\|/, "");
  const cells = [""];
  for (let i = 0; i < row.length; i++) {
    if (row[i] === "|") cells.push("");
    else if (row[i] === "\\" && i + 1 < row.length) cells[cells.length - 1] += row[i] + row[++i];
    else cells[cells.length - 1] += row[i];
  }
  if (cells.length > 1 && cells.at(-1).trim() === "") cells.pop();
  return cells.map((c) => c.trim());
};

const shown = (cell) => cell.replaceAll("\\|", "|");
const written = (cell) => cell.trim().replace(/\s*\n\s*/g, "<br>").replace(/\\\||\|/g, "\\|");

// tableAt finds the table at a place of a text: {from, to, lines, rule}, null if there
// is none. rule is which of the lines parts the head from the rows.
export const tableAt = (text, at) => {
  const lines = text.split("\n");
  let n = text.slice(0, at).split("\n").length - 1;
  const bare = (i) => lines[i].slice(prefixOf(lines[i]).length);
  const isBlank = (i) => bare(i).trim() === "";
  if (isBlank(n)) return null;
  let first = n;
  while (first > 0 && !isBlank(first - 1)) first--;
  let rule = -1;
  for (let i = first + 1; i < lines.length && !isBlank(i) && rule < 0; i++) {
    if (isRule(bare(i)) && split(bare(i)).length === split(bare(i - 1)).length) rule = i;
  }
  if (rule < 0 || n < rule - 1) return null;
  let end = rule + 1;
  while (end < lines.length && !isBlank(end) && !isOther(bare(end)) && prefixOf(lines[end]).trimEnd() === prefixOf(lines[rule]).trimEnd()) end++;
  if (n >= end) return null;
  if (lines.slice(0, rule - 1).filter((l) => /^\s{0,3}(```|~~~)/.test(l)).length % 2) return null; // code
  const from = lines.slice(0, rule - 1).join("\n").length + (rule > 1 ? 1 : 0);
  const own = lines.slice(rule - 1, end);
  return { from, to: from + own.join("\n").length, lines: own, rule: 1, row: n - rule + 1 };
};

// editTable shows the grid of a table and puts into the text what was made of it;
// put puts a new table there.
export const editTable = async (ed, put) => {
  if (ed.composing()) return;
  const text = ed.text();
  const found = tableAt(text, ed.selection().from);
  const old = found ? found.lines.map((line, i) => ({ line, cells: split(line.slice(prefixOf(line).length)), isRule: i === found.rule })) : [];
  const width = Math.max(3 * !found, ...old.map((r) => r.cells.length));
  const empty = () => ({ line: null, cells: [] });
  const rows = found ? old.filter((r) => !r.isRule) : [empty(), empty(), empty(), empty()];
  let rule = found ? old[found.rule].cells.slice() : [];
  const fit = (list, fill) => { while (list.length < width) list.push(fill); };
  for (const r of rows) {
    r.length = r.cells.length;
    fit(r.cells, "");
    r.was = JSON.stringify(r.cells);
    r.values = r.cells.map(shown);
  }
  const ruleWas = JSON.stringify(rule);
  fit(rule, "---");
  let touched = false;
  const start = found ? Math.max(0, found.row - 1) : 0;
  let [y, x] = [start, 0]; // where the focus is
  const grid = h("table", { class: "cells" });
  const count = h("p", { class: "soft", role: "status" });
  const cellAt = (i, j) => grid.rows[i]?.cells[j]?.firstChild;
  const draw = (announce) => {
    grid.replaceChildren(...rows.map((r, i) => h("tr", {}, r.values.map((v, j) => h(i ? "td" : "th", {}, h("input", {
      value: v, lang, autocomplete: "off", spellcheck: "true", "aria-label": i ? t("cellName", j + 1, i) : t("headName", j + 1),
      onfocus: () => { [y, x] = [i, j]; },
      oninput: (e) => { r.values[j] = e.target.value; touched = true; },
      onkeydown: (e) => {
        if (e.isComposing || e.keyCode === 229 || e.ctrlKey || e.metaKey || e.altKey || e.shiftKey) return;
        if (e.key === "ArrowUp" && i > 0) { e.preventDefault(); cellAt(i - 1, j).focus(); }
        if (e.key === "ArrowDown" && i + 1 < rows.length) { e.preventDefault(); cellAt(i + 1, j).focus(); }
        if (e.key !== "Enter") return;
        e.preventDefault(); // as in a spreadsheet, not the button of the dialog
        if (i + 1 === rows.length) addRow();
        else cellAt(i + 1, j).focus();
      },
    }))))));
    if (announce) {
      touched = true;
      count.textContent = t("tableSize", rows.length - 1, rule.length);
      cellAt(Math.min(y, rows.length - 1), Math.min(x, rule.length - 1))?.focus();
    }
  };
  const addRow = () => { rows.splice(++y, 0, { line: null, values: rule.map(() => "") }); draw(true); };
  const dropRow = () => { if (y > 0 && rows.length > 1) { rows.splice(y, 1); y--; draw(true); } };
  const addColumn = () => { x++; for (const r of rows) r.values.splice(x, 0, ""); rule.splice(x, 0, "---"); draw(true); };
  const dropColumn = () => { if (rule.length > 1) { for (const r of rows) r.values.splice(x, 1); rule.splice(x, 1); x = Math.max(0, x - 1); draw(true); } };
  const button = (name, run) => h("button", { type: "button", onclick: run }, t(name));
  draw();
  const asked = dialog(t(found ? "tableEdit" : "table"), h("div", {},
    h("p", { class: "help" }, t("tableHelp")), h("div", { class: "cellbox" }, grid), count,
    h("div", { class: "row" }, button("addRow", addRow), button("dropRow", dropRow), button("addColumn", addColumn), button("dropColumn", dropColumn))),
    [{ label: t(found ? "tableDone" : "insert"), value: "ok", main: true }, { label: t("cancel"), value: "", formnovalidate: true }]);
  cellAt(start, 0)?.focus();
  if (!(await asked) || (found && !touched)) return ed.focus();

  const prefix = found ? prefixOf(found.lines[found.rule]) : "";
  const line = (cells) => prefix + "| " + cells.join(" | ") + " |";
  // What was offered or added and left empty is no part of the table.
  const says = (v) => v.trim() !== "";
  const isFilled = rows.some((r) => r.values.some(says));
  const full = rule.map((_, j) => found || !isFilled || rows.some((r) => says(r.values[j])));
  const own = (list) => list.filter((_, j) => full[j]);
  const made = rows.filter((r, i) => i === 0 || r.line !== null || !isFilled || r.values.some(says)).map((r, i) => {
    // A cell that says what it said is written as it was.
    const cells = r.values.map((v, j) => (r.cells && r.cells[j] !== undefined && shown(r.cells[j]) === v ? r.cells[j] : written(v)));
    return r.line !== null && JSON.stringify(cells) === r.was && (i > 0 || r.length === rule.length) ? r.line : line(own(cells).map((c) => c || " "));
  });
  made.splice(1, 0, found && JSON.stringify(rule) === ruleWas ? found.lines[found.rule] : line(own(rule)));
  const now = made.join("\n");
  if (!found) return put(now);
  if (ed.text() !== text || ed.composing()) return ed.focus(); // it is another text now
  ed.replace(found.from, found.to, now);
};
