// The conversation: questions, and answers that grow. It is kept in this browser, and has an address of its own.

import { citationsOf } from "./answer.js";
import { conversations } from "./conversations.js";
import { askStream, fetchJson } from "./stream.js";
import { text } from "./texts.js";
import { Turn } from "./turn.js";
import { element } from "./words.js";

const LOOK_AGAIN = 1000; // milliseconds
const MOST_TURNS = 100;
const NEW = "new";
const LONGEST_QUESTION = 2000; // characters, as in assistant/questions.py

export class Conversation {
  constructor(place, shelf, source) {
    this.place = place;
    this.shelf = shelf;
    this.source = source;
    this.id = null;
    this.turns = [];
    this.stopping = null;
    this.box = place.querySelector("textarea");
    this.fault = place.querySelector(".box-fault");
    this.button = place.querySelector("form.ask button");
    place.querySelector("form.ask").addEventListener("submit", (event) => this.onSubmit(event));
    this.box.addEventListener("keydown", (event) => this.onKey(event));
    this.box.addEventListener("input", () => this.fitBox());
    conversations.addEventListener("change", () => this.id && this.takeIn());
    this.box.disabled = this.button.disabled = false; // from now on a question would be heard
  }

  // The tab is shown at "", "?q=QUESTION", "new", or the id of a conversation.
  shown(rest) {
    const question = new URLSearchParams(rest.startsWith("?") ? rest : "").get("q");
    if (question) {
      this.open(null, []);
      this.ask(question);
    } else if (rest === NEW) {
      this.open(null, []);
      this.box.focus();
    } else if (rest && rest !== this.id) {
      const known = conversations.get(rest);
      this.open(known && known.id, known ? known.turns : []);
      if (!known) this.tell(text("ask.unknown"));
    } else if (this.id) this.address();
  }

  // Shows a conversation from its beginning; null begins another.
  open(id, turns) {
    this.stopping?.abort();
    this.putSourceAway();
    this.id = id;
    this.turns = turns.map((asked) => this.makeTurn(asked));
    this.tell("");
    this.place.querySelector(".opening").hidden = turns.length > 0;
    this.place.querySelector(".turns").replaceChildren(...this.turns.map((turn) => turn.place));
    for (const turn of this.turns) if (!turn.asked.answer) turn.offerAgain(element("p", {}, text("ask.unanswered")));
    this.shelf.showCurrent(id);
    this.turns.at(-1)?.place.scrollIntoView({ block: "start" });
  }

  // The conversation that stands open was deleted.
  leave() {
    history.replaceState(null, "", "#ask");
    this.open(null, []);
  }

  // What another window of this browser has done to this conversation meanwhile.
  takeIn() {
    const known = conversations.get(this.id);
    if (!known) return this.leave();
    const shown = new Set(this.turns.map(({ asked }) => asked.at));
    for (const asked of known.turns.filter(({ at, answer }) => at && answer && !shown.has(at))) {
      const turn = this.makeTurn(asked);
      const next = this.turns.findIndex((one) => one.asked.at > asked.at);
      this.turns.splice(next < 0 ? this.turns.length : next, 0, turn);
      this.place.querySelector(".turns").insertBefore(turn.place, next < 0 ? null : this.turns[next + 1].place);
    }
  }

  tell(words) {
    const told = this.place.querySelector(".conversation-told");
    told.textContent = words;
    told.hidden = !words;
  }

  // A reload, or the address sent to another window of this browser, leads to this conversation.
  address() {
    if (location.hash !== `#ask/${this.id}`) history.replaceState(null, "", `#ask/${this.id}`);
  }

  keep() {
    conversations.save(this.id, this.turns.map((turn) => turn.asked));
    this.tell(conversations.kept ? "" : text("ask.not_kept"));
  }

  async showOpening() {
    const list = this.place.querySelector(".openings");
    try {
      const { questions } = await fetchJson("/api/questions");
      list.replaceChildren(...questions.map((question) => element("li", {}, this.openingButton(question))));
    } catch {
      list.replaceChildren();
    }
  }

  openingButton(question) {
    const button = element("button", { type: "button", class: "opening-question" }, question);
    button.addEventListener("click", () => this.ask(question));
    return button;
  }

