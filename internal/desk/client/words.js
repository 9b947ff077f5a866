// What the desk says, in one language: the server puts the words into the page
// (messages.Desk), so that a language is no business of the client.
const said = JSON.parse(document.querySelector("#words").textContent);
export const lang = said.lang;
export const locale = said.locale; // by which dates are written
export const point = said.point; // before decimals

const fill = (s, args) => s.replace(/\{(\d)\}/g, (_, n) => args[n] ?? "");
export const t = (key, ...args) => fill(said.words[key], args);
export const has = (key) => key in said.words;

// languageName says which language has a code.
export const languageName = (code) => new Intl.DisplayNames([lang], { type: "language" }).of(code);

// inWords says a date in ISO 8601, at its own precision, as people do; isEnd tells that
// the whole of it is still counted in.
export const inWords = (iso, isEnd) => {
  const [, year, month, day, hour, minute] = /^(\d+)(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d))?)?)?/.exec(iso);
  const end = isEnd && !hour ? t("tillEnd") : "";
  if (!month) return end + t("ofYear", year);
  if (!day) return end + t("ofMonth", month, year);
  const at = new Date(Date.UTC(year, month - 1, day));
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(at).replace(/^Thứ/, "thứ").replace(/^Chủ Nhật/, "chủ nhật");
  const date = t("day", day, month, year) || new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(at);
  return end + `${weekday}, ${date}` + (hour ? ", " + t("clock", Number(hour), minute) : "");
};

// why says in words why a request was refused.
export const why = (e) => (e.told ? e.told : has("e." + e.code) ? t("e." + e.code, ...(e.args ?? [])) : t("e.failed", e.message));

// The labels of keys of the front matter in the form, of which entry of a list they may
// be, and of values that can be chosen; what a key is for is said by the table of keys itself.
export const label = (key) => said.keys[key.replace(/\.\d+/g, "")] ?? key;
export const choice = (value) => said.values[value] ?? value;
