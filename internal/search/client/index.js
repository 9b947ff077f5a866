// Reads the search index that docs/search.md describes, in a browser or in
// Node, as globalThis.searchReader. It knows nothing of the page but what is asked in
// its address: page.js does.
// Names that end in _ are nobody else's, and get short when the scripts are made.

const world = globalThis; // the window, or Node's

// words splits a text into its words, folded as the index folds them, each
// with the number of its accents. A number has no zeros at its head.
const tones = { "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5 };
const shapes = { "a\u0306": 1, "a\u0302": 2, "e\u0302": 1, "o\u0302": 1, "o\u031b": 2, "u\u031b": 1 };
const radix = { a: 3, d: 2, e: 2, o: 3, u: 2 };
const spelled = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "þ": "th", "ı": "i", "ŋ": "ng", "ħ": "h", "ŧ": "t" };
const invisible = /[\p{M}\p{Cf}\u0640]/u;
const parting = /[\u200b\ufeff]/;

// script tells of a character that is no Latin letter what it is to words; more.js
// knows, and page.js loads that where it is wanted. Until then it is nothing.
let script = () => [];
function words(text) {
  const list = [];
  let word = "", tone = 0, shape = 0, scale = 1, place = 1;
  let run = 0; // letters of a script without spaces; the last of them is word
  const end = () => {
    if (word && run < 2) list.push({ word: word.replace(/^0+(?=\d+$)/, "").slice(0, 64), accents: (tone + Math.imul(6, shape)) >>> 0 });
    word = "";
    tone = shape = run = 0;
    scale = place = 1;
  };
  const letter = (c, digit = 0) => {
    if (run) end();
    word += c;
    place = scale;
    shape = (shape + Math.imul(place, digit)) >>> 0;
    scale = Math.imul(scale, radix[c] || 1) >>> 0;
  };
  for (const raw of text.normalize("NFKD")) {
    const c = raw.toLowerCase();
    const last = word.slice(-1);
    if (/[a-z0-9]/.test(c)) letter(c);
    else if (/[đðɖ]/.test(c)) letter("d", raw !== "ɖ");
    else if (tones[c] && /[aeiouy]/.test(last)) tone = tones[c];
    else if (shapes[last + c]) shape = (shape + Math.imul(place, shapes[last + c])) >>> 0;
    else if (spelled[c]) for (const part of spelled[c]) letter(part);
    else {
      const [part, whole] = script(c);
      if (whole) letter(whole);
      else if (part) {
        if (!run) end();
        if (run++) list.push({ word: word + part, accents: 0 });
        word = part;
      } else if (parting.test(c) ? !run : !invisible.test(c)) end();
    }
  }
  end();
  return list;
}

// parse takes a query apart: each part of all and none is a word or a phrase,
// a list of words that follow each other. Of a year, if there is one, only articles
// are looked for.
function parse(query, year) {
  const all = [], none = [];
  for (const [, minus, phrase, part] of query.matchAll(/(-(?=\S))?(?:"([^"]*)"?|([^\s"]+))/g)) {
    const list = words(phrase ?? part);
    if (list.length) (minus ? none : all).push(list);
  }
  return { all, none, year };
}

const hash = (word) => {
  let h = 2166136261;
  for (const c of word) h = Math.imul(h ^ c.charCodeAt(), 16777619);
  return h >>> 0;
};

// pairHash says in which row of the table of pairs two words stand.
const pairHash = (first, second) => {
  let h = Math.imul(hash(first), 31) + hash(second) | 0;
  h = Math.imul(h ^ h >>> 15, 0x2c1b3c6d);
  return (h ^ h >>> 13) >>> 0;
};

// sound ends a search where something is not as it must be.
const sound = (is) => {
  if (!is) throw Error();
};

