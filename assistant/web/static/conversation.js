// The conversation: questions, and answers that grow where they stand. Nodes that are right already are left alone, so
// that the focus stays where it is and a screen reader hears only what is new.

import { citationsOf, showAnswer } from "./answer.js";
import { feedbackBlock } from "./feedback.js";
import { Fault, askStream, fetchJson } from "./stream.js";
import { element, sentence, withCommands } from "./words.js";

const LOOK_AGAIN = 1000;
const MOST_TURNS = 100;
const PREPARING = "The assistant is being prepared. Your question will be answered as soon as it is ready.";
const LOOKING = "Looking in the reports …";

export class Conversation {
  constructor(place, shelf, source) {
    this.place = place;
    this.shelf = shelf;
    this.source = source;
    this.asked = [];
    this.citations = new WeakMap();
    this.questions = new WeakMap();
    this.stopping = null;
    this.box = place.querySelector("textarea");
    this.button = place.querySelector("form.ask button");
    place.querySelector("form.ask").addEventListener("submit", (event) => this.onSubmit(event));
    this.box.addEventListener("keydown", (event) => this.onKey(event));
    this.box.addEventListener("input", () => this.fitBox());
    this.box.disabled = this.button.disabled = false; // from now on a question would be heard
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
    if (!question) return this.box.focus();
    this.box.value = "";
    this.fitBox();
    this.ask(question);
  }

  fitBox() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight + 2, 220)}px`;
  }

  async ask(question) {
    if (this.stopping) return;
    this.putSourceAway();
    const turn = this.addTurn(question);
    const history = this.asked.slice(-MOST_TURNS).map(({ text, ignore }) => ({ role: "user", text, ignore }));
    const asked = { text: question, ignore: {}, history };
    this.questions.set(turn, asked);
    if (await this.answer(turn, asked)) this.asked.push(asked);
  }

  // Asks the question of a turn again in its place, without filters that were read from it.
  async askWithout(turn, filters) {
    if (this.stopping) return;
    this.putSourceAway();
    const asked = this.questions.get(turn);
    for (const [kind, values] of Object.entries(filters)) {
      asked.ignore[kind] = kind === "years" ? values : [...(asked.ignore[kind] || []), ...values];
    }
    turn.querySelector(".feedback")?.remove();
    turn.querySelector(".question").focus();
    await this.answer(turn, asked);
  }

  // Whether the answer came whole.
  async answer(turn, asked) {
    this.beBusy(new AbortController());
    try {
      await this.follow(asked, turn);
      return true;
    } catch (error) {
      if (error.name === "AbortError") this.say(turn, "Stopped.");
      else this.showFault(turn, error, asked.text);
      return false;
    } finally {
      this.beBusy(null);
    }
  }

  // A source that stayed open would seem to belong to the new answer.
  putSourceAway() {
    if (!this.source.isOpen) return;
    this.source.close();
    this.box.focus();
  }

  // Asks, and asks again by itself where the assistant was not there yet.
  async follow({ text, history, ignore }, turn) {
    for (;;) {
      await this.waitUntilReady(turn);
      try {
        for await (const [answer, complete] of askStream(text, history, ignore, this.stopping.signal)) {
          this.show(turn, answer, complete);
          this.say(turn, complete ? "" : LOOKING);
        }
        return;
      } catch (error) {
        if (error.code !== "loading") throw error;
      }
    }
  }

  show(turn, answer, complete) {
    this.citations.set(turn, citationsOf(answer));
    showAnswer(turn.querySelector(".answer"), answer, complete, this.shelf, {
      open: (number, button) => this.source.open(this.citations.get(turn), number, button),
      without: (filters) => this.askWithout(turn, filters),
    });
    const was = turn.querySelector(".feedback");
    if (complete && !was) turn.append(feedbackBlock(answer, this.questions.get(turn).history));
  }

  async waitUntilReady(turn) {
    const { signal } = this.stopping;
    for (;;) {
      try {
        await fetchJson("/api/ready", { signal });
        break;
      } catch (error) {
        if (error.code !== "loading") {
          if (error.code === "empty-library") break;
          throw error;
        }
      }
      this.say(turn, PREPARING);
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
      signal.throwIfAborted();
    }
    this.say(turn, LOOKING);
  }

  addTurn(question) {
    this.place.querySelector(".opening").hidden = true;
    const turn = element(
      "article",
      { class: "turn" },
      element("h2", { class: "question", dir: "auto", tabindex: "-1" }, question),
      element("div", { class: "answer" }),
      element("p", { class: "waiting" }),
    );
    this.place.querySelector(".turns").append(turn);
    turn.scrollIntoView({ block: "start" });
    return turn;
  }

  say(turn, words) {
    const waiting = turn.querySelector(".waiting");
    if (waiting.textContent !== words) waiting.textContent = words;
    waiting.hidden = !words;
  }

  beBusy(stopping) {
    this.stopping = stopping;
    this.button.textContent = stopping ? "Stop" : "Ask";
    this.place.setAttribute("aria-busy", stopping ? "true" : "false");
  }

  showFault(turn, error, question) {
    this.say(turn, "");
    const known = error instanceof Fault;
    if (!known) console.error(error);
    const words = known ? error : { message: "this page has stumbled", remedy: "load it again" };
    const again = element("button", { type: "button" }, "Ask again");
    again.addEventListener("click", () => {
      turn.remove();
      this.box.focus();
      this.ask(question);
    });
    const lines = [element("p", {}, sentence(words.message)), element("p", {}, ...withCommands(sentence(words.remedy))), again];
    turn.querySelector(".answer").append(element("div", { class: "fault" }, ...lines));
  }
}
