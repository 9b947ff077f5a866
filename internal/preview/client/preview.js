// Keeps a page of the preview as its sources are: loads it again where it was
// scrolled to, changes its style sheets in place, lists what is wrong.
{
  const { version, desk, edit, label } = document.currentScript.dataset;
  const framed = desk && parent !== window; // beside the text in the desk
  const query = new URLSearchParams({ page: location.pathname, version });
  const scrolled = "bantin-scroll:" + location.pathname;
  let events = null;

  // A browser opens few connections to one host: only a page that is seen
  // holds one.
  const connect = () => {
    if (events || document.visibilityState === "hidden") return;
    events = new EventSource("/.bantin/events?" + query);
    events.addEventListener("reload", reload);
    events.addEventListener("styles", restyle);
    events.addEventListener("overlay", (e) => show(JSON.parse(e.data)));
  };
  const disconnect = () => {
    events?.close();
    events = null;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);

  // In the desk the page follows the typing: what shows is replaced in place.
  const follow = async () => {
    const next = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const now = next.querySelector("script[data-version]")?.dataset.version;
    const [here, there] = [document.querySelector("main"), next.querySelector("main")];
    if (!now || !here || !there) throw new Error("another page");
    here.replaceWith(document.adoptNode(there));
    document.title = next.title;
    query.set("version", now);
    connect();
  };

  const reload = () => {
    disconnect();
    if (framed) {
      follow().catch(() => location.reload());
      return;
    }
    sessionStorage.setItem(scrolled, scrollY);
    location.reload();
  };

  const scrollBack = () => {
    const y = sessionStorage.getItem(scrolled);
    sessionStorage.removeItem(scrolled);
    if (y !== null) scrollTo({ top: y, behavior: "instant" });
  };
  if (document.readyState === "complete") scrollBack();
  else addEventListener("load", scrollBack);

  const restyle = (e) => {
    query.set("version", e.data);
    for (const old of document.querySelectorAll("link[rel=stylesheet]")) {
      const url = new URL(old.href);
      if (url.origin !== location.origin) continue;
      url.searchParams.set("v", e.data);
      const link = old.cloneNode();
      link.href = url;
      // Both stay until the new one is there, lest the page be seen bare.
      link.addEventListener("load", () => old.remove());
      link.addEventListener("error", () => link.remove());
      old.after(link);
    }
  };

  const element = (name, className, ...inside) => {
    const e = document.createElement(name);
    e.className = className;
    e.append(...inside);
    return e;
  };

  // copyButton returns a button that copies what is shown in from, and says so.
  // A browser without a clipboard for pages gets it selected, to be copied by hand.
  const copyButton = (from, wrong) => {
    const button = element("button", "copy", wrong.copy);
    button.type = "button";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(from.textContent);
        button.textContent = wrong.copied;
        setTimeout(() => (button.textContent = wrong.copy), 2000);
      } catch {
        getSelection().selectAllChildren(from);
      }
    });
    return button;
  };

  // show replaces the overlay by what is wrong now; texts are shown as texts.
  const show = (wrong) => {
    document.querySelector("bantin-preview")?.remove();
    if (!wrong.title || framed) return; // the desk tells it beside the text
    const style = element("link", "");
    style.rel = "stylesheet";
    style.href = "/.bantin/preview.css";
    const list = element("ol", "");
    for (const p of wrong.problems ?? []) {
      const item = element("li", p.error ? "error" : "warning", element("p", "place", p.place), element("p", "", p.message));
      if (p.excerpt) item.append(element("pre", "", p.excerpt));
      if (p.hint) {
        const hint = element("pre", "hint", p.hint);
        item.append(element("p", "note", wrong.label + ": ", copyButton(hint, wrong)), hint);
      }
      list.append(item);
    }
    const details = element("details", wrong.failed ? "failed" : "", element("summary", "", wrong.title));
    details.open = wrong.failed;
    details.append(element("p", "note", wrong.note), list, element("p", "", wrong.more));
    const host = document.createElement("bantin-preview");
    host.lang = wrong.lang;
    host.setAttribute("role", wrong.failed ? "alert" : "status");
    host.attachShadow({ mode: "open" }).append(style, details);
    document.body.append(host);
  };

  // The way to the desk stands on every page but those in its own frame.
  const offerDesk = () => {
    const style = element("link", "");
    style.rel = "stylesheet";
    style.href = "/.bantin/preview.css";
    const link = element("a", "desk", label);
    link.href = edit;
    link.target = "bantin-desk";
    const host = document.createElement("bantin-edit");
    host.attachShadow({ mode: "open" }).append(style, link);
    document.body.append(host);
  };
  if (framed) {
    addEventListener("message", (e) => {
      if (e.origin !== desk.replace(/\/$/, "") || typeof e.data?.scroll !== "number") return;
      const room = document.documentElement.scrollHeight - innerHeight;
      scrollTo({ top: room * e.data.scroll, behavior: "instant" });
    });
  } else if (desk) offerDesk();

  connect();
}
