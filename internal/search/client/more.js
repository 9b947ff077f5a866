// What is loaded only when it is wanted: suggestions for a field of search,
// excerpts of the results that are seen, and where nothing matches a guess at
// what was meant.

// fold takes accents and case away, letter by letter.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

const shown = 8; // suggestions at once

// Letters of scripts without spaces between words, and those of other scripts,
// of which some have vowels that are marks.
const unbroken = /(?=[\p{L}\p{M}\p{Nl}])[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u3000-\u31ff\u3400-\u9fff\uaa60-\uaadf\u{20000}-\u{3ffff}]/u;
const foreign = /[\p{Lu}\p{Ll}\p{Lt}\p{Lo}]|(?=\p{Lm})[\u0370-\u{1ffff}]|(?=\p{M})[\u0900-\u1aaf\u1b00-\u1dbf\u3099\u309a\ua800-\uabff\u{11000}-\u{11fff}]/u;
const inside = unbroken.source, runs = new RegExp(`(?:${inside}[\u200b\ufeff]*)+|(?:(?!${inside})[\\p{L}\\p{M}\\p{N}])+`, "gu");
const signs = /(?:\u17d2\p{L}|\p{M})*/uy; // that belong to the letter before them
const utf8 = (c) => String.fromCharCode(...new TextEncoder().encode(c)); // as the index has it

// script tells what a character in lower case that is no Latin letter is to words: part
// of what has no spaces between words, or letter or digit of a whole word.
export function script(c) {
  if (/\p{Nd}/u.test(c) && c < "\uffff") {
    const digit = c.charCodeAt() - (/[\u0900-\u0dff]/.test(c) ? 6 : 0) & 15;
    return ["", digit < 10 && String(digit)];
  }
  if (unbroken.test(c)) return [utf8(c)];
  return c !== "\u0640" && foreign.test(c) ? ["", utf8(c)] : [];
}

// places returns where in a text stands what a query asks for, as [from, to]: whole
// words, and where there are no spaces between these, what was typed.
export function places(reader, { all }, text) {
  const found = [], wanted = new Set(all.flat().map((w) => w.word));
  const sought = all.map((part) => part.map((w) => w.word).filter((word) => word > "\x7f")).filter((part) => part.length);
  for (const { 0: run, index } of text.matchAll(runs)) {
    const list = reader.words(run).map((w) => w.word);
    if (!unbroken.test(run)) {
      if (list.some((word) => wanted.has(word))) found.push([index, index + run.length]);
      continue;
    }
    const at = []; // of each letter, where it begins in the text and where it ends
    let place = index;
    for (const c of run) {
      for (const letter of c.normalize("NFKD")) if (unbroken.test(letter)) at.push([place, place + c.length]);
      place += c.length;
    }
    for (const part of sought) {
      for (let i = list.indexOf(part[0]); i >= 0; i = list.indexOf(part[0], i + 1)) {
        if (!part.every((word, k) => word === list[i + k])) continue;
        signs.lastIndex = at[Math.min(i + part.length, at.length - 1)][1];
        signs.test(text);
        found.push([at[i][0], signs.lastIndex]);
      }
    }
  }
  found.sort((a, b) => a[0] - b[0]);
  return found.filter(([from, to], i) => !found.slice(0, i).some((before) => from < before[1]));
}

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
  const root = JSON.parse((await (await fetch(`${base}root.js`, { cache: "no-cache" })).text()).slice(11)); // as index.js
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

// border returns where a text may be cut, from one place on: behind a space or,
// where none comes before limit, between two letters.
function border(text, from, limit) {
  const space = text.indexOf(" ", from);
  if (space >= 0 && space < limit) return space + 1;
  return "Segmenter" in Intl ? new Intl.Segmenter().segment(text).containing(from).index : from;
}

// offer fills the filters of the search page with the values that results have, each
// with its count, and shows them; and with all years, where not all articles were
// looked through.
export async function offer(filters, counts, kindName, reader) {
  const page = filters.closest(".search"), { blocks } = await reader.index.root();
  const asked = new URLSearchParams(location.search);
  if (counts.y && (asked.get("y") || !page.querySelector(".search-more").hidden)) {
    for (const { name } of blocks) if (!counts.y.has(name.slice(0, 4))) counts.y.set(name.slice(0, 4));
  }
  for (const [name, count] of Object.entries(counts)) {
    const chosen = asked.get(name) || "";
    const values = [...count].sort((a, b) => (name === "y" ? b[0].localeCompare(a[0]) : b[1] - a[1] || a[0].localeCompare(b[0])));
    if (chosen && !count.has(chosen)) values.unshift([chosen]);
    filters.elements[name].replaceChildren(new Option(page.dataset.all, ""),
      ...values.map(([v, c]) => new Option((name === "k" ? kindName(v) : v) + (c ? ` (${c.toLocaleString(document.documentElement.lang)})` : ""), v, false, v === chosen)));
  }
  if (filters.elements.by) filters.elements.by.value = asked.get("by") || "";
  filters.hidden = false;
}