// Reader reads bytes, and bits from the highest of each byte on. Behind the end it
// throws: what a cut line leaves of a file says nothing.
class Reader {
  constructor(bytes) {
    this.bytes_ = bytes;
    this.at_ = 0;
    this.bitAt_ = 0;
  }
  byte_() {
    sound(this.at_ < this.bytes_.length);
    return this.bytes_[this.at_++];
  }
  number() {
    for (let v = 0, scale = 1; ; scale *= 128) {
      const b = this.byte_();
      v += (b & 127) * scale;
      if (b < 128) return v;
    }
  }
  take(n) {
    this.at_ += n;
    return this.bytes_.subarray(this.at_ - n, this.at_);
  }
  // next_ returns 32 bits without passing over them.
  next_() {
    const b = this.bytes_, i = this.at_ + (this.bitAt_ >> 3), n = this.bitAt_ & 7;
    return (b[i] << 24 | b[i + 1] << 16 | b[i + 2] << 8 | b[i + 3]) << n | b[i + 4] >> 8 - n;
  }
  // names_ passes over the names of a list, which are sorted, and calls with
  // each whether it is word, until that is answered.
  names_(word, each) {
    let same = 0; // letters that the name before shares with word, -1 behind it
    for (let n = this.number(); n > 0; n--) {
      const b = this.byte_(), shared = b >> 4;
      let end = b & 15;
      if (end === 15) end += this.number();
      end += this.at_;
      if (shared === 15) same = Math.min(same, 15); // it may share more
      if (shared < same) same = -1;
      else if (shared === same) {
        while (this.at_ < end && this.bytes_[this.at_] === word.charCodeAt(same)) {
          this.at_++;
          same++;
        }
      }
      const is = this.at_ === end && same === word.length;
      this.at_ = end;
      if (each(is)) return;
    }
  }
  bits_(n) {
    const v = n && this.next_() >>> 32 - n;
    this.bitAt_ += n;
    return v;
  }
  unary_() {
    let n = 0, ones;
    do {
      n += ones = Math.clz32(~this.next_());
      this.bitAt_ += ones;
    } while (ones > 31);
    this.bitAt_++;
    return n;
  }
  gamma_() {
    const n = this.unary_();
    return 2 ** n + this.bits_(n) - 1;
  }
  rice_(k) { return this.unary_() * 2 ** k + this.bits_(k); }
  subset(n, passed) { // over which it may only pass
    const inverted = this.bits_(1), count = this.gamma_();
    const list = [];
    if (count && this.bits_(1)) {
      for (let i = 0; i < n;) {
        const some = Math.min(32, n - i);
        i += some;
        for (let v = this.bits_(some), one; v; v -= 2 ** one) list.push(i - 1 - (one = 31 - Math.clz32(v)));
      }
    } else if (count) {
      const k = parameter(n, count);
      for (let i = 0, next = 0; i < count; i++, next++) list.push(next += this.rice_(k));
    }
    sound(this.at_ + this.bitAt_ / 8 <= this.bytes_.length);
    if (!inverted || passed) return list;
    const rest = [];
    for (let i = 0, j = 0; i < n; i++) if (list[j] === i) j++; else rest.push(i);
    return rest;
  }
}

const parameter = (n, m) => Math.max(0, 31 - Math.clz32(n * 69 / (m * 100)));

// among returns those of some articles that are in a list.
const among = (docs, list) => {
  const has = new Set(list);
  return docs.filter((doc) => has.has(doc));
};

const chunk = 16; // cards that are compressed together

// Index is a site's search index at base, a URL that ends in "/". more is the URL of
// more.js, which unpacks cards where the browser cannot. load takes a
// name below it, of the root how it is asked for (Request.cache, of the Fetch
// standard: "default", where no script brought it, then "no-cache"), and from which byte
// to which it is wanted, if not all of it. It returns these bytes, or all of them
// where there are no parts to be had, and nothing if there is no such file.
class Index {
  constructor(base, more, load = fetched) {
    this.base_ = base;
    this.more_ = more;
    this.load_ = load;
    this.files_ = new Map(); // name and bytes → promise of them
    this.cardParts_ = new Map(); // name and number of a part of cards → promise of them
    this.keptBytes_ = this.fetchedBytes_ = 0; // of files; in all
  }

