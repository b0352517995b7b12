// The source of a citation: its pages as they look, with the exact words marked, or their text. Beside the conversation
// where there is room for it, otherwise a sheet over it.

import { read, write } from "./memory.js";
import { Sheet } from "./sheet.js";
import { showActions, showMore } from "./sourceactions.js";
import { fetchJson } from "./stream.js";
import { text } from "./texts.js";
import { bound, element, pageLine, seriesLine, wholeQuote } from "./words.js";
import { Zoom } from "./zoom.js";

const NARROW = matchMedia("(max-width: 899px)");
const VIEW = "source-view";
const PREPARED = 3; // pages

export class Source {
  constructor(place) {
    this.dialog = place.querySelector("dialog");
    this.rest = place.querySelector(".source-rest");
    this.citations = [];
    this.at = 0;
    this.page = null; // a page of the report that was turned to; null: those that the quote stands on
    this.opener = null;
    this.zoom = new Zoom(this.dialog.querySelector(".source-zoom"), this.part("pages"));
    this.dialog.addEventListener("cancel", (event) => this.onEscape(event));
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.close());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.isOpen && this.onEscape(event));
    this.button("previous").addEventListener("click", () => this.move(-1));
    this.button("next").addEventListener("click", () => this.move(1));
    this.button("close").addEventListener("click", () => this.close());
    this.button("page-back").addEventListener("click", () => this.turn(-1));
    this.button("page-on").addEventListener("click", () => this.turn(1));
    for (const button of this.views) button.addEventListener("click", () => this.chooseView(button.dataset.view));
    this.chooseView(read(VIEW) === "text" ? "text" : "image");
    NARROW.addEventListener("change", () => this.isOpen && this.raise());
  }

  get isOpen() {
    return this.dialog.open;
  }

  get citation() {
    return this.citations[this.at];
  }

  get views() {
    return this.dialog.querySelectorAll("button.view");
  }

  button(name) {
    return this.dialog.querySelector(`button.${name}`);
  }

  part(name) {
    return this.dialog.querySelector(`.source-${name}`);
  }

  async open(citations, number, opener) {
    this.citations = citations;
    this.at = citations.findIndex((citation) => citation.number === number);
    this.opener = opener;
    this.raise();
    this.part("title").focus();
    await this.show();
  }

  // Has the first pages that an answer cites drawn before somebody opens them.
  async prepare(citations) {
    if (this.dialog.dataset.view !== "image" || navigator.connection?.saveData) return;
    const pages = new Map();
    for (const citation of citations) {
      for (const part of citation.parts) pages.set(`${citation.document.sha256} ${part.page}`, [citation, part]);
    }
    for (const [citation, part] of [...pages.values()].slice(0, PREPARED)) await (await Sheet.read(citation, part, this.zoom.width)).drawn;
  }

  raise() {
    if (this.isOpen) this.dialog.close();
    if (NARROW.matches) this.dialog.showModal();
    else this.dialog.show();
    this.rest.hidden = true;
  }

  onEscape(event) {
    event.preventDefault();
    this.close();
  }

  close() {
    this.dialog.close();
    this.rest.hidden = false;
    this.markButtons(null);
    if (this.opener) this.opener.focus();
  }

  async move(step) {
    const wanted = this.at + step;
    if (wanted < 0 || wanted >= this.citations.length) return;
    this.at = wanted;
    await this.show();
  }

  // To a page of the report before or after; a page of the quote shows the quote again.
  async turn(step) {
    const { parts } = this.citation;
    const from = this.page ?? (step < 0 ? parts[0].page : parts.at(-1).page);
    const wanted = from + step;
    if (wanted < 1 || wanted > this.pages) return;
    await this.showPages(parts.some((part) => part.page === wanted) ? null : wanted);
  }

  chooseView(view) {
    write(VIEW, view);
    this.dialog.dataset.view = view;
    for (const button of this.views) button.setAttribute("aria-pressed", String(button.dataset.view === view));
    this.zoom.hidden = view !== "image";
    if (this.isOpen) this.toMark();
  }

  async show() {
    this.showHead();
    this.markButtons(this.citation);
    showActions(this.part("actions"), this.citation);
    showMore(this.part("more"), this.citation);
    await this.showPages(null);
  }

  async showPages(page) {
    const { citation } = this;
    this.page = page;
    this.dialog.querySelector(".verdict").textContent = "";
    this.part("pages").replaceChildren(element("p", { class: "hint" }, text("source.opening")));
    const parts = page === null ? citation.parts : [{ page, page_label: null, quote: "", start: 0, end: 0 }];
    const sheets = await Promise.all(parts.map((part) => Sheet.read(citation, part, this.zoom.width)));
    if (citation !== this.citation || page !== this.page) return;
    if (page === null && !sheets.every((sheet) => sheet.stands)) {
      const now = await whereNow(citation);
      if (citation !== this.citation || page !== this.page) return;
      if (now) return this.showAgain(now);
    }
    this.part("pages").replaceChildren(...sheets.map((sheet) => sheet.place));
    this.pages = Math.max(...sheets.map((sheet) => sheet.pages));
    this.showPlace(sheets);
    this.zoom.fit();
    this.toMark();
    for (const sheet of sheets) sheet.drawn.then(() => this.showVerdict(sheets) || this.toMark());
  }

  async showAgain(citation) {
    this.citations = this.citations.toSpliced(this.at, 1, citation);
    await this.show();
  }

  // Scrolls to the words, or to the top where none are marked.
  toMark() {
    const pages = this.part("pages");
    const mark = [...pages.querySelectorAll(".mark, mark")].find((one) => one.offsetParent);
    pages.scrollTop = 0;
    if (!mark) return;
    const [inner, outer] = [mark.getBoundingClientRect(), pages.getBoundingClientRect()];
    pages.scrollTop = inner.top - outer.top - pages.clientHeight / 4;
    if (inner.right > outer.right) pages.scrollLeft = inner.left - outer.left - pages.clientWidth / 8;
  }

  showHead() {
    const { document: report, parts, number } = this.citation;
    const title = this.part("title");
    title.textContent = report.title;
    title.lang = report.language;
    const period = report.reference_period && text("answer.period", { period: report.reference_period });
    const lines = [seriesLine(report), parts.map(pageLine).join(", "), period];
    this.part("series").textContent = lines.filter(Boolean).map(bound).join(", ");
    this.part("place").textContent = text("source.place", { number, at: this.at + 1, all: this.citations.length });
    this.button("previous").setAttribute("aria-disabled", this.at === 0);
    this.button("next").setAttribute("aria-disabled", this.at === this.citations.length - 1);
  }

  showPlace(sheets) {
    const [first, last] = [sheets[0].page, sheets.at(-1).page];
    const pages = first === last ? first : `${first}–${last}`;
    this.dialog.querySelector(".page-at").textContent = this.pages ? text("source.page_at", { page: pages, all: this.pages }) : "";
    this.button("page-back").setAttribute("aria-disabled", first <= 1);
    this.button("page-on").setAttribute("aria-disabled", !(last < this.pages));
    this.showVerdict(sheets);
  }

  // In words: whether the quote stands on the page, and whether its place on the picture is known.
  showVerdict(sheets) {
    const verdict = this.dialog.querySelector(".verdict");
    const stands = sheets.every((sheet) => sheet.stands);
    const unsure = sheets.some((sheet) => sheet.isUnsure);
    const read = sheets.every((sheet) => sheet.isRead);
    const name = !read ? "unread" : this.page !== null ? "elsewhere" : !stands ? "not_there" : unsure ? "unsure" : "verbatim";
    const words = text(`source.${name === "verbatim" && sheets.length > 1 ? "verbatim_pages" : name}`);
    if (verdict.textContent !== words) verdict.textContent = words;
    verdict.dataset.verdict = name;
  }

  markButtons(citation) {
    for (const button of document.querySelectorAll("button.cite[aria-current]")) button.removeAttribute("aria-current");
    const turn = this.opener && this.opener.closest(".turn");
    if (!citation || !turn) return;
    for (const button of turn.querySelectorAll(`button.cite[data-link="${CSS.escape(citation.link)}"]`)) {
      button.setAttribute("aria-current", "true");
    }
  }
}

// Where a citation's words stand by its permanent link, if they stand elsewhere than they did: the report may have been
// read anew since the citation was made. Null where the link does not have these words.
async function whereNow(citation) {
  try {
    const found = await fetchJson(`/api/citations/${citation.link}`);
    const moved = JSON.stringify(found.parts) !== JSON.stringify(citation.parts);
    return moved && wholeQuote(found) === wholeQuote(citation) ? { ...found, number: citation.number } : null;
  } catch {
    return null;
  }
}
