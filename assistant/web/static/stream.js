// Asking: a question goes out, the answer comes back each time it has grown.

import { text } from "./texts.js";

export class Fault extends Error {
  constructor({ code, message, remedy }) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}

const UNREACHABLE = { code: "unreachable", message: text("room.unreachable"), remedy: text("room.unreachable_remedy") };
const BROKEN_OFF = { code: "broken-off", message: text("ask.broken_off"), remedy: text("ask.broken_off_remedy") };

export async function fetchJson(address, options = {}) {
  const response = await reach(address, options);
  const form = await response.json().catch(() => ({ error: BROKEN_OFF }));
  if (form.error) throw new Fault(form.error);
  return form;
}

// A file that the server writes.
export async function fetchFile(address, options = {}) {
  const response = await reach(address, options);
  if (!response.ok) throw new Fault((await response.json().catch(() => ({ error: BROKEN_OFF }))).error);
  return response.blob();
}

// Yields [whole answer, whether it is complete]. `asked`: {question, history, ignore, filters}, where `ignore` holds
// filters that the question names and that do not hold.
export async function* askStream(asked, signal) {
  const response = await reach("/api/ask/stream", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(asked),
    signal,
  });
  if (!response.ok) throw new Fault((await response.json().catch(() => ({ error: BROKEN_OFF }))).error);
  let complete = false;
  for await (const { name, form } of events(response.body, signal)) {
    if (name === "error") throw new Fault(form.error);
    complete = name === "done";
    yield [form, complete];
  }
  if (!complete) throw new Fault(BROKEN_OFF);
}

async function reach(address, options) {
  try {
    return await fetch(address, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Fault(UNREACHABLE);
  }
}

// Server-sent events, each with its name and its form.
export async function* events(body, signal) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let waiting = "";
  for (;;) {
    const { value, done } = await reader.read().catch((error) => {
      throw signal.aborted ? error : new Fault(BROKEN_OFF);
    });
    if (done) return;
    const blocks = (waiting + decoder.decode(value, { stream: true })).split("\n\n");
    waiting = blocks.pop();
    for (const block of blocks) {
      const lines = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s)));
      yield { name: lines.event, form: JSON.parse(lines.data) };
    }
  }
}
