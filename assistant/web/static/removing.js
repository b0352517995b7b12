// Taking a report out of every search, and putting it back as it was.

import { failure } from "./adding.js";
import { PATIENCE, order } from "./shelving.js";
import { text } from "./texts.js";
import { element, withCommands } from "./words.js";

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });

export class Removing {
  // `changed()`: the library is another one now; it gives the way back once that is shown.
  constructor(place, changed) {
    this.notice = place.querySelector(".library-notice");
    this.removed = place.querySelector(".removed");
    this.title = place.querySelector(".tab-title");
    this.changed = changed;
  }

  async remove(report, button) {
    if (!(await this.change(`reports/${encodeURIComponent(report.slug)}/remove`, button, "library.removing"))) return;
    const undo = this.backButton(report, text("library.undo"));
    this.say(text("library.removed_words", { title: report.title }), undo);
    undo.focus();
  }

  backButton(report, words) {
    const button = element("button", { type: "button" }, words);
    button.addEventListener("click", async () => {
      if (!(await this.change(`reports/${encodeURIComponent(report.slug)}/put-back`, button, "library.putting_back"))) return;
      this.say(text("library.back_words", { title: report.title }));
      this.title.focus();
    });
    return button;
  }

  // The reports that were removed, each with the way back.
  show(reports) {
    this.removed.hidden = !reports.length;
    this.removed.querySelector("summary").textContent = text("library.removed_reports", { count: reports.length });
    const lines = reports.map((report) => {
      const title = element("span", { class: "removed-title", lang: report.language, dir: "auto" }, report.title);
      const day = element("span", { class: "hint" }, text("library.removed_on", { day: DAY.format(new Date(report.removed)) }));
      return element("li", {}, title, " ", day, this.backButton(report, text("library.put_back")));
    });
    this.removed.querySelector("ul").replaceChildren(...lines);
  }

  async change(path, button, words) {
    this.say(text(words));
    this.notice.tabIndex = -1;
    this.notice.focus(); // the button goes with its row
    try {
      await order(path, {}, PATIENCE);
      await this.changed();
      return true;
    } catch (error) {
      this.say(failure(error));
      this.notice.classList.add("wrong");
      if (button.isConnected) button.focus();
      return false;
    }
  }

  say(words, button = null) {
    this.notice.classList.remove("wrong");
    this.notice.replaceChildren(element("p", { role: "status" }, ...withCommands(words)), ...(button ? [button] : []));
    this.notice.hidden = false;
  }
}
