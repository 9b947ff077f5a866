// Elements and requests: what every part of the desk is made with.
import { point, t } from "./words.js";

const meta = (name, page = document) => page.querySelector(`meta[name=bantin-${name}]`)?.content;
export const preview = meta("preview");
let token = meta("token");
export const windowName = Array.from(crypto.getRandomValues(new Uint32Array(3)), (n) => n.toString(36)).join("");

// h makes an element: attributes by name, listeners by on…, texts as texts.
export const h = (name, attributes = {}, ...inside) => {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) e.addEventListener(key.slice(2), value);
    else if (key === "value" || key === "checked") e[key] = value;
    else e.setAttribute(key, value === true ? "" : value);
  }
  e.append(...inside.flat().filter((x) => x !== null && x !== undefined && x !== false));
  return e;
};

// Refusal is what the server says of a request that it did not carry out.
export class Refusal extends Error {
  constructor({ code, args, told, more }) {
    super(code);
    Object.assign(this, { code, args: args ?? [], told, more });
  }
}

// renew gets the token of a server that was started again, for the same site, since the
// page was opened; it tells whether the one that was used is out of date.
const renew = async (used) => {
  if (token === used) {
    const page = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
    if (meta("site", page) === meta("site")) token = meta("token", page);
  }
  return token !== used;
};

const request = async (method, path, body, options) => {
  const ask = () => fetch("/api/" + path, { method, body, ...options, headers: { "X-Bantin-Token": token } });
  const used = token;
  try {
    const response = await ask();
    return response.status === 403 && (await renew(used)) ? await ask() : response;
  } catch {
    throw new Refusal({ code: "away" });
  }
};

const answer = async (response) => {
  let data;
  try {
    data = await response.json();
  } catch {
    throw new Refusal({ code: "away" });
  }
  if (!response.ok) throw new Refusal(data);
  return data;
};

export const get = async (path) => answer(await request("GET", path));
export const post = async (path, data, options) => answer(await request("POST", path, JSON.stringify(data), options));
export const send = async (path, body) => answer(await request("POST", path, body));

// stream hands each line of an answer that goes on for a while to tell.
export const stream = async (path, data, tell) => {
  const response = await request("POST", path, JSON.stringify(data));
  if (!response.ok) await answer(response);
  let rest = "";
  const decoder = new TextDecoder();
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read().catch(() => { throw new Refusal({ code: "away" }); });
    if (done) break;
    rest += decoder.decode(value, { stream: true });
    for (let end; (end = rest.indexOf("\n")) >= 0; rest = rest.slice(end + 1)) {
      const line = JSON.parse(rest.slice(0, end));
      if (line.code) throw new Refusal(line);
      tell(line);
    }
  }
};

// events tells what is news, while the window is seen: a browser has six connections to
// a host, and each window would keep one.
export const events = (tell) => {
  let source = null;
  const connect = () => {
    if (document.hidden || (source && source.readyState !== EventSource.CLOSED)) return;
    const used = token;
    source = new EventSource(`/api/events?token=${token}&window=${windowName}`);
    source.addEventListener("message", (e) => tell(JSON.parse(e.data)));
    source.addEventListener("error", (e) => { // it is tried again by itself, but not where it was refused
      if (e.target.readyState === EventSource.CLOSED) setTimeout(() => renew(used).catch(() => {}).then(connect), 2000);
    });
  };
  const sleep = () => post("sleep", { window: windowName }).catch(() => {}).then(() => { if (document.hidden) source?.close(); });
  const follow = () => (document.hidden ? sleep() : connect());
  document.addEventListener("visibilitychange", follow);
  follow();
};

export const fileAddress = (path) => `/api/file?token=${token}&path=${encodeURIComponent(path)}`;

// leave tells the server, even while the window closes, that an article is no longer edited.
export const leave = (path) => post("leave", { window: windowName, path }, { keepalive: true }).catch(() => {});

// dialog asks something in a window of its own; it returns what the form says, null if it was closed.
export const dialog = (title, content, actions) =>
  new Promise((done) => {
    const heading = h("h2", { id: "dialog-title" }, title);
    const buttons = h("div", { class: "row end" }, actions.map(({ label, value, main, formnovalidate }) =>
      h("button", { type: "submit", value, class: main ? "main" : null, formnovalidate }, label)));
    const form = h("form", { method: "dialog" }, heading, content, buttons);
    const box = h("dialog", { "aria-labelledby": "dialog-title" }, form);
    box.addEventListener("close", () => {
      const value = box.returnValue;
      const data = value ? new FormData(form) : null;
      box.remove();
      done(value ? { value, data } : null);
    });
    document.body.append(box);
    box.showModal();
  });

// toast says something that passes; action is a button in it.
export const toast = (text, action) => {
  let host = document.querySelector("#toasts");
  if (!host) document.body.append((host = h("div", { id: "toasts", role: "status" })));
  const box = h("div", { class: "toast" }, h("span", {}, text));
  const close = () => box.remove();
  if (action) box.append(h("button", { type: "button", onclick: () => { close(); action.run(); } }, action.label));
  box.append(h("button", { type: "button", class: "quiet", "aria-label": t("close"), onclick: close }, "×"));
  host.append(box);
  setTimeout(close, action ? 20000 : 6000);
};

// fold takes the accents off, as the site's search does.
export const fold = (s) => s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

export const size = (n) => (n < 1024 ? n + " B" : n < 1 << 20 ? Math.round(n / 1024) + " KB" : (n / (1 << 20)).toFixed(1).replace(".", point) + " MB");
