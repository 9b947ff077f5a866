// The desk: which part of it shows, by the address behind the #.
import { Refusal, dialog, events, get, h, post, toast, windowName } from "./dom.js";
import { beginArticle, showArticle } from "./edit.js";
import { first, showList } from "./list.js";
import { lang, locale, t, why } from "./words.js";

const host = document.querySelector("#desk");
let site = null;
let current = null; // what shows: {seen, news, close}
let latest = { number: 0 }; // the newest news

// createNew asks for a new article; again, with what was typed and why it was refused, if need be.
const createNew = async (typed, refused) => {
  const kinds = ["news", "event", "agreement", "photos", "page"];
  const answer = await dialog(t("new"), h("div", {}, refused ? h("p", { class: "notice bad", role: "alert" }, refused) : null,
    h("div", { class: "field" }, h("label", { for: "n-title" }, t("title")), h("input", { id: "n-title", name: "title", required: true, lang, value: typed?.get("title") ?? "", autocomplete: "off", spellcheck: "true" })),
    h("fieldset", { class: "plainset" }, h("legend", {}, t("kind")), kinds.map((k, i) => h("label", { class: "choice" }, h("input", { type: "radio", name: "kind", value: k, checked: k === (typed?.get("kind") ?? kinds[0]) }), " " + t(k)))),
    h("div", { class: "field" }, h("label", { for: "n-section" }, t("section")), h("select", { id: "n-section", name: "section" }, site.sections.map((s) => h("option", { value: s.folder, selected: s.folder === typed?.get("section") }, s.title))))),
    [{ label: t("create"), value: "ok", main: true }, { label: t("cancel"), value: "", formnovalidate: true }]);
  if (!answer) return;
  const kind = answer.data.get("kind");
  try {
    const { path } = await post("new", { section: kind === "page" ? "" : answer.data.get("section"), title: answer.data.get("title"), photos: kind === "photos" });
    sessionStorage.setItem("bantin-open", kind === "photos" ? "picture" : kind);
    location.hash = "#/sua/" + encodeURI(path);
  } catch (e) {
    createNew(answer.data, why(e));
  }
};

const showHistory = async () => {
  const list = await get("history");
  const main = h("main", { class: "list" }, h("header", { class: "top" }, h("a", { href: "#/", class: "button" }, t("back")), h("h1", {}, t("history"))),
    h("ol", { class: "articles" }, list.map((r) => h("li", {}, h("strong", {}, r.title), h("p", { class: "soft" }, new Date(r.time).toLocaleString(locale) + " · " + r.paths.join(", ")),
      h("button", { type: "button", onclick: async () => {
        try {
          await post("undo", { ID: r.id });
          toast(t("undone"));
          show();
        } catch (e) { toast(why(e)); }
      } }, t("undo"), h("span", { class: "hidden" }, ": " + r.title))))),
    list.length ? null : h("p", { class: "soft" }, t("none")));
  host.replaceChildren(main);
  document.title = t("history") + " – " + site.title;
  return null;
};

// kept offers what is kept of an article that is not there any more.
const kept = (path, { time, file, digest }) =>
  h("section", {}, h("p", {}, t("keptGone", new Date(time).toLocaleString(locale))), h("pre", { tabindex: "0" }, file),
    h("button", { type: "button", class: "main", onclick: async () => {
      try {
        await post("save", { path, window: windowName, digest, changes: [], text: file, raw: true, was: file });
        show();
      } catch (e) { toast(why(e)); }
    } }, t("writeAgain")));

let turn = 0;
const show = async () => {
  const mine = ++turn;
  if (current?.close) await current.close();
  current = null;
  try {
    const at = decodeURI(location.hash);
    const path = at.startsWith("#/sua/") ? at.slice("#/sua/".length) : null;
    const asked = path !== null ? beginArticle(path) : at === "#/viec" ? null : first(); // at once with what comes next
    asked?.catch(() => {}); // told where it is waited for
    site = await get("site");
    let next;
    if (path !== null) next = await showArticle(host, site, path, show, asked);
    else if (at === "#/viec") next = await showHistory();
    else next = await showList(host, site, () => createNew(), asked, (e) => { if (e instanceof Refusal) toast(why(e)); else throw e; });
    performance.mark("bantin-ready"); // for those who measure
    if (mine === turn) {
      current = next;
      news(); // that came while it was opened
    } else next?.close?.();
    if (mine > 1 && mine === turn) { // what has come in the place of something else is told, and Tab goes on from its top
      const heading = host.querySelector("h1");
      heading.tabIndex = -1;
      heading.focus();
    }
  } catch (e) {
    host.replaceChildren(h("main", { class: "list" }, h("h1", {}, t("desk")), h("p", { class: "notice bad" }, e instanceof Refusal ? why(e) : String(e)), e.code === "gone" && e.more ? kept(decodeURI(location.hash).slice("#/sua/".length), e.more) : null, h("a", { href: "#/", class: "button" }, t("back"))));
    if (!(e instanceof Refusal)) throw e;
  }
};

// news tells what shows that something has happened since it was asked for.
const news = async () => {
  const told = current;
  if (!told || latest.number <= told.seen) return;
  told.seen = latest.number;
  if (!site.ready) { // it was opened before the preview had built the site
    const now = await get("site").catch(() => site);
    if (told !== current) return;
    Object.assign(site, now);
    if (now.ready && !told.close) {
      const { id } = document.activeElement;
      await show();
      document.getElementById(id)?.focus();
      return;
    }
  }
  told.news(latest);
};

addEventListener("hashchange", () => {
  for (const box of document.querySelectorAll("dialog[open]")) box.close(); // it was of what showed before
  show();
});
await show();
events((e) => {
  if (e.number < latest.number && current) current.seen = -1; // the server was started again, and counts anew
  latest = e;
  news();
});
