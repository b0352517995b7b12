// The publications that are known to exist: which are here, and which may be fetched from their publishers' sites.

import { fetchJson } from "./stream.js";
import { text } from "./texts.js";
import { element, reportAddress, sentence, seriesLine } from "./words.js";

const MOST = 20;

export class Fetching {
  constructor(place, fetch) {
    this.place = place;
    this.list = place.querySelector(".publications");
    this.button = place.querySelector(".fetch-chosen");
    this.chosen = new Set();
    this.publications = null;
    this.button.addEventListener("click", () => {
      const ids = [...this.chosen];
      this.chosen.clear();
      this.show();
      fetch(ids);
    });
    place.querySelector("input[type=search]").addEventListener("input", () => this.show());
    this.list.addEventListener("change", ({ target }) => {
      if (target.checked) this.chosen.add(target.value);
      else this.chosen.delete(target.value);
      this.count();
    });
  }

  async load(anew = false) {
    if (this.publications && !anew) return;
    const fault = this.place.querySelector(".fetching-fault");
    try {
      this.publications = (await fetchJson("/api/catalogue")).publications;
      fault.hidden = true;
      this.show();
    } catch (error) {
      fault.textContent = `${sentence(error.message)} ${sentence(error.remedy || text("library.again"))}`;
      fault.hidden = false;
    }
  }

  show() {
    const words = this.place.querySelector("input[type=search]").value.toLowerCase().split(/\s+/).filter(Boolean);
    const fit = this.publications.filter((one) => words.every((word) => everything(one).includes(word)));
    fit.sort((one, other) => rank(one) - rank(other) || (other.year || 0) - (one.year || 0));
    this.list.replaceChildren(...fit.map((one) => this.line(one)));
    this.place.querySelector(".nothing-known").hidden = fit.length > 0;
    this.count();
  }

  line(publication) {
    const { id, title, series, publisher, year, covers, slug, address } = publication;
    const about = [series ? seriesLine(publication) : year, publisher].filter(Boolean).join(" · ");
    const told = [element("span", { class: "publication-title", dir: "auto" }, title), element("span", { class: "publication-about" }, about)];
    if (covers) told.push(element("span", { class: "publication-about" }, covers));
    if (slug) return element("li", {}, element("div", { class: "publication" }, ...told, element("a", { href: reportAddress({ slug }) }, text("library.here_already"))));
    if (!address) return element("li", {}, element("div", { class: "publication" }, ...told, element("span", { class: "publication-about" }, text("library.no_address"))));
    const box = element("input", { type: "checkbox", value: id });
    box.checked = this.chosen.has(id);
    return element("li", {}, element("label", { class: "publication may-be-fetched" }, box, ...told));
  }

  count() {
    const number = this.chosen.size;
    this.button.disabled = !number || number > MOST;
    this.button.textContent = number > MOST ? text("library.too_many", { most: MOST }) : number ? text("library.fetch_some", { count: number }) : text("library.fetch_none");
  }
}

// What may be fetched stands first, what is here already last.
function rank({ slug, address }) {
  return slug ? 2 : address ? 0 : 1;
}

function everything({ title, series, number, year, publisher, covers, id }) {
  return [title, series, number && `#${number}`, year, publisher, covers, id].filter(Boolean).join(" ").toLowerCase();
}
