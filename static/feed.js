// Makes a page of an RSS or Atom feed that a browser shows: the site's own
// page about feeds, with the feed's articles in place of its content. Without
// scripts feed.css shows the feed; browsers give XSLT up.
addEventListener("DOMContentLoaded", async () => {
  const feed = document.documentElement;
  const { page, lang } = { page: feed.querySelector("script").dataset.page, lang: feed.getAttribute("xml:lang") };
  const child = (parent, name) => [...parent.children].find((e) => e.localName === name);
  const text = (parent, name) => child(parent, name)?.textContent.trim() ?? "";
  const link = (parent) => {
    const e = [...parent.children].find((e) => e.localName === "link" && !["self", "enclosure"].includes(e.getAttribute("rel")));
    return e?.getAttribute("href") ?? e?.textContent ?? "";
  };
  const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent;

  // The day and the time as the feed writes them, in its own zone.
  const months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const when = (date) => {
    const rss = /(\d+) (\w{3}) (\d{4}) (\d\d):(\d\d)/.exec(date);
    const [, y, m, d, hour, minute] = rss ? [0, rss[3], months.indexOf(rss[2]) / 3 + 1, rss[1], rss[4], rss[5]] : /(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(date);
    const two = (n) => String(+n).padStart(2, "0");
    const dayOnly = hour + minute === "0000";
    if (lang === "vi") return `${dayOnly ? "" : `${hour}:${minute} `}${two(d)}/${two(m)}/${y}`;
    return new Date(Date.UTC(y, m - 1, d, hour, minute)).toLocaleString(lang, { dateStyle: "long", timeStyle: dayOnly ? undefined : "short", timeZone: "UTC" });
  };

  const answer = await fetch(page);
  if (!answer.ok) return;
  const made = new DOMParser().parseFromString(await answer.text(), "text/html");
  const add = (parent, name, content, attributes = {}) => {
    const e = made.createElement(name);
    e.textContent = content;
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
    parent.append(e);
    return e;
  };
  const main = made.querySelector("main");
  const about = made.querySelector("[data-about]")?.dataset.about ?? made.querySelector(".lead")?.textContent ?? "";
  const channel = child(feed, "channel") ?? feed;
  main.textContent = "";
  const head = add(main, "header", "", { class: "list-head" });
  add(add(head, "h1", ""), "a", text(channel, "title"), { href: link(channel) });
  const lead = text(channel, "description") || text(channel, "subtitle");
  if (lead !== text(channel, "title")) add(head, "p", lead, { class: "lead" });
  add(main, "p", about, { class: "notice" });
  const list = add(main, "div", "", { class: "list" });
  for (const item of channel.children) {
    if (item.localName !== "item" && item.localName !== "entry") continue;
    const card = add(add(list, "article", "", { class: "card" }), "div", "", { class: "card-text" });
    add(card, "p", when(text(item, "pubDate") || text(item, "published")), { class: "card-meta" });
    add(add(card, "h3", ""), "a", text(item, "title"), { href: link(item) });
    const summary = text(item, "summary") || plain(text(item, "description"));
    if (summary) add(card, "p", summary, { class: "card-lead" });
  }
  made.title = text(channel, "title");
  made.querySelectorAll("script, link[rel=canonical], link[rel=preload]").forEach((e) => e.remove());
  [...document.childNodes].filter((node) => node !== feed).forEach((node) => node.remove()); // with feed.css
  document.replaceChild(document.adoptNode(made.documentElement), feed);
});
