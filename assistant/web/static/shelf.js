// What is searched: how many reports, of which years, and which.

import { fetchJson } from "./stream.js";
import { count, element, reportAddress, sentence, seriesLine } from "./words.js";

const WIDE = matchMedia("(min-width: 1100px)");

export class Shelf {
  constructor(place) {
    this.place = place;
    this.documents = null;
    const holdings = place.querySelector(".holdings");
    holdings.open = WIDE.matches;
    WIDE.addEventListener("change", () => (holdings.open = WIDE.matches));
  }

  // How many reports there are; null until they have been listed.
  get size() {
    return this.documents && this.documents.length;
  }

  // A report's title by its slug; the slug where it is not listed.
  titleOf(slug) {
    const found = (this.documents || []).find((document) => document.slug === slug);
    return found ? found.title : slug;
  }

  async fill() {
    const fault = this.place.querySelector(".shelf-fault");
    try {
      this.documents = (await fetchJson("/api/documents")).documents;
      fault.hidden = true;
      this.show();
    } catch (error) {
      fault.textContent = `${sentence(error.message)} ${sentence(error.remedy || "Load the page again")}`;
      fault.hidden = false;
    }
  }

  show() {
    this.place.querySelector(".count").textContent = this.size ? count(this.size, "report", "reports") : "No reports yet";
    this.place.querySelector(".span").textContent = this.size ? yearSpan(this.documents) : "";
    const lines = this.documents.map((document) =>
      element(
        "li",
        {},
        element("a", { class: "report-title", href: reportAddress(document), lang: document.language, dir: "auto" }, document.title),
        element("span", { class: "report-series" }, seriesLine(document) || document.publisher || "undated"),
      ),
    );
    const help = element("li", {}, "Add some with ", element("code", {}, "python -m ingest add FOLDER"), ", then load this page again.");
    this.place.querySelector(".reports").replaceChildren(...(lines.length ? lines : [help]));
  }
}

function yearSpan(documents) {
  const years = documents.map((document) => document.year).filter(Boolean);
  if (!years.length) return "";
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return first === last ? String(first) : `${first}–${last}`;
}