// excerpt shows the words around what was found, from the article's own page, unless
// the lead, which an article may take from the beginning of its text, has them.
export async function excerpt(reader, item, marked) {
  const { wanted } = item, answer = await fetch(item.url);
  if (!answer.ok) return;
  const text = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".prose")?.textContent.replace(/\s+/g, " ").trim() || "";
  let best = 0, at = -1;
  const all = wanted.places(text);
  all.forEach(([begin], i) => {
    const near = new Set(all.slice(i).filter(([other]) => other < begin + 160).map((place) => reader.words(text.slice(...place))[0].word)).size;
    if (near > best) [best, at] = [near, begin];
  });
  const lead = item.querySelector("p:not([class])")?.textContent.replace(/\s*…$/, "");
  if (at < 0 || at < lead?.length && text.startsWith(lead)) return;
  const from = at < 60 ? 0 : border(text, at - 60, at), to = text.length < at + 180 ? -1 : border(text, at + 180, at + 240);
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
      const [b] = r.take(1), rest = b & 15;
      all.add(last = last.slice(0, b >> 4) + String.fromCharCode(...r.take(rest < 15 ? rest : rest + r.number())));
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

// parted returns the fewest words of two letters and more that are one word when their
// spaces are left out, if there are any. A number is not cut.
function parted(word, all) {
  const before = [[]]; // the words that end at each place
  for (let end = 2; end <= word.length; end++) {
    if (/^\d\d/.test(word.slice(end - 1))) continue;
    for (let begin = Math.max(0, end - 32); begin < end - 1; begin++) {
      const last = word.slice(begin, end);
      if (before[begin] && !(before[end]?.length <= before[begin].length + 1) && all.has(last)) before[end] = [...before[begin], last];
    }
  }
  return before[word.length];
}

// near yields what one letter more, less, another or two swapped make of a word, from
// its end on: how it begins people know, and it may not be typed to its end.
function* near(word) {
  const letters = "abcdeghiklmnopqrstuvxy";
  for (let i = word.length; i >= 0; i--) {
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
  if (!/\D/.test(word)) return null; // another number is something else
  for (const guess of keys(word)) if (all.has(guess)) return guess;
  const parts = parted(word, all);
  if (parts?.length === 2) return parts.join(" ");
  if (word.length > 2) for (const guess of near(word)) if (all.has(guess)) return guess;
  return parts ? parts.join(" ") : null; // of three words and more, which a single one with a slip may look like
}

// mend returns a query like text of words that the index knows, "" if there is
// none or text is one. What is to be left out stays as it is, and so does what
// is known, with its accents.
export async function mend(reader, text) {
  if (/[^\0-\u036f\u1e00-\u20ff]/.test(text)) return ""; // what is known here are letters of Vietnamese
  const all = await known(reader.index);
  let lost = false;
  const mended = text.replace(/-(?:"[^"]*"?|[^\s"]+)|[^\s"]+/g, (part) => {
    if (part[0] === "-") return part;
    const list = reader.words(part).map(({ word }) => word), guesses = list.map((word) => meant(word, all));
    lost ||= guesses.includes(null);
    return list.every((word, i) => word === guesses[i]) ? part : guesses.join(" ");
  });
  return lost || mended === text ? "" : mended;
}

// unpack returns the JSON that cards are, of bytes in the form of DEFLATE (RFC 1951). Not
// quickly, which a dozen kilobytes do not ask for.
export function unpack(packed) {
  let at = 0, held = 0, bits = 0;
  const take = (n) => {
    for (; bits < n; bits += 8) {
      if (at >= packed.length) throw new Error("the end is missing");
      held |= packed[at++] << bits;
    }
    const value = held & (1 << n) - 1;
    held >>>= n;
    bits -= n;
    return value;
  };
  // code returns what reads one symbol of the code with these lengths (3.2.2): the codes
  // of each length follow each other, in the order of their symbols.
  const code = (lengths) => {
    const symbols = Array.from({ length: 16 }, () => []);
    lengths.forEach((length, symbol) => length && symbols[length].push(symbol));
    return () => {
      for (let value = 0, first = 0, length = 1; length < 16; length++) {
        const of = symbols[length];
        value += take(1);
        if (value - first < of.length) return of[value - first];
        first = first + of.length << 1;
        value <<= 1;
      }
      throw new Error("no such code");
    };
  };
  const text = [], times = (n, of) => new Array(n).fill(of);
  for (let last; !last;) {
    last = take(1);
    const kind = take(2); // 3.2.3
    if (!kind) {
      const length = packed[at] | packed[at + 1] << 8;
      held = bits = 0;
      text.push(...packed.subarray(at += 4, at += length));
      continue;
    }
    let literal = code([...times(144, 8), ...times(112, 9), ...times(24, 7), ...times(8, 8)]), distance = code(times(30, 5)); // 3.2.6
    if (kind > 1) { // 3.2.7
      const literals = take(5) + 257, all = literals + take(5) + 1, count = take(4) + 4, order = times(19, 0);
      [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15].slice(0, count).forEach((i) => order[i] = take(3));
      const next = code(order), lengths = [];
      while (lengths.length < all) {
        const n = next();
        lengths.push(...n < 16 ? [n] : n < 17 ? times(take(2) + 3, lengths[lengths.length - 1]) : times(n < 18 ? take(3) + 3 : take(7) + 11, 0));
      }
      literal = code(lengths.slice(0, literals));
      distance = code(lengths.slice(literals));
    }
    // 3.2.5: each number of more bits stands for as many symbols as the next.
    const number = (symbol, group, least) => symbol < 2 * group ? symbol + least
      : (group + symbol % group << Math.floor(symbol / group) - 1) + take(Math.floor(symbol / group) - 1) + least;
    for (let n; (n = literal()) !== 256;) {
      if (n < 256) {
        text.push(n);
        continue;
      }
      const length = n > 284 ? 258 : number(n - 257, 4, 3), back = number(distance(), 2, 1);
      if (back > text.length) throw new Error("too far back");
      for (let i = 0; i < length; i++) text.push(text[text.length - back]);
    }
  }
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(text)));
}
