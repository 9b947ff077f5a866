// fetched.mjs MODULE FOLDER SHOWN reads queries as JSON and prints, as JSON, how
// many bytes of the index in FOLDER each takes until SHOWN results are there, or
// until it is asked whether to look further; for a query that is null, those of
// words that stand in one of the older blocks alone, the most of any.
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [module, folder, shown] = process.argv.slice(2);
await import(pathToFileURL(module));
const { Index, parse } = searchReader;

async function fetched(query) {
  let bytes = 0, found = 0;
  const index = new Index(folder + "/", null, async (base, name, anew, from, to) => {
    const all = await readFile(base + name), part = to ? all.subarray(from, to) : all;
    bytes += part.length;
    return part;
  });
  for await (const { block, hits, older } of index.search(parse(query), () => +shown)) {
    if (older) break;
    for await (const card of index.cards(block, hits.slice(0, Math.max(0, shown - found)).map(({ doc }) => doc)));
    if ((found += hits.length) >= shown) break;
  }
  return bytes;
}

async function rare() {
  const index = new Index(folder + "/", null, (base, name) => readFile(base + name)), root = await index.root();
  const all = [];
  for (let shard = 0; shard < root.directory.length; shard++) {
    const r = await index.directory(root, shard), words = [];
    for (let n = r.number(), last = ""; n > 0; n--) {
      const [b] = r.take(1), rest = b & 15;
      words.push(last = last.slice(0, b >> 4) + Buffer.from(r.take(rest < 15 ? rest : rest + r.number())).toString("latin1"));
    }
    all.push(...words.filter(() => r.subset(root.blocks.length - 1).length === 1).slice(0, 10));
  }
  return Math.max(...await Promise.all(all.map(fetched)));
}

let text = "";
for await (const part of process.stdin) text += part;
const answers = [];
for (const query of JSON.parse(text)) answers.push(await (query === null ? rare() : fetched(query)));
console.log(JSON.stringify(answers));
