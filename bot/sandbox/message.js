// One message as elements. Nothing that people or the bot wrote is ever read as HTML.

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre" };
const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const MEDIA = {
  photo: ["🖼", "Photo"], document: ["📄", "File"], voice: ["🎤", "Voice message"],
  sticker: ["😊", "Sticker"], contact: ["👤", "Contact"],
};

export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function icon(name) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  drawing.setAttribute("aria-hidden", "true");
  drawing.append(use);
  return drawing;
}

export function render(message, actions, time) {
  if (message.service) return make("p", { className: "service" }, message.service.replaceAll("_", " "));
  const bubble = make("div", { className: "bubble" });
  if (message.from && !message.mine) bubble.append(make("b", { className: "from" }, message.from));
  if (message.forwarded) bubble.append(make("small", {}, "Forwarded message"));
  if (message.reply) bubble.append(quoted(message.reply));
  if (message.media) bubble.append(attached(message.media));
  const words = make("div", { className: "words", dir: "auto" });
  words.append(...marked(message, actions));
  words.classList.toggle("none", !message.text);
  words.append(meta(message, time));
  bubble.tabIndex = 0;
  bubble.append(words);
  if (message.reactions.length) {
    bubble.append(make("div", { className: "reactions" }, ...message.reactions.map((r) => make("span", {}, r))));
  }
  const whole = make("div", { className: "message" }, bubble, tools(message, actions));
  whole.classList.toggle("mine", message.mine);
  if (message.rows.length) {
    whole.classList.add("keyed");
    whole.append(keyboard(message, actions));
  }
  return whole;
}

// What an empty chat shows.
export function about(bot) {
  const words = bot.description || bot.about || "Press Start to find out.";
  return make("div", { className: "about" }, make("b", {}, "What can this bot do?"), words);
}

function meta(message, time) {
  const shown = make("span", { className: "meta" });
  shown.append(message.edited ? `edited ${time}` : time);
  return shown;
}

// Shown while the message is pointed at or touched.
function tools(message, actions) {
  const answer = make("button", { type: "button", onclick: () => actions.reply(message) }, "Answer");
  const change = make("button", { type: "button", onclick: () => actions.edit(message) }, "Edit");
  return make("div", { className: "deeds" }, answer, ...(message.mine ? [change] : []));
}

function quoted(reply) {
  return make("span", { className: "quoted" }, make("b", {}, reply.name), make("span", {}, reply.text));
}

function attached(media) {
  const address = media.id && `/api/file/${encodeURIComponent(media.id)}`;
  if (address && media.kind === "photo") {
    return make("img", { className: "photo", src: address, alt: media.name || "Photo" });
  }
  const [sign, label] = MEDIA[media.kind] ?? ["📎", media.kind];
  const name = make("span", {}, media.name || label);
  const size = media.size < 1024 ? `${media.size} B` : `${Math.round(media.size / 1024)} KB`;
  name.append(make("small", {}, media.kind === "document" ? size : label));
  const badge = make("span", { className: "badge", ariaHidden: "true" }, sign);
  if (!address) return make("div", { className: "media" }, badge, name);
  return make("a", { className: "media", href: address, download: media.name }, badge, name);
}

// Entities are nested spans in UTF-16 units, outermost first: exactly JavaScript's string offsets.
function marked({ text, entities }, actions) {
  return nested(text, 0, text.length, entities, actions);
}

function nested(text, start, end, entities, actions) {
  const parts = [];
  let rest = entities;
  while (rest.length) {
    const [first, ...others] = rest;
    const stop = Math.min(first.offset + first.length, end);
    const inside = others.filter((e) => e.offset < stop);
    if (first.offset > start) parts.push(text.slice(start, first.offset));
    const said = text.slice(first.offset, stop);
    parts.push(...mark(first, said, nested(text, first.offset, stop, inside, actions), actions));
    // A block ends its line by itself: the break written after it would be a second one.
    start = BLOCKS.has(first.type) && text[stop] === "\n" ? stop + 1 : stop;
    rest = others.filter((e) => e.offset >= stop);
  }
  if (start < end) parts.push(text.slice(start, end));
  return parts;
}

function mark(entity, said, children, actions) {
  const { type } = entity;
  if (TAGS[type]) return [make(TAGS[type], {}, ...children)];
  if (type === "url" || type === "text_link") return [link(entity.url ?? said, children)];
  if (type === "email") return [make("a", { href: `mailto:${said}` }, ...children)];
  if (type === "bot_command") {
    return [make("button", { type: "button", className: "command", onclick: () => actions.say(said) }, said)];
  }
  if (type === "spoiler") return [spoiler(children)];
  if (type === "blockquote") return [make("blockquote", {}, ...children)];
  if (type === "expandable_blockquote") return folded(said, children);
  return children;
}

function link(url, children) {
  const safe = /^(https?|tg|mailto):/i.test(url) ? url : `http://${url}`;
  return make("a", { href: safe, target: "_blank", rel: "noreferrer noopener" }, ...children);
}

function spoiler(children) {
  const covered = make("span", { className: "spoiler", tabIndex: 0 }, ...children);
  covered.setAttribute("role", "button");
  covered.setAttribute("aria-label", "Hidden text");
  covered.onclick = () => { covered.classList.add("seen"); covered.removeAttribute("aria-label"); };
  covered.onkeydown = (event) => { if (event.key === "Enter") covered.onclick(); };
  return covered;
}

function folded(said, children) {
  const quote = make("blockquote", {}, ...children);
  if (said.length < 130 && said.split("\n").length < 4) return [quote];
  quote.classList.add("folded");
  const toggle = make("button", { type: "button", className: "unfold", ariaExpanded: "false" }, "More");
  toggle.onclick = () => {
    const open = !quote.classList.toggle("folded");
    toggle.ariaExpanded = String(open);
    toggle.textContent = open ? "Less" : "More";
  };
  return [quote, toggle];
}

function keyboard(message, actions) {
  const rows = message.rows.map((row, r) => {
    const keys = row.map((button, c) => key(message, button, r, c, actions));
    return make("div", { className: "row" }, ...keys);
  });
  const whole = make("div", { className: "rows" }, ...rows);
  whole.setAttribute("role", "group");
  whole.setAttribute("aria-label", "Buttons");
  return whole;
}

function key(message, button, row, column, actions) {
  const label = make("span", {}, button.text);
  const place = { className: `key ${button.style ?? ""}`, title: button.text };
  let made;
  if (button.kind === "url") {
    made = make("a", { ...place, href: button.value, target: "_blank", rel: "noreferrer noopener" }, label, icon("link"));
  } else if (button.kind === "copy_text") {
    made = make("button", { ...place, type: "button", onclick: () => actions.copy(button.value) }, label, icon("copy"));
  } else {
    made = make("button", { ...place, type: "button", onclick: () => actions.press(message.id, row, column) }, label);
    made.classList.toggle("waiting", Boolean(button.waiting));
  }
  made.dataset.place = `${row},${column}`;
  return made;
}