  root(anew) {
    if (!this.rootRead || anew) {
      this.rootRead = this.readRoot_(anew);
      this.rootRead.catch(() => this.rootRead = null);
    }
    return this.rootRead;
  }

  async readRoot_(anew) {
    const root = !anew && world.searchRoot || // by the script root.js of the page, once
      JSON.parse(new TextDecoder().decode(await this.load_(this.base_, "root.js", anew ? "no-cache" : "default")).slice(11)); // behind "searchRoot="
    world.searchRoot = 0;
    sound(root.version === 2); // of the format
    return { ...root, blocks: root.blocks.map(([name, digest, articles, words, positions]) => ({ name, digest_: digest, articles_: articles, words, positions_: positions })) };
  }

  // file_ returns the bytes of a file whose name never stands for others, or
  // those in [from, to).
  file_(name, from, to) {
    const part = (bytes) => {
      const some = bytes.slice(from, to);
      sound(some.length === to - from);
      return some;
    };
    if (to && this.sendsWhole_) return this.file_(name).then(part);
    const key = `${name} ${from} ${to}`;
    let found = this.files_.get(key);
    if (!found) {
      found = this.load_(this.base_, name, false, from, to).then((bytes) => {
        if (!bytes) throw { gone: 1 }; // which the root names, and the server does not have
        if (to && bytes.length !== to - from) {
          bytes = part(bytes);
          this.sendsWhole_ = true; // where a part was asked for
        }
        this.fetchedBytes_ += bytes.length;
        if ((this.keptBytes_ += bytes.length) > 6e6) {
          this.files_.clear();
          this.keptBytes_ = 0;
        }
        return bytes;
      });
      found.catch(() => this.files_.delete(key));
      this.files_.set(key, found);
    }
    return found;
  }

  // begin searches before it is asked to.
  begin(query) {
    const blocks = this.searchAgain_(query), first = blocks.next();
    this.begun_ = [JSON.stringify(query), first, blocks];
    return first;
  }

  // search yields, block by block from the newest on, the articles that a
  // query finds: {block, hits: [{doc, score}], part}, the best first, and which
  // part of all articles it has looked through. wanted tells how many are to be
  // shown by now; then it also yields {older: block} where it would take many
  // bytes to look further, which it does when it is asked on. A file that is
  // gone means that the site was published anew: then it begins once more.
  async *search(query, wanted) {
    const [key, first, blocks] = this.begun_ || [], begun = key === JSON.stringify(query);
    this.begun_ = null;
    this.wanted_ = wanted;
    if (begun) {
      const { value } = await first;
      if (value) yield value;
    }
    yield* begun ? blocks : this.searchAgain_(query);
  }

  async *searchAgain_(query) {
    try {
      yield* this.searchBlocks_(query, await this.root());
    } catch (e) {
      if (!e.gone) throw e;
      yield { again: true };
      yield* this.searchBlocks_(query, await this.root(true));
    }
  }

