// Says something to those who hear the page, and shows it for a moment to those who see it.

import { element } from "./words.js";

const SHOWN = 4000;
const place = element("p", { class: "announcement", role: "status" });
let waiting = 0;

export function announce(words) {
  // Nothing beside an open sheet is heard.
  const room = document.querySelector("dialog:modal") || document.querySelector("#room");
  if (place.parentElement !== room) room.append(place);
  clearTimeout(waiting);
  place.textContent = "";
  // A region that was just put on the page, or holds the same words as before, is not read out.
  requestAnimationFrame(() => (place.textContent = words));
  waiting = setTimeout(() => (place.textContent = ""), SHOWN);
}
