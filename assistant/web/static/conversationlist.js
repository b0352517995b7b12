// The list of conversations in the shelf: search, open, rename, delete with undo, export.

import { saveConversation } from "./conversationexport.js";
import { conversations } from "./conversations.js";
import { text } from "./texts.js";
import { element } from "./words.js";

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

export class ConversationList {
  constructor(place) {
    this.place = place;
    this.current = null;
    this.renaming = null;
    this.search = place.querySelector("input[type=search]");
    this.list = place.querySelector(".conversation-list");
    this.undo = place.querySelector(".undo");
    this.search.addEventListener("input", () => this.show());
    conversations.addEventListener("change", () => this.show());
    this.show();
  }

  // Marks the conversation that stands open.
  showCurrent(id) {
    this.current = id;
    this.show();
  }

  show() {
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
    const all = conversations.list(this.search.value);
    this.place.hidden = !all.length && !this.search.value && this.undo.hidden;
    const none = element("li", { class: "hint" }, text("shelf.no_match"));
    this.list.replaceChildren(...(all.length ? all.map((one) => this.line(one)) : [none]));
    if (focused) this.list.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  }

  line(one) {
    if (one.id === this.renaming) return element("li", {}, this.nameForm(one));
    const current = one.id === this.current ? "page" : null;
    const link = element("a", { href: `#ask/${one.id}`, dir: "auto", "aria-current": current, "data-focus": `${one.id}-open` }, one.name);
    const day = element("span", { class: "conversation-day" }, DAY.format(one.changed));
    return element("li", {}, link, day, this.menu(one));
  }

  menu(one) {
    const summary = element("summary", { "aria-label": text("shelf.more", { name: one.name }), "data-focus": `${one.id}-more` }, "⋯");
    const acts = [
      ["shelf.rename", () => this.rename(one.id)],
      ["shelf.markdown", () => saveConversation(one, "md")],
      ["shelf.json", () => saveConversation(one, "json")],
      ["shelf.delete", () => this.remove(one)],
    ].map(([name, act]) => {
      const button = element("button", { type: "button" }, text(name));
      button.addEventListener("click", act);
      return button;
    });
    return element("details", { class: "conversation-menu" }, summary, element("div", {}, ...acts));
  }

  rename(id) {
    this.renaming = id;
    this.show();
    const box = this.list.querySelector("form input");
    box.focus();
    box.select();
  }

  nameForm(one) {
    const box = element("input", { type: "text", value: one.name, maxlength: "120", "aria-label": text("shelf.new_name") });
    const form = element("form", { class: "name-form" }, box, element("button", { type: "submit" }, text("shelf.save")));
    const end = (name) => {
      this.renaming = null;
      if (name) conversations.rename(one.id, name);
      this.show();
      this.list.querySelector(`[data-focus="${one.id}-open"]`)?.focus();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      end(box.value);
    });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      end(null);
    });
    return form;
  }

  remove(one) {
    const wasOpen = this.current === one.id;
    const back = conversations.remove(one.id);
    const button = element("button", { type: "button" }, text("shelf.undo"));
    button.addEventListener("click", () => {
      this.undo.hidden = true;
      back();
      if (wasOpen) location.hash = `#ask/${one.id}`;
      this.list.querySelector(`[data-focus="${one.id}-open"]`)?.focus();
    });
    this.undo.replaceChildren(element("span", {}, text("shelf.deleted", { name: one.name })), button);
    this.undo.hidden = false;
    this.show();
    button.focus();
  }
}