  async *searchBlocks_(query, root) {
    if (!query.all.length) return;
    let articles = 0, found = 0, left = root.blocks.filter((block) => block.name.startsWith(query.year || "")), ahead = [], holding, holds, waiting = 0;
    const before = this.fetchedBytes_, phrase = query.all.some((part) => part[1]);
    const all = left.reduce((n, block) => n + block.articles_, 0);
    const hold = () => {
      if (left.length && --waiting < 1) holding ||= this.holding_(query, root);
    };
    const read = () => {
      const block = left.shift(), look = this.searchBlock_(block, query, hold);
      look.catch(() => {});
      ahead.push([block, look]);
      return block.articles_;
    };
    // The first blocks are read before it is known whether they hold the words: as
    // many as a page of results may take. Which of the others do is asked for beside
    // them, for a phrase behind its places.
    for (let few = phrase ? 300 : query.all[1] ? 100 : 20; left.length && few > 0;) few -= read();
    if (phrase) waiting = ahead.length;
    else hold();
    // limit is how many bytes are fetched before one is asked to look further.
    for (let most = 2, limit = 17e4; ; most = Math.min(2 * most, 8)) {
      for (const [block, look] of ahead) {
        const hits = await look;
        articles += block.articles_;
        found += hits.length;
        if (found) this.draw_?.();
        yield { block, hits, part: articles / all };
      }
      const first = !holds;
      if (first && left.length) {
        holds = await holding();
        left = left.filter((block) => holds[holds.length - root.blocks.indexOf(block)]);
      }
      if (!left.length) return this.draw_?.();
      // As many blocks are read at once as the results that are missing take, by
      // what was found so far, and at most twice as many as before.
      const each = (this.fetchedBytes_ - before) / articles;
      let more = 0;
      const over = () => this.wanted_ && this.fetchedBytes_ - before + (more + left[0].articles_) * each > limit;
      if (!first && over()) {
        yield { older: left[0] };
        limit *= 2;
      }
      ahead = [];
      do more += read();
      while (left.length && ahead.length < most && !over() && (!this.wanted_ || found + more * found / articles < this.wanted_()));
    }
  }

  // holding_ asks for what says which of the older blocks hold all the words of a
  // query and, as far as their hashes tell, all pairs of words that follow each other
  // in its phrases. It returns what tells that of each block, the oldest first.
  holding_(query, root) {
    const n = root.blocks.length - 1, [table, length] = root.pairs, width = Math.ceil(n / 8);
    const pairs = this.sendsWhole_ ? [] : query.all.flatMap((part) => part.slice(1).map((w, i) => pairHash(part[i].word, w.word))).slice(0, 9);
    const asked = [...new Set(query.all.flat().map((w) => w.word))];
    const files = Promise.all([
      Promise.all(asked.map((word) => this.directory(root, hash(word) % root.directory.length))),
      ...pairs.map((pair) => this.file_(`pairs-${table}.bin`, pair % length * width, (pair % length + 1) * width)),
    ]);
    files.catch(() => {});
    return async () => {
      const [readers, ...rows] = await files, count = new Uint32Array(n);
      readers.forEach((r, i) => {
        let names = 0, at = -1;
        r.names_(asked[i], (is) => {
          if (is) at = names;
          names++;
        });
        for (; at >= 0; at--) r.subset(n, at).forEach((b) => count[b] += !at);
      });
      return Array.from(count, (c, b) => c === asked.length && rows.every((row) => row[b >> 3] << (b & 7) & 128));
    };
  }

  // directory returns a reader that stands before the number of the words of a
  // file of the directory.
  async directory(root, shard) {
    const r = new Reader(await this.file_(`words-${shard}-${root.directory[shard]}.bin`));
    r.take(1);
    r.number();
    return r;
  }

  // searchBlock_ returns what a block holds, and calls answered when its places are there.
  async searchBlock_(block, query, answered) {
    const lists = {}, score = new Int32Array(block.articles_), parts = [...query.all, ...query.none], placed = parts.some((part) => part[1]);
    await Promise.all([...new Set(parts.flat().map((w) => w.word))].map(async (word) => {
      lists[word] = await this.list_(block, word, placed);
    }));
    // Only where all words are, places are asked for.
    let left = [...score.keys()];
    for (const { word, accents } of query.all.flat()) {
      const list = lists[word];
      left = among(left, list.docs_);
      for (const at of list.titled_) score[list.docs_[at]] += 3;
      for (const v of list.variants_) {
        if (accents && v.accents_ === accents) for (const at of v.docs_) score[list.docs_[at]] += 2;
      }
    }
    const best = (docs) => docs.map((doc) => ({ doc, score: score[doc] })).sort((a, b) => b.score - a.score || b.doc - a.doc);
    const phrases = Promise.all(query.all.filter((part) => part[1]).map((part) => this.phrase_(block, part, lists, left, (docs) => {
      this.cards(block, [best(docs)[0].doc]).next().catch(() => {});
    })));
    for (const docs of await phrases) left = among(left, docs);
    answered();
    for (const part of query.none) {
      const docs = new Set(part[1] ? await this.phrase_(block, part, lists, left) : lists[part[0].word].docs_);
      left = left.filter((doc) => !docs.has(doc));
    }
    return best(left);
  }

