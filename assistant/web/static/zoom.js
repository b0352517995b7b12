// How large the pictures of pages are: as wide as their place, or up to three times that. The browser then asks for a
// picture that is sharp at that width.

const STEPS = [1, 1.25, 1.5, 2, 3];

// A page that is as wide as a telephone cannot be read.
const NARROW = matchMedia("(max-width: 499px)");

export class Zoom {
  constructor(tools, pages) {
    this.tools = tools;
    this.pages = pages;
    this.at = NARROW.matches ? STEPS.indexOf(2) : 0;
    this.button(".smaller").addEventListener("click", () => this.change(-1));
    this.button(".larger").addEventListener("click", () => this.change(1));
    new ResizeObserver(() => this.fit()).observe(pages);
  }

  set hidden(hidden) {
    this.tools.hidden = hidden;
  }

  // Pixels that a picture is wide, or will be once its place is opened.
  get width() {
    const { paddingLeft, paddingRight } = getComputedStyle(this.pages);
    const place = this.pages.clientWidth || this.pages.closest("dialog").parentElement.clientWidth;
    return Math.ceil(STEPS[this.at] * (place - parseFloat(paddingLeft) - parseFloat(paddingRight)));
  }

  button(name) {
    return this.tools.querySelector(name);
  }

  // The words that are marked stay where they are in view.
  change(step) {
    this.at = Math.min(Math.max(this.at + step, 0), STEPS.length - 1);
    const middle = (this.pages.scrollTop + this.pages.clientHeight / 2) / this.pages.scrollHeight;
    const across = (this.pages.scrollLeft + this.pages.clientWidth / 2) / this.pages.scrollWidth;
    this.fit();
    this.pages.scrollTop = middle * this.pages.scrollHeight - this.pages.clientHeight / 2;
    this.pages.scrollLeft = across * this.pages.scrollWidth - this.pages.clientWidth / 2;
  }

  fit() {
    const factor = STEPS[this.at];
    for (const frame of this.pages.querySelectorAll(".sheet-image")) {
      frame.style.width = `${factor * 100}%`;
      const picture = frame.querySelector("img");
      if (parseFloat(picture.sizes) < this.width) picture.sizes = `${this.width}px`; // never to a duller one again
    }
    this.tools.querySelector("output").textContent = `${factor * 100} %`;
    this.button(".smaller").setAttribute("aria-disabled", this.at === 0);
    this.button(".larger").setAttribute("aria-disabled", this.at === STEPS.length - 1);
  }
}
