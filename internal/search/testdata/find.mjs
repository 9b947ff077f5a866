// find.mjs MODULE MORE FOLDER [whole] reads queries, one a line as JSON, and prints
// for each the blocks and articles that the browser's reader finds, of a year if one is given, as JSON; for the
// number of a block, how many parts of cards were unpacked when the first of all its
// articles, the newest first, was shown, and when the last was; for what is begun
// ahead, the files that are read; for what is packed, what that is; for a query with a text, what is marked in that; with an article, what is shown of that.
// With "whole" there are no parts of files to be had, and it is asked whether
// to look further; how often, is the answer to the query null. With "ahead" a new
// reader begins before it is asked, as on the search page, with "old" it is in a browser
// that unpacks nothing, and with "gone" the first
// file of words that it then asks for is not there; else it is an error if a file is
// asked for twice. For a query that is cut, the answers are those of a reader for which
// files that match it end early, at each of some places, "error" where it tells of one.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [module, more, folder, option] = process.argv.slice(2);
const whole = option === "whole";
await import(pathToFileURL(module));
const { Index, learn, parse, words } = searchReader;
const { excerpt, places, script, unpack } = await import(pathToFileURL(more));
learn(script);
const load = (base, name, cache, from, to) =>
  readFile(base + name).then((bytes) => to && !whole ? bytes.subarray(from, to) : bytes, () => null);
const reading = (load) => new Index(folder + "/", pathToFileURL(more), load);
let index = reading(load);

// ahead returns a reader that has begun with a query.
function ahead(query, year) {
  let gone = option === "gone";
  const asked = new Set();
  const begun = reading(async (base, name, cache, from, to) => {
    const what = `${name} ${from}`;
    if (option === "ahead" && asked.has(what)) throw new Error(`${what} is asked for twice`);
    asked.add(what);
    if (gone && /-w\d+\.bin$/.test(name)) {
      gone = false;
      return null;
    }
    return load(base, name, cache, from, to);
  });
  begun.begin(parse(query, year)).catch(() => {});
  return begun;
}

let pauses = 0;

let unpacked = 0;
if (option === "old") delete globalThis.DecompressionStream;
else globalThis.DecompressionStream = class extends DecompressionStream {
  constructor(format) {
    super(format);
    unpacked++;
  }
};

// unpackedFor returns how many parts were unpacked for the first card of a block, and
// for all of them.
async function unpackedFor(number) {
  const block = (await index.root()).blocks[number];
  await index.words(block, 0);
  const docs = Array.from({ length: block.pages[0].cards }, (_, i) => i).reverse();
  const counts = [];
  unpacked = 0;
  for await (const card of index.cards(block, docs)) counts.push(unpacked);
  return [counts.length, counts[0], counts.at(-1)];
}

// readAhead returns which files are read before a query is asked for.
async function readAhead(query, year) {
  const names = [];
  const begun = reading((base, name, ...part) => {
    names.push(name);
    return load(base, name, ...part);
  });
  await begun.begin(parse(query, year));
  return names;
}

// rounds returns which files are asked for at once and waited for, one time after the
// other, until the first result of a query has its card, in a page that has the root.
async function rounds(query) {
  globalThis.searchRoot = JSON.parse((await readFile(folder + "/root.js", "utf8")).replace("searchRoot=", ""));
  const rounds = [];
  let waiting = [], answered = 0;
  const begun = reading((base, name, ...part) => new Promise((send) => {
    if (!waiting.length) {
      rounds.push([]);
      setTimeout(() => {
        const all = waiting;
        waiting = [];
        answered++;
        for (const send of all) send();
      }, 200); // longer than all that is done with what came
    }
    rounds.at(-1).push(name);
    waiting.push(() => send(load(base, name, ...part)));
  }));
  begun.begin(parse(query));
  for await (const { block, hits } of begun.search(parse(query), () => 10)) {
    for await (const card of begun.cards(block, hits.map(({ doc }) => doc))) return rounds.slice(0, answered);
  }
}

// cut returns what a reader finds for which files with some name end early, by tenths.
async function cut(query, names) {
  const found = [];
  for (let tenths = 0; tenths < 10; tenths++) {
    const reader = reading(async (base, name, ...part) => {
      const bytes = await load(base, name, ...part);
      return new RegExp(names).test(name) ? bytes.subarray(0, bytes.length * tenths / 10) : bytes;
    });
    const urls = [];
    try {
      for await (const { block, hits } of reader.search(parse(query), () => Infinity)) {
        for await (const { u } of reader.cards(block, hits.map(({ doc }) => doc))) urls.push(u);
      }
      found.push(urls.join(" "));
    } catch {
      found.push("error");
    }
  }
  return found;
}

// shown returns the excerpt of an article, with as much of a browser as that needs.
async function shown(query, article, lead) {
  globalThis.fetch = async () => ({ ok: true, text: async () => article });
  globalThis.DOMParser = class { parseFromString(textContent) { return { querySelector: () => ({ textContent }) }; } };
  globalThis.document = { createElement: () => ({ parts: [], append(...parts) { this.parts.push(...parts); } }) };
  let paragraph;
  const wanted = parse(query);
  wanted.places = (text) => places({ words }, parse(query), text);
  await excerpt({ words }, { wanted, url: "", querySelector: () => (lead ? { textContent: lead } : null), append(p) { paragraph = p; } }, (text) => [text]);
  return paragraph ? paragraph.parts.join("") : "";
}

for await (const line of createInterface({ input: process.stdin })) {
  const { query, year, fold, text, article, lead, block, begin, first, names, packed } = JSON.parse(line);
  if (packed !== undefined) {
    let json = "error";
    try {
      json = unpack(Buffer.from(packed, "base64"));
    } catch {}
    console.log(JSON.stringify(json));
    continue;
  }
  if (names !== undefined) {
    console.log(JSON.stringify(await cut(query, names)));
    continue;
  }
  if (first !== undefined) {
    console.log(JSON.stringify(await rounds(first)));
    continue;
  }
  if (begin !== undefined) {
    console.log(JSON.stringify(await readAhead(begin, year)));
    continue;
  }
  if (block !== undefined) {
    console.log(JSON.stringify(await unpackedFor(block)));
    continue;
  }
  if (article !== undefined) {
    console.log(JSON.stringify(await shown(query, article, lead)));
    continue;
  }
  if (text !== undefined) {
    console.log(JSON.stringify(places({ words }, parse(query), text).map((place) => text.slice(...place))));
    continue;
  }
  if (fold !== undefined) {
    console.log(JSON.stringify(words(fold)));
    continue;
  }
  if (query === null) {
    console.log(JSON.stringify(pauses));
    continue;
  }
  let found = [];
  if (option === "ahead" || option === "gone") index = ahead(query, year);
  for await (const { block, hits = [], again, older } of index.search(parse(query, year), whole && (() => Infinity))) {
    if (older) pauses++;
    if (again) found = [];
    for (const [i, { doc, score }] of hits.entries()) {
      found.push({ block: block.name, doc, score, url: i < 5 ? (await index.cards(block, [doc]).next()).value.u : "" });
    }
  }
  console.log(JSON.stringify(found));
}
