// The form, made from the table of keys. It reads fields and never writes into one
// that somebody is typing in; what it gives is a tree like that of the file.
import { fileAddress, fold, get, h } from "./dom.js";
import { choice, inWords, label, t } from "./words.js";

const groups = [
  ["head", ["title", "lead", "description", "author", "organization", "tags"], true],
  ["time", ["date", "draft", "updated", "expires", "pinned"], true],
  ["picture", ["image", "gallery"], false],
  ["files", ["attachments"], false],
  ["event", ["event"], false],
  ["agreement", ["agreement"], false],
  ["more", null, false],
];

export const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const isMap = (v) => v !== null && typeof v === "object" && !Array.isArray(v);

// blank makes null of what says nothing, so that no empty key is written.
const blank = (v) => {
  if (typeof v === "string") return v.trim() === "" ? null : v;
  if (Array.isArray(v)) return (v = v.map(blank).filter((x) => x !== null)).length ? v : null;
  if (isMap(v)) {
    const full = Object.entries(v).map(([k, x]) => [k, blank(x)]).filter(([, x]) => x !== null);
    return full.length ? Object.fromEntries(full) : null;
  }
  return v ?? null;
};

// changesOf returns what differs between two trees: blocks key by key, all else as a whole.
export const changesOf = (before, now, keys) => {
  const list = [];
  const differ = (path, old, value, key) => {
    if (key?.type === "block" && (isMap(old) || old == null) && isMap(value)) {
      for (const sub of key.keys) differ([...path, sub.name], old?.[sub.name], value[sub.name], sub);
      return;
    }
    // A value that says nothing, and said nothing, is left as it stands.
    if (same(blank(old), blank(value)) || same(old, value)) return;
    list.push({ path, value: blank(value) });
  };
  for (const key of keys) differ([key.name], before?.[key.name], now?.[key.name], key);
  return list;
};

let serial = 0;

// kinds are the names that fields are completed from.
const kinds = { author: "author", organization: "organization", tags: "tags", "event.organizer": "parties", "agreement.parties": "parties" };

