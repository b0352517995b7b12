// One page of a report: its picture with the quote's words marked, and its text with the same words marked. Nothing is
// marked before it is proven that the words stand there, and nothing on a picture where their place on it is unsure.

import { Fault, fetchJson } from "./stream.js";
import { text } from "./texts.js";
import { bound, cut, element, markedParagraphs, pageLine, sentence } from "./words.js";

const WIDTHS = [480, 960, 1440, 2160, 2880]; // as in assistant/pages.py
const SAME_SHAPE = 0.01; // as in assistant/pages.py: a picture of another shape was drawn turned

export class Sheet {
  // Where words stand on a page; an empty quote shows the page alone. Never fails: what hinders is said on the sheet.
  // `width`: pixels that its image will be wide.
  static async read(citation, part, width) {
    const { slug, sha256 } = citation.document;
    const address = `/api/documents/${encodeURIComponent(slug)}/pages/${part.page}`;
    const edition = `edition=${sha256}`;
    const marks = part.quote ? fetchJson(`${address}/marks?start=${part.start}&end=${part.end}&${edition}`).catch(() => null) : null;
    try {
      const page = await fetchJson(`${address}?${edition}`);
      return new Sheet(citation, part, page, await marks, width);
    } catch (error) {
      return new Sheet(citation, part, null, null, width, error);
    }
  }

  constructor(citation, part, page, marks, width, fault = null) {
    this.page = part.page;
    this.pages = page ? page.pages : 0;
    this.line = pageLine(page || part);
    this.isRead = Boolean(page);
    this.stands = Boolean(page) && cut(page.text, part.start, part.end) === part.quote;
    this.isUnsure = false;
    this.drawn = Promise.resolve();
    const { document: report, language } = citation;
    this.place = element("section", { class: "sheet", lang: report.language, dir: "auto", "aria-label": this.line });
    this.place.append(element("h3", { lang: "en" }, bound(this.line)));
    if (!page) {
      this.place.append(faultLine(fault));
      return;
    }
    if (!this.stands) this.place.append(faultLine(new Fault({ message: text("source.gone"), remedy: text("source.gone_remedy") })));
    this.draw(report, page, this.stands ? marks : null, part.quote, width);
    const words = this.stands ? [part.start, part.end] : [0, 0];
    this.place.append(element("div", { class: "sheet-text" }, ...markedParagraphs(page.text, ...words, language)));
  }

  draw(report, page, marks, quote, width) {
    if (!page.picture) {
      this.withoutPicture(text("source.no_picture"));
      return;
    }
    const alt = text(quote && marks ? "source.alt_marked" : "source.alt", { page: this.line, title: report.title });
    const picture = element("img", { alt, lang: "en", decoding: "async", ...imageSources(report, page.page, width) });
    const frame = element("div", { class: "sheet-image" }, picture);
    if (page.width && page.height) frame.style.aspectRatio = `${page.width} / ${page.height}`;
    this.place.append(frame);
    this.drawn = loaded(picture).then((came) => {
      if (!came) {
        frame.remove();
        this.withoutPicture(text("source.not_drawn"));
      } else if (quote) {
        this.isUnsure = !this.mark(frame, picture, marks);
        if (this.isUnsure) picture.alt = text("source.alt", { page: this.line, title: report.title });
      }
    });
  }

  // Whether the words could be marked.
  mark(frame, picture, marks) {
    const shape = (picture.naturalHeight / picture.naturalWidth) * (marks ? marks.width / marks.height : 0);
    if (!marks || !marks.boxes.length || Math.abs(shape - 1) >= SAME_SHAPE) return false;
    frame.append(
      ...marks.boxes.map((box) => {
        const mark = element("span", { class: "mark", "aria-hidden": "true" });
        mark.style.left = `${(100 * box.left) / marks.width}%`;
        mark.style.top = `${(100 * box.top) / marks.height}%`;
        mark.style.width = `${(100 * box.width) / marks.width}%`;
        mark.style.height = `${(100 * box.height) / marks.height}%`;
        return mark;
      }),
    );
    return true;
  }

  withoutPicture(words) {
    this.place.classList.add("without-picture");
    this.place.querySelector("h3").after(element("p", { class: "hint no-picture", lang: "en" }, words));
  }
}

// The widths that the server draws, of which the browser takes what is sharp at `width` pixels of its own.
function imageSources({ slug, sha256 }, page, width) {
  const address = (wide) => `/api/documents/${encodeURIComponent(slug)}/pages/${page}/image?width=${wide}&edition=${sha256}`;
  return { sizes: `${width}px`, srcset: WIDTHS.map((wide) => `${address(wide)} ${wide}w`).join(", "), src: address(WIDTHS[1]) };
}

function loaded(picture) {
  return new Promise((resolve) => {
    picture.addEventListener("load", () => resolve(true), { once: true });
    picture.addEventListener("error", () => resolve(false), { once: true });
  });
}

function faultLine(error) {
  const remedy = error.remedy || text("source.gone_remedy");
  return element("p", { class: "fault", lang: "en" }, `${sentence(error.message)} ${sentence(remedy)}`);
}
