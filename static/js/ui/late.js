/** What did the workspace not get through before it was left? Time on task and comments that wait in this browser go out from any page. */
import { sendLateComments } from "../net/comments.js";
import { sendLate } from "../net/visits.js";

const person = document.getElementById("bell")?.dataset.person;
const workspace = document.getElementById("workspace-data");

function send() {
  // A workspace sends its own: its time with that of the visit under way, its comments after its edits.
  if (!workspace) sendLate(person);
  sendLateComments(person, workspace ? JSON.parse(workspace.textContent).urls.comments : undefined);
}

if (person) {
  send();
  addEventListener("online", send);
}
