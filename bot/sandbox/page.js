// The desk: one phone or several, and the tools beside them. Address: ?person=1, ?person=2, or both.
// The second phone is the example office's, the third its colleague's.

import { Phone } from "./chat.js";
import { Tools } from "./tools.js";

const MOST = 3;

class Desk {
  constructor() {
    this.phones = new Map();
    this.place = document.getElementById("phones");
    this.tools = new Tools(this);
    const asked = new URLSearchParams(location.search).getAll("person").map(Number);
    const numbers = asked.filter((number) => Number.isInteger(number) && number > 0 && number < 10);
    for (const number of numbers.slice(0, MOST)) this.add(number);
    if (!this.phones.size) this.add(1);
    this.choose([...this.phones.keys()][0]);
    this.tools.refresh();
  }

  current() { return this.phones.get(this.chosen); }

  owner(number) { return this.phones.get(number)?.state?.person.first_name ?? "…"; }

  add(number) {
    const phone = new Phone(number, {
      changed: () => { this.tools.phones([...this.phones.keys()], this.chosen); this.tools.refresh(); },
      tools: () => { this.choose(number); this.tools.open(); },
      remove: (gone) => this.remove(gone),
      swap: () => this.swap(),
      moved: () => this.choose(number),
    });
    phone.root.addEventListener("focusin", () => this.choose(number));
    this.phones.set(number, phone);
    this.place.append(phone.root);
  }

  remove(number) {
    this.phones.get(number).close();
    this.phones.delete(number);
    this.choose([...this.phones.keys()][0]);
  }

  second() {
    const numbers = [...this.phones.keys()];
    if (numbers.length > 1) {
      for (const number of numbers) if (number !== this.chosen) this.remove(number);
      return;
    }
    const free = numbers.includes(1) ? 2 : 1;
    this.add(free);
    this.choose(free);
  }

  swap() {
    const numbers = [...this.phones.keys()];
    this.choose(numbers[(numbers.indexOf(this.chosen) + 1) % numbers.length]);
  }

  choose(number) {
    this.chosen = number;
    const several = this.phones.size > 1;
    for (const [other, phone] of this.phones) {
      phone.root.classList.toggle("shown", other === number);
      phone.part(".remove").hidden = !several;
      phone.part(".swap").hidden = !several;
    }
    const query = [...this.phones.keys()].map((each) => `person=${each}`).join("&");
    history.replaceState(null, "", `?${query}`);
    this.tools.phones([...this.phones.keys()], number);
  }

  redraw() { for (const phone of this.phones.values()) phone.redraw(); }
}

new Desk();
