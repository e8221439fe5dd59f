/** How does the account remember what a person likes? The page has changed already; this tells the server. */
import { csrfToken } from "./api.js";

/** @param {string} url @param {Record<string, string>} chosen by name, as annotations/views/preferences.py knows them */
export function savePreferences(url, chosen) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ csrfmiddlewaretoken: csrfToken(), ...chosen })) body.set(name, value);
  fetch(url, { method: "POST", body, headers: { "X-Requested-With": "fetch" }, credentials: "same-origin", keepalive: true }).catch(() => {
    // The choice holds for this page; only remembering it failed.
  });
}
