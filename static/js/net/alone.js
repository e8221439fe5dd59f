/** Who may send? One page of a browser at a time: two would say the same, one perhaps what the other has taken back. */

/**
 * Browsers lend locks to secure pages only. Without them pages may send at once what waits; what they send bears an id, by
 * which the server does it once.
 * @template T @param {string} name @param {() => Promise<T>} work @returns {Promise<T>}
 */
export const alone = (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work());
