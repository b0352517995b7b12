// Adding reports: files or a folder are dropped or chosen, sent one by one, then added by a program of the server's,
// which tells how far each has come. What is stopped leaves nothing half behind.

import { Fetching } from "./fetching.js";
import { fileLine, outcomeLine } from "./outcomes.js";
import { follow, latestErrand, order, sendFile } from "./shelving.js";
import { text } from "./texts.js";
import { element, sentence, withCommands } from "./words.js";

const KINDS = /\.(pdf|docx|html?|xhtml|md|txt)$/i;
const MOST = 500;

export class Adding {
  // `changed()`: the library is another one now.
  constructor(place, opener, changed) {
    this.place = place;
    this.opener = opener;
    this.changed = changed;
    this.sending = null;
    this.errand = null;
    this.drop = place.querySelector(".drop");
    this.list = place.querySelector(".errand-files");
    this.stopButton = place.querySelector(".errand-stop");
    this.fetching = new Fetching(place.querySelector(".fetching"), (ids) => this.fetch(ids));
    opener.addEventListener("click", () => this.open(place.hidden));
    this.stopButton.addEventListener("click", () => this.stop());
    this.listen();
  }

  open(wanted) {
    this.place.hidden = !wanted;
    this.opener.setAttribute("aria-expanded", String(wanted));
    if (wanted) this.fetching.load();
  }

  listen() {
    for (const name of ["files", "folder"]) {
      const input = this.place.querySelector(`.choose-${name}-input`);
      this.place.querySelector(`.choose-${name}`).addEventListener("click", () => input.click());
      input.addEventListener("change", () => {
        const files = [...input.files];
        input.value = "";
        this.add(files);
      });
    }
    for (const name of ["dragenter", "dragover"]) {
      this.drop.addEventListener(name, (event) => {
        event.preventDefault();
        this.drop.classList.add("over");
      });
    }
    this.drop.addEventListener("dragleave", () => this.drop.classList.remove("over"));
    this.drop.addEventListener("drop", async (event) => {
      event.preventDefault();
      this.drop.classList.remove("over");
      this.add(await droppedFiles(event.dataTransfer));
    });
  }

  // Where something is under way since before this page was loaded, it is shown again.
  async resume() {
    if (this.errand || this.sending) return;
    const errand = await latestErrand().catch(() => null);
    if (!errand || errand.ended || !["add", "fetch"].includes(errand.kind)) return;
    this.open(true);
    await this.watch(errand);
  }

  async add(files) {
    if (this.sending || this.errand) return this.say(text("library.busy"));
    const fit = files.filter((file) => KINDS.test(file.name)).slice(0, MOST);
    const passed = files.length - fit.length;
    if (!fit.length) return this.fail({ message: text("library.no_files"), remedy: text("library.kinds") });
    this.begin();
    this.sending = new AbortController();
    const states = fit.map((file) => ({ name: file.name, words: text("library.waiting") }));
    const tokens = await this.send(fit, states);
    const stopped = this.sending.signal.aborted;
    this.sending = null;
    this.refused = states.filter((state) => state.failed);
    if (passed) this.say(text("library.passed_over", { count: passed }));
    if (stopped && tokens.length) await order("discard", { files: tokens }).catch(() => null);
    if (stopped || !tokens.length) return this.end(stopped ? text("library.stopped") : "");
    try {
      await this.watch(await order("add", { files: tokens }));
    } catch (error) {
      this.fail(error);
      this.end("");
    }
  }

  // The tokens of the files that the server keeps; the others say why not.
  async send(files, states) {
    const tokens = [];
    for (const [at, file] of files.entries()) {
      if (this.sending.signal.aborted) break;
      states[at] = { ...states[at], words: text("library.sending") };
      this.showFiles(states);
      try {
        tokens.push((await sendFile(file, this.sending.signal)).file);
        states[at] = { ...states[at], words: text("library.sent") };
      } catch (error) {
        if (error.name === "AbortError") break;
        states[at] = { ...states[at], failed: true, words: failure(error) };
      }
    }
    this.showFiles(states);
    return tokens;
  }

