// Reads the search index that docs/search.md describes, in a browser or in
// Node. It knows nothing of the page: page.js does.

// words splits a text into its words, folded as the index folds them, each
// with the number of its accents.
const tones = { "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5 };
const shapes = { "a\u0306": 1, "a\u0302": 2, "e\u0302": 1, "o\u0302": 1, "o\u031b": 2, "u\u031b": 1 };
const radix = { a: 3, d: 2, e: 2, o: 3, u: 2 };
const spelled = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "þ": "th", "ı": "i", "ŋ": "ng", "ħ": "h", "ŧ": "t" };
const invisible = /[\p{M}\p{Cf}]/u;
const parting = /[\u200b\ufeff]/;

export function words(text) {
  const list = [];
  let word = "", tone = 0, shape = 0, scale = 1, place = 1;
  const end = () => {
    if (word) list.push({ word: word.slice(0, 64), accents: (tone + Math.imul(6, shape)) >>> 0 });
    word = "";
    tone = shape = 0;
    scale = place = 1;
  };
  const letter = (c, digit = 0) => {
    word += c;
    place = scale;
    shape = (shape + Math.imul(place, digit)) >>> 0;
    scale = Math.imul(scale, radix[c] || 1) >>> 0;
  };
  for (const raw of text.normalize("NFKD")) {
    const c = raw.toLowerCase();
    const last = word.slice(-1);
    if (/^[a-z0-9]$/.test(c)) letter(c);
    else if (/[đðɖ]/.test(c)) letter("d", raw === "ɖ" ? 0 : 1);
    else if (tones[c] && /[aeiouy]/.test(last)) tone = tones[c];
    else if (shapes[last + c]) shape = (shape + Math.imul(place, shapes[last + c])) >>> 0;
    else if (spelled[c]) [...spelled[c]].forEach((part) => letter(part));
    else if (!invisible.test(c) || parting.test(c)) end();
  }
  end();
  return list;
}

// parse takes a query apart: each part of all and none is a word or a phrase,
// a list of words that follow each other.
export function parse(query) {
  const all = [], none = [];
  for (const [, minus, phrase, part] of query.matchAll(/(-(?=\S))?(?:"([^"]*)"?|([^\s"]+))/g)) {
    const list = words(phrase ?? part);
    if (list.length) (minus ? none : all).push(list);
  }
  return { all, none };
}

const hash = (word) => {
  let h = 2166136261;
  for (let i = 0; i < word.length; i++) h = Math.imul(h ^ word.charCodeAt(i), 16777619);
  return h >>> 0;
};

// Reader reads bytes, and bits from the highest of each byte on.
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
    this.bitAt = 0;
  }
  byte() { return this.bytes[this.at++]; }
  number() {
    for (let v = 0, scale = 1; ; scale *= 128) {
      const b = this.byte();
      v += (b & 127) * scale;
      if (b < 128) return v;
    }
  }
  take(n) {
    this.at += n;
    return this.bytes.subarray(this.at - n, this.at);
  }
  name(last) {
    const b = this.byte();
    let n = b & 15;
    if (n === 15) n += this.number();
    return last.slice(0, b >> 4) + String.fromCharCode(...this.take(n));
  }
  bit() {
    const i = this.bitAt++;
    return this.bytes[this.at + (i >> 3)] >> (7 - (i & 7)) & 1;
  }
  bits(n) {
    let v = 0;
    while (n-- > 0) v = v * 2 + this.bit();
    return v;
  }
  unary() {
    let n = 0;
    while (this.bit()) n++;
    return n;
  }
  gamma() {
    const n = this.unary();
    return 2 ** n + this.bits(n) - 1;
  }
  rice(k) { return this.unary() * 2 ** k + this.bits(k); }
  subset(n) {
    const inverted = this.bit(), count = this.gamma();
    const list = [];
    if (count && this.bit()) {
      for (let i = 0; i < n; i++) if (this.bit()) list.push(i);
    } else if (count) {
      const k = parameter(n, count);
      for (let i = 0, next = 0; i < count; i++, next++) list.push(next += this.rice(k));
    }
    if (!inverted) return list;
    const rest = [];
    for (let i = 0, j = 0; i < n; i++) if (list[j] === i) j++; else rest.push(i);
    return rest;
  }
}

const parameter = (n, m) => {
  let mean = Math.floor(n * 69 / (m * 100)), k = 0;
  while (mean > 1) {
    mean = Math.floor(mean / 2);
    k++;
  }
  return k;
};

// Gone is a file that the root names and the server does not have.
class Gone extends Error {
  gone = true;
}

