// The reading room: waits until Gradio has put the three places on the page, then fills them.

import { Conversation } from "./conversation.js";
import { Shelf } from "./shelf.js";
import { Source } from "./source.js";

const PLACES = ["#room-shelf .shelf", "#room-conversation .conversation", "#room-source .source"];

function whenPresent(selectors) {
  return new Promise((resolve) => {
    const found = () => selectors.map((selector) => document.querySelector(selector));
    if (found().every(Boolean)) return resolve(found());
    const observer = new MutationObserver(() => {
      if (!found().every(Boolean)) return;
      observer.disconnect();
      resolve(found());
    });
    observer.observe(document.documentElement, { childList: true, subtree: true });
  });
}

const [shelfPlace, conversationPlace, sourcePlace] = await whenPresent(PLACES);
const shelf = new Shelf(shelfPlace);
const source = new Source(sourcePlace.parentElement);
const conversation = new Conversation(conversationPlace, shelf, source);
await Promise.all([shelf.fill(), conversation.showOpening()]);
