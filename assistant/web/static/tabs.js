// The tabs are links to places of one page: #find, #library and so on. The browser's own back button walks them, and a
// tab's script is loaded when it is first opened.

const TABS = ["ask", "find", "check", "library", "basket", "evaluation"];

export class Tabs {
  // `open(name)`: gets a tab ready, each time that it is shown.
  constructor(room, links, open) {
    this.room = room;
    this.links = links;
    this.open = open;
    addEventListener("hashchange", () => this.show(true));
  }

  get wanted() {
    const name = location.hash.slice(1).split(/[/?]/)[0];
    return TABS.includes(name) ? name : "ask";
  }

  async show(moved = false) {
    const name = this.wanted;
    this.room.dataset.tab = name;
    for (const link of this.links) {
      if (link.hash === `#${name}`) {
        link.setAttribute("aria-current", "page");
        link.scrollIntoView({ block: "nearest", inline: "nearest" });
      } else link.removeAttribute("aria-current");
    }
    await this.open(name);
    if (moved) this.room.querySelector(`#room-${name} .tab-title`)?.focus({ preventScroll: name === "ask" });
  }
}
