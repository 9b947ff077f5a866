// What is loaded only when it is wanted: suggestions for a field of search,
// excerpts of the results that are seen, and where nothing matches a guess at
// what was meant.

// fold takes accents and case away, letter by letter.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

const shown = 8; // suggestions at once

// suggestions returns what a text that is being typed may become: tags and
// organizations of which a word begins so, then its last word written out.
export function suggestions(text, { names, words }) {
  const typed = text.normalize("NFC").toLowerCase(), plain = fold(typed).trim();
  if (plain.length < 2) return [];
  const whole = names.filter((name) => ` ${fold(name)}`.includes(` ${plain}`));
  whole.sort((a, b) => fold(b).startsWith(plain) - fold(a).startsWith(plain)); // stable: else as they were
  const [, before, last] = typed.match(/^(.*?)([\p{L}\p{M}]*)$/su);
  const begin = fold(last), accented = begin !== last;
  const ends = begin.length < 2 ? [] : words.filter((word) => fold(word).startsWith(begin) && (!accented || word.startsWith(last)));
  ends.sort((a, b) => a.length - b.length);
  const all = [...whole.slice(0, shown - 3), ...ends.map((word) => before + word)];
  return [...new Set(all)].filter((s) => s.toLowerCase() !== typed).slice(0, shown);
}

// suggest offers suggestions below a field, as an editable combobox with a
// listbox (WAI-ARIA 1.2). base is the URL of the index.
export async function suggest(field, base) {
  if (field.hasAttribute("aria-controls")) return;
  const root = await (await fetch(`${base}index.json`, { cache: "no-cache" })).json();
  const known = await (await fetch(`${base}names-${root.names}.json`)).json();
  const list = document.createElement("ul");
  list.id = `${field.id || "_field"}-suggestions`;
  list.className = "search-suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.getAttribute("aria-label") || field.labels[0].textContent);
  list.hidden = true;
  field.form.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) {
    field.setAttribute(name, value);
  }
  let at = -1, typed = "";
  const offer = (texts) => {
    at = -1;
    list.replaceChildren(...texts.map((text, i) => Object.assign(document.createElement("li"), { role: "option", id: `${list.id}-${i}`, textContent: text })));
    list.hidden = !texts.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (i) => {
    const options = [...list.children];
    at = (i + 1 + options.length + 1) % (options.length + 1) - 1; // -1 is the field itself
    options.forEach((o, k) => o.setAttribute("aria-selected", String(k === at)));
    field.value = at < 0 ? typed : options[at].textContent;
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", options[at].id);
  };
  const offerTyped = () => {
    typed = field.value;
    offer(suggestions(typed, known));
  };
  field.addEventListener("input", (e) => { if (!e.isComposing) offerTyped(); });
  field.addEventListener("compositionend", offerTyped);
  field.addEventListener("blur", () => offer([]));
  field.form.addEventListener("submit", () => offer([]));
  field.addEventListener("keydown", (e) => {
    if (e.isComposing || list.hidden) return;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") choose(at + (e.key === "ArrowDown" ? 1 : -1));
    else if (e.key === "Escape") offer([]);
    else return;
    e.preventDefault();
  });
  list.addEventListener("mousedown", (e) => {
    e.preventDefault(); // the field keeps the focus
    const option = e.target.closest("li");
    if (!option) return;
    field.value = option.textContent;
    field.form.requestSubmit();
  });
  if (document.activeElement === field && field.value) offerTyped();
}

// excerpt shows the words around what was found, from the article's own page.
export async function excerpt(reader, item, marked) {
  const { wanted } = item, answer = await fetch(item.dataset.url);
  if (!answer.ok) return;
  const text = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".prose")?.textContent.replace(/\s+/g, " ") || "";
  let best = 0, at = -1;
  const places = [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].filter((m) => reader.words(m[0]).some((w) => wanted.has(w.word)));
  places.forEach((m, i) => {
    const near = new Set(places.slice(i).filter((n) => n.index < m.index + 160).map((n) => reader.words(n[0])[0].word)).size;
    if (near > best) [best, at] = [near, m.index];
  });
  if (at < 0) return;
  const from = at < 60 ? 0 : text.indexOf(" ", at - 60) + 1, to = text.indexOf(" ", at + 180);
  const p = Object.assign(document.createElement("p"), { className: "search-excerpt" });
  p.append(from ? "… " : "", ...marked(text.slice(from, to < 0 ? undefined : to), wanted), to < 0 ? "" : " …");
  item.append(p);
}

// known returns the words of the newest block and of the directory.
async function known(index) {
  const all = new Set();
  const root = await index.root();
  const names = (r, skip) => {
    for (let n = r.number(), last = ""; n > 0; n--) {
      all.add(last = r.name(last));
      if (skip) r.take(r.number());
    }
  };
  const [newest] = root.blocks;
  for (let s = 0; newest && s < newest.words; s++) {
    const r = await index.words(newest, s);
    r.number();
    names(r, true);
  }
  for (let s = 0; s < root.directory.length; s++) names(await index.directory(root, s), false);
  return all;
}

// keys undoes what a keyboard in Telex or VNI leaves when it is switched off:
// dduwcs, ky1.
function* keys(word) {
  if (/^[a-z]+\d/.test(word)) yield word.replace(/\d/g, "");
  const letters = word.replace(/dd/, "d").replace(/([aeo])(.*)\1/, "$1$2").replace(/w/g, "");
  yield letters;
  yield letters.replace(/[sfrxj]$/, "");
  yield letters.replace(/([aeiouy])[sfrxj]/, "$1");
}

// near yields what one letter more, less, another or two swapped make of a word.
function* near(word) {
  const letters = "abcdeghiklmnopqrstuvxy";
  for (let i = 0; i <= word.length; i++) {
    const a = word.slice(0, i), b = word.slice(i);
    if (b.length > 1) yield a + b[1] + b[0] + b.slice(2);
    if (b) yield a + b.slice(1);
    for (const c of letters) {
      yield a + c + b;
      if (b) yield a + c + b.slice(1);
    }
  }
}

function meant(word, all) {
  if (all.has(word)) return word;
  for (const guess of keys(word)) if (all.has(guess)) return guess;
  for (let i = 2; i < word.length - 1; i++) {
    if (all.has(word.slice(0, i)) && all.has(word.slice(i))) return `${word.slice(0, i)} ${word.slice(i)}`;
  }
  if (word.length > 2) for (const guess of near(word)) if (all.has(guess)) return guess;
  return null;
}

// mend returns a query like text of words that the index knows, "" if there is
// none or text is one.
export async function mend(reader, text) {
  const all = await known(reader.index);
  const parts = reader.words(text).map(({ word }) => meant(word, all));
  const plain = reader.words(text).map(({ word }) => word).join(" ");
  const mended = parts.filter(Boolean).join(" ");
  return parts.every(Boolean) && mended !== plain ? mended : "";
}
