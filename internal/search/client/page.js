// The search page: what is asked stands in the address, so that a link to a
// search, a plain form and the Back button work. index.js finds, and more.js
// suggests and mends.
const page = document.querySelector(".search[data-reader]");
const say = page.dataset; // the words of the page
const field = document.querySelector("#_search");
const find = (name) => page.querySelector(name);
const status = find("[role=status]"), list = find("ol"), drawn = () => list.children.length, more = find(".search-more"), filters = find("form");
const element = (name, properties, ...children) => {
  const e = Object.assign(document.createElement(name), properties);
  e.append(...children.filter(Boolean));
  return e;
};
const progress = element("progress", { value: 0, hidden: true });
progress.setAttribute("aria-label", say.searching);
status.after(progress);
const { lang } = document.documentElement;
const address = () => new URLSearchParams(location.search);
const extras = () => import(field.dataset.more + tries); // more.js

let reader; // the module that finds, and the index
let tries = ""; // behind the addresses of scripts: browsers remember which could not be loaded
let scripts; // more.js, once something is asked for in another script than the Latin one
let turn = 0; // the search that is shown; an older one stops
let results, counts, seen, complete;
let older; // the block before which more is not looked for unasked
let due; // results that are to be shown by now
let patient; // if nothing matches, a guess is still to come
let renewed; // whether this search read the root once more

const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);
// month names the last month of a block: 2026-q2, 2026-05.
const month = ({ name }) => {
  const [y, m] = name.split("-");
  return `${m > 0 ? +m : 3 * m[1]}/${y}`;
};
const word = (name) => page.getAttribute("data-" + name);
// count fills a text with a number, in the form that the language has for it.
const count = (text, n, ...rest) => fill(word(`${text}-${new Intl.PluralRules(lang).select(n)}`) || word(text), [n.toLocaleString(lang), ...rest]);

// day writes a card's time as the pages do, by the patterns of the words of pages;
// names are those of the months, of the halves of a day and of the days of a week. A
// page that a site has changed may lack them, and then shows no time.
function day(iso) {
  const [yyyy, mm, dd, HH, MM] = iso.split(/\D/);
  const names = say.names.split("|"), month = names[mm - 1], Weekday = names[14 + new Date(yyyy, mm - 1, dd).getDay()];
  return element("time", { dateTime: iso }, fill(HH ? say.minute : say.day, {
    yyyy, mm, dd, HH, MM, m: +mm, d: +dd, H: +HH, h: HH % 12 || 12, ampm: names[12 + (HH > 11)],
    month, mon: month.slice(0, 3), Weekday, weekday: Weekday.replace(/./, (c) => c.toLowerCase()),
  }));
}

function standing({ b, e, x }) {
  const past = (t) => new Date(t) <= new Date();
  return x ? "terminated" : !past(b) ? "not-yet" : e && past(e) ? "ended" : "in-force";
}

const kinds = (card) => [
  card.e && "event", card.a && "agreement", card.a && standing(card.a), card.e || card.a ? "" : "article",
].filter(Boolean);

// facets give the values of a card by which results can be filtered, each behind the
// name of its select; a page that a site has changed may have fewer.
const facets = Object.entries({ s: (c) => [c.s], y: (c) => [c.d.slice(0, 4)], k: kinds, o: (c) => [c.o] })
  .filter(([name]) => filters.elements[name]);

// marked returns a text with the words that were asked for in <mark>.
function marked(text, wanted) {
  const parts = [];
  let end = 0;
  for (const [from, to] of wanted.places(text)) {
    parts.push(text.slice(end, from), element("mark", {}, text.slice(from, to)));
    end = to;
  }
  return [...parts, text.slice(end)];
}

const visible = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    visible.unobserve(target);
    extras().then((m) => m.excerpt(reader, target, marked)).catch(() => {}); // a result without an excerpt is still one
  }
});

function result(card, wanted) {
  const about = [card.x && say.draft, card.s, ...kinds(card).filter((k) => k !== "article").map(word), card.o].filter(Boolean);
  return element("li", { url: card.u, wanted },
    card.i && element("img", { src: card.i, alt: "", loading: "lazy" }),
    element("h2", {}, element("a", { href: card.u }, ...marked(card.t, wanted))),
    element("p", { className: "card-meta" }, say.names && day(card.d), ...about.map((a) => " · " + a)),
    card.l && element("p", {}, ...marked(card.l, wanted)));
}

// begin forgets the results of another search, or of the site before it was published anew.
function begin() {
  list.replaceChildren();
  counts = Object.fromEntries(facets.map(([name]) => [name, new Map()]));
  seen = 0;
}

