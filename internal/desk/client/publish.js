// Publishing: what will change for readers is shown before anything is done.
import { Refusal, dialog, h, post, stream } from "./dom.js";
import { lang, t, why } from "./words.js";

const cancel = { label: t("cancel"), value: "", formnovalidate: true };

const plan = (p) => {
  if (p.problems.length) return h("div", {}, h("p", {}, t("planErrors")), h("ul", { class: "problems" }, p.problems.map((x) => h("li", { class: "bad" }, h("strong", {}, x.file + (x.line ? ":" + x.line : "")), h("p", {}, x.message)))));
  const k = p.kinds;
  const any = p.written.length + p.deleted.length > 0;
  return h("div", {},
    p.scheduled ? h("p", { class: "notice" }, t("planNow", p.scheduled)) : null,
    p.waits ? h("p", { class: "notice" }, t("planWaits")) : null,
    p.line ? h("p", {}, t("planLine", ""), h("code", {}, p.line)) : null,
    h("p", {}, any ? t("planWritten", k.page ?? 0, k.feed ?? 0, k.calendar ?? 0, k.other ?? 0, p.deleted.length) : t("planNone")),
    any ? h("details", {}, h("summary", {}, t("planFiles")), h("ul", { class: "filelist" }, p.written.map((f) => h("li", {}, f)), p.deleted.map((f) => h("li", {}, h("del", {}, f))))) : null,
    p.next ? h("p", { class: "soft" }, t("planNext", p.next)) : null);
};

// release asks what it must, shows the plan and carries it out; it returns the
// article as it is then, null if nothing was done.
export const release = async (site, { path, digest }, what, say) => {
  const q = { path, digest, do: what, date: "", text: "", target: "", commit: false };
  const field = (id, name, value, help, attributes) => h("div", { class: "field" }, h("label", { for: id }, name), h(attributes?.rows ? "textarea" : "input", { id, name: id, value, lang, required: true, autocomplete: "off", ...attributes }), help ? h("p", { class: "help" }, help) : null);
  if (what === "schedule") {
    const a = await dialog(t("schedule"), field("date", t("dateAsk"), "", t("dateHelp")), [{ label: t("ok"), value: "ok", main: true }, cancel]);
    if (!a) return null;
    q.date = a.data.get("date").trim();
  }
  if (what === "correct") {
    const a = await dialog(t("correct"), field("text", t("correctionAsk"), "", null, { rows: 3 }), [{ label: t("ok"), value: "ok", main: true }, cancel]);
    if (!a) return null;
    q.text = a.data.get("text");
  }
  say(t("planning"));
  const p = await post("plan", q);
  say("");
  const names = { publish: "publishNow", schedule: "scheduleNow", correct: "correctNow", unpublish: "unpublishNow", build: "republish" };
  const content = [what === "unpublish" ? h("p", {}, t("unpublishAsk")) : null, plan(p)];
  if (site.targets.length) {
    content.push(h("div", { class: "field" }, h("label", { for: "target" }, t("target")),
      h("select", { id: "target", name: "target" }, site.targets.map((n) => h("option", { value: n }, n)), h("option", { value: "" }, t("targetNone")))));
  }
  const ready = !p.problems.length;
  if (site.git === "ready" && site.commits && ready) {
    content.push(h("div", { class: "field check" }, h("input", { id: "commit", name: "commit", type: "checkbox", checked: localStorage.getItem("bantin-no-commit") !== "1", "aria-describedby": "commit-help", onchange: (e) => localStorage.setItem("bantin-no-commit", e.target.checked ? "" : "1") }),
      h("label", { for: "commit" }, t("commit")), h("p", { class: "help", id: "commit-help" }, t("commitHelp"))));
  }
  const answer = await dialog(t(names[what]), h("div", {}, content), ready ? [{ label: t(names[what]), value: "ok", main: true }, cancel] : [{ label: t("close"), value: "" }]);
  if (!answer || !ready) return null;
  q.target = answer.data.get("target") ?? "";
  q.commit = answer.data.has("commit");
  say(t("publishing"));
  const told = [];
  let article = null;
  let left = "";
  await stream("publish", q, (line) => {
    if (line.say) {
      told.push(line.say.replaceAll("bantin: ", "").trim());
      say(told.at(-1));
    }
    if (line.done) {
      ({ article, left } = line);
      if (line.commit) told.push(t("committed", line.commit));
      if (line.commit_failed) told.push(line.commit_failed === "who" ? t("commitWho") : t("commitFailed", line.commit_failed));
    }
  });
  if (!article) throw new Refusal({ code: "away" });
  await dialog(t(left ? "notDeployed" : "done"), h("div", {}, left ? h("p", {}, t("notDeployedHelp", q.target)) : null, h("pre", { class: "told" }, (left ? [...told, left] : told).join("\n"))), [{ label: t("close"), value: "ok", main: true }]);
  return article;
};

export { why };
