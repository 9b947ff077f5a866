// find.mjs MODULE MORE FOLDER [whole] reads queries, one a line as JSON, and prints
// for each the blocks and articles that the browser's reader finds, as JSON; for a
// query with a text, what is marked in that.
// With "whole" there are no parts of files to be had, and it is asked whether
// to look further; how often, is the answer to the query null.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [module, more, folder, whole] = process.argv.slice(2);
const { Index, learn, parse, words } = await import(pathToFileURL(module));
const { places, script } = await import(pathToFileURL(more));
learn(script);
const index = new Index(folder + "/", (base, name, anew, from, to) =>
  readFile(base + name).then((bytes) => to && !whole ? bytes.subarray(from, to) : bytes, () => null));

let pauses = 0;

for await (const line of createInterface({ input: process.stdin })) {
  const { query, fold, text } = JSON.parse(line);
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
  const found = [];
  for await (const { block, hits = [], older } of index.search(parse(query), whole && (() => Infinity))) {
    if (older) pauses++;
    for (const [i, { doc, score }] of hits.entries()) {
      found.push({ block: block.name, doc, score, url: i < 5 ? (await index.cards(block, [doc]))[0].u : "" });
    }
  }
  console.log(JSON.stringify(found));
}
