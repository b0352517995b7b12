// The tab "Check a draft": a draft goes in, as a file or as text, and what it quotes, counts and cites comes back with
// its verdict.

import { ChosenDraft } from "./chosen.js";
import { checkedBlocks } from "./checked.js";
import { fileButton } from "./opens.js";
import { Fault, fetchJson } from "./stream.js";
import { text } from "./texts.js";
import { faultBlock } from "./verdict.js";
import { element } from "./words.js";

export class CheckTab {
  constructor(place, room) {
    this.room = room;
    this.form = place.querySelector("form");
    this.draft = new ChosenDraft(place);
    this.told = place.querySelector(".told");
    this.results = place.querySelector(".results");
    this.checking = null;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.check(this.draft.take());
    });
    place.querySelector("button[type=reset]").addEventListener("click", (event) => this.onReset(event));
    place.querySelector("button[type=submit]").disabled = false; // from now on it would be heard
  }

  async shown() {}

  onReset(event) {
    event.preventDefault();
    this.checking?.abort();
    this.form.removeAttribute("aria-busy");
    this.draft.empty();
    this.show("");
  }

  // `file`: null where there is none to check.
  async check(file) {
    if (!file) return;
    this.checking?.abort();
    const mine = (this.checking = new AbortController());
    this.form.setAttribute("aria-busy", "true");
    this.show(text("check.checking", { file: file.name }));
    try {
      const checked = await fetchJson("/api/check", { ...sending(file), signal: mine.signal });
      this.showChecked(checked, file);
    } catch (error) {
      if (error.name === "AbortError") return;
      const unforeseen = { message: text("check.unforeseen"), remedy: text("find.unforeseen-remedy") };
      this.show("", faultBlock(error instanceof Fault ? error : unforeseen, () => this.check(file)));
    } finally {
      if (this.checking === mine) this.form.removeAttribute("aria-busy");
    }
  }

  show(told, ...blocks) {
    this.told.replaceChildren(told);
    this.results.replaceChildren(...blocks);
    if (told || blocks.length) (told ? this.told : this.results).scrollIntoView({ block: "nearest" });
  }

  showChecked(checked, file) {
    const { summary, filter, table } = checkedBlocks(checked, this.room.source);
    if (!table) return this.show(summary);
    const hindered = element("p", { class: "box-fault", role: "alert", hidden: true });
    const tell = (words) => {
      hindered.textContent = words;
      hindered.hidden = !words;
    };
    const keeps = element("div", { class: "actions" }, ...keepButtons(file, tell));
    this.show(summary, element("div", { class: "check-bar" }, filter, keeps), hindered, table);
  }
}

function keepButtons(file, tell) {
  const [stem, ending] = [file.name.replace(/\.[^.]*$/, ""), file.name.split(".").at(-1).toLowerCase()];
  const kept = (kind) => fileButton(text(`check.keep-${kind}`), () => `${stem}-checked.${kind}`, () => [`/api/check/${kind}`, sending(file)], tell);
  return ending === "docx" ? [kept("html"), kept("docx")] : [kept("html")];
}

function sending(file) {
  const body = new FormData();
  body.append("file", file, file.name);
  return { method: "POST", body };
}