// Index is a site's search index at base, a URL that ends in "/". load takes a
// name below it and whether it must be asked for anew, and returns its bytes,
// null if there are none.
export class Index {
  constructor(base, load = fetched) {
    this.base = base;
    this.load = load;
    this.files = new Map(); // name → promise of bytes, the latest used last
    this.size = 0;
    this.read = new Map(); // name of a file of cards → promise of them
  }

  async root(anew) {
    if (!this.rootRead || anew) {
      this.rootRead = this.load(this.base, "index.json", true).then((bytes) => {
        if (!bytes) throw new Error("no index");
        return JSON.parse(new TextDecoder().decode(bytes));
      });
      this.rootRead.catch(() => { this.rootRead = null; });
    }
    return this.rootRead;
  }

  // file returns the bytes of a file whose name never stands for others.
  async file(name) {
    let found = this.files.get(name);
    this.files.delete(name);
    if (!found) {
      found = this.load(this.base, name, false).then((bytes) => {
        if (!bytes) throw new Gone(name);
        this.size += bytes.length;
        for (const [old, kept] of this.files) {
          if (this.size < 6e6 || old === name) break;
          this.files.delete(old);
          kept.then((b) => { this.size -= b.length; }, () => {});
        }
        return bytes;
      });
      found.catch(() => this.files.delete(name));
    }
    this.files.set(name, found);
    return found;
  }

  // search yields, block by block from the newest on, the articles that a
  // query finds: {block, hits: [{doc, score}]}, the best first. A file that is
  // gone means that the site was published anew: then it begins once more.
  async *search(query) {
    try {
      yield* this.searchRoot(query, await this.root());
    } catch (e) {
      if (!(e instanceof Gone)) throw e;
      yield { again: true };
      yield* this.searchRoot(query, await this.root(true));
    }
  }

  async *searchRoot(query, root) {
    if (!query.all.length) return;
    const [newest, ...older] = root.blocks;
    const has = older.length && this.blocksWith(query, root);
    if (has) has.catch(() => {}); // it is awaited later
    if (newest) yield { block: newest, hits: await this.look(newest, query) };
    if (!has) return;
    const found = await has, left = older.filter((_, i) => found[older.length - 1 - i]);
    // Blocks are read ahead, more of them the longer results are scarce.
    const ahead = [];
    for (let window = 2; left.length || ahead.length; window = Math.min(window * 2, 8)) {
      while (left.length && ahead.length < window) {
        const block = left.shift(), hits = this.look(block, query);
        hits.catch(() => {});
        ahead.push({ block, hits });
      }
      const { block, hits } = ahead.shift();
      yield { block, hits: await hits };
    }
  }

  // look returns the hits of a block, and begins to read the card of the first.
  async look(block, query) {
    const hits = await this.searchBlock(block, query);
    if (hits.length) this.card(block, hits[0].doc).catch(() => {});
    return hits;
  }

  // blocksWith tells of each older block, the oldest first, whether it holds
  // all the words of a query.
  async blocksWith(query, root) {
    const n = root.blocks.length - 1, count = new Uint32Array(n);
    const wanted = new Set(query.all.flat().map((w) => w.word));
    await Promise.all([...wanted].map(async (word) => {
      const shard = hash(word) % root.directory.length;
      const r = await this.directory(root, shard);
      const names = r.number();
      let at = -1;
      for (let i = 0, last = ""; i < names; i++) if ((last = r.name(last)) === word) at = i;
      for (let i = 0; i <= at; i++) {
        const blocks = r.subset(n);
        if (i === at) blocks.forEach((b) => count[b]++);
      }
    }));
    return Array.from(count, (c) => c === wanted.size);
  }

  // directory returns a reader that stands before the number of the words of a
  // file of the directory.
  async directory(root, shard) {
    const r = new Reader(await this.file(`words-${shard}-${root.directory[shard]}.bin`));
    r.take(1);
    r.number();
    return r;
  }

