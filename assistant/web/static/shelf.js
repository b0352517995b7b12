// What is searched: how many reports, of which years, and which; what the reader limits it to; their conversations.

import { ConversationList } from "./conversationlist.js";
import { Filters } from "./filters.js";
import { fetchJson } from "./stream.js";
import { counted, text } from "./texts.js";
import { element, reportAddress, sentence, seriesLine } from "./words.js";

const WIDE = matchMedia("(min-width: 1100px)");

export class Shelf {
  constructor(place) {
    this.place = place;
    this.documents = null;
    this.limits = new Filters(place.querySelector(".filters"));
    this.limits.addEventListener("change", () => this.show());
    this.conversations = new ConversationList(place.querySelector(".conversations"));
    this.fold = place.querySelector(".shelf-fold");
    this.fold.open = WIDE.matches;
    WIDE.addEventListener("change", () => (this.fold.open = WIDE.matches));
  }

  // How many reports there are; null until they have been listed.
  get size() {
    return this.documents && this.documents.length;
  }

  // As they are sent with a question.
  get filters() {
    return this.limits.chosen;
  }

  // A report's title by its slug; the slug where it is not listed.
  titleOf(slug) {
    const found = (this.documents || []).find((document) => document.slug === slug);
    return found ? found.title : slug;
  }

  showCurrent(id) {
    this.conversations.showCurrent(id);
    if (!WIDE.matches) this.fold.open = false;
  }

  async fill() {
    const fault = this.place.querySelector(".shelf-fault");
    try {
      this.documents = (await fetchJson("/api/documents")).documents;
      fault.hidden = true;
      this.limits.fill(this.documents);
      this.show();
    } catch (error) {
      fault.textContent = `${sentence(error.message)} ${sentence(error.remedy || text("shelf.reload"))}`;
      fault.hidden = false;
    }
  }

  show() {
    const searched = this.limits.isSet ? this.limits.accepted : this.documents;
    const all = counted("shelf.counted", this.size);
    const words = this.limits.isSet ? text("shelf.of", { searched: searched.length, all }) : all;
    this.place.querySelector(".count").textContent = this.size ? words : text("shelf.none");
    this.place.querySelector(".searched").textContent = this.size ? words : text("shelf.none");
    this.place.querySelector(".filters-told").textContent = this.limits.isSet ? text("shelf.limited", { searched: searched.length, all }) : "";
    this.place.querySelector(".span").textContent = yearSpan(searched);
    const help = element("li", {}, text("shelf.add"), " ", element("code", {}, "python -m ingest add FOLDER"));
    this.place.querySelector(".reports").replaceChildren(...(this.size ? searched.map(reportLine) : [help]));
  }
}

function reportLine(document) {
  const title = { class: "report-title", href: reportAddress(document), lang: document.language, dir: "auto" };
  const series = seriesLine(document) || document.publisher || text("shelf.undated");
  return element("li", {}, element("a", title, document.title), element("span", { class: "report-series" }, series));
}

function yearSpan(documents) {
  const years = documents.map((document) => document.year).filter(Boolean);
  if (!years.length) return "";
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return first === last ? String(first) : `${first}–${last}`;
}
