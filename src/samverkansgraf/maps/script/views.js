// Which view is shown, and the address that leads back to it: #vy=omraden&sak=vb:pkd&tid=2024.
const encoded = (text) => encodeURIComponent(text).replaceAll("%3A", ":").replaceAll("%2C", ",");

function address(changes = {}) {
  const now = { ...state, ...changes };
  const parts = {
    vy: now.view,
    sak: now.thing,
    tid: now.step ? data.steps[now.step - 1] : null,
    steg: now.view === "omgivning" && now.hops !== data.hops ? now.hops : null,
    jfr: now.view === "jamfor" && now.pair + "" !== data.pair + "" ? now.pair.join(",") : null,
    omrade: now.area,
    del: now.view === "karta" ? now.part : null,
    matt: now.view === "karta" ? now.measure : null,
  };
  return Object.entries(parts).filter(([, value]) => value).map(([key, value]) => key + "=" + encoded(value)).join("&");
}

function remember(push = true) {
  const hash = "#" + address();
  if (hash === location.hash) return;
  addressed(hash, push);
}

// A page inside a notebook's frame has no address that may be changed, but a fragment.
function addressed(hash, push = true) {
  try {
    history[push ? "pushState" : "replaceState"](null, "", location.pathname + location.search + hash);
  } catch {
    location.hash = hash;
  }
}

// What the fragment asks for; a fragment that is only a thing is an address too, and what is unknown is passed over.
function asked_() {
  const hash = location.hash.slice(1);
  const given = {};
  try {
    for (const part of hash.includes("=") ? hash.split("&") : ["sak=" + hash]) {
      const [key, value] = part.split("=");
      given[key] = decodeURIComponent(value || "");
    }
  } catch {
    return {};
  }
  const found = {};
  if (views.has(given.vy)) found.view = given.vy;
  if (things.has(given.sak)) found.thing = given.sak;
  if (data.steps.includes(given.tid)) found.step = data.steps.indexOf(given.tid) + 1;
  if (/^[1-3]$/.test(given.steg)) found.hops = Number(given.steg);
  const pair = (given.jfr || "").split(",");
  if (pair.length === 2 && pair.every((one) => one in data.homes)) found.pair = pair;
  if (data.country.some((part) => part.key === given.del)) found.part = given.del;
  if (given.matt) found.measure = given.matt;
  if (given.omrade in data.areas) found.area = given.omrade;
  return found;
}

const START = data.country.length ? data.country[0].key : "";

// Go to what the fragment says; what it does not say is as at the start.
function followAddress() {
  const wanted = { view: data.views[0].key, step: 0, hops: data.hops, pair: data.pair, area: "", part: START, measure: "", ...asked_() };
  go(wanted, { push: false, focus: false });
}

function go(changes, { push = true, focus = true } = {}) {
  const was = { ...state };
  const thing = "thing" in changes ? changes.thing : "view" in changes && marks.has(state.thing) ? null : state.thing;
  Object.assign(state, changes, { thing: null, line: null });
  showView();
  state.thing = was.thing;
  if (thing) openThing(thing, { focus, move: false, push });
  else if (!panel.hidden) closePanel();
  remember(push);
  const moved = was.view !== state.view || was.pair !== state.pair || was.hops !== state.hops;
  if (moved || !drawn) fit(false);
  if (thing && (moved || !drawn ? view.scale < 0.6 && state.view !== "omgivning" : thing !== was.thing)) focusOn(thing);
}

function showView() {
  const own = views.get(state.view);
  document.querySelectorAll("#views button").forEach((link) => link.setAttribute("aria-current", String(link.dataset.view === state.view)));
  const tab = document.querySelector('#views button[aria-current="true"]');
  byId("views").scrollLeft = tab.offsetLeft - byId("views").offsetLeft - 40;
  byId("about").textContent = own.about;
  document.querySelectorAll("[data-only]").forEach((one) => (one.hidden = !one.dataset.only.split(" ").includes(state.view)));
  document.querySelectorAll("[data-not]").forEach((one) => (one.hidden = one.dataset.not.split(" ").includes(state.view)));
  showLand();
  byId("hops").value = state.hops;
  byId("area").value = state.area;
  if (byId("first")) [byId("first").value, byId("second").value] = state.pair;
  chooseStep(state.step);
}

// Folds of a large graph: open for what is asked for, all or none by button.
function unfold(id) {
  state.open[state.open.has(id) ? "delete" : "add"](id);
  refresh();
  say((data.folds.find((one) => one.id === id) || {}).title);
}

function unfoldFor(id) {
  const { fold } = nodeOf.get(id);
  if (fold) state.open.add(fold);
}

function unfoldAll(open) {
  state.open = new Set(open ? data.folds.map((fold) => fold.id) : []);
  refresh();
}
