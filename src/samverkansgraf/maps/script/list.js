// Search, and the list of everything on the map; of a large graph only so many at a time.
const MOST = 500;
const list = byId("list");
const every = data.nodes.map((node) => ({ id: node.id, all: null }));

function item(id) {
  const made = button(things.get(id).name + " ", () => openThing(id));
  made.append(element("small", things.get(id).kind));
  made.dataset.id = id;
  const li = element("li");
  li.append(made);
  return li;
}

const visible = () => [...list.querySelectorAll("li > button")];

function mark(id) {
  visible().forEach((one) => {
    one.setAttribute("aria-current", String(one.dataset.id === id));
    if (one.dataset.id === id) rove(one, false);
  });
}

function rove(one, focus = true) {
  visible().forEach((other_) => (other_.tabIndex = other_ === one ? 0 : -1));
  if (!one) return;
  if (focus) one.focus();
  const top = one.offsetTop - list.offsetTop;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + one.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + one.offsetHeight - list.clientHeight;
}

function rank(entry, wanted) {
  entry.all = entry.all || [things.get(entry.id).name, ...things.get(entry.id).names].map((one) => one.toLocaleLowerCase("sv"));
  if (entry.all.includes(wanted)) return 0;
  if (entry.all.some((one) => one.startsWith(wanted))) return 1;
  if (entry.all.some((one) => one.split(/[\s(-]+/).some((word) => word.startsWith(wanted)))) return 2;
  return entry.all.some((one) => one.includes(wanted)) ? 3 : 9;
}

function search() {
  const wanted = byId("search").value.trim().toLocaleLowerCase("sv");
  const listed = every.filter(({ id }) => fits(nodeOf.get(id)) && (state.view !== "jamfor" || scene.places.at.has(id)));
  const ranked = listed.map((entry) => [wanted ? rank(entry, wanted) : 0, entry.id]).filter(([place]) => place < 9);
  if (wanted) ranked.sort(([one], [two]) => one - two);
  const shown = ranked.slice(0, MOST);
  list.replaceChildren(...shown.map(([, id]) => item(id)));
  const more = shown.length < ranked.length ? " " + filled(words.first_shown, { n: MOST }) : "";
  if (wanted || more) say(ranked.length ? ranked.length + " " + words.hits + more : words.no_hits);
  else if (document.activeElement === byId("search")) say("");
  list.scrollTop = 0;
  rove(visible()[0], false);
  visible().forEach((one) => one.setAttribute("aria-current", String(one.dataset.id === state.thing)));
}

function listKeys(event) {
  const shown = visible();
  const at = shown.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    if (to < 0) byId("search").focus();
    else rove(shown[Math.min(to, shown.length - 1)]);
  } else if ((event.key === "Enter" || event.key === " ") && at >= 0) {
    event.preventDefault();
    openThing(shown[at].dataset.id);
  }
}

function searchKeys(event) {
  const top = visible()[0];
  if (event.key === "Enter" && top) openThing(top.dataset.id);
  else if (event.key === "ArrowDown" && top) {
    event.preventDefault();
    rove(top);
  }
}
