// What stands beside a quote: the button that collects it; and how many are collected.

import { announce } from "./announce.js";
import { basket } from "./basketstore.js";
import { counted, text } from "./texts.js";
import { element, sourceLine, wholeQuote } from "./words.js";

// `words`: those that are shown, where they are others than the citation's own.
export function basketButton(citation, words = wholeQuote(citation)) {
  const button = element("button", { type: "button", class: "collect" });
  const show = () => {
    const there = basket.has(citation.link);
    button.textContent = text(there ? "basket.there" : "basket.add");
    button.classList.toggle("collected", there);
    button.setAttribute("aria-disabled", there);
  };
  const follow = () => (button.isConnected ? show() : basket.removeEventListener("change", follow));
  button.addEventListener("click", () => {
    const quote = { link: citation.link, words, origin: sourceLine(citation), language: citation.language };
    announce(text(`basket.${basket.add(quote)}`));
  });
  basket.addEventListener("change", follow);
  show();
  return button;
}

export function showCount(place) {
  const show = () => {
    const said = element("span", { class: "unseen" }, counted("basket.quotes", basket.size));
    place.replaceChildren(element("span", { "aria-hidden": "true" }, String(basket.size)), said);
    place.hidden = basket.size === 0;
  };
  basket.addEventListener("change", show);
  show();
}
