// A file that is being added, or was, on one line: its name, how far it has come, and what came of it in words.

import { text } from "./texts.js";
import { element, reportAddress, sentence, withCommands } from "./words.js";

// `page` of `pages` were read; `words` say what is being done, or why it failed.
export function fileLine({ name, words, page, pages, failed }) {
  const bar = pages ? element("progress", { value: page, max: pages, "aria-label": name }) : null;
  return element("li", { class: failed ? "file failed" : "file" }, element("span", { class: "file-name", dir: "auto" }, name), bar, element("span", { class: "file-words" }, ...withCommands(words)));
}

export function outcomeLine(name, { status, slug, pages, error, warnings }) {
  if (error) {
    const words = `${text("library.status_failed")}: ${sentence(error.message)} ${sentence(error.remedy)}`;
    return fileLine({ name, failed: true, words });
  }
  const line = fileLine({ name, words: text(`library.status_${status}`, { pages }) });
  const look = new Set(warnings.map((warning) => warning.page)).size;
  line.lastChild.append(" ", element("a", { href: reportAddress({ slug }) }, text("library.reading_report")));
  if (look) line.lastChild.append(" ", text("library.pages_wrong", { count: look }));
  return line;
}