  async fetch(ids) {
    if (this.sending || this.errand) return this.say(text("library.busy"));
    this.begin();
    this.refused = [];
    try {
      await this.watch(await order("fetch", { ids }));
    } catch (error) {
      this.fail(error);
      this.end("");
    }
  }

  async watch(errand) {
    this.begin();
    this.errand = errand;
    this.show(errand);
    let latest = errand;
    try {
      for await (latest of follow(errand.id)) this.show(latest);
    } catch {
      this.fail({ message: text("library.lost_sight"), remedy: text("library.again") });
    }
    this.errand = null;
    if (latest.error) this.fail(latest.error);
    this.end(latest.stopping ? text("library.stopped") : text("library.all_done"));
    this.changed();
    this.fetching.load(true);
  }

  stop() {
    if (this.stopButton.getAttribute("aria-disabled") === "true") return;
    if (this.sending) this.sending.abort();
    if (this.errand) order(`errands/${this.errand.id}/stop`).then((errand) => this.show(errand), (error) => this.fail(error));
    this.stopButton.setAttribute("aria-disabled", "true"); // a button that is disabled outright would lose the focus
    this.stopButton.textContent = text("library.stopping");
  }

  begin() {
    this.place.querySelector(".errand").hidden = false;
    this.place.querySelector(".errand-fault").hidden = true;
    this.say("");
    this.stopButton.hidden = false;
    this.stopButton.removeAttribute("aria-disabled");
    this.stopButton.textContent = text("library.stop");
    this.drop.classList.add("at-work");
    this.place.setAttribute("aria-busy", "true");
  }

  end(words) {
    const focused = document.activeElement === this.stopButton;
    this.stopButton.hidden = true;
    this.drop.classList.remove("at-work");
    this.place.removeAttribute("aria-busy");
    this.place.querySelector(".errand-doing").textContent = "";
    if (words) this.say(words);
    if (focused) this.place.querySelector(".errand-title").focus();
  }

  show(errand) {
    const { files, doing, result } = errand;
    const refused = (this.refused || []).map((state) => fileLine(state));
    const lines = result?.documents ? this.outcomes(files, result) : files.map((file, at) => fileLine(standing(file, at, files, errand)));
    this.list.replaceChildren(...refused, ...lines);
    this.place.querySelector(".errand-doing").textContent = errand.ended ? "" : doingWords(doing);
    const done = files.filter((file) => file.said).length;
    if (files.length && !errand.ended) this.say(text("library.done_of", { done, all: files.length }));
  }

  outcomes(files, result) {
    const names = files.length ? files.map((file) => file.name) : result.documents.map((one) => one.path);
    const left = names.slice(result.documents.length).map((name) => fileLine({ name, words: text("library.not_begun") }));
    return [...result.documents.map((outcome, at) => outcomeLine(names[at], outcome)), ...left];
  }

  showFiles(states) {
    this.list.replaceChildren(...states.map(fileLine));
  }

  say(words) {
    const status = this.place.querySelector(".errand-status");
    if (status.textContent !== words) status.textContent = words;
  }

  fail(error) {
    const place = this.place.querySelector(".errand-fault");
    place.replaceChildren(...withCommands(failure(error)));
    place.hidden = false;
    this.place.querySelector(".errand").hidden = false;
  }
}

export function failure({ message, remedy }) {
  return `${sentence(message)} ${remedy ? sentence(remedy) : ""}`.trim();
}

function standing(file, at, files, errand) {
  if (file.said) return { name: file.name, words: text(`library.now_${file.said.split(":")[0]}`) };
  if (file.page && file.page < file.pages) return { ...file, words: text("library.reading_page", file) };
  if (file.page) return { ...file, words: text("library.read") };
  return { name: file.name, words: errand.ended ? text("library.not_begun") : text("library.waiting") };
}

function doingWords(doing) {
  if (doing.words) return sentence(doing.words);
  return doing.passages ? text("library.embedding", doing) : text("library.at_work");
}

// Whatever was dropped, folders opened to their depths.
async function droppedFiles(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files];
  return (await Promise.all(entries.map(filesOf))).flat();
}

async function filesOf(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return (await Promise.all(found.map(filesOf))).flat();
    found.push(...some);
  }
}
