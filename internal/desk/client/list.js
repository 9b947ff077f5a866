// The list of all articles, with what is wrong on the site at its top.
import { fold, get, h } from "./dom.js";
import { t } from "./words.js";

let known = { number: -1, articles: [] };

// articles returns all articles; they are asked for again when there is news.
export const articles = async (fresh) => {
  if (known.number < 0 || fresh) {
    known = await get("articles");
    known.articles ??= [];
  }
  return known;
};

// prepare gives an article the words by which it is found, when they are first asked
// for: the list shows before.
const prepare = (a) => {
  if (a.folded === undefined) {
    a.words = [a.title, a.path, a.number, a.organization, ...(a.authors ?? []), ...(a.tags ?? []), ...(a.parties ?? [])].join(" ").normalize("NFC").toLowerCase();
    a.folded = fold(a.words);
  }
  return a;
};

// find returns the articles in which all words of a query stand; accents count
// only where they are typed.
export const find = (list, query) => {
  const words = query.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return list;
  return list.filter((a) => words.every((w) => (w === fold(w) ? prepare(a).folded : prepare(a).words).includes(w)));
};

// names returns all that articles name so, the most frequent first.
export const names = (list, of) => {
  const count = new Map();
  for (const a of list) for (const name of [of(a)].flat()) if (name) count.set(name, (count.get(name) ?? 0) + 1);
  return [...count].sort((a, b) => b[1] - a[1]).map(([name]) => name);
};

const select = (label, id, options, value, onchange) =>
  h("div", { class: "field" }, h("label", { for: id }, label),
    h("select", { id, onchange }, options.map(([v, text]) => h("option", { value: v, selected: v === value }, text))));

const remembered = { query: "", state: "", section: "", kind: "", sort: "newest" };
const step = 60;

export const showList = async (host, site, createNew, asked) => {
  const main = h("main", { class: "list" }, h("p", {}, t("loading")));
  host.replaceChildren(main);
  let data = await asked;
  let shown = step;
  const rows = h("ul", { class: "articles" });
  const count = h("p", { class: "soft", role: "status" });
  const more = h("button", { type: "button", onclick: () => { shown += step * 3; draw(); } }, t("more"));
  const health = h("div", {});

  const chosen = () => {
    const { query, state, section, kind, sort } = remembered;
    let list = find(data.articles, query).filter((a) =>
      (!state || (state === "wrong" ? data.wrong[a.path] : a.state === state)) &&
      (!section || a.section === section || a.section.startsWith(section + "/")) &&
      (!kind || (kind === "event" ? a.is_event : kind === "agreement" ? a.is_agreement : a.kind === kind)));
    const byDate = (a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0);
    if (sort === "title") list = [...list].sort((a, b) => a.title.localeCompare(b.title, "vi"));
    else list = [...list].sort(sort === "oldest" ? (a, b) => byDate(b, a) : byDate);
    return list;
  };

  const row = (a) => {
    const wrong = data.wrong[a.path];
    const facts = [a.kind === "page" ? t("page") : a.kind === "section" ? t("sectionText") : titles.get(a.section) ?? a.section, a.shown, (a.authors ?? []).join(", ")].filter(Boolean);
    return h("li", {}, h("a", { href: "#/sua/" + encodeURI(a.path) }, a.title || a.path),
      h("p", {}, h("span", { class: "badge " + a.state }, t(a.state)), wrong ? h("span", { class: "badge bad" }, t("problems", wrong)) : null, h("span", { class: "soft" }, facts.join(" · "))));
  };

  const draw = () => {
    const list = chosen();
    rows.replaceChildren(...list.slice(0, shown).map(row));
    count.textContent = list.length ? t("found", list.length.toLocaleString(document.documentElement.lang)) : t("none");
    more.hidden = list.length <= shown;
  };
  const titles = new Map(site.sections.map((s) => [s.folder, s.title]));

  const tellHealth = () => {
    const errors = data.problems.filter((p) => p.error).length;
    const warnings = data.problems.length - errors;
    health.replaceChildren();
    if (data.failed) health.append(h("p", { class: "notice bad" }, t("siteFailed") + ": " + data.failed));
    if (!data.problems.length) return;
    health.append(h("details", { class: errors ? "notice bad" : "notice" }, h("summary", {}, t("siteErrors", errors, warnings)),
      h("ul", { class: "problems" }, data.problems.slice(0, 50).map((p) => {
        const at = p.file.startsWith("content/") && p.file.endsWith(".md") ? "#/sua/" + encodeURI(p.file.slice(8)) : null;
        const place = p.file + (p.line ? ":" + p.line : "");
        return h("li", { class: p.error ? "bad" : "" }, at ? h("a", { href: at }, place) : h("span", {}, place), h("p", {}, p.message), p.hint ? h("code", {}, p.hint) : null);
      }))));
  };

  const change = (key) => (e) => { remembered[key] = e.target.value; shown = step; draw(); };
  main.replaceChildren(
    h("header", { class: "top" }, h("h1", {}, t("desk") + ": " + site.title),
      h("div", { class: "row" }, h("a", { class: "button", href: "#/viec" }, t("history")), h("button", { type: "button", class: "main", onclick: createNew }, t("new")))),
    health,
    h("div", { class: "filters", role: "search" },
      h("div", { class: "field wide" }, h("label", { for: "q" }, t("search")), h("input", { id: "q", type: "search", value: remembered.query, autocomplete: "off", spellcheck: "false", oninput: change("query") })),
      select(t("state"), "f-state", [["", t("all")], ["draft", t("draft")], ["scheduled", t("scheduled")], ["published", t("published")], ["expired", t("expired")], ["wrong", t("wrong")]], remembered.state, change("state")),
      select(t("section"), "f-section", [["", t("all")], ...site.sections.map((s) => [s.folder, s.title])], remembered.section, change("section")),
      select(t("kind"), "f-kind", [["", t("all")], ["news", t("news")], ["event", t("event")], ["agreement", t("agreement")], ["page", t("page")], ["section", t("sectionText")]], remembered.kind, change("kind")),
      select(t("sort"), "f-sort", [["newest", t("newest")], ["oldest", t("oldest")], ["title", t("byTitle")]], remembered.sort, change("sort"))),
    count, rows, more);
  tellHealth();
  draw();
  document.title = t("desk") + " – " + site.title;
  return async () => { data = await articles(true); tellHealth(); draw(); };
};
