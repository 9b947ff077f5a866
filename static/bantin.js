// What a page can do more where scripts run: none of it is needed to read.
// Buttons stand hidden in the page and are shown when they would work.
(() => {
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
  setSize(remembered());
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

  tool("print", (button) => { button.onclick = () => print(); });

  if (navigator.clipboard) {
    tool("copy", (button) => {
      button.onclick = async () => {
        try {
          await navigator.clipboard.writeText(document.querySelector("link[rel=canonical]").href);
          button.textContent = button.dataset.done;
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
      const label = button.textContent;
      const speak = () => {
        const voice = speechSynthesis.getVoices().find((v) => v.lang.startsWith(root.lang));
        const texts = all(blocks);
        texts.forEach((block, i) => {
          const utterance = new SpeechSynthesisUtterance(block.textContent);
          utterance.lang = root.lang;
          if (voice) utterance.voice = voice;
          if (i === texts.length - 1) utterance.onend = () => { button.textContent = label; };
          speechSynthesis.speak(utterance);
        });
      };
      button.onclick = () => {
        const running = speechSynthesis.speaking && button.textContent !== label;
        if (!running) {
          speechSynthesis.cancel();
          speak();
        } else if (speechSynthesis.paused) speechSynthesis.resume();
        else {
          speechSynthesis.pause();
          button.textContent = button.dataset.resume;
          return;
        }
        button.textContent = button.dataset.pause;
      };
      addEventListener("pagehide", () => speechSynthesis.cancel());
    });
  }

  // The register's filter: every word typed, with or without accents.
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  all(".filter").forEach((filter) => {
    const rows = [...filter.parentElement.querySelectorAll("tbody tr")];
    const texts = rows.map((row) => fold(row.textContent));
    const told = filter.querySelector("output");
    filter.hidden = false;
    filter.querySelector("input").oninput = (event) => {
      const words = fold(event.target.value).split(/\s+/);
      rows.forEach((row, i) => { row.hidden = !words.every((word) => texts[i].includes(word)); });
      told.textContent = `${rows.filter((row) => !row.hidden).length}/${rows.length}`;
    };
  });
})();