  onKey(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!this.stopping) this.onSubmit(event);
  }

  onSubmit(event) {
    event.preventDefault();
    if (this.stopping) return this.stopping.abort();
    const question = this.box.value.trim();
    if (!question || this.isTooLong(question)) return this.box.focus();
    this.box.value = "";
    this.fitBox();
    this.ask(question);
  }

  // Says so beside the box, where the words stay.
  isTooLong(question) {
    const length = Array.from(question).length;
    const words = { length: length.toLocaleString("en-GB"), most: LONGEST_QUESTION.toLocaleString("en-GB") };
    this.fault.textContent = length > LONGEST_QUESTION ? text("ask.too_long", words) : "";
    this.fault.hidden = length <= LONGEST_QUESTION;
    return length > LONGEST_QUESTION;
  }

  fitBox() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight + 2, 220)}px`;
  }

  makeTurn(asked) {
    return new Turn(asked, this.shelf, {
      open: (citations, number, button) => this.source.open(citations, number, button),
      without: (turn, filters) => this.askWithout(turn, filters),
      again: (turn) => this.askAgain(turn),
    });
  }

  async ask(question) {
    if (this.stopping) return;
    this.putSourceAway();
    this.id ??= conversations.newId();
    const turn = this.makeTurn({ text: question, at: Date.now(), ignore: {}, filters: this.shelf.filters, reports: null, answer: null });
    this.turns.push(turn);
    this.place.querySelector(".opening").hidden = true;
    this.place.querySelector(".turns").append(turn.place);
    turn.place.scrollIntoView({ block: "start" });
    this.address();
    this.keep();
    this.shelf.showCurrent(this.id);
    await this.answer(turn);
  }

  // Asks the question of a turn again in its place, without filters that were read from it.
  async askWithout(turn, filters) {
    if (this.stopping) return;
    const { ignore } = turn.asked;
    for (const [kind, values] of Object.entries(filters)) {
      ignore[kind] = kind === "years" ? values : [...(ignore[kind] || []), ...values];
    }
    await this.askAgain(turn);
  }

  async askAgain(turn) {
    if (this.stopping) return;
    this.putSourceAway();
    turn.clear();
    turn.question.focus();
    await this.answer(turn);
  }

  async answer(turn) {
    this.beBusy(new AbortController());
    const mine = this.stopping;
    try {
      await this.follow(turn, mine.signal);
      if (!this.turns.includes(turn)) return;
      this.keep();
      this.source.prepare(citationsOf(turn.asked.answer));
    } catch (error) {
      if (error.name === "AbortError") turn.say(text("ask.stopped"));
      else turn.showFault(error);
    } finally {
      if (this.stopping === mine) this.beBusy(null);
    }
  }

  // A source that stayed open would seem to belong to the new answer.
  putSourceAway() {
    if (!this.source.isOpen) return;
    this.source.close();
    if (this.place.contains(document.activeElement)) this.box.focus();
  }

  // The questions before a turn that were answered, as they are sent with it.
  history(turn) {
    const before = this.turns.slice(0, this.turns.indexOf(turn)).filter(({ asked }) => asked.answer);
    return before.slice(-MOST_TURNS).map(({ asked }) => ({ role: "user", text: asked.text, ignore: asked.ignore }));
  }

  // Asks, and asks again by itself where the assistant was not there yet.
  async follow(turn, signal) {
    const { text: question, ignore, filters } = turn.asked;
    const history = this.history(turn);
    for (;;) {
      await this.waitUntilReady(turn, signal);
      try {
        for await (const [answer, complete] of askStream({ question, history, ignore, filters }, signal)) {
          turn.show(answer, complete, history);
          turn.say(complete ? "" : text("ask.looking"));
        }
        return;
      } catch (error) {
        if (error.code !== "loading") throw error;
      }
    }
  }

  async waitUntilReady(turn, signal) {
    for (;;) {
      try {
        await fetchJson("/api/ready", { signal });
        break;
      } catch (error) {
        if (error.code === "empty-library") break;
        if (error.code !== "loading") throw error;
      }
      turn.say(text("ask.preparing"));
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
      signal.throwIfAborted();
    }
    turn.say(text("ask.looking"));
  }

  beBusy(stopping) {
    this.stopping = stopping;
    this.button.textContent = text(stopping ? "ask.stop" : "ask.ask");
    this.place.setAttribute("aria-busy", stopping ? "true" : "false");
  }
}
