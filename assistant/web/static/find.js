// The tab "Find a quote": words go in, the places come back where reports say them, or nearly.

import { basketButton } from "./basketbutton.js";
import { comparedWords, differenceList, joinedQuote } from "./compared.js";
import { copyButton } from "./copying.js";
import { openButton } from "./opens.js";
import { Fault, fetchJson } from "./stream.js";
import { counted, text } from "./texts.js";
import { faultBlock, verdictMark } from "./verdict.js";
import { bound, element, pageLine, seriesLine, sourceLine } from "./words.js";

const LONGEST = 20_000;
const LEAST_WORDS = 5;
const NEAR = 0.4; // the least likeness of a wording that is shown as the nearest to one that was not found
const WEIGHTY = ["negation", "number", "name", "order"];
const UNFORESEEN = { message: text("find.unforeseen"), remedy: text("find.unforeseen-remedy") };

export class FindTab {
  constructor(place, room) {
    this.room = room;
    this.form = place.querySelector("form");
    this.box = place.querySelector("textarea");
    this.button = place.querySelector("button[type=submit]");
    this.counter = place.querySelector(".counter");
    this.fault = place.querySelector(".box-fault");
    this.guide = place.querySelector(".find-guide");
    this.told = place.querySelector(".told");
    this.results = place.querySelector(".results");
    this.looking = null;
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    this.box.addEventListener("input", () => this.showLength());
    this.box.addEventListener("keydown", (event) => this.onKey(event));
    place.querySelector("button[type=reset]").addEventListener("click", (event) => this.onReset(event));
    this.box.disabled = this.button.disabled = false; // from now on it would be heard
    this.showLength();
  }

  // `sought`: words to look for at once, as in the address #find/WORDS.
  async shown(sought) {
    if (!sought || sought === this.box.value) return;
    this.box.value = sought;
    this.showLength();
    await this.look();
  }

  showLength() {
    const length = Array.from(this.box.value).length;
    const values = { length: length.toLocaleString("en-GB"), most: LONGEST.toLocaleString("en-GB") };
    this.counter.textContent = text("find.counter", values);
    this.counter.classList.toggle("over", length > LONGEST);
    this.say("");
  }

  onKey(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    this.onSubmit(event);
  }

  onReset(event) {
    event.preventDefault();
    this.looking?.abort();
    this.box.value = "";
    this.showLength();
    this.show("");
    this.guide.hidden = false;
    this.box.focus();
  }

  onSubmit(event) {
    event.preventDefault();
    this.look();
  }

  async look() {
    const sought = this.box.value.trim();
    const hindrance = hindranceOf(sought);
    this.say(hindrance);
    this.looking?.abort();
    if (hindrance) {
      this.show("");
      return this.box.focus();
    }
    const mine = (this.looking = new AbortController());
    this.guide.hidden = true;
    this.form.setAttribute("aria-busy", "true");
    this.show(text("find.looking"));
    try {
      const body = JSON.stringify({ text: sought });
      const headers = { "Content-Type": "application/json" };
      const found = await fetchJson("/api/find", { method: "POST", headers, body, signal: mine.signal });
      this.showFound(found);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.show("", faultBlock(error instanceof Fault ? error : UNFORESEEN, () => this.look()));
    } finally {
      if (this.looking === mine) this.form.removeAttribute("aria-busy");
    }
  }

  // What is wrong with the words in the box, beside it.
  say(hindrance) {
    this.fault.textContent = hindrance;
    this.fault.hidden = !hindrance;
    if (hindrance) this.box.setAttribute("aria-invalid", "true");
    else this.box.removeAttribute("aria-invalid");
  }

  show(told, ...blocks) {
    this.told.replaceChildren(told);
    this.results.replaceChildren(...blocks);
    if (told || blocks.length) (told ? this.told : this.results).scrollIntoView({ block: "nearest" });
  }

  showFound(form) {
    const found = { ...form, matches: form.matches.filter((match) => form.verdict !== "not found" || match.similarity >= NEAR) };
    const cited = found.matches.map((match, at) => ({ ...match, number: at + 1 }));
    const open = (number, button) => this.room.source.open(cited, number, button);
    const places = cited.map((match) => placeBlock(match, found, open));
    this.show(summaryBlock(found), ...(places.length ? [headBlock(found), element("ol", { class: "places" }, ...places)] : []));
  }
}

function hindranceOf(sought) {
  const length = Array.from(sought).length;
  if (!sought) return text("find.empty");
  if (length > LONGEST) return text("find.too-long", { most: LONGEST.toLocaleString("en-GB") });
  const words = (sought.match(/[\p{L}\p{N}]+/gu) || []).length;
  return words < LEAST_WORDS ? text("find.too-short", { least: LEAST_WORDS }) : "";
}

function summaryBlock({ verdict, ellipses, matches }) {
  const lines = [text(`find.${verdict.replace(" ", "-")}-says`)];
  if (verdict === "altered") lines.push(weightyLine(matches[0].differences));
  if (ellipses) lines.push(counted("find.ellipses", ellipses));
  if (verdict === "verbatim" && matches.length > 1) lines.push(counted("find.places", matches.length));
  if (verdict === "verbatim" && matches.every((match) => match.case)) lines.push(text("find.case"));
  if (verdict === "not found") lines.push(text(matches.length ? "find.nearest-says" : "find.nothing-near"));
  return element("div", { class: "summary" }, element("p", {}, verdictMark(verdict, text(`find.${verdict.replace(" ", "-")}`))), element("p", {}, lines.join(" ")));
}

// Which of the differences may turn what is said.
function weightyLine(differences) {
  const kinds = WEIGHTY.filter((kind) => differences.some((one) => one.kind === kind)).map((kind) => text(`find.short-${kind}`));
  return kinds.length ? text("find.weighty", { kinds: new Intl.ListFormat("en-GB").format(kinds) }) : "";
}

function headBlock({ verdict, matches }) {
  const name = verdict === "not found" ? "find.nearest" : `find.head-${matches.length === 1 ? "one" : "many"}`;
  return element("h2", { class: "results-head" }, text(name));
}

// One place: the report, both page numbers, its words, what differs, and what can be done with it.
function placeBlock(match, { text: sought, verdict }, open) {
  const { document: report, parts, language, differences } = match;
  const near = verdict === "not found";
  const words = joinedQuote(match, verdict === "verbatim" ? sought : "");
  const shown = near ? [words] : comparedWords(sought, words, differences);
  const title = element("h3", { lang: report.language, dir: "auto" }, report.title);
  const pages = element("p", { class: "hint" }, [seriesLine(report), ...parts.map(pageLine)].filter(Boolean).map(bound).join(", "));
  const quote = element("blockquote", { "data-verdict": verdict.replace(" ", "-"), lang: language, dir: "auto" }, ...shown);
  const listed = near || !differences.length ? null : differencesBlock(differences);
  const copy = copyButton("find.copy", "find.copied", () => `“${words}” (${sourceLine(match)})`);
  const actions = element("div", { class: "actions" }, openButton(match, open), copy, basketButton(match, words));
  return element("li", { class: "place" }, title, pages, quote, listed, actions);
}

function differencesBlock(differences) {
  const head = element("h4", {}, counted("find.differences", differences.length));
  return element("div", { class: "differing" }, head, differenceList(differences));
}
