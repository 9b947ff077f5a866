// The list of all articles, with what is wrong on the site at its top. The server
// finds and sorts; what is here is a page of it.
import { get, h } from "./dom.js";
import { lang, languageName, t } from "./words.js";

const pageSize = 60; // as the server's
const remembered = { q: "", state: "", section: "", kind: "", sort: "newest", from: 0 };

// articles asks for the articles that a query is for: {total, from, articles}.
export const articles = (query) => get("articles?" + new URLSearchParams(query));

// first asks for what the list shows when it is opened.
export const first = () => Promise.all([articles(remembered), get("health")]);

const select = (label, id, options, value, onchange) =>
  h("div", { class: "field" }, h("label", { for: id }, label),
    h("select", { id, onchange }, options.map(([v, text]) => h("option", { value: v, selected: v === value }, text))));

const number = (n) => n.toLocaleString(lang);

export const showList = async (host, site, createNew, asked, failed) => {
  const main = h("main", { class: "list" }, h("p", {}, t("loading")));
  host.replaceChildren(main);
  let [found, health] = await asked;
  const rows = h("ul", { class: "articles" });
  const count = h("p", { class: "soft", role: "status" });
  const turn = (by) => h("button", { type: "button", onclick: async () => {
    remembered.from = Math.max(0, found.from + by * pageSize);
    await ask();
    main.scrollIntoView();
    rows.querySelector("a")?.focus();
  } }, t(by < 0 ? "before" : "after"));
  const [back, on] = [turn(-1), turn(1)];
  const pager = h("nav", { class: "row pager", "aria-label": t("pager") }, back, on);
  const healthHost = h("div", {});
  const titles = new Map(site.sections.map((s) => [s.folder, s.title]));

  const row = (a) => {
    const facts = [a.kind === "page" ? t("page") : a.kind === "section" ? t("sectionText") : titles.get(a.section) ?? a.section, a.shown, a.authors.join(", "), a.language && languageName(a.language)].filter(Boolean);
    return h("li", {}, h("a", { href: "#/sua/" + encodeURI(a.path), lang: a.language || null }, a.title || a.path),
      h("p", {}, h("span", { class: "badge " + a.state }, t(a.state)), a.wrong ? h("span", { class: "badge bad" }, t("problems", a.wrong)) : null, h("span", { class: "soft" }, facts.join(" · "))));
  };

  let drawn = "";
  const draw = () => {
    const { total, from, articles: list } = found;
    remembered.from = from;
    const now = JSON.stringify(list);
    if (now !== drawn) { // what has the focus keeps it
      drawn = now;
      const at = rows.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      rows.replaceChildren(...list.map(row));
      if (at) [...rows.querySelectorAll("a")].find((a) => a.getAttribute("href") === at)?.focus();
    }
    const whole = from === 0 && list.length === total;
    count.textContent = !health.ready ? t("loading") : !total ? t("none") : whole ? t("found", number(total)) : t("foundPart", number(from + 1), number(from + list.length), number(total));
    pager.hidden = whole;
    back.disabled = from === 0;
    on.disabled = from + list.length >= total;
  };

  // ask asks for what is wanted now; what was typed meanwhile is asked for after it.
  let asking = null;
  let again = false;
  const ask = async () => {
    if (asking) { again = true; return asking; }
    asking = (async () => {
      do {
        again = false;
        found = await articles(remembered);
      } while (again);
      draw();
    })();
    try { await asking; } catch (e) { failed(e); } finally { asking = null; }
  };

  const drawHealth = () => {
    const { failed: why, errors, warnings, problems } = health;
    const isOpen = healthHost.querySelector("details")?.open;
    healthHost.replaceChildren();
    if (why) healthHost.append(h("p", { class: "notice bad" }, t("siteFailed") + ": " + why));
    if (!problems.length) return;
    healthHost.append(h("details", { class: errors ? "notice bad" : "notice", open: isOpen }, h("summary", {}, t("siteErrors", number(errors), number(warnings))),
      h("ul", { class: "problems" }, problems.map((p) => {
        const at = p.file.startsWith("content/") && p.file.endsWith(".md") ? "#/sua/" + encodeURI(p.file.slice(8)) : null;
        const place = p.file + (p.line ? ":" + p.line : "");
        return h("li", { class: p.error ? "bad" : "" }, at ? h("a", { href: at }, p.title || place) : h("span", {}, place), p.title ? h("span", { class: "soft" }, " " + place) : null, h("p", {}, p.message), p.hint ? h("p", { class: "soft" }, p.hint) : null);
      })),
      errors + warnings > problems.length ? h("p", { class: "soft" }, t("moreProblems", number(errors + warnings - problems.length))) : null));
  };

  const change = (key) => (e) => { remembered[key] = e.target.value; remembered.from = 0; ask(); };
  main.replaceChildren(
    h("header", { class: "top" }, h("h1", {}, t("desk") + ": " + site.title),
      h("div", { class: "row" }, h("a", { class: "button", href: "#/viec" }, t("history")), h("button", { type: "button", class: "main", onclick: createNew }, t("new")))),
    healthHost,
    h("div", { class: "filters", role: "search" },
      h("div", { class: "field wide" }, h("label", { for: "q" }, t("search")), h("input", { id: "q", type: "search", value: remembered.q, autocomplete: "off", spellcheck: "false", oninput: change("q") })),
      select(t("state"), "f-state", [["", t("all")], ["draft", t("draft")], ["scheduled", t("scheduled")], ["published", t("published")], ["expired", t("expired")], ["wrong", t("wrong")]], remembered.state, change("state")),
      select(t("section"), "f-section", [["", t("all")], ...site.sections.map((s) => [s.folder, s.title])], remembered.section, change("section")),
      select(t("kind"), "f-kind", [["", t("all")], ["news", t("news")], ["event", t("event")], ["agreement", t("agreement")], ["page", t("page")], ["section", t("sectionText")]], remembered.kind, change("kind")),
      select(t("sort"), "f-sort", [["newest", t("newest")], ["oldest", t("oldest")], ["title", t("byTitle")]], remembered.sort, change("sort"))),
    count, rows, pager);
  drawHealth();
  draw();
  document.title = t("desk") + " – " + site.title;
  return {
    seen: Math.min(found.number, health.number),
    news: async () => {
      try {
        health = await get("health");
        drawHealth();
      } catch (e) { failed(e); }
      await ask();
    },
  };
};
