// One quote of the basket: its words and where they stand, the collector's note, its place in the order.

import { copyButton } from "./copying.js";
import { LONGEST_NOTE, basket } from "./basketstore.js";
import { openButton } from "./opens.js";
import { text } from "./texts.js";
import { verdictMark } from "./verdict.js";
import { bound, element, pageLine, sentence, seriesLine, withCommands } from "./words.js";

const WAIT = 400; // milliseconds from the last key of a note until it is kept

export class QuoteCard {
  // `open(link, button)` opens the source; `takeOut(link)` takes the quote out of the basket.
  constructor({ link, words, origin, language }, { takeOut, open }) {
    this.link = link;
    this.openSource = open;
    this.standing = null; // {quote} as the server proved it, or {error}; null until it has spoken
    this.said = element("div", { class: "said-words" }, element("p", { class: "unproven", lang: language, dir: "auto" }, words), element("p", { class: "hint" }, origin));
    this.mark = element("p", { class: "standing" }, text("basket.proving"));
    this.note = element("textarea", { rows: 2, maxlength: LONGEST_NOTE, dir: "auto", id: `note-${link}` });
    this.up = moveButton("up", () => basket.move(link, -1));
    this.down = moveButton("down", () => basket.move(link, 1));
    this.opens = element("span", { class: "opens-place" });
    this.out = element("button", { type: "button" }, text("basket.take-out"));
    this.out.addEventListener("click", () => takeOut(link));
    this.keepNotes();
    const note = element("div", { class: "note-line" }, element("label", { for: `note-${link}` }, text("basket.note")), this.note);
    this.card = element("li", { class: "collected-quote" }, this.said, this.mark, note, element("div", { class: "actions" }, this.opens, this.up, this.down, this.out));
  }

  // The card with what depends on the others: its place among them, and the note as it stands in the basket.
  placed({ note }, at, all) {
    this.up.setAttribute("aria-disabled", at === 0);
    this.down.setAttribute("aria-disabled", at === all - 1);
    this.card.setAttribute("aria-label", text("basket.place", { place: at + 1, all }));
    if (document.activeElement !== this.note) this.note.value = note;
    return this.card;
  }

  keepNotes() {
    let waiting = 0;
    const keep = () => {
      clearTimeout(waiting);
      basket.annotate(this.link, this.note.value);
    };
    this.note.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(keep, WAIT);
    });
    this.note.addEventListener("change", keep);
  }

  stand(standing) {
    this.standing = standing;
    if (standing.error) this.showRefused(standing.error);
    else this.showProven(standing.quote);
  }

  showRefused({ message, remedy }) {
    const why = withCommands(`${sentence(message)} ${sentence(remedy)}`);
    this.mark.replaceChildren(verdictMark("refused", text("basket.unproven")), " ", ...why);
    this.opens.replaceChildren();
  }

  showProven(quote) {
    const { document: report, parts, language, words, state, since, references } = quote;
    const where = [report.title, seriesLine(report), parts.map(pageLine).map(bound).join(", ")].filter(Boolean).join(", ");
    this.said.replaceChildren(element("blockquote", { lang: language, dir: "auto" }, `“${words}”`), element("p", { class: "hint" }, where));
    const outdated = state === "current" ? [] : [" ", text(`basket.state-${state}`, { since: new Date(since).toLocaleDateString("en-GB") })];
    this.mark.replaceChildren(verdictMark("verbatim", text("basket.proven")), ...outdated);
    const open = openButton({ ...quote, number: 0 }, (number, button) => this.openSource(this.link, button));
    const copy = copyButton("basket.copy", "basket.copied-footnote", () => `“${words}” ${references.footnote}`);
    this.opens.replaceChildren(open, copy);
  }
}

function moveButton(name, move) {
  const button = element("button", { type: "button", class: `move-${name}`, "aria-label": text(`basket.move-${name}`), title: text(`basket.move-${name}`) });
  button.textContent = name === "up" ? "↑" : "↓";
  button.addEventListener("click", () => button.getAttribute("aria-disabled") === "true" || move());
  return button;
}