// createForm puts the form for keys into host. values is a tree of its own, which it
// changes as fields are typed in, and tells of that.
export const createForm = ({ host, keys, values, lang, changed, folder, opened, article }) => {
  const errors = new Map(); // key in dots -> the place for its problems
  const fields = new Map(); // key in dots -> what takes the focus
  let told = null; // the problems that are shown; null if a place for them is new

  const problemsAt = (path) => {
    const box = h("div", { class: "field-problems", id: "p-" + path.replace(/\W/g, "-") + "-" + ++serial });
    errors.set(path, box);
    told = null;
    return box;
  };

  // listOf completes a field from the names of its kind, which are asked for when a field
  // first has the focus.
  const listOf = (path) => {
    const of = kinds[path];
    if (!of) return null;
    const list = h("datalist", { id: "l" + ++serial });
    list.of = of;
    return list;
  };
  let known = null;
  const complete = async (list) => {
    if (list.childElementCount) return;
    known ??= get("names?" + new URLSearchParams({ path: article() })).catch(() => { known = null; });
    const names = (await known)?.[list.of];
    if (names && !list.childElementCount) list.append(...names.map((name) => h("option", { value: name })));
  };

  const textField = (path, key, value, set, { long, list, required, described } = {}) => {
    const id = "f" + ++serial;
    const multi = long || (typeof value === "string" && value.includes("\n"));
    const field = h(multi ? "textarea" : "input", {
      id, value: value ?? "", lang: path.endsWith("slug") || path === "id" ? null : lang, autocomplete: "off", rows: multi ? 3 : null, type: multi ? null : "text",
      list: list?.id, "aria-describedby": described, "aria-required": required ? "true" : null, spellcheck: /title|lead|text|alt|caption|description/.test(path) ? "true" : "false",
      oninput: (e) => { set(e.target.value); changed(e); },
      oncompositionend: (e) => { set(e.target.value); changed(e); },
    });
    fields.set(path, field);
    if (!list) return { id, nodes: [field] };
    const ask = h("div", { class: "near" });
    field.addEventListener("focus", () => complete(list));
    // A name that is nearly a known one is asked about.
    field.addEventListener("change", async () => {
      const typed = field.value;
      ask.replaceChildren();
      const { near } = await get("near?" + new URLSearchParams({ of: list.of, name: typed, path: article() })).catch(() => ({}));
      ask.replaceChildren();
      if (near && field.value === typed) ask.append(h("button", { type: "button", onclick: () => { field.value = near; set(near); ask.replaceChildren(); field.focus(); changed(); } }, t("meant", near)));
    });
    return { id, nodes: [field, list, ask] };
  };

  // A date is told in words, so that a day that was read as a month is seen.
  const dateField = (path, value, set, described) => {
    const read = h("p", { class: "help read", id: "r" + ++serial });
    const tell = async (typed) => {
      const { iso } = typed.trim() ? await get("date?" + new URLSearchParams({ text: typed })).catch(() => ({})) : {};
      if (nodes[0].value === typed) read.textContent = iso ? t("readAs", inWords(iso, /(^expires|^pinned|\.to|\.end)$/.test(path))) : "";
    };
    let timer = 0;
    const put = (x) => {
      set(x);
      clearTimeout(timer);
      timer = setTimeout(() => tell(nodes[0].value), 150);
    };
    const { id, nodes } = textField(path, null, value, put, { described: [described, read.id].filter(Boolean).join(" ") });
    if (value) tell(value);
    const picker = h("input", {
      type: "datetime-local", class: "picker", tabindex: "-1", "aria-hidden": "true",
      onchange: (e) => {
        const m = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(e.target.value);
        if (!m) return;
        nodes[0].value = `${m[4]} ${m[3]}/${m[2]}/${m[1]}`;
        put(nodes[0].value);
        changed();
      },
    });
    const button = h("button", { type: "button", class: "quiet", "aria-label": t("pickDate") + ": " + label(path), onclick: () => picker.showPicker() }, t("calendar"));
    return { id, nodes: [h("div", { class: "row date" }, ...nodes, button, picker), read] };
  };

  const wrap = (path, key, id, nodes, help) => {
    const described = help?.id;
    return h("div", { class: "field", "data-key": path }, h("label", { for: id }, label(path) + (key.required ? " *" : "")), ...nodes, help, problemsAt(path));
  };

  const helpOf = (path, key) => {
    if (!key.help || fold(key.help) === fold(label(path))) return null; // it would say the label again
    return h("p", { class: "help", id: "h" + ++serial }, key.help);
  };

  // textsField is a list of names or texts, each in a field of its own.
  const textsField = (path, key, value, set) => {
    const single = typeof value === "string";
    const items = Array.isArray(value) ? [...value] : value ? [value] : [];
    const list = listOf(path);
    const box = h("div", { class: "texts" });
    const give = () => {
      const full = items.filter((x) => typeof x !== "string" || x.trim() !== "");
      set(key.type === "texts" && full.length === 1 && (single || !Array.isArray(value)) ? full[0] : full.length ? full : null);
    };
    const draw = (focus) => {
      box.replaceChildren(...items.map((item, i) => {
        const { id, nodes } = textField(`${path}.${i}`, null, item, (x) => { items[i] = x; give(); }, { list });
        nodes[0].setAttribute("aria-label", `${label(path)} ${i + 1}`);
        return h("div", { class: "row item" }, h("div", { class: "grow" }, ...nodes.filter((n) => n !== list)), h("button", { type: "button", class: "quiet", "aria-label": `${t("remove")} ${item}`, onclick: () => { items.splice(i, 1); give(); draw(Math.min(i, items.length - 1)); changed(); } }, "×"));
      }), list ?? "", h("button", { type: "button", onclick: () => { items.push(""); draw(items.length - 1); } }, t("add")));
      if (focus !== undefined) (box.querySelectorAll("input, textarea")[focus] ?? box.lastElementChild).focus();
    };
    draw();
    const help = helpOf(path, key);
    return h("fieldset", { class: "plainset", "data-key": path }, h("legend", {}, label(path) + (key.required ? " *" : "")), help, box, problemsAt(path));
  };

  const picture = (name) => {
    if (!name || !/\.(jpe?g|png|gif|webp|svg)$/i.test(name) || /:\/\//.test(name)) return null;
    const path = name.startsWith("/") ? "static" + name : folder() ? folder() + "/" + name : null;
    return path ? h("img", { class: "thumb", src: fileAddress(path), alt: "" }) : null;
  };

  // blocksField is a list of maps: pictures, documents, corrections.
  const blocksField = (path, key, value, set) => {
    const items = (Array.isArray(value) ? value : value ? [value] : []).map((x) => (isMap(x) ? { ...x } : x));
    const box = h("ol", { class: "blocks" });
    const give = () => set(items.length ? items.map((x) => (isMap(x) ? { ...x } : x)) : null);
    const move = (i, by) => {
      const [item] = items.splice(i, 1);
      items.splice(i + by, 0, item);
      give();
      draw();
      const [up, down] = box.children[i + by].querySelectorAll(".order");
      (by < 0 && !up.disabled || down.disabled ? up : down).focus();
      changed();
    };
    const drop = (i) => {
      items.splice(i, 1);
      give();
      draw();
      (box.children[Math.min(i, items.length - 1)]?.querySelector(".drop") ?? more).focus();
      changed();
    };
    const draw = () => {
      box.replaceChildren(...items.map((item, i) => {
        const map = isMap(item) ? item : { file: item ?? "" };
        const at = `${path}.${i}`;
        const put = (name) => (x) => {
          if (isMap(items[i])) items[i][name] = x;
          else if (name === "file") items[i] = x;
          else items[i] = { ...map, [name]: x };
          give();
        };
        const li = h("li", { draggable: "true" }, picture(map.file), ...key.keys.map((sub) => fieldOf(`${at}.${sub.name}`, sub, map[sub.name], put(sub.name))),
          h("div", { class: "row" },
            h("button", { type: "button", class: "order", disabled: i === 0, onclick: () => move(i, -1) }, t("up")),
            h("button", { type: "button", class: "order", disabled: i === items.length - 1, onclick: () => move(i, 1) }, t("down")),
            h("button", { type: "button", class: "drop", onclick: () => drop(i) }, t("remove"))));
        li.addEventListener("dragstart", (e) => { if (e.target !== li) return; e.dataTransfer.setData("text/x-bantin-item", path + " " + i); });
        li.addEventListener("dragover", (e) => { if (e.dataTransfer.types.includes("text/x-bantin-item")) e.preventDefault(); });
        li.addEventListener("drop", (e) => {
          const [from, n] = e.dataTransfer.getData("text/x-bantin-item").split(" ");
          if (from !== path) return;
          e.preventDefault();
          if (Number(n) !== i) move(Number(n), i - Number(n));
        });
        return li;
      }));
    };
    draw();
    const more = h("button", { type: "button", onclick: () => { items.push({ ...Object.fromEntries(key.keys.map((k) => [k.name, ""])) }); draw(); box.lastElementChild.querySelector("input, textarea")?.focus(); } }, t("add"));
    return h("fieldset", { class: "plainset", "data-key": path }, h("legend", {}, label(path)), helpOf(path, key), box, problemsAt(path), more);
  };

  const blockField = (path, key, value, set) => {
    const map = isMap(value) ? { ...value } : value ? { file: value } : {};
    const wasText = typeof value === "string";
    const put = (name) => (x) => { map[name] = x; set(wasText && Object.keys(map).every((k) => k === "file" || !map[k]) ? map.file : { ...map }); };
    return h("div", { class: "block", "data-key": path }, path === "image" ? picture(map.file) : null, ...key.keys.map((sub) => fieldOf(`${path}.${sub.name}`, sub, map[sub.name], put(sub.name))), problemsAt(path));
  };

  const fieldOf = (path, key, value, set) => {
    const help = helpOf(path, key);
    if (key.type === "block") return blockField(path, key, value, set);
    if (key.type === "list" && key.keys.length) return blocksField(path, key, value, set);
    if (key.type === "list" || key.type === "texts") return textsField(path, key, value, set);
    if (key.type === "bool") {
      const id = "f" + ++serial;
      const usual = key.name === "search";
      const box = h("input", { id, type: "checkbox", checked: value == null ? usual : value === "true", "aria-describedby": help?.id, onchange: (e) => { set(e.target.checked === usual ? null : String(e.target.checked)); changed(); } });
      fields.set(path, box);
      return h("div", { class: "field check", "data-key": path }, box, h("label", { for: id }, label(path)), help, problemsAt(path));
    }
    if (key.one_of?.length) {
      const id = "f" + ++serial;
      const options = key.one_of.includes(value) || value == null ? key.one_of : [value, ...key.one_of];
      const box = h("select", { id, "aria-describedby": help?.id, onchange: (e) => { set(e.target.value || null); changed(); } }, h("option", { value: "" }, "–"), options.map((v) => h("option", { value: v, selected: v === value }, choice(v))));
      fields.set(path, box);
      return wrap(path, key, id, [box], help);
    }
    if (key.type === "any" && (Array.isArray(value) || key.name === "commitments")) {
      const text = Array.isArray(value) ? value.join("\n") : value ?? "";
      const { id, nodes } = textField(path, key, text, (x) => {
        const lines = x.split("\n").map((l) => l.trim()).filter(Boolean);
        set(lines.length === 1 && /^\d+$/.test(lines[0]) ? lines[0] : lines.length ? lines : null);
      }, { long: true, described: help?.id });
      return wrap(path, key, id, nodes, help);
    }
    if (Array.isArray(value) || isMap(value)) return h("p", { class: "help", "data-key": path }, label(path) + ": " + JSON.stringify(value), problemsAt(path));
    if (key.type === "date") {
      const { id, nodes } = dateField(path, value, set, help?.id);
      return wrap(path, key, id, nodes, help);
    }
    const list = listOf(path);
    const { id, nodes } = textField(path, key, value, set, { long: /(^lead$|^description$|\.text$)/.test(path), list, required: key.required, described: help?.id });
    return wrap(path, key, id, nodes, help);
  };

  const draw = () => {
    const placed = new Set(["extra"]);
    host.replaceChildren(...groups.map(([name, members, isOpen]) => {
      const inside = keys.filter((k) => (members ? members.includes(k.name) : !placed.has(k.name)));
      for (const k of inside) placed.add(k.name);
      if (!inside.length) return "";
      const filled = inside.some((k) => values[k.name] != null);
      const box = h("details", { class: "group", "data-group": name, open: isOpen || opened === name || (filled && name !== "more") }, h("summary", {}, t("g." + name)),
        ...inside.map((k) => fieldOf(k.name, k, values[k.name], (x) => { values[k.name] = x; })));
      return box;
    }));
    const strange = Object.keys(values).filter((k) => k !== "extra" && !keys.some((key) => key.name === k));
    if (values.extra != null) host.append(h("p", { class: "help" }, t("extra")));
    if (strange.length) host.append(h("p", { class: "help" }, t("unknown", strange.join(", "))));
  };
  draw();

  const focus = (path) => {
    let key = path;
    while (key && !fields.has(key) && !errors.has(key)) key = key.includes(".") ? key.slice(0, key.lastIndexOf(".")) : "";
    const at = fields.get(key) ?? errors.get(key)?.parentElement;
    at?.closest("details")?.setAttribute("open", "");
    (at?.matches("input, textarea, select") ? at : at?.querySelector("input, textarea, select, button"))?.focus();
  };

  return {
    values: () => values,
    // set shows other values: only what differs is drawn again.
    set: (now) => {
      const open = new Set([...host.querySelectorAll("details[open]")].map((d) => d.dataset.group));
      const at = document.activeElement.closest("[data-key]");
      const key = host.contains(at) ? at.dataset.key : null;
      for (const k of Object.keys(values)) if (!(k in now)) delete values[k];
      Object.assign(values, structuredClone(now));
      errors.clear();
      fields.clear();
      draw();
      for (const d of host.querySelectorAll("details")) d.open ||= open.has(d.dataset.group);
      if (key) focus(key);
    },
    tell: (problems, row) => {
      const all = JSON.stringify(problems);
      if (all === told) return;
      told = all;
      for (const box of errors.values()) box.replaceChildren();
      for (const field of fields.values()) field.removeAttribute("aria-invalid");
      for (const p of problems) {
        if (!p.key) continue;
        let key = p.key;
        while (key && !errors.has(key)) key = key.includes(".") ? key.slice(0, key.lastIndexOf(".")) : "";
        errors.get(key)?.append(row(p));
        if (p.error) fields.get(key)?.setAttribute("aria-invalid", "true");
      }
    },
    focus,
  };
};
