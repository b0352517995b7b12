// The reading room: waits until Gradio has put the places on the page, then fills them.

import { showCount } from "./basketbutton.js";
import { Conversation } from "./conversation.js";
import { Shelf } from "./shelf.js";
import { Source } from "./source.js";
import { Tabs } from "./tabs.js";
import { text } from "./texts.js";
import { element, sentence } from "./words.js";

const PLACES = ["#room-tabs nav", "#room-shelf .shelf", "#room-conversation .conversation", "#room-source .source"];
const OTHERS = ["find", "check", "library", "basket", "evaluation"];
const LOOK_AGAIN = 2000; // milliseconds

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

const [navigation, shelfPlace, conversationPlace, sourcePlace, ...places] = await whenPresent([
  ...PLACES,
  ...OTHERS.map((name) => `#room-${name} .${name}`),
]);
const room = { shelf: new Shelf(shelfPlace), source: new Source(sourcePlace.parentElement) };
showCount(navigation.querySelector(".basket-count"));
const conversation = new Conversation(conversationPlace, room.shelf, room.source);
const opened = {};

async function open(name) {
  if (name === "ask") return conversation.shown(location.hash.slice("#ask".length).replace(/^\//, ""));
  opened[name] ??= load(name, places[OTHERS.indexOf(name)]);
  await (await opened[name]).shown(decodeURIComponent(location.hash.slice(name.length + 2)));
}

// Where the server cannot be reached, that is said, and tried until it can. A browser does not fetch the same address
// again once it has failed.
async function load(name, place) {
  const fault = element("p", { class: "fault", role: "alert" }, `${sentence(text("room.unreachable"))} ${text("room.goes_on")}`);
  for (let again = 0; ; again++) {
    try {
      const [Tab] = Object.values(await import(`./${name}.js${again ? `?again=${again}` : ""}`));
      fault.remove();
      return new Tab(place, room);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      if (!fault.isConnected) place.prepend(fault);
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
    }
  }
}

const tabs = new Tabs(document.querySelector("#room"), [...navigation.querySelectorAll("a")], open);
await Promise.all([tabs.show(), room.shelf.fill(), conversation.showOpening()]);
