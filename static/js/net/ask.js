/** How does a page ask the server for JSON? One request in the name of one person: an answer, or why there is none. */
import { OfflineError, Refused, SignedOut, csrfToken } from "./api.js";

const TIMEOUT = 120_000;

/**
 * Throws OfflineError, SignedOut or Refused; what `stop` has stopped throws what fetch throws.
 * @param {string} url @param {{method?: string, body?: object, person: number, stop?: AbortSignal}} options a body is sent by POST where no method is named
 * @returns {Promise<any>} an empty object where the server says nothing
 */
export async function ask(url, { body, person, stop, method = body ? "POST" : "GET" }) {
  const headers = { Accept: "application/json", "X-Newsroom-Person": String(person), "X-CSRFToken": csrfToken(), ...(body ? { "Content-Type": "application/json" } : {}) };
  const signal = AbortSignal.any([AbortSignal.timeout(TIMEOUT), ...(stop ? [stop] : [])]);
  /** @type {Response} */
  let response;
  let said;
  try {
    response = await fetch(url, { method, headers, body: body && JSON.stringify(body), credentials: "same-origin", redirect: "manual", signal });
    said = response.status === 204 ? {} : await response.json().catch(() => null);
  } catch (error) {
    if (stop?.aborted) throw error;
    throw new OfflineError(String(error));
  }
  if (response.status === 401 || response.type === "opaqueredirect" || said?.title === "another_person") throw new SignedOut(false);
  if (response.ok && said) return said;
  if (response.status >= 500 || !said?.detail) throw new OfflineError(String(response.status), response.status);
  throw new Refused(response.status, said.title, said.detail);
}
