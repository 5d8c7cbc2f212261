// One phone: its chat, its typing box, what pops up over it.

import { about, make, render } from "./message.js";
import { dayOf, timeOf } from "./time.js";

const TOAST_MS = 2800;
const TYPING_MS = 5000;

export async function post(path, body) {
  const answer = await fetch(`/api/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const told = await answer.json().catch(() => ({}));
  return { ok: answer.ok, ...told };
}

export class Phone {
  constructor(number, listeners) {
    this.number = number;
    this.listeners = listeners;
    this.state = null;
    this.drawn = new Map();
    this.root = document.getElementById("phone-template").content.firstElementChild.cloneNode(true);
    this.root.setAttribute("aria-label", `Phone ${number}`);
    this.log = this.part(".log");
    this.box = this.part("textarea");
    this.actions = {
      say: (text) => this.say(text),
      copy: (text) => this.copy(text),
      reply: (message) => this.aim({ message, edit: false }),
      edit: (message) => this.aim({ message, edit: true }),
      press: (message, row, column) => this.tell("press", { message, row, column }),
    };
    this.wire();
    this.listen();
  }

  listen() {
    this.source?.close();
    const place = this.place ? `&chat=${this.place.chat}&thread=${this.place.thread ?? ""}` : "";
    this.source = new EventSource(`/api/events?phone=${this.number}${place}`);
    this.source.onmessage = (event) => this.show(JSON.parse(event.data));
    this.source.onerror = () => this.part(".status").replaceChildren("connecting…");
  }

  // Go to another chat, or to a topic of a group.
  open(chat, thread) {
    this.place = { chat, thread };
    this.aim(null);
    this.listen();
    this.listeners.moved(this);
  }

  // What is written next answers a message or changes it; null: neither.
  aim(at) {
    this.aimed = at;
    const strip = this.part(".aimed");
    strip.hidden = !at;
    if (!at) return;
    strip.firstElementChild.textContent = `${at.edit ? "Edit" : "Answer"}: ${at.message.text || "file"}`;
    if (at.edit) { this.box.value = at.message.text; this.typed(); }
    this.box.focus();
  }

  part(selector) { return this.root.querySelector(selector); }
  close() { this.source.close(); this.root.remove(); }

  wire() {
    this.part(".bar").onsubmit = (event) => { event.preventDefault(); this.submit(); };
    this.box.oninput = () => this.typed();
    this.box.onkeydown = (event) => this.keyDown(event);
    this.part(".menu").onclick = () => this.toggle(".commands", ".menu");
    this.part(".attach").onclick = () => this.toggle(".media", ".attach");
    for (const choice of this.root.querySelectorAll(".media button")) {
      choice.onclick = () => this.attach(choice.dataset.kind);
    }
    this.part(".aimed button").onclick = () => { if (this.aimed?.edit) this.box.value = ""; this.aim(null); this.typed(); };
    this.part(".swap").onclick = () => this.listeners.swap();
    this.part(".start").onclick = () => this.tell("start", {}).then(() => this.box.focus());
    this.part(".newest").onclick = () => this.toEnd("smooth");
    this.log.onscroll = () => { this.part(".newest").hidden = this.atEnd(); };
    this.part(".open-tools").onclick = () => this.listeners.tools();
    this.part(".remove").onclick = () => this.listeners.remove(this.number);
    this.root.addEventListener("keydown", (event) => { if (event.key === "Escape") this.fold(); });
    this.typed();
  }

  async tell(path, body) {
    const answer = await post(path, { phone: this.number, ...this.place, ...body });
    if (answer.problem) this.toast(answer.problem);
  }

  submit() {
    const text = this.box.value.trim();
    if (!text) return;
    this.box.value = "";
    this.typed();
    this.say(text);
  }

  // A file is only its name here; what is written in the box is its caption.
  attach(kind) {
    const [caption, name, reply] = [this.box.value.trim(), this.part(".file-name").value.trim(), this.answered()];
    this.fold();
    this.box.value = "";
    this.typed();
    this.tell("media", { kind, caption, name, reply });
  }

  answered() {
    const reply = this.aimed?.edit ? undefined : this.aimed?.message.id;
    this.aim(null);
    return reply;
  }

  say(text) {
    this.fold();
    this.toEnd();
    if (this.aimed?.edit) {
      const { message } = this.aimed;
      this.aim(null);
      return this.tell("edit", { message: message.id, text });
    }
    return this.tell("text", { text, reply: this.answered() });
  }

  typed() {
    this.part(".send").disabled = !this.box.value.trim();
    const written = this.box.value;
    if (/^\/\w*$/.test(written)) this.offer(written.slice(1));
    else this.fold();
  }

  keyDown(event) {
    const choices = [...this.root.querySelectorAll(".commands:not([hidden]) button")];
    const at = choices.findIndex((choice) => choice.classList.contains("chosen"));
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (at >= 0) choices[at].click();
      else this.submit();
    } else if (choices.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      choices[at]?.classList.remove("chosen");
      const next = (at + (event.key === "ArrowDown" ? 1 : choices.length + Math.min(at, 0) - 1)) % choices.length;
      choices[Math.max(next, 0)].classList.add("chosen");
      choices[Math.max(next, 0)].scrollIntoView({ block: "nearest" });
    }
  }

  toggle(selector, opener) {
    const open = this.part(selector).hidden;
    this.fold();
    if (selector === ".commands") this.offer("");
    this.part(selector).hidden = !open;
    this.part(opener).ariaExpanded = String(open);
  }

  fold() {
    for (const pop of this.root.querySelectorAll(".pop")) pop.hidden = true;
    for (const opener of [".menu", ".attach"]) this.part(opener).ariaExpanded = "false";
  }

  offer(begun) {
    const fitting = (this.state?.menu ?? []).filter(({ command }) => command.startsWith(begun));
    const pop = this.part(".commands");
    pop.replaceChildren(...fitting.map(({ command, description }) => make(
      "button",
      { type: "button", onclick: () => { this.box.value = ""; this.typed(); this.say(`/${command}`); } },
      make("b", {}, `/${command}`),
      make("span", {}, description),
    )));
    pop.hidden = fitting.length === 0;
  }

  toast(text) {
    const shown = this.part(".toast");
    shown.textContent = text;
    shown.classList.add("seen");
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => shown.classList.remove("seen"), TOAST_MS);
  }

  alert(text) {
    const dialog = this.part(".alert");
    dialog.firstElementChild.textContent = text;
    if (!dialog.open) dialog.showModal();
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.toast(`Copied: ${text}`);
    } catch {
      window.prompt("Copy this text", text);
    }
  }

  // --- what is shown

  show(state) {
    const before = this.state;
    this.state = state;
    const same = before && before.person.id === state.person.id ? before : null;
    const owner = same && same.chat === state.chat && same.thread === state.thread ? before : null;
    for (const toast of same ? state.toasts.slice(same.toasts.length) : []) {
      if (toast.alert) this.alert(toast.text);
      else this.toast(toast.text);
    }
    if (!owner) { this.drawn.clear(); this.log.replaceChildren(); }
    this.showHead(state);
    this.showChats(state);
    this.showMessages(state, owner !== null);
    this.showFoot(state);
    this.listeners.changed(this);
  }

  showHead(state) {
    const name = state.chats.find(({ id }) => id === state.chat)?.title || state.bot.name;
    this.part(".name").textContent = name;
    this.part(".avatar").textContent = [...name][0] ?? "?";
    this.log.setAttribute("aria-label", `Chat of ${state.person.first_name} with ${state.bot.name}`);
    const status = this.part(".status");
    const kind = state.chat < 0 ? "group" : "bot";
    status.textContent = state.action ? "typing…" : kind;
    status.classList.toggle("busy", Boolean(state.action));
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => { status.textContent = kind; status.classList.remove("busy"); }, TYPING_MS);
  }

  showChats(state) {
    const places = state.chats.flatMap(({ id, title, topics }) => [
      { id, name: title || state.bot.name },
      ...topics.map((topic) => ({ id, thread: topic.id, name: `${topic.closed ? "✓ " : "# "}${topic.name}` })),
    ]);
    this.part(".chats").hidden = places.length < 2;
    this.part(".chats").replaceChildren(...places.map(({ id, thread, name }) => make("button", {
      type: "button", onclick: () => this.open(id, thread),
      ariaPressed: String(id === state.chat && (thread ?? null) === state.thread),
    }, name)));
  }

  showMessages(state, same) {
    const stay = same && !this.atEnd();
    const elements = [];
    let [day, side] = [null, null];
    for (const message of state.messages) {
      const today = dayOf(message.at);
      if (today !== day) elements.push(this.separator(today));
      const element = this.element(message, same);
      element.classList.toggle("first", side !== message.mine || today !== day);
      elements.push(element);
      [day, side] = [today, message.mine];
    }
    if (!state.messages.length) elements.push(about(state.bot));
    this.arrange(elements);
    if (!stay) this.toEnd();
  }

  // Only what changed is put in place, so that focus, selection and screen readers are left alone.
  arrange(elements) {
    const wanted = new Set(elements);
    for (const child of [...this.log.children]) if (!wanted.has(child)) child.remove();
    elements.forEach((element, place) => {
      if (this.log.children[place] !== element) this.log.insertBefore(element, this.log.children[place] ?? null);
    });
  }

  element(message, same) {
    const signature = JSON.stringify(message) + timeOf(message.at);
    const known = this.drawn.get(message.id);
    if (known?.signature === signature) return known.element;
    const element = render(message, this.actions, timeOf(message.at));
    if (!known && same) element.classList.add("fresh");
    if (known) this.replace(known.element, element);
    this.drawn.set(message.id, { signature, element });
    return element;
  }

  replace(old, fresh) {
    const place = old.contains(document.activeElement) ? document.activeElement.dataset.place : undefined;
    old.replaceWith(fresh);
    if (place === undefined) return;
    const keys = [...fresh.querySelectorAll(".key")];
    (keys.find((key) => key.dataset.place === place) ?? keys[0] ?? this.log).focus({ preventScroll: true });
  }

  separator(day) {
    const key = `day ${day}`;
    if (!this.drawn.has(key)) this.drawn.set(key, { element: make("p", { className: "day" }, day) });
    return this.drawn.get(key).element;
  }

  showFoot(state) {
    const idle = state.chat === state.person.id && (state.blocked || !state.started);
    this.part(".start").hidden = !idle;
    this.part(".start").textContent = state.blocked ? "Restart bot" : "Start";
    this.part(".bar").hidden = idle;
    this.part(".menu").hidden = !state.menu.length;
    const rows = idle ? [] : state.keyboard;
    const keys = this.part(".reply-keyboard");
    keys.hidden = !rows.length;
    keys.replaceChildren(...rows.map((row) => make("div", { className: "row" }, ...row.map((text) => make(
      "button", { type: "button", className: "key", onclick: () => this.say(text) }, make("span", {}, text),
    )))));
  }

  redraw() { if (this.state) this.showMessages(this.state, true); }
  atEnd() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60; }

  toEnd(behavior = "instant") {
    this.log.scrollTo({ top: this.log.scrollHeight, behavior });
    this.part(".newest").hidden = true;
  }
}
