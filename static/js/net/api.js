/** How does the page speak with the server? JSON both ways, the CSRF token in a header. */

/** Raised when no answer came or the server failed: try again later. */
export class OfflineError extends Error {}

/** Raised when the session has ended or the person lost the right to edit. */
export class SignedOut extends Error {}

/** @returns {string} */
export function csrfToken() {
  const field = /** @type {HTMLInputElement|null} */ (document.querySelector("input[name=csrfmiddlewaretoken]"));
  return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? field?.value ?? "";
}

/**
 * Sends operations.
 * @param {string} url @param {{text_sha256: string, operations: object[]}} body
 * @returns {Promise<any[]>} a result for each operation. Throws OfflineError, SignedOut.
 */
export async function post(url, body) {
  let response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken(), Accept: "application/json" },
      credentials: "same-origin",
      redirect: "manual",
      // A request outlives the page when the person closes it; browsers allow that for 64 kB.
      keepalive: body.operations.length <= 20,
      body: JSON.stringify(body),
    });
  } catch (error) {
    throw new OfflineError(String(error));
  }
  if (response.status === 401 || response.status === 403 || response.type === "opaqueredirect") throw new SignedOut();
  if (response.status >= 500 || response.status === 429 || response.status === 408) throw new OfflineError(String(response.status));
  const said = await response.json().catch(() => ({}));
  if (response.ok || said.results) return said.results;
  // 404, 409, 413: the whole batch is refused; each operation is told why.
  const detail = said.detail ?? said.title ?? String(response.status);
  return body.operations.map(() => ({ status: "rejected", reason: said.type ?? String(response.status), detail }));
}