  // phrase_ returns those of some articles in which words follow each other. Of more
  // than three it asks for the places of the first and the last before the others:
  // words beside each other are often one, of two syllables. Beside the last places
  // it calls likely with what is left: the card of the best may be asked for then.
  async phrase_(block, part, lists, docs, likely) {
    const all = part.map(({ word }, i) => ({ i, list: lists[word] }));
    for (const { list } of all) docs = among(docs, list.docs_);
    let begins; // of each article, where the phrase may begin
    for (const few of part[3] ? [[all[0], all[all.length - 1]], all.slice(1, -1)] : [all]) {
      if (!docs.length) break;
      if (begins || !part[3]) likely?.(docs);
      const places = await Promise.all(few.map(({ list }) => this.places_(block, list)));
      few.forEach(({ i }, k) => {
        const next = new Map();
        for (const doc of docs) {
          const may = places[k].get(doc).map((p) => p - i).filter((p) => begins ? begins.get(doc).has(p) : p >= 0);
          if (may.length) next.set(doc, new Set(may));
        }
        begins = next;
        docs = [...next.keys()];
      });
    }
    return docs;
  }

  // places_ returns the places of a word in each article that holds it.
  async places_(block, list) {
    const found = new Map();
    const r = new Reader(await this.file_(list.name, list.from, list.to));
    for (const doc of list.docs_) {
      block.lengths_.bitAt_ = 5 * doc;
      const count = r.gamma_() + 1, c = block.lengths_.bits_(5);
      const length = (c & 1 | 2) << (c >> 1) >> 1;
      const k = parameter(length, count), all = [];
      for (let i = 0, next = 0; i < count; i++, next++) all.push(next += r.rice_(k));
      found.set(doc, all);
    }
    return found;
  }

  // list_ returns what a block says of a word, with its places only if it is placed.
  async list_(block, word, placed) {
    const shard = hash(word) % block.words;
    const r = await this.words(block, shard);
    let from = r.number(), found = { docs_: [], titled_: [], variants_: [] };
    r.names_(word, (is) => {
      const end = r.number() + r.at_;
      r.bitAt_ = 0;
      const size = (is || placed) && r.gamma_();
      if (is) {
        const docs = r.subset(block.articles_), titled = r.subset(docs.length), variants = [];
        for (let v = r.gamma_() + 1, only = v === 1; v > 0; v--) {
          variants.push({ accents_: r.gamma_(), docs_: only ? [...docs.keys()] : r.subset(docs.length) });
        }
        found = { docs_: docs, titled_: titled, variants_: variants, name: `${block.name}-${block.digest_}-p${shard % block.positions_}.bin`, from, to: from + size };
      }
      from += size;
      r.at_ = end;
      return is;
    });
    return found;
  }