  async searchBlock(block, query) {
    const parts = [...query.all, ...query.none];
    const inPhrase = new Set(parts.filter((part) => part.length > 1).flat().map((w) => w.word));
    const lists = new Map(await Promise.all([...new Set(parts.flat().map((w) => w.word))].map(async (word) => {
      const [list, places] = await Promise.all([
        this.list(block, word),
        inPhrase.has(word) ? this.file(`${block.name}-${block.digest}-p${hash(word) % block.positions}.bin`) : null,
      ]);
      return [word, { list, places }];
    })));
    const left = new Uint8Array(block.articles).fill(1), score = new Int32Array(block.articles);
    const keep = (part, want) => {
      const found = new Uint8Array(block.articles);
      for (const doc of phrase(part, lists)) found[doc] = 1;
      for (let i = 0; i < left.length; i++) left[i] &= found[i] === want ? 1 : 0;
    };
    for (const part of query.all) {
      keep(part, 1);
      for (const { word, accents } of part) {
        const { list } = lists.get(word);
        for (const at of list.titled) score[list.docs[at]] += 3;
        for (const v of list.variants) {
          if (accents && v.accents === accents) for (const at of v.docs) score[list.docs[at]] += 2;
        }
      }
    }
    for (const part of query.none) keep(part, 0);
    const hits = [];
    for (let doc = 0; doc < left.length; doc++) if (left[doc]) hits.push({ doc, score: score[doc] });
    return hits.sort((a, b) => b.score - a.score || b.doc - a.doc);
  }

  // list returns what a block says of a word.
  async list(block, word) {
    const p = hash(word) % block.positions, s = p % block.words;
    const r = await this.words(block, s);
    for (let group = s; group < p; group += block.words) r.take(r.number());
    const g = new Reader(r.take(r.number()));
    const count = g.number();
    for (let i = 0, last = ""; i < count; i++) {
      last = g.name(last);
      const bytes = g.take(g.number());
      if (last !== word) continue;
      const b = new Reader(bytes);
      const docs = b.subset(block.articles), titled = b.subset(docs.length), n = b.gamma() + 1;
      const variants = [];
      for (let k = 0; k < n; k++) {
        variants.push({ accents: b.gamma(), docs: n > 1 ? b.subset(docs.length) : docs.map((_, at) => at) });
      }
      return { docs, titled, variants, ordinal: i };
    }
    return { docs: [], titled: [], variants: [], ordinal: -1 };
  }

  // words returns a reader that stands behind the head of a file of words, and
  // the files of the block's cards.
  async words(block, shard) {
    const r = new Reader(await this.file(`${block.name}-${block.digest}-w${shard}.bin`));
    r.take(1);
    r.number();
    r.pages = [];
    for (let n = r.number(); n > 0; n--) {
      const name = Array.from(r.take(6), (b) => b.toString(16).padStart(2, "0")).join("");
      r.pages.push({ name, cards: r.number() });
    }
    return r;
  }

  // card returns what to show of an article of a block.
  async card(block, doc) {
    const { pages } = await this.words(block, 0);
    for (const { name, cards } of pages) {
      if (doc < cards) return (await this.cards(name))[doc];
      doc -= cards;
    }
    return null;
  }

  // cards returns a file of cards, read once while few others are asked for.
  cards(name) {
    if (!this.read.has(name)) {
      if (this.read.size > 15) this.read.delete(this.read.keys().next().value);
      const cards = this.file(`cards-${name}.bin`).then((bytes) => new Response(
        new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).json());
      cards.catch(() => this.read.delete(name));
      this.read.set(name, cards);
    }
    return this.read.get(name);
  }
}

// phrase returns the articles in which the words of a part follow each other.
function phrase(part, lists) {
  const first = lists.get(part[0].word);
  if (part.length === 1) return first.list.docs;
  let at = positions(first);
  for (const { word } of part.slice(1)) {
    const next = new Map();
    for (const [doc, places] of positions(lists.get(word))) {
      const before = new Set(at.get(doc));
      const after = places.filter((p) => before.has(p - 1));
      if (after.length) next.set(doc, after);
    }
    at = next;
  }
  return at.keys();
}

// positions returns the places of a word in each article that holds it.
function positions({ list, places }) {
  const found = new Map();
  if (list.ordinal < 0) return found;
  const r = new Reader(places);
  const n = r.number();
  const lengths = new Reader(r.take(Math.ceil(n * 5 / 8)));
  const classes = Array.from({ length: n }, () => lengths.bits(5));
  const sizes = Array.from({ length: r.number() }, () => r.number());
  for (let i = 0; i < list.ordinal; i++) r.take(sizes[i]);
  const bits = new Reader(r.take(sizes[list.ordinal]));
  for (const doc of list.docs) {
    const count = bits.gamma() + 1, c = classes[doc];
    const length = 2 ** (c >> 1) + (c & 1 ? Math.floor(2 ** (c >> 1) / 2) : 0);
    const k = parameter(length, count), all = [];
    for (let i = 0, next = 0; i < count; i++, next++) all.push(next += bits.rice(k));
    found.set(doc, all);
  }
  return found;
}

async function fetched(base, name, anew) {
  const answer = await fetch(base + name, anew ? { cache: "no-cache" } : {});
  if (answer.status === 404 || answer.status === 410) return null;
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}
