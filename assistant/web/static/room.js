// The reading room: waits until Gradio has put the places on the page, then fills them.

import { showCount } from "./basketbutton.js";
import { Conversation } from "./conversation.js";
import { Shelf } from "./shelf.js";
import { Source } from "./source.js";
import { Tabs } from "./tabs.js";

const PLACES = ["#room-tabs nav", "#room-shelf .shelf", "#room-conversation .conversation", "#room-source .source"];
const LOADERS = {
  find: async () => (await import("./find.js")).FindTab,
  check: async () => (await import("./check.js")).CheckTab,
  library: async () => (await import("./library.js")).LibraryTab,
  basket: async () => (await import("./basket.js")).BasketTab,
  evaluation: async () => (await import("./evaluation.js")).EvaluationTab,
};

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

const others = Object.keys(LOADERS);
const [navigation, shelfPlace, conversationPlace, sourcePlace, ...places] = await whenPresent([
  ...PLACES,
  ...others.map((name) => `#room-${name} .${name}`),
]);
const room = { shelf: new Shelf(shelfPlace), source: new Source(sourcePlace.parentElement) };
showCount(navigation.querySelector(".basket-count"));
const conversation = new Conversation(conversationPlace, room.shelf, room.source);
const opened = {};

async function open(name) {
  if (name === "ask") return conversation.shown(location.hash.slice("#ask".length).replace(/^\//, ""));
  if (!opened[name]) opened[name] = new (await LOADERS[name]())(places[others.indexOf(name)], room);
  await opened[name].shown(decodeURIComponent(location.hash.slice(name.length + 2)));
}

const tabs = new Tabs(document.querySelector("#room"), [...navigation.querySelectorAll("a")], open);
await Promise.all([tabs.show(), room.shelf.fill(), conversation.showOpening()]);
