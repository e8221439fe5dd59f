/** What has the server worked out about the article? Asked for until it is there: a new article is being prepared. */

// Seconds between questions; the last goes on. Where somebody else looks at another tab, nobody asks.
const PAUSES = [0.5, 1, 1, 2, 3, 5, 10];

/** @typedef {{text_sha256: string, engine: string, text: string, sections: number[]}} Analysis */

/**
 * @param {string} url @param {{wanted: () => boolean, onWait: () => void}} options wanted: whether anybody waits still;
 *   onWait: it is not there yet
 * @returns {Promise<Analysis|null>} null where nobody wants it any more @throws {Error} where the server can't make it
 */
export async function fetchAnalysis(url, { wanted, onWait }) {
  for (let tries = 0; wanted(); tries++) {
    const answer = await ask(url);
    if (answer?.status === 200) return answer.json();
    if (answer && answer.status !== 202 && answer.status < 500) throw new Error(`refused: ${answer.status}`);
    if (answer?.status === 503 && answer.headers.get("Content-Type")?.includes("problem")) throw new Error("the text could not be analysed");
    onWait();
    await pause(PAUSES[Math.min(tries, PAUSES.length - 1)]);
  }
  return null;
}

/** @param {string} url @returns {Promise<Response|null>} null without a network */
async function ask(url) {
  try {
    return await fetch(url, { credentials: "same-origin", redirect: "manual", headers: { Accept: "application/json" } });
  } catch {
    return null;
  }
}

/** @param {number} seconds @returns {Promise<void>} and for as long as nobody looks at the page */
async function pause(seconds) {
  await new Promise((go) => setTimeout(go, seconds * 1000));
  while (document.hidden) await new Promise((go) => document.addEventListener("visibilitychange", go, { once: true }));
}