  // words returns a reader that stands behind the head of a file of words, and
  // notes what that tells of the block.
  async words(block, shard) {
    const r = new Reader(await this.file_(`${block.name}-${block.digest_}-w${shard}.bin`));
    if (block.pages) {
      r.at_ = block.begin_; // the files of a block begin alike
      return r;
    }
    r.take(1);
    block.lengths_ = new Reader(r.take(Math.ceil(r.number() * 5 / 8)));
    block.pages = [];
    for (let n = r.number(); n > 0; n--) {
      const name = Array.from(r.take(6), (b) => b.toString(16).padStart(2, "0")).join("");
      const cards = r.number(), ends = [0];
      for (let i = 0, end = 0; i < cards; i += chunk) ends.push(end += r.number());
      block.pages.push({ name, cards, ends });
    }
    block.begin_ = r.at_;
    return r;
  }

  // cards yields what to show of articles of a block, each as soon as it is there.
  async *cards(block, docs) {
    if (!block.pages) await this.words(block, 0);
    const places = {}; // of each article: its part, and where it stands in that
    let first = 0;
    for (const { name, cards, ends } of block.pages) {
      const here = docs.map((doc) => doc - first).filter((at) => at >= 0 && at < cards), part = (at) => at / chunk | 0;
      this.readCards_(name, ends, [...new Set(here.map(part))]);
      for (const at of here) places[first + at] = [this.cardParts_.get(`${name} ${part(at)}`), at % chunk];
      first += cards;
    }
    for (const doc of docs) yield (await places[doc][0])[places[doc][1]];
  }

  // readCards_ begins to read parts of a file of cards, by one request. They are
  // unpacked one after the other: the first is waited for.
  readCards_(name, ends, parts) {
    if (this.cardParts_.size > 300) this.cardParts_.clear();
    parts = parts.filter((part) => !this.cardParts_.has(`${name} ${part}`));
    if (!parts.length) return;
    const from = Math.min(...parts), to = Math.max(...parts) + 1;
    const all = this.file_(`cards-${name}.bin`, ends[from], ends[to]);
    let last;
    for (const part of parts) {
      const key = `${name} ${part}`;
      const cards = Promise.all([all, last]).then(async ([bytes]) => {
        const packed = bytes.subarray(ends[part] - ends[from], ends[part + 1] - ends[from]);
        let stream;
        try {
          stream = new DecompressionStream("deflate-raw");
        } catch { // in browsers before 2023
          return (await import(this.more_)).unpack(packed);
        }
        const w = stream.writable.getWriter();
        for (const done of [w.write(packed), w.close()]) done.catch(() => {}); // readable tells
        return new Response(stream.readable).json();
      });
      last = cards.catch(() => this.cardParts_.delete(key));
      this.cardParts_.set(key, cards);
    }
  }
}

// fetched reads by Fetch. A browser asks for parts of one address one after the
// other, so these have a query, which servers of files pass over; of what is not
// waited for first, priority says so.
async function fetched(base, name, cache, from, to) {
  const ask = (options) => fetch(base + name + (to ? `?${from % 61}` : ""), { priority: /^[wp]/.test(name) ? "low" : "auto", ...options });
  const answer = await (cache ? ask({ cache }).catch(() => ask({ cache: "force-cache" })) // without a line
    : ask(to && { headers: { Range: `bytes=${from}-${to - 1}` } }));
  // Some hosts answer with a page where a file is not there, and so do the portals of
  // networks that want a login first.
  if (/404|410|html/.test(answer.status + answer.headers.get("content-type"))) return;
  sound(answer.ok);
  return new Uint8Array(await answer.arrayBuffer());
}

// On the search page this script stands in the head and begins at once, before the
// page is read; page.js asks later.
const own = world.document?.currentScript?.dataset, index = own && new Index(own.search, own.more);
const asked = own && new URLSearchParams(location.search), text = asked?.get("q");
if (text) {
  // To draw the page without results would hold them up. It is not drawn until a block
  // has some, or none has, but for a slow line.
  const page = document.documentElement;
  page.hidden = true;
  setTimeout(index.draw_ = () => page.hidden = false, 300);
  index.begin(parse(text, asked.get("y"))).catch(index.draw_); // page.js meets it too
}

world.searchReader = { Index, index, parse, words, learn: (known) => script = known };
