// Having the library changed: requests that only our own page may make, and what is told of them while they are done.

import { events, fetchJson } from "./stream.js";

const OWN_PAGE = { "X-Reading-Room": "1" };
const BASE = "/api/library";

// Seconds that a small change waits for what is being done to the library to end.
export const PATIENCE = 20;

export async function order(path, form = {}, patience = 0) {
  const headers = { ...OWN_PAGE, "Content-Type": "application/json" };
  for (let waited = 0; ; waited++) {
    try {
      return await fetchJson(`${BASE}/${path}`, { method: "POST", headers, body: JSON.stringify(form) });
    } catch (error) {
      if (error.code !== "busy" || waited >= patience) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

export async function sendFile(file, signal) {
  const address = `${BASE}/files?name=${encodeURIComponent(file.name)}`;
  const headers = { ...OWN_PAGE, "Content-Type": "application/octet-stream" };
  return await fetchJson(address, { method: "POST", headers, body: file, signal });
}

// What is being done, or was done last; null where nothing was.
export async function latestErrand() {
  return (await fetchJson(`${BASE}/errand`, { headers: OWN_PAGE })).errand;
}

// How far an errand has come, each time that it changes; the last one has `ended`.
export async function* follow(id) {
  const watching = new AbortController();
  const response = await fetch(`${BASE}/errands/${id}`, { headers: OWN_PAGE, signal: watching.signal });
  for await (const { form } of events(response.body, watching.signal)) yield form;
}
