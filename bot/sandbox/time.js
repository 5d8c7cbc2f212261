// Moments as the chosen zone shows them. The sandbox's clock is not the machine's.

let zone = "Asia/Bishkek";
try { zone = localStorage.getItem("zone") || zone; } catch { /* storage is switched off */ }

export function zoneNow() { return zone; }

export function setZone(name) {
  zone = name;
  try { localStorage.setItem("zone", name); } catch { /* storage is switched off */ }
}

function shown(moment, options) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(new Date(moment));
}

export function timeOf(moment) { return shown(moment, { hour: "2-digit", minute: "2-digit" }); }

export function dayOf(moment) { return shown(moment, { day: "numeric", month: "long", year: "numeric" }); }

export function dateOf(moment) {
  return shown(moment, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

export function briefOf(moment) {
  return shown(moment, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}
