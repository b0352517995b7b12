// The source of a citation: its page, with the exact words marked. Beside the conversation where there is room for it,
// otherwise a sheet over it.

import { fetchJson } from "./stream.js";
import { cut, element, markedParagraphs, pageLine, reportAddress, sentence, seriesLine } from "./words.js";

const NARROW = matchMedia("(max-width: 899px)");

export class Source {
  constructor(place) {
    this.dialog = place.querySelector("dialog");
    this.rest = place.querySelector(".source-rest");
    this.citations = [];
    this.at = 0;
    this.opener = null;
    this.dialog.addEventListener("cancel", (event) => this.onEscape(event));
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.close());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.isOpen && this.onEscape(event));
    this.button("previous").addEventListener("click", () => this.move(-1));
    this.button("next").addEventListener("click", () => this.move(1));
    this.button("close").addEventListener("click", () => this.close());
    NARROW.addEventListener("change", () => this.isOpen && this.raise());
  }

  get isOpen() {
    return this.dialog.open;
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

  async show() {
    const citation = this.citations[this.at];
    this.showHead(citation);
    this.markButtons(citation);
    const pages = this.part("pages");
    pages.replaceChildren(element("p", { class: "hint" }, "Opening the page …"));
    const sheets = await Promise.all(citation.parts.map((part) => sheetOf(citation, part)));
    if (citation !== this.citations[this.at]) return;
    pages.replaceChildren(...sheets);
    pages.scrollTop = 0;
    const mark = pages.querySelector("mark");
    if (mark) pages.scrollTop = mark.getBoundingClientRect().top - pages.getBoundingClientRect().top - pages.clientHeight / 4;
  }

  showHead(citation) {
    const { document: report, parts, link } = citation;
    const title = this.part("title");
    title.textContent = report.title;
    title.lang = report.language;
    const lines = [seriesLine(report), parts.map(pageLine).join(", ")];
    this.part("series").textContent = lines.filter(Boolean).join(", ");
    const beside = { target: "_blank", rel: "noopener" };
    this.part("links").replaceChildren(
      element("a", { href: `/c/${link}`, ...beside }, "Permanent link"),
      element("a", { href: reportAddress(report, parts[0].page), ...beside }, "Page beside what was read"),
      element("a", { href: reportAddress(report), ...beside }, "About the report"),
    );
    this.part("place").textContent = `Citation ${citation.number}, ${this.at + 1} of ${this.citations.length}`;
    this.button("previous").setAttribute("aria-disabled", this.at === 0);
    this.button("next").setAttribute("aria-disabled", this.at === this.citations.length - 1);
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

// One page with the words marked, once it is proven that they stand there; otherwise a word on why not.
async function sheetOf({ document: report, language }, part) {
  const sheet = element("section", { class: "sheet", lang: report.language, dir: "auto", "aria-label": pageLine(part) });
  sheet.append(element("h3", { lang: "en" }, pageLine(part)));
  const address = `/api/documents/${encodeURIComponent(report.slug)}/pages/${part.page}?edition=${report.sha256}`;
  try {
    const page = await fetchJson(address);
    if (cut(page.text, part.start, part.end) !== part.quote) throw new Error("These words could not be found on the page again");
    sheet.append(...markedParagraphs(page.text, part.start, part.end, language));
  } catch (error) {
    const remedy = error.remedy || "follow the permanent link, which looks for them in the whole report";
    sheet.append(element("p", { class: "fault", lang: "en" }, `${sentence(error.message)} ${sentence(remedy)}`));
  }
  return sheet;
}
