// The tab "Basket": the quotes that were collected, in an order, with notes. Each is proven anew before it is shown
// between quotation marks; what does not hold any more is told.

import { announce } from "./announce.js";
import { importQuotes } from "./basketimport.js";
import { basket } from "./basketstore.js";
import { QuoteCard } from "./quotecard.js";
import { fileButton, saveFile } from "./opens.js";
import { Fault, fetchJson } from "./stream.js";
import { counted, text } from "./texts.js";
import { faultBlock } from "./verdict.js";
import { element } from "./words.js";

const TOGETHER = 20; // quotes in one request
const FORMATS = ["docx", "md", "bib", "ris", "json"];

export class BasketTab {
  constructor(place, room) {
    this.place = place;
    this.room = room;
    this.cards = new Map();
    this.proving = 0;
    for (const name of ["list", "told", "notices", "empty", "size", "fault", "tools"]) this[name] = place.querySelector(`.basket-${name}`);
    const tell = (words) => this.tell(words);
    const exports = FORMATS.map((format) => fileButton(text(`basket.as-${format}`), () => `quotations.${format}`, () => this.exporting(format), tell));
    place.querySelector(".basket-formats").append(...exports);
    const input = place.querySelector("input[type=file]");
    input.addEventListener("change", () => this.import(input));
    this.clear = place.querySelector(".basket-clear");
    this.clear.addEventListener("click", () => this.undoable(text("basket.cleared"), basket.clear()));
    input.disabled = false; // from now on it would be heard
    basket.addEventListener("change", () => this.onChange());
  }

  async shown() {
    this.show();
    await this.prove();
  }

  async onChange() {
    this.show();
    if (this.place.offsetParent && basket.quotes.some(({ link }) => !this.cards.get(link).standing)) await this.prove();
  }

  // Puts the cards in their order, leaving each that stands there, and the focus, where it is.
  show() {
    const { quotes } = basket;
    const links = new Set(quotes.map((quote) => quote.link));
    for (const link of this.cards.keys()) if (!links.has(link)) this.cards.delete(link);
    const cards = quotes.map((quote, at) => this.cardOf(quote).placed(quote, at, quotes.length));
    const focused = document.activeElement;
    if (cards.some((card, at) => this.list.children[at] !== card) || this.list.children.length > cards.length) {
      this.list.replaceChildren(...cards);
      if (this.list.contains(focused)) focused.focus();
    }
    this.empty.hidden = quotes.length > 0;
    this.tools.hidden = this.clear.hidden = !quotes.length;
    this.size.textContent = quotes.length ? counted("basket.quotes", quotes.length) : "";
    this.notices.replaceChildren(...noticeBlocks());
  }

  cardOf(quote) {
    if (!this.cards.has(quote.link)) {
      const takeOut = (link) => this.undoable(text("basket.taken-out"), basket.remove(link), link);
      this.cards.set(quote.link, new QuoteCard(quote, { takeOut, open: (link, button) => this.open(link, button) }));
    }
    return this.cards.get(quote.link);
  }

  // Lets the server hold every quote against its page, some at a time, so that the first need not wait for the last.
  async prove() {
    const { quotes } = basket;
    const mine = (this.proving += 1);
    this.fault.replaceChildren();
    try {
      for (let at = 0; at < quotes.length; at += TOGETHER) {
        const some = quotes.slice(at, at + TOGETHER);
        const form = await fetchJson("/api/basket", posting({ quotes: sent(some) }));
        if (mine !== this.proving) return;
        this.stand(some, form);
      }
      const refused = basket.quotes.filter(({ link }) => this.cards.get(link)?.standing?.error).length;
      if (refused) this.tell(counted("basket.refused", refused));
    } catch (error) {
      if (mine !== this.proving) return;
      const fault = error instanceof Fault ? error : { message: text("basket.unforeseen"), remedy: text("find.unforeseen-remedy") };
      this.fault.replaceChildren(faultBlock(fault, () => this.prove()));
    }
  }

  stand(some, form) {
    const refused = new Map(form.refused.map((one) => [one.number, one.error]));
    const proven = form.quotes.values();
    some.forEach(({ link }, at) => {
      const error = refused.get(at + 1);
      const standing = error ? { error } : { quote: proven.next().value };
      this.cards.get(link)?.stand(standing);
    });
  }

  open(link, button) {
    const proven = basket.quotes.map((quote) => this.cards.get(quote.link)?.standing?.quote).filter(Boolean);
    const cited = proven.map((quote, at) => ({ ...quote, number: at + 1 }));
    const at = proven.indexOf(this.cards.get(link).standing.quote);
    this.room.source.open(cited, at + 1, button);
  }

  exporting(format) {
    return ["/api/basket/export", posting({ quotes: sent(basket.quotes), format })];
  }

  async import(input) {
    const [file] = input.files;
    if (file) this.tell(await importQuotes(file));
    input.value = "";
  }

  tell(...words) {
    this.told.replaceChildren(...words);
  }

  // Says what was done and offers to take it back; `link`: of the quote that was taken out, if it was one.
  undoable(words, takeBack, link) {
    const undo = element("button", { type: "button" }, text("basket.undo"));
    undo.addEventListener("click", () => {
      takeBack();
      this.tell("");
      announce(text("basket.undone"));
      (this.cards.get(link)?.out || this.clear).focus();
    });
    this.tell(`${words} `, undo);
    undo.focus();
  }
}

function sent(quotes) {
  return quotes.map(({ link, words, note }) => ({ link, quote: words, note }));
}

function posting(form) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(form) };
}

// What the reader must know of this browser's keeping.
function noticeBlocks() {
  const blocks = [];
  if (!basket.kept) blocks.push(element("p", {}, text("basket.not-kept")));
  if (basket.unread) {
    const save = element("button", { type: "button" }, text("basket.save-unread"));
    save.addEventListener("click", () => saveFile(new Blob([basket.unread]), "basket-unread.txt"));
    const discard = element("button", { type: "button" }, text("basket.discard-unread"));
    discard.addEventListener("click", () => basket.discardUnread());
    blocks.push(element("p", {}, text("basket.set-aside")), element("div", { class: "actions" }, save, discard));
  }
  return blocks;
}