// found yields the cards of a search, of as many articles at once as are to be
// shown; all of a block where a filter leaves some out. What an older search still
// waits for counts for nothing.
async function* found(mine, query, asked) {
  const fits = (card) => facets.every(([name, of]) => !asked.get(name) || of(card).includes(asked.get(name)));
  const wanted = () => (filtered() ? Infinity : due), lacking = () => wanted() - drawn();
  const blocks = reader.index.search(query, wanted);
  for (let coming = blocks.next(); ;) {
    const { value, done } = await coming;
    if (done || mine !== turn) return;
    const { block, hits = [], again, part, older } = value;
    progress.value = part || 0;
    progress.hidden = !part;
    const ahead = !again && !older && hits.length < lacking();
    if (ahead) {
      coming = blocks.next();
      coming.catch(() => {}); // it is awaited later
    }
    if (again) {
      begin();
      renewed = true;
    } else if (older) {
      yield { older };
    } else {
      seen += hits.length;
      if (asked.get("by") === "d") hits.sort((a, b) => b.doc - a.doc);
      for (let i = 0, n; i < hits.length; i += n) {
        n = Math.max(1, Math.min(lacking(), hits.length));
        for await (const card of reader.index.cards(block, hits.slice(i, i + n).map(({ doc }) => doc))) {
          if (mine !== turn) return;
          for (const [name, of] of facets) {
            for (const v of of(card)) if (v) counts[name].set(v, (counts[name].get(v) || 0) + 1);
          }
          if (fits(card)) yield card;
        }
      }
    }
    if (!ahead) coming = blocks.next();
  }
}

function tell() {
  progress.hidden = true;
  const n = drawn();
  status.textContent = !n && complete ? (patient ? say.searching : say.none)
    : older ? count("so-far", n, month(older))
    : complete ? count("found", filtered() ? n : seen) : count("found-more", n);
  more.hidden = complete;
  if (!n && !filtered()) filters.hidden = true;
  else extras().then((m) => m.offer(filters, counts, word, reader)).catch(() => {}); // results without filters are still some
}

const filtered = () => facets.some(([name]) => address().get(name));

async function next(mine, wanted) {
  const asked = document.activeElement === more;
  more.hidden = true;
  older = null;
  try {
    const first = drawn();
    due = first + 10;
    while (drawn() < due) {
      const { value, done } = await results.next();
      if (mine !== turn) return;
      complete = done;
      older = value?.older;
      if (done || older) break;
      list.append(result(value, wanted));
    }
    tell();
    // Texts are read for excerpts when nothing else is waited for.
    for (const shown of [...list.children].slice(first)) visible.observe(shown);
    if (asked) (list.children[first]?.querySelector("a") || more).focus();
  } catch (e) {
    if (mine !== turn) return;
    reader.index.rootRead = null;
    progress.hidden = true;
    filters.hidden = due < 11; // there are no results to filter
    if (e.gone && !renewed) return show(true); // a file of cards
    const retry = failed();
    if (asked) retry.focus(); // more is far below
  }
}

// failed says so, and returns the button to try again.
function failed() {
  const retry = element("button", { onclick: show }, say.retry);
  status.replaceChildren(say.failed + " ", retry);
  return retry;
}

async function show(again) {
  renewed = again === true;
  const mine = ++turn, asked = address(), text = asked.get("q") || "";
  field.value = text;
  if ((page.hidden = !text.trim())) return;
  begin();
  more.hidden = true;
  filters.hidden = false; // what they offer comes behind the results: nothing is to move then
  status.textContent = say.searching;
  try {
    if (!self.searchReader) await import(say.reader + tries); // which the head of a site's own may lack
    reader = searchReader;
    reader.index ||= new reader.Index(field.dataset.search, field.dataset.more);
    if (/[^\0-\u036f\u1e00-\u20ff]/.test(text)) reader.learn((scripts = await extras()).script);
  } catch {
    tries += "#";
    return failed();
  }
  if (mine !== turn) return;
  patient = !filtered();
  await look(mine, asked, text);
  if (mine !== turn || !complete || drawn() || !patient) return;
  const mended = await extras().then((m) => m.mend(reader, text)).catch(() => "");
  if (mine !== turn) return;
  patient = false;
  if (!mended) return tell();
  await look(mine, asked, mended);
  if (mine === turn && drawn()) status.prepend(fill(say.mended, [mended]) + " ");
}

async function look(mine, asked, text) {
  const query = reader.parse(text, asked.get("y")), wanted = new Set(query.all.flat().map((w) => w.word));
  const known = Object.create(null); // of the runs of letters that results repeat: whether they are wanted
  wanted.places = scripts ? (text) => scripts.places(reader, query, text) : (text) => [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)]
    .flatMap(({ 0: run, index }) => ((known[run] ??= reader.words(run).some((w) => wanted.has(w.word))) ? [[index, index + run.length]] : []));
  complete = false;
  results = found(mine, query, asked);
  more.onclick = () => next(mine, wanted);
  await next(mine, wanted);
}

const go = (asked) => {
  for (const [name, value] of [...asked]) if (!value) asked.delete(name);
  history.pushState(null, "", "?" + asked);
  show();
};
field.form.onsubmit = (e) => {
  e.preventDefault();
  go(new URLSearchParams({ q: field.value }));
};
filters.onchange = ({ target }) => {
  const asked = address();
  asked.set(target.name, target.value);
  go(asked);
};
onpopstate = show; // bantin.js looks for it
show();
