// Clock, phones and what was sent: everything beside the phones.

import { post } from "./chat.js";
import { make } from "./message.js";
import { briefOf, dateOf, setZone, timeOf, zoneNow } from "./time.js";

const BAD = new Set(["failed", "unknown", "expired", "unreachable"]);
const byId = (id) => document.getElementById(id);

export class Tools {
  constructor(desk) {
    this.desk = desk;
    this.now = null;
    this.wireClock();
    this.wirePhone();
    byId("close-tools").onclick = () => this.close();
    byId("shade").onclick = () => this.close();
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
    setInterval(() => this.refresh(), 5000);
  }

  open() {
    byId("tools").classList.add("open");
    byId("shade").hidden = false;
    byId("close-tools").focus();
  }

  close() {
    byId("tools").classList.remove("open");
    byId("shade").hidden = true;
  }

  wireClock() {
    byId("zone").value = zoneNow();
    byId("zone").onchange = () => { setZone(byId("zone").value); this.desk.redraw(); this.refresh(); };
    for (const button of document.querySelectorAll("[data-by]")) button.onclick = () => this.turn(button.dataset.by);
  }

  async turn(by) {
    const buttons = document.querySelectorAll("[data-by]");
    const pressed = document.activeElement;
    for (const button of buttons) button.disabled = true;
    byId("clock-note").textContent = "Turning the clock…";
    const answer = await post("clock", { by }).catch(() => ({ ok: false }));
    for (const button of buttons) button.disabled = false;
    pressed?.focus();
    byId("clock-note").textContent = this.said(answer);
    if (by === "reminder" && answer.found) this.close(); // on a phone it lies over the reminder
    this.refresh();
  }

  said(answer) {
    if (!answer.ok) return "The clock could not be turned.";
    return answer.found ? "" : "No reminder is planned.";
  }

  wirePhone() {
    byId("language").onchange = () => this.tell("language", { language: byId("language").value });
    byId("second").onclick = () => this.desk.second();
    byId("replace").onclick = () => this.tell("replace", {});
    byId("block").onclick = () => this.tell(this.desk.current().state?.blocked ? "start" : "block", {});
    byId("deep-link").onsubmit = (event) => {
      event.preventDefault();
      this.tell("start", { payload: byId("payload").value });
      this.close();
    };
  }

  tell(path, body) { return this.desk.current().tell(path, body); }

  phones(numbers, current) {
    byId("which").hidden = numbers.length < 2;
    byId("which").replaceChildren(...numbers.map((number) => make("button", {
      type: "button", ariaPressed: String(number === current), onclick: () => this.desk.choose(number),
    }, `${number} · ${this.desk.owner(number)}`)));
    byId("second").textContent = numbers.length < 2 ? "Second phone" : "One phone";
    const state = this.desk.current()?.state;
    if (!state) return;
    byId("language").value = state.person.language_code ?? "";
    byId("block").textContent = state.blocked ? "Restart the bot" : "Block the bot";
    byId("block").disabled = !state.started;
  }

  refresh() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), 60);
  }

  async load() {
    const answer = await fetch("/api/sent").catch(() => null);
    if (!answer?.ok) return;
    const { sent, refused, now } = await answer.json();
    byId("clock").replaceChildren(timeOf(now), make("small", {}, dateOf(now)));
    byId("sent-count").textContent = sent.length ? `(${sent.length})` : "";
    byId("sent").replaceChildren(...sent.map((line) => this.line(line)));
    byId("refused-part").hidden = !refused.length;
    byId("refused").replaceChildren(...refused.map((r) => make("li", {}, `${r.method}: ${r.why}`)));
  }

  line({ at, kind, state, text }) {
    const name = make("span", { className: "kind" }, `${kind} `);
    name.append(make("span", { className: BAD.has(state) ? "state bad" : "state" }, state));
    const time = make("time", { dateTime: at }, briefOf(at));
    return make("li", {}, name, time, make("span", { className: "what", title: text }, text));
  }
}
