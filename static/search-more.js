// What the search page loads when nothing matches: it guesses what was meant,
// from the words that the index knows.

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
    for (let group = s; group < newest.positions; group += newest.words) {
      r.number();
      names(r, true);
    }
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
