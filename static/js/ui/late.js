/** What did the workspace not get through before it was left? Time on task that waits in this browser goes out from any page. */
import { sendLate } from "../net/visits.js";

const person = document.getElementById("bell")?.dataset.person;
// The workspace sends it itself, with that of the visit under way.
if (person && !document.getElementById("workspace-data")) {
  sendLate(person);
  addEventListener("online", () => sendLate(person));
}
