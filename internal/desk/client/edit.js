// One article: its form, its text, the true page beside them.
import { Refusal, dialog, fileAddress, get, h, leave, post, preview, send, size, toast, windowName } from "./dom.js";
import { changesOf, createForm, same } from "./form.js";
import { createPlain } from "./plain.js";
import { release } from "./publish.js";
import { block, linkWords, toolbar } from "./tools.js";
import { label, lang, languageName, locale, t, why } from "./words.js";

// In ms: how long nothing is typed until the page follows, how long it waits at most
// while somebody goes on typing, and how often the text is kept against a crash.
const pause = 15;
const longest = 400;
const keepEvery = 2000;

let edition = 0; // counts what this window reads out of its form and text: of two the newer one has the higher

const wantsPlain = () => localStorage.getItem("bantin-plain") === "1";

// columns shows two versions beside each other.
const columns = (left, right, a, b) =>
  h("div", { class: "two" }, h("div", {}, h("h3", {}, left), h("pre", { tabindex: "0" }, a)), h("div", {}, h("h3", {}, right), h("pre", { tabindex: "0" }, b)));

// lineDiff marks the lines that only one of two versions has.
const lineDiff = (was, now) => {
  const [a, b] = [was.split("\n"), now.split("\n")];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const [x, y] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const rows = [];
  if (x.length * y.length > 4e6) rows.push(...x.map((l) => ["del", l]), ...y.map((l) => ["ins", l]));
  else {
    const longest = Array.from({ length: x.length + 1 }, () => new Uint16Array(y.length + 1)); // common lines from here on
    for (let i = x.length - 1; i >= 0; i--) for (let j = y.length - 1; j >= 0; j--) longest[i][j] = x[i] === y[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    for (let i = 0, j = 0; i < x.length || j < y.length; ) {
      if (i < x.length && j < y.length && x[i] === y[j]) { rows.push(["", x[i]]); i++; j++; }
      else if (j >= y.length || (i < x.length && longest[i + 1][j] >= longest[i][j + 1])) rows.push(["del", x[i++]]);
      else rows.push(["ins", y[j++]]);
    }
  }
  const around = (list) => list.map((l) => ["", l]);
  return [...around(a.slice(Math.max(0, head - 2), head)), ...rows, ...around(a.slice(a.length - tail, a.length - tail + 2))].map(([mark, line]) => (mark ? h(mark, {}, (mark === "del" ? "− " : "+ ") + line, "\n") : h("span", {}, "  " + line + "\n")));
};

const wordy = (v) => (v == null || v === "" ? t("empty") : typeof v === "string" ? v : JSON.stringify(v, null, 1));

const loadEditor = () => (wantsPlain() ? { createEditor: createPlain } : import("./editor.js"));

// beginArticle asks for all that an article needs at once.
export const beginArticle = (path) => Promise.all([get(`article?path=${encodeURIComponent(path)}&window=${windowName}`), loadEditor()]);

export const showArticle = async (host, site, path, open, asked) => {
  host.replaceChildren(h("main", {}, h("p", {}, t("loading"))));
  let [base] = await asked;
  const goTo = (to) => {
    if (decodeURI(location.hash) === "#/sua/" + path) history.replaceState(null, "", "#/sua/" + encodeURI(to));
    path = to;
  };
  if (base.path !== path) goTo(base.path); // it has been moved since somebody noted that address
  let raw = base.opened.values === null;
  let editor = null;
  let form = null;
  let timer = 0;
  let busy = null; // the request under way
  let dirty = false;
  let taking = false; // files are on their way, and the article may get another path
  let acting = false; // it is being published, and what is typed would be none of that
  let gone = false; // there is no file of it any more
  let closed = false;
  let behind = false; // there was news that could not be shown at once
  let problems = base.problems;
  const memory = () => `bantin:${site.id}:${path}`;

  const status = h("p", { class: "status", role: "status" });
  const notices = h("div", { class: "notices" });
  const lost = h("p", { class: "notice bad", role: "alert" }, t("lost"));
  const noFile = h("p", { class: "notice bad", role: "alert" }, t("goneHere"));
  const problemList = h("div", { class: "problem-list" });
  const formHost = h("div", { class: "form" });
  const textHost = h("div", { class: "text" });
  const filesHost = h("section", { class: "files", "aria-label": t("files") });
  const count = h("span", { class: "soft" });
  const frame = h("iframe", { class: "page", title: t("see") });
  // say tells how things stand; a screen reader is not told what changes with every key.
  const say = (text, quietly) => {
    if (status.textContent === text) return;
    status.setAttribute("aria-live", quietly ? "off" : "polite");
    status.textContent = text;
  };

  // finished is the text as somebody would leave it by hand: an empty line between the
  // front matter and a new text, and an end to its last line, if they were there.
  const isNew = !raw && /^\n+$/.test(base.opened.text);
  const hadEnd = isNew || base.opened.text.endsWith("\n");
  const finished = () => {
    let text = editor.text();
    if (text.trim() === "") return text;
    if (isNew && !text.startsWith("\n")) text = "\n" + text;
    return hadEnd && !text.endsWith("\n") ? text + "\n" : text;
  };

  const isTranslation = base.languages.some(({ code }) => code === "");
  const keys = site.forms[base.kind].filter(({ name, shared }) => !(isTranslation && shared) || name in (base.opened.values ?? {}));
  const changes = () => (raw || !form ? [] : changesOf(base.opened.values, form.values(), keys));
  const edited = () => ({ path, window: windowName, edition: ++edition, digest: base.digest, changes: changes(), text: finished(), raw, was: gone ? base.file : "" });
  const isDirty = () => editor && (finished() !== base.opened.text || changes().length > 0);

  const remember = () => {
    try {
      localStorage.setItem(memory(), JSON.stringify({ time: new Date().toISOString(), window: windowName, edition: ++edition, digest: base.digest, raw, values: form?.values() ?? null, text: finished() }));
    } catch { // the browser keeps nothing more; the server does
      localStorage.removeItem(memory());
    }
  };

  const remembered = () => JSON.parse(localStorage.getItem(memory()) ?? "null");

  // follow goes after the article to where the desk has moved it.
  const follow = (to) => {
    localStorage.removeItem(memory());
    goTo(to);
    if (isDirty()) remember();
  };

  // touch waits for a pause, and for the end of a composition: nothing is read from
  // a half-typed word.
  let since = 0; // when the first change was made that the page does not show yet
  const touch = (e) => {
    if (e?.isComposing) return;
    dirty = true;
    say(t("unsaved"), true);
    since ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(sync, Math.max(0, Math.min(pause, since + longest - Date.now())));
  };

  let keptAt = 0;
  let keeping = 0;
  const sync = async () => {
    if (closed) return;
    clearTimeout(timer);
    if (editor.composing() || busy || taking || acting) { timer = setTimeout(sync, pause); return; }
    since = 0;
    const wait = keptAt + keepEvery - Date.now();
    if (wait <= 0) {
      keptAt = Date.now();
      remember();
    } else {
      clearTimeout(keeping);
      keeping = setTimeout(sync, wait);
    }
    tellCount();
    busy = post("edit", { ...edited(), later: wait > 0 });
    try {
      const answer = await busy;
      lost.remove();
      if (!answer.gone) isThere();
      tell(answer.problems);
      if (!isDirty() && !gone) say(t("saved"), true);
      else if (wait <= 0 && !since) say(t(answer.kept ? "keptAt" : "notKept"), answer.kept);
    } catch (e) {
      failed(e);
    } finally {
      busy = null;
      catchUp();
    }
  };

  // refresh shows what a build has told: more of what is wrong, and where the page is.
  // The form and the text stay as they are.
  const refresh = async () => {
    behind = false;
    try { tell((await post("edit", { ...edited(), later: true })).problems); } catch (e) { failed(e); }
    if (frame.src) return;
    const { url } = await get(`address?path=${encodeURIComponent(path)}`).catch(() => ({}));
    if (url) frame.src = preview + url;
  };

  // catchUp refreshes, if there was news while something else was being done.
  const catchUp = () => { if (behind && !closed && !busy && !taking && !acting && !editor.composing()) refresh(); };

  // tellCount counts words when the hands rest.
  let counting = 0;
  const tellCount = () => {
    clearTimeout(counting);
    counting = setTimeout(() => { if (!closed) count.textContent = t("words", (editor.text().match(/[\p{L}\p{N}]+/gu) ?? []).length.toLocaleString(lang)); }, 700);
  };

  const isThere = () => {
    gone = false;
    noFile.remove();
  };

  const failed = (e) => {
    if (!(e instanceof Refusal)) throw e;
    if (e.code === "changed" && e.more) return conflict(e.more);
    if (e.code === "gone" && !gone) {
      gone = true;
      notices.prepend(noFile);
      return touch();
    }
    if (e.code === "away") {
      notices.prepend(lost);
      say(t("unsaved"));
      return;
    }
    say(why(e));
    toast(why(e));
  };

  // conflict shows what was changed elsewhere beside what was changed here; nothing
  // is chosen for the editor.
  const conflict = async (theirs) => {
    if (notices.querySelector(".conflict")) return;
    const isMoved = theirs.path !== path;
    if (isMoved) follow(theirs.path);
    if (theirs.digest === base.digest) { base = theirs; return touch(); } // what was refused was on its way when the two were merged
    const wasRaw = raw || theirs.opened.values === null;
    const rows = [];
    const choose = [];
    const offer = (name, mine, other, take) => {
      const group = "c" + rows.length;
      const radio = (value, title, text) => h("label", { class: "choice" }, h("input", { type: "radio", name: group, value, checked: value === "mine" }), h("strong", {}, title), h("pre", {}, wordy(text)));
      rows.push(h("fieldset", { class: "plainset" }, h("legend", {}, name), h("div", { class: "two" }, radio("mine", t("mine"), mine), radio("theirs", t("theirs"), other))));
      choose.push(() => take(box.querySelector(`input[name=${group}]:checked`).value));
    };
    let values = form && !wasRaw ? structuredClone(form.values()) : null;
    let text = finished();
    if (!wasRaw) {
      for (const key of keys) {
        const [was, mine, other] = [base.opened.values[key.name], values[key.name], theirs.opened.values[key.name]];
        if (same(mine, other)) continue;
        if (same(was, mine)) { values[key.name] = other; continue; } // changed there alone
        if (same(was, other)) continue; // changed here alone
        offer(key.name, mine, other, (who) => { if (who === "theirs") values[key.name] = other; });
      }
    }
    if (text !== theirs.opened.text && theirs.opened.text !== base.opened.text) {
      if (text === base.opened.text) text = theirs.opened.text;
      else offer(t("text"), text, theirs.opened.text, (who) => { if (who === "theirs") text = theirs.opened.text; });
    }
    const merge = () => {
      for (const f of choose) f();
      base = theirs;
      raw = wasRaw;
      if (values && form) form.set(Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined)));
      editor.set(text);
      box.remove();
      isThere();
      drawFiles();
      touch();
    };
    const box = h("section", { class: "notice bad conflict", role: "alert" }, h("p", {}, t("conflict")), rows,
      h("button", { type: "button", class: "main", onclick: () => { merge(); editor.focus(); } }, t("merge")));
    if (isMoved && !rows.length) merge();
    else notices.prepend(box);
  };

  const problemRow = (p) => h("div", { class: p.error ? "problem bad" : "problem" }, h("p", {}, p.message, p.in_text && !raw ? h("button", { type: "button", class: "linkish", onclick: () => editor.goto(p.in_text - (finished().startsWith("\n") && !editor.text().startsWith("\n"))) }, ` (${t("text")}: ${p.in_text})`) : null),
    p.hint && p.hint !== p.mended ? h("p", { class: "help" }, p.hint) : null,
    p.mended ? h("div", { class: "row" }, h("code", {}, p.mended), h("button", { type: "button", onclick: () => mend(p) }, t("mend"))) : null);

  const mend = async (p) => {
    clearTimeout(timer);
    try {
      await busy?.catch(() => {});
      const sent = edited();
      const { opened, file } = await post("mend", { ...sent, line: p.line, col: p.col, id: p.id });
      if (closed || editor.composing() || finished() !== sent.text || !same(changes(), sent.changes)) throw new Refusal({ code: "not-mended" }); // typed meanwhile
      if (raw) editor.set(file);
      else {
        if (!same(form.values(), opened.values)) form.set(opened.values);
        editor.set(opened.text);
      }
      say(t("mended"));
      touch();
    } catch (e) {
      failed(e);
    }
  };

  let told = null;
  const tell = (now) => {
    problems = now;
    const all = JSON.stringify(now);
    if (all !== told) { // a button stays under the pointer while somebody types
      told = all;
      const errors = now.filter((p) => p.error).length;
      const had = problemList.contains(document.activeElement);
      problemList.replaceChildren(now.length
        ? h("details", { class: errors ? "notice bad" : "notice", open: raw || problemList.querySelector("details")?.open }, h("summary", {}, t("problems", now.length)), now.map((p) => h("div", {}, problemRow(p), p.key && !raw ? h("button", { type: "button", class: "linkish", onclick: () => form.focus(p.key) }, "→ " + label(p.key)) : null)))
        : h("p", { class: "soft", tabindex: "-1" }, t("sound")));
      if (had) (problemList.querySelector("summary") ?? problemList.firstChild).focus();
    }
    form?.tell(now, problemRow);
  };

  const save = async () => {
    clearTimeout(timer);
    clearTimeout(keeping);
    if (editor.composing()) { timer = setTimeout(save, pause); return false; }
    await busy?.catch(() => {});
    say(t("saving"));
    busy = post("save", edited());
    try {
      const now = await busy;
      const wasRaw = raw;
      base = now;
      lost.remove();
      isThere();
      localStorage.removeItem(memory());
      dirty = isDirty();
      say(dirty ? t("unsaved") : t("saved"));
      tell(now.problems);
      drawFiles();
      if (wasRaw && now.opened.values !== null) { closed = true; open(path); }
      return true;
    } catch (e) {
      failed(e);
      return false;
    } finally {
      busy = null;
      catchUp();
    }
  };

  const saveNow = () => { if (!acting) save(); };

  // Files.
  const folder = () => "content/" + path.split("/").slice(0, -1).join("/");

  let drawn = "";
  const drawFiles = () => {
    const now = JSON.stringify([path, base.files]);
    if (now === drawn) return; // its pictures are large
    drawn = now;
    const had = filesHost.contains(document.activeElement);
    const input = h("input", { id: "add-files", type: "file", multiple: true, hidden: true, onchange: (e) => { take([...e.target.files]); e.target.value = ""; } });
    filesHost.replaceChildren(h("h2", {}, t("files")),
      h("ul", { class: "filelist" }, base.files.map((f) => h("li", {}, f.picture ? h("img", { class: "thumb", src: fileAddress(folder() + "/" + f.name), alt: "" }) : null, h("span", {}, f.name), h("span", { class: "soft" }, size(f.size)),
        f.used ? null : h("span", { class: "badge" }, t("notUsed")),
        f.used ? null : h("button", { type: "button", onclick: () => removeFile(f.name) }, t("remove"), h("span", { class: "hidden" }, " " + f.name))))),
      h("p", { class: "help" }, t("dropHere")), input, h("button", { type: "button", onclick: () => input.click() }, t("addFiles")));
    if (had) filesHost.lastElementChild.focus();
  };

  const undo = (id) => ({ label: t("undo"), run: async () => {
    try {
      await post("undo", { ID: id });
      toast(t("undone"));
      reload();
    } catch (e) { failed(e); }
  } });

  const removeFile = async (name) => {
    try {
      const { undo: id } = await post("remove-file", { path, name });
      toast(t("removed", name), undo(id));
      reload();
    } catch (e) { failed(e); }
  };

  // again opens the article anew, unless somebody has gone elsewhere meanwhile.
  const again = () => {
    if (closed) return;
    if (isDirty()) remember();
    closed = true;
    open(path);
  };

  // reload asks for the file again, where nothing is unsaved.
  const reload = async () => {
    if (!isDirty() || (await save())) again();
  };

  // take brings files to the article, one after the other, and asks what they are for.
  // Those that come meanwhile are taken after them.
  const waiting = [];
  const take = async (files) => {
    if (acting || closed) return;
    if (waiting.push(...files) > files.length || receiving) return;
    receiving = true;
    try {
      await takeAll();
    } finally {
      receiving = false;
      catchUp();
    }
  };
  let receiving = false;
  const takeAll = async () => {
    if (isDirty() && !(await save())) return void (waiting.length = 0);
    await busy?.catch(() => {});
    while (waiting.length && !closed) {
      const f = waiting.shift();
      say(t("uploading", f.name));
      try {
        taking = true;
        const got = await send(`upload?path=${encodeURIComponent(path)}&digest=${base.digest}&name=${encodeURIComponent(f.name)}`, f);
        if (closed) return;
        if (got.path !== path) follow(got.path);
        base = got.article;
        taking = false;
        await place(got, f);
      } catch (e) {
        failed(e);
      } finally {
        taking = false;
      }
    }
    if (closed) return;
    drawFiles();
    if (isDirty()) await save();
    else say(t("saved"));
  };

  const place = async (got, f) => {
    const field = (id, name, help, value = "", required = false) => h("div", { class: "field" }, h("label", { for: id }, name), h("input", { id, name: id, value, lang, autocomplete: "off", required }), help ? h("p", { class: "help" }, help) : null);
    const values = structuredClone(form?.values() ?? {});
    const can = (key) => keys.some((k) => k.name === key) && form;
    if (!got.picture) {
      const answer = await dialog(f.name, field("title", t("docTitle"), null, f.name.replace(/\.[^.]+$/, "").replaceAll(/[-_]/g, " ")), [can("attachments") ? { label: t("attach"), value: "attach", main: true } : null, { label: t("insertText"), value: "text" }, { label: t("onlyKeep"), value: "", formnovalidate: true }].filter(Boolean));
      const title = answer?.data.get("title").trim();
      if (answer?.value === "attach") form.set({ ...values, attachments: [...[values.attachments ?? []].flat(), title ? { file: got.name, title } : got.name] });
      if (answer?.value === "text") block(editor, `[${linkWords(title || got.name)}](${got.name})`);
      touch();
      return;
    }
    const picture = h("img", { class: "shown", src: fileAddress(folder() + "/" + got.name), alt: "" });
    const answer = await dialog(f.name + " – " + size(got.size), h("div", {}, picture, field("alt", t("alt"), t("altWhy"), "", true), field("caption", t("caption")), field("credit", t("credit"))), [
      { label: t("insertText"), value: "text", main: true },
      can("image") ? { label: t("asCover"), value: "image" } : null,
      can("gallery") ? { label: t("asGallery"), value: "gallery" } : null,
      { label: t("onlyKeep"), value: "", formnovalidate: true }].filter(Boolean));
    if (!answer) return;
    const [alt, caption, credit] = ["alt", "caption", "credit"].map((n) => answer.data.get(n).trim());
    const item = { file: got.name, alt, ...(caption && { caption }), ...(credit && { credit }) };
    if (answer.value === "image") form.set({ ...values, image: item });
    if (answer.value === "gallery") form.set({ ...values, gallery: [...[values.gallery ?? []].flat(), item] });
    const below = [caption, credit].filter(Boolean).join(" – ");
    if (answer.value === "text") block(editor, `![${linkWords(alt)}](${got.name}${below ? ` "${below.replaceAll('"', "”")}"` : ""})`);
    touch();
  };

  // pasted cleans what comes from Word or a page; of plain text, which goes its own
  // way else, it leaves out what nobody sees. What joins letters and pictures stays.
  const pasted = (e) => {
    const data = e.clipboardData;
    if (!data) return false;
    if (data.files.length && !data.types.includes("text/html")) {
      e.preventDefault();
      take([...data.files]);
      return true;
    }
    const source = data.getData("text/html"), typed = data.getData("text/plain");
    const plain = typed.replace(/\v/g, "\n").replace(/[\u0000-\u0008\f\u000E-\u001F\u007F-\u009F\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/g, "")
      .replace(/[\u{1D400}-\u{1D7FF}]/gu, (c) => c.normalize("NFKC")).normalize(); // letters of formulas, bold on Facebook, that no voice reads
    if (!/<(p|table|ul|ol|li|h[1-6]|b|strong|i|em|a|blockquote|img)[\s>]/i.test(source)) {
      if (plain === typed) return false;
      e.preventDefault();
      const { from, to } = editor.selection();
      editor.replace(from, to, plain);
      return true;
    }
    e.preventDefault();
    send("paste", source).then(
      ({ markdown, pictures }) => {
        const { from, to } = editor.selection();
        if (markdown.includes("\n")) block(editor, markdown);
        else editor.replace(from, to, markdown);
        if (pictures) toast(t("picturesLeft", pictures));
      },
      () => { const { from, to } = editor.selection(); editor.replace(from, to, plain); });
    return true;
  };
  const dropped = (e) => {
    e.preventDefault();
    take([...e.dataTransfer.files]);
    return true;
  };

  // act changes the state of the article for readers, as it is saved. Nothing else can
  // be done to it until that has ended.
  const act = async (what) => {
    if (acting || receiving) return;
    acting = true;
    try {
      panes.inert = true;
      if (isDirty() && !(await save())) return;
      const now = await release(site, { path, digest: base.digest }, what, say);
      if (!now) return say(isDirty() ? t("unsaved") : t("saved"));
      again();
    } catch (e) {
      failed(e);
    } finally {
      panes.inert = acting = false;
      catchUp();
    }
  };

  const rename = async () => {
    if (acting) return;
    if (isDirty() && !(await save())) return;
    const parts = path.replace(/\/index\.md$/, "").split("/");
    const name = parts.pop().replace(/\.md$/, "");
    const answer = await dialog(t("rename"), h("div", {}, h("div", { class: "field" }, h("label", { for: "name" }, t("name")), h("input", { id: "name", name: "name", value: name, required: true, autocomplete: "off" }), h("p", { class: "help" }, t("renameHelp"))),
      base.kind === "news" ? h("div", { class: "field" }, h("label", { for: "in" }, t("section")), h("select", { id: "in", name: "in" }, (site.sections.some((s) => s.folder === base.section) ? site.sections : [{ folder: base.section, title: base.section }, ...site.sections]).map((s) => h("option", { value: s.folder, selected: s.folder === base.section }, s.title)))) : null),
      [{ label: t("renameNow"), value: "ok", main: true }, { label: t("cancel"), value: "", formnovalidate: true }]);
    if (!answer) return;
    const section = base.kind !== "news" ? "" : answer.data.get("in") ?? base.section;
    try {
      const now = await post("rename", { path, section, name: answer.data.get("name") });
      closed = true;
      location.hash = "#/sua/" + encodeURI(now.path);
    } catch (e) { failed(e); }
  };

  // translate makes the text of the article in another language, which opens then.
  const translate = async (code, name) => {
    const answer = await dialog(t("translate", name), h("div", {}, h("div", { class: "field" }, h("label", { for: "title" }, t("title")), h("input", { id: "title", name: "title", lang: code, required: true, autocomplete: "off" }), h("p", { class: "help" }, t("translateHelp")))),
      [{ label: t("translateNow"), value: "ok", main: true }, { label: t("cancel"), value: "", formnovalidate: true }]);
    if (!answer) return;
    try {
      const now = await post("translate", { path, language: code, title: answer.data.get("title") });
      location.hash = "#/sua/" + encodeURI(now.path);
    } catch (e) { failed(e); }
  };

  // inLanguage leads to the article in another language, or makes it.
  const inLanguage = ({ code, path: at, exists }) => {
    const name = code && languageName(code);
    if (!exists) return h("button", { type: "button", onclick: () => translate(code, name) }, t("translate", name));
    return h("a", { href: "#/sua/" + encodeURI(at), class: "button" }, code ? t("translation", name) : t("original"));
  };

  // versions shows what git has kept of the file; one is brought into the editor, and
  // saved as everything else is.
  const versions = async () => {
    if (site.git !== "ready") {
      await dialog(t("versionsOf"), h("p", {}, t({ absent: "gitAbsent", programs: "gitPrograms" }[site.git] || "gitRefused")), [{ label: t("close"), value: "" }]);
      return;
    }
    try {
      const kept = await get(`versions?path=${encodeURIComponent(path)}`);
      const shown = h("div", {});
      const when = (v) => new Date(v.time).toLocaleString(locale);
      let chosen = null;
      const see = async (v) => {
        const got = await get(`version?path=${encodeURIComponent(path)}&commit=${v.commit}`);
        chosen = got;
        shown.replaceChildren(h("h3", {}, t("versionThen", when(v))), h("pre", { class: "diff", tabindex: "0" }, lineDiff(got.file, base.file.replaceAll("\r\n", "\n"))));
        take.disabled = false;
      };
      const list = h("ol", { class: "filelist" }, kept.map((v) => h("li", {}, h("span", {}, when(v)), h("span", { class: "soft" }, v.author), h("strong", {}, v.title), h("button", { type: "button", onclick: () => see(v).catch(failed) }, t("seeVersion"), h("span", { class: "hidden" }, " " + when(v))))));
      const asked = dialog(t("versionsOf"), h("div", {}, kept.length ? list : h("p", {}, t("noVersions")), shown), [{ label: t("takeVersion"), value: "take", main: true }, { label: t("close"), value: "", formnovalidate: true }]);
      const take = document.querySelector("dialog[open] button[value=take]");
      take.disabled = true;
      if (!(await asked) || !chosen) return;
      if (raw) editor.set(chosen.file);
      else if (chosen.opened.values === null) throw new Refusal({ code: "unreadable", args: [""] });
      else {
        form.set(chosen.opened.values);
        editor.set(chosen.opened.text);
      }
      touch();
      toast(t("tookVersion"));
    } catch (e) { failed(e); }
  };

  const remove = async () => {
    if (acting) return;
    const live = base.state === "published";
    const answer = await dialog(t("delete"), h("div", {}, h("p", {}, t("deleteAsk")), live ? h("p", {}, t("deleteLive")) : null), [{ label: t("deleteNow"), value: "ok" }, { label: t("cancel"), value: "", main: true, formnovalidate: true }]);
    if (!answer) return;
    try {
      const { undo: id } = await post("delete", { path, digest: base.digest });
      closed = true;
      localStorage.removeItem(memory());
      location.hash = "#/";
      toast(t("deleted", form?.values().title ?? path), { label: t("undo"), run: async () => { await post("undo", { ID: id }).then(() => toast(t("undone")), (e) => toast(why(e))); } });
    } catch (e) { failed(e); }
  };

  // The page.
  const { bar, keys: shortcuts } = toolbar(() => editor, () => path);
  const plainBox = h("input", { id: "plain", type: "checkbox", checked: wantsPlain(), onchange: async (e) => { localStorage.setItem("bantin-plain", e.target.checked ? "1" : "0"); await makeEditor(editor.text()); } });
  const menu = h("details", { class: "menu" }, h("summary", {}, "⋯", h("span", { class: "hidden" }, " " + t("more"))), h("div", { class: "menu-items" },
    base.kind === "news" && !isTranslation ? h("button", { type: "button", onclick: () => act("schedule") }, t("schedule")) : null,
    base.kind !== "section" ? [h("button", { type: "button", onclick: () => act("correct") }, t("correct")), h("button", { type: "button", onclick: () => act("unpublish") }, t("unpublish")),
      h("button", { type: "button", onclick: rename }, t("rename")), h("button", { type: "button", onclick: remove }, t("delete"))] : null,
    base.languages.map(inLanguage),
    site.git ? h("button", { type: "button", onclick: versions }, t("versions")) : null));
  menu.addEventListener("click", (e) => { if (e.target.matches("button")) menu.open = false; });
  menu.addEventListener("keydown", (e) => { if (e.key === "Escape" && menu.open) { menu.open = false; menu.firstChild.focus(); } });
  const tabs = h("div", { class: "tabs", role: "group", "aria-label": t("see") }, ["form", "write", "see"].map((name) => h("button", { type: "button", "aria-pressed": String(name === "write"), onclick: (e) => {
    main.dataset.tab = name;
    for (const b of tabs.children) b.setAttribute("aria-pressed", String(b === e.currentTarget));
  } }, t(name))));
  const panes = h("div", { class: "panes" },
    h("section", { class: "pane formpane", "aria-label": t("form") }, problemList, formHost, filesHost),
    h("section", { class: "pane textpane", "aria-label": t("text") }, bar, textHost, h("div", { class: "row foot" }, count, h("label", { for: "plain" }, plainBox, " " + t("plain")))),
    h("section", { class: "pane pagepane", "aria-label": t("see") }, frame));
  const main = h("main", { class: "edit", "data-tab": "write" },
    h("header", { class: "top" }, h("a", { href: "#/", class: "button" }, t("back")), h("h1", { class: "hidden" }, base.opened.values?.title ?? path), status,
      h("div", { class: "row" }, h("button", { type: "button", onclick: saveNow, id: "save" }, t("save")), h("button", { type: "button", class: "main", id: "publish", onclick: () => act(base.kind === "section" ? "build" : "publish") }, t(base.kind === "section" ? "republish" : "publish")), menu)),
    notices, tabs, panes);
  host.replaceChildren(main);

  const makeEditor = async (text) => {
    editor?.destroy();
    textHost.replaceChildren();
    const cell = h("div", { class: "editor" });
    textHost.append(cell);
    const options = {
      host: cell, text, lang, label: raw ? t("file") : t("text"), changed: touch, pasted, dropped, keys: [...shortcuts, { key: "Mod-s", run: saveNow }],
      scrolled: (at) => frame.contentWindow?.postMessage({ scroll: at }, preview),
    };
    editor = (await loadEditor()).createEditor(options);
  };
  await makeEditor(base.opened.text);

  if (raw) notices.append(h("p", { class: "notice bad" }, t("raw")));
  else {
    form = createForm({
      host: formHost, keys, values: structuredClone(base.opened.values), lang, changed: touch, folder, article: () => path, opened: sessionStorage.getItem("bantin-open") ?? "",
    });
    sessionStorage.removeItem("bantin-open");
  }
  tell(problems);
  drawFiles();
  tellCount();
  say(t("saved"));
  document.title = (base.opened.values?.title ?? path) + " – " + t("desk");
  if (base.others) notices.append(h("p", { class: "notice others" }, t("others")));

  // What was not saved before a crash is offered, if it differs.
  const offerDraft = ({ time, opened, file, window: of }) => {
    const when = new Date(time).toLocaleString(locale);
    const box = h("section", { class: "notice", role: "alert" }, h("p", {}, t("draftFound", when)),
      h("details", {}, h("summary", {}, t("compare")), columns(t("unsavedVersion"), t("savedVersion"), file ?? opened.text, file ? base.file : base.opened.text)),
      h("div", { class: "row" },
        h("button", { type: "button", class: "main", onclick: () => {
          if (form && opened.values) form.set(opened.values);
          editor.set(raw && file ? file.replaceAll("\r\n", "\n") : opened.text);
          box.remove();
          editor.focus();
          touch();
          post("take", { window: windowName, path, of }).catch(failed);
        } }, t("openDraft")),
        h("button", { type: "button", onclick: async () => {
          if (remembered()?.window === of) localStorage.removeItem(memory());
          await post("discard", { path, of }).catch(failed);
          box.remove();
          editor.focus();
        } }, t("dropDraft"))));
    notices.append(box);
  };
  const offers = [...base.drafts];
  const local = remembered();
  if (local && local.raw === raw && (local.text !== base.opened.text || (!raw && !same(local.values, base.opened.values) && changesOf(base.opened.values, local.values ?? {}, keys).length))) {
    const i = offers.findIndex((d) => d.window === local.window);
    if (i < 0 || offers[i].edition < local.edition) offers.splice(Math.max(i, 0), i < 0 ? 0 : 1, { time: local.time, window: local.window, opened: { values: local.values, text: local.text } });
  }
  const mine = offers.find((d) => d.window === windowName);
  if (mine) { // from an earlier visit: what is typed now takes nothing from it
    mine.window = `${windowName}-${++edition}`;
    if (local?.window === windowName) localStorage.setItem(memory(), JSON.stringify({ ...local, window: mine.window }));
    await post("take", { window: mine.window, path, of: windowName }).catch(failed);
  }
  offers.forEach(offerDraft);

  const guard = (e) => { if (isDirty()) e.preventDefault(); };
  const left = () => {
    if (!closed && isDirty()) remember();
    leave(path); // a window that was out of sight has no stream of news whose end tells it
  };
  // A file that falls beside the text is meant for the article, too; a browser would
  // open it in the place of the desk.
  const drag = (e) => {
    if (e.defaultPrevented || !e.dataTransfer?.types.includes("Files")) return;
    e.preventDefault();
    if (e.type === "drop" && (receiving || !document.querySelector("dialog[open]"))) take([...e.dataTransfer.files]);
  };
  addEventListener("beforeunload", guard);
  addEventListener("pagehide", left);
  addEventListener("dragover", drag);
  addEventListener("drop", drag);
  const onKey = (e) => {
    if ((e.ctrlKey || e.metaKey) && !e.shiftKey && e.key.toLowerCase() === "s") { e.preventDefault(); if (!e.defaultPrevented || e.target.tagName !== "TEXTAREA") saveNow(); }
  };
  formHost.addEventListener("keydown", onKey);
  if (base.url) frame.src = preview + base.url; // when the text can be typed: another process makes the page

  return {
    seen: base.number,
    news: ({ others }) => {
      const shown = notices.querySelector(".others");
      if (others && !shown) notices.append(h("p", { class: "notice others" }, t("others")));
      if (!others) shown?.remove();
      behind = true;
      catchUp();
    },
    close: async () => {
      for (const t of [timer, keeping, counting]) clearTimeout(t);
      removeEventListener("beforeunload", guard);
      removeEventListener("pagehide", left);
      removeEventListener("dragover", drag);
      removeEventListener("drop", drag);
      const unsaved = !closed && isDirty();
      if (unsaved) remember();
      closed = true;
      await busy?.catch(() => {}); // what comes after it would show the text again
      if (unsaved) await post("edit", edited()).catch(() => {}); // it will be asked for, and the browser may keep nothing
      await leave(path);
      editor.destroy();
    },
    isDirty,
  };
};
