// What a page can do more where scripts run: none of it is needed to read.
// Buttons stand hidden in the page, where they have their place, and are shown when
// they would work.
(async () => {
  const root = document.documentElement;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const tool = (name, start) => all(`[data-tool=${name}]`).forEach((button) => {
    button.hidden = false;
    start(button);
  });

  // Text size, remembered. A browser may refuse to remember anything.
  const sizes = ["100", "115", "130", "150"];
  const remember = (size) => { try { localStorage.setItem("text-size", size); } catch {} };
  const remembered = () => { try { return localStorage.getItem("text-size"); } catch { return null; } };
  const setSize = (size) => { root.dataset.text = sizes.includes(size) ? size : sizes[0]; };
  setSize(remembered()); // before what is read has come: it must not jump later
  if (document.readyState === "loading") await new Promise((come) => addEventListener("DOMContentLoaded", come));

  tool("size", (button) => {
    const told = button.querySelector("span");
    const tell = () => { told.textContent = `${button.dataset.name} ${root.dataset.text} %`; };
    tell();
    button.onclick = () => {
      setSize(sizes[(sizes.indexOf(root.dataset.text) + 1) % sizes.length]);
      remember(root.dataset.text);
      tell();
    };
  });

  // A field of search suggests, once somebody types there.
  all("[data-more][name=q]").forEach((field) => {
    const start = () => import(field.dataset.more).then((more) => more.suggest(field, field.dataset.search)).catch(() => {});
    field.addEventListener("focus", start, { once: true });
  });

  // A search whose script could not be loaded says so.
  const search = document.querySelector(".search[data-reader]");
  const asked = new URLSearchParams(location.search).get("q");
  if (search && asked) {
    addEventListener("load", () => {
      if (window.onpopstate) return; // its script runs
      const retry = document.createElement("button");
      retry.textContent = search.dataset.retry;
      retry.onclick = () => location.reload();
      search.hidden = false;
      search.querySelector("[role=status]").append(`${search.dataset.failed} `, retry);
      document.querySelector("#_search").value = asked;
    });
  }

  // A button's own words; its icon stays.
  const words = (button) => button.querySelector("span") ?? button;
  tool("print", (button) => { button.onclick = () => print(); });

  if (navigator.clipboard) {
    tool("copy", (button) => {
      button.onclick = async () => {
        try {
          await navigator.clipboard.writeText(document.querySelector("link[rel=canonical]").href);
          words(button).textContent = button.dataset.done;
        } catch {
          button.hidden = true; // the browser does not let pages copy
        }
      };
    });
  }

  // Listening: one utterance for each block, since browsers cut long ones off.
  if (window.speechSynthesis) {
    const blocks = ".story h1, .story-head .lead, .prose :is(h2, h3, h4, p, dt, dd, td, figcaption), .prose li:not(:has(p))";
    tool("listen", (button) => {
      const told = words(button);
      const label = told.textContent;
      const speak = () => {
        const voice = speechSynthesis.getVoices().find((v) => v.lang.startsWith(root.lang));
        const texts = all(blocks);
        texts.forEach((block, i) => {
          const utterance = new SpeechSynthesisUtterance(block.textContent);
          utterance.lang = root.lang;
          if (voice) utterance.voice = voice;
          if (i === texts.length - 1) utterance.onend = () => { told.textContent = label; };
          speechSynthesis.speak(utterance);
        });
      };
      button.onclick = () => {
        const running = speechSynthesis.speaking && told.textContent !== label;
        if (!running) {
          speechSynthesis.cancel();
          speak();
        } else if (speechSynthesis.paused) speechSynthesis.resume();
        else {
          speechSynthesis.pause();
          told.textContent = button.dataset.resume;
          return;
        }
        told.textContent = button.dataset.pause;
      };
      addEventListener("pagehide", () => speechSynthesis.cancel());
    });
  }

  all(".tools [hidden]").forEach((button) => button.remove()); // would not work here

  // The register's filter, with or without accents: rows that have the words as
  // typed, one behind another; else those that have every one of them, where the
  // words of a status count as one. What lies in other years comes from the
  // data of all agreements.
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\s+/g, " ").trim();
  const matches = (texts, query, labels) => {
    const inOrder = texts.map((text) => text.includes(query));
    if (inOrder.includes(true)) return inOrder;
    const said = labels.filter((label) => query.includes(label));
    const words = [...said, ...said.reduce((rest, label) => rest.replace(label, " "), query).split(" ")];
    return texts.map((text) => words.every((word) => text.includes(word)));
  };
  all(".filter").forEach((filter) => {
    const rows = [...filter.parentElement.querySelectorAll("tbody tr")];
    const here = new Set(rows.map((row) => row.querySelector("th a").pathname));
    const texts = rows.map((row) => fold(row.textContent));
    const labels = ["in-force", "not-yet", "ended", "terminated"].map((status) => fold(filter.getAttribute(`data-${status}`)));
    const told = filter.querySelector("output");
    const more = filter.querySelector(".filter-more");
    const list = more.querySelector("ul");
    let others; // promised when first asked for
    const load = async () => {
      const agreements = await (await fetch(filter.dataset.all)).json();
      return agreements.map((one) => ({ ...one, path: new URL(one.url).pathname })).filter((one) => !here.has(one.path)).map((one) => ({
        one,
        text: fold([one.title, one.number, one.signed, filter.getAttribute(`data-${one.status}`), ...one.parties.map((party) => party.name)].join(" ")),
      }));
    };
    const tellOthers = async (query) => {
      list.replaceChildren();
      more.hidden = true;
      if (!filter.dataset.all || query.length < 2) return;
      try {
        others ??= load();
        const found = await others;
        if (fold(input.value) !== query) return; // typed on meanwhile
        const shown = matches(found.map((other) => other.text), query, labels);
        found.filter((_, i) => shown[i]).slice(0, 20).forEach(({ one }) => {
          const link = document.createElement("a");
          link.href = one.path;
          link.textContent = one.title;
          const item = document.createElement("li");
          item.append(link, ` (${[one.number, one.signed.slice(0, 4), filter.getAttribute(`data-${one.status}`)].filter(Boolean).join("; ")})`);
          list.append(item);
        });
        more.hidden = !list.children.length;
      } catch {
        others = undefined; // off line: what is on the page is found all the same
      }
    };
    const input = filter.querySelector("input");
    filter.hidden = false;
    input.oninput = () => {
      const query = fold(input.value);
      const shown = matches(texts, query, labels);
      rows.forEach((row, i) => { row.hidden = !shown[i]; });
      told.textContent = `${shown.filter(Boolean).length}/${rows.length}`;
      tellOthers(query);
    };
  });
})();
