"use strict";
// Text from the graph reaches the page through textContent only; links in the panel are fragments of this page.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = data.words;
  const byId = (id) => document.getElementById(id);
  const things = new Map(Object.entries(data.things));
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const narrow = matchMedia("(max-width: 60rem)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const hidden = { kind: new Set(), modality: new Set(), verb: new Set(), collection: new Set() };
  const panel = byId("panel");
  const list = byId("list");
  const items = [...list.querySelectorAll("button")];
  let chosen = null; // id of the thing, or number of the line, that the panel shows
  let before = null; // what had the focus when the panel was opened

  // ---- the picture

  const inside = new Set(["box", "ellipse"]); // shapes that hold their name; other names are drawn by drawNames
  const nodes = new vis.DataSet(data.nodes.map((node) => ({ ...node, label: inside.has(node.shape) ? node.label : undefined, title: undefined })));
  const edges = new vis.DataSet(data.edges);
  const kindOf = new Map(data.nodes.map((node) => [node.id, node]));
  const network = new vis.Network(byId("network"), { nodes, edges }, data.options);
  byId("network").querySelectorAll("[tabindex]").forEach((frame) => frame.setAttribute("tabindex", "-1"));

  const shownNode = (node) =>
    !hidden.kind.has(node.kind) && !(hidden.collection.size && things.get(node.id).in.every((one) => hidden.collection.has(one)));
  const shownEdge = (edge) =>
    !hidden.verb.has(edge.verb) && !hidden.modality.has(edge.modality) && shownNode(kindOf.get(edge.from)) && shownNode(kindOf.get(edge.to));

  function near() {
    if (chosen === null) return null;
    const ends = new Set(typeof chosen === "string" ? [chosen] : []);
    for (const edge of data.edges) {
      const own = typeof chosen === "string" ? edge.from === chosen || edge.to === chosen : edge.id === chosen;
      if (own && shownEdge(edge)) ends.add(edge.from).add(edge.to);
    }
    return ends;
  }

  function paint() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue("--" + name).trim();
    const around = near();
    nodes.update(data.nodes.map((node) => paintedNode(node, colour, !around || around.has(node.id))));
    const labels = ownLabels();
    edges.update(data.edges.map((edge) => paintedEdge(edge, colour, labels)));
  }

  const isOwn = (edge) => chosen !== null && (edge.id === chosen || edge.from === chosen || edge.to === chosen);

  // One label between the chosen thing and each neighbour, on the first of their lines, with the direction of each verb.
  function ownLabels() {
    const between = new Map();
    for (const edge of data.edges.filter((one) => isOwn(one) && shownEdge(one))) {
      const other = edge.from === chosen ? edge.to : edge.from;
      const arrow = edge.id === chosen ? "" : edge.from === chosen ? "→ " : "← ";
      const said = between.get(other) || between.set(other, { at: edge.id, verbs: new Set() }).get(other);
      said.verbs.add(arrow + data.lines[edge.id].verb);
    }
    const found = [...between.values()];
    return new Map(found.length > 20 ? [] : found.map(({ at, verbs }) => [at, [...verbs].join("\n")]));
  }

  function paintedNode(node, colour, lit) {
    const line = colour(node.group);
    const fill = inside.has(node.shape) ? colour(node.group + "-fill") : line;
    const border = node.id === chosen ? colour("ink") : line;
    const both = { background: fill, border };
    return {
      id: node.id,
      hidden: !shownNode(node),
      opacity: lit ? 1 : 0.25,
      borderWidth: node.id === chosen ? 3 : 1.5,
      color: { ...both, highlight: both, hover: { background: fill, border: colour("ink") } },
      font: { ...node.font, color: lit ? colour("ink") : colour("quiet") },
    };
  }

  function paintedEdge(edge, colour, labels) {
    const own = isOwn(edge);
    const line = own ? colour("ink") : edge.quiet ? colour("quiet") : colour("edge");
    return {
      id: edge.id,
      hidden: !shownEdge(edge),
      color: { color: line, highlight: line, hover: colour("ink"), opacity: own ? 1 : chosen !== null ? 0.15 : edge.quiet ? 0.7 : 0.85 },
      width: own ? 2 : edge.quiet ? 1 : 1.3,
      label: labels.get(edge.id) || "",
      title: sentence(edge),
      font: { size: 12, color: colour("ink"), strokeWidth: 4, strokeColor: colour("sheet"), align: "horizontal" },
    };
  }

  function sentence(edge) {
    const line = data.lines[edge.id];
    const what = line.words ? "\n" + line.words : "";
    const how = edge.modality === "stated" ? "" : "\n(" + data.modalities[edge.modality] + ")";
    return things.get(edge.from).name + "\n" + line.verb + "\n" + things.get(edge.to).name + what + how;
  }

  // ---- what is drawn beside nodes and lines: a frame for each collection, and names that can be read from afar

  const frames = new Map();
  for (const node of data.nodes) {
    const [wide, high] = node.room;
    const [x, y, x2, y2] = frames.get(node.home) || [Infinity, Infinity, -Infinity, -Infinity];
    frames.set(node.home, [Math.min(x, node.x - wide / 2), Math.min(y, node.y - high), Math.max(x2, node.x + wide / 2), Math.max(y2, node.y + high)]);
  }

  function drawFrames(context) {
    if (frames.size < 2) return;
    const style = getComputedStyle(document.documentElement);
    const size = Math.max(26, 15 / network.getScale());
    for (const [home, [x, y, x2, y2]] of frames) {
      if (!(home in data.homes) || hidden.collection.has(home)) continue;
      context.fillStyle = style.getPropertyValue("--page");
      context.beginPath();
      context.roundRect(x - 50, y - 60 - size, x2 - x + 100, y2 - y + 110 + size, 30);
      context.fill();
      context.fillStyle = style.getPropertyValue("--ink");
      context.font = "600 " + size + "px system-ui, sans-serif";
      context.textAlign = "left";
      context.textBaseline = "top";
      context.fillText(data.homes[home], x - 20, y - 40 - size);
    }
  }

  const FAR = 10.5; // pixels on the screen
  const first = new Set(["forum", "cooperation", "officials"]);
  const weight = (node) => node.degree + (first.has(node.group) ? 6 : 0) + (node.font.size > 18 ? 6 : 0);
  const byWeight = [...data.nodes].sort((one, other) => weight(other) - weight(one) || one.title.localeCompare(other.title, "sv"));

  function drawNames(context) {
    const scale = network.getScale();
    const around = near();
    const taken = [];
    const style = getComputedStyle(document.documentElement);
    const ink = style.getPropertyValue("--ink");
    const halo = style.getPropertyValue("--sheet");
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const node of byWeight) {
      const lit = !around || around.has(node.id);
      const legible = node.font.size * scale >= 7.5;
      if (!shownNode(node) || (!legible && !lit) || (inside.has(node.shape) && node.font.size * scale >= 7)) continue;
      context.globalAlpha = lit ? 1 : 0.35;
      drawName(context, node, legible ? node.font.size : FAR / scale, legible ? null : taken, ink, halo);
    }
    context.globalAlpha = 1;
  }

  // A name is drawn whole where there is room for it in the layout; from afar two lines of it, where no other name is.
  function drawName(context, node, size, taken, ink, halo) {
    context.font = size + "px system-ui, sans-serif";
    const whole = node.label.split("\n");
    const lines = taken && whole.length > 2 ? [whole[0], whole[1].replace(/-$/, "") + " …"] : whole;
    const { x, y } = network.getPosition(node.id);
    const wide = Math.max(...lines.map((line) => context.measureText(line).width)) / 2 + size / 4;
    const high = (lines.length * size * 1.12) / 2;
    const middle = inside.has(node.shape) ? y : y + node.size + 4 + high;
    const box = [x - wide, middle - high, x + wide, middle + high];
    if (taken && taken.some(([l, t, r, b]) => box[0] < r && box[2] > l && box[1] < b && box[3] > t)) return;
    if (taken) taken.push(box);
    context.lineWidth = size / 3;
    context.strokeStyle = halo;
    context.fillStyle = ink;
    lines.forEach((line, number) => {
      const at = middle + (number - (lines.length - 1) / 2) * size * 1.12;
      context.strokeText(line, x, at);
      context.fillText(line, x, at);
    });
  }

  const motion = () => (still.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });
  const fit = () => network.fit({ nodes: data.nodes.filter(shownNode).map((node) => node.id), animation: motion() });
  const zoom = (by) => network.moveTo({ scale: network.getScale() * by, animation: motion() });

  // ---- the panel

  function element(name, text, cls) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (cls) made.className = cls;
    return made;
  }

  function button(text, act) {
    const made = element("button", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function named([text, id]) {
    if (id === undefined || !things.has(id)) return document.createTextNode(text);
    const link = element("a", text);
    link.setAttribute("href", "#" + encodeURIComponent(id).replaceAll("%3A", ":"));
    return link;
  }

  function place(number) {
    const [document_, section, anchor, modality, notes] = data.passages[number];
    const [name, status] = data.documents[document_];
    const said = modality === "stated" ? "" : " (" + data.modalities[modality] + ")";
    return { short: section + ": ”" + anchor + "”", long: name + " (" + status + "), " + section + ": ”" + anchor + "”" + said, notes };
  }

  function evidence(fact) {
    const registers = (fact.r || []).map((name) => words.register + ": " + name);
    const places = (fact.e || []).map(place);
    const all = [...places.map((one) => one.long), ...registers];
    if (!all.length) return [];
    const why = element("details", undefined, "why");
    const first = places.length ? places[0].short : registers[0];
    why.append(element("summary", words.evidence + (all.length > 1 ? " (" + all.length + ")" : "") + ": " + first));
    const ul = element("ul");
    all.forEach((text) => ul.append(element("li", text)));
    places.forEach((one) => one.notes.forEach((note) => ul.append(element("li", note))));
    why.append(ul);
    return [why];
  }

  function factItem(fact) {
    const item = element("li", undefined, "fact");
    fact.v.forEach((segment) => item.append(named(segment)));
    item.append(...tags(fact.m, fact.d), ...evidence(fact));
    return item;
  }

  function tags(modality, derived) {
    const found = [];
    if (modality && modality !== "stated") found.push(element("span", data.modalities[modality], "tag"));
    if (derived) found.push(element("span", words.derived, "tag calm"));
    return found;
  }

  function factList(facts) {
    const ul = element("ul");
    const most = facts.length > 9 ? 6 : facts.length;
    ul.append(...facts.slice(0, most).map(factItem));
    if (most < facts.length) {
      const rest = button(words.more + " (" + facts.length + ")", () => {
        rest.parentElement.remove();
        ul.append(...facts.slice(most).map(factItem));
        ul.children[most].tabIndex = -1;
        ul.children[most].focus();
      });
      const last = element("li");
      last.append(rest);
      ul.append(last);
    }
    return ul;
  }

  function showPanel(title, about, body) {
    if (panel.hidden) before = document.activeElement;
    const head = element("h2", title);
    head.id = "panel-title";
    head.tabIndex = -1;
    const tools = element("div", undefined, "tools");
    const all = button(words.all_evidence, () => {
      const open = all.getAttribute("aria-expanded") !== "true";
      panel.querySelectorAll("details.why").forEach((one) => (one.open = open));
      all.setAttribute("aria-expanded", String(open));
      all.textContent = open ? words.less_evidence : words.all_evidence;
    });
    all.setAttribute("aria-expanded", "false");
    tools.append(button(words.close, closePanel), all);
    panel.replaceChildren(head, ...about.filter(Boolean).map((text) => element("p", text, "about")), tools, ...body);
    panel.hidden = false;
    panel.scrollTop = 0;
    byId("status").textContent = words.opened + " " + title;
  }

  function openThing(id, { focus = true, move = true } = {}) {
    const thing = things.get(id);
    if (!thing) return;
    const names = thing.names.length ? words.names + ": " + thing.names.join(" · ") : "";
    const body = thing.facts.flatMap(([title, groups]) => [
      element("h3", title),
      ...groups.flatMap(([property, facts]) => [element("h4", property), factList(facts)]),
    ]);
    chosen = id;
    showPanel(thing.name, [thing.kind, names], body);
    mark(id);
    if (decodedHash() !== id) location.hash = id;
    finish(focus, move ? [id] : null);
  }

  function openLine(number) {
    const edge = data.edges[number];
    const line = data.lines[number];
    const body = [];
    const each = (side) => (line.each || []).includes(side);
    const add = (property, segment) => {
      const item = element("li", undefined, "fact");
      item.append(named(segment));
      const ul = element("ul");
      ul.append(item);
      body.push(element("h4", property), ul);
    };
    add(each("source") ? words.each_source : words.from, [things.get(edge.from).name, edge.from]);
    add(words.relation, [line.verb]);
    add(each("target") ? words.each_target : words.to, [things.get(edge.to).name, edge.to]);
    if (line.words) add(words.words, [line.words]);
    if (line.oneOf) add(words.words, [words.one_of]);
    add(words.modality, [data.modalities[edge.modality]]);
    const ul = element("ul");
    ul.append(factItem({ v: [], e: line.e, r: line.r, d: line.d }));
    body.push(element("h4", words.evidence), ul);
    chosen = number;
    showPanel(things.get(edge.from).name + " " + line.verb + " " + things.get(edge.to).name, [], body);
    panel.querySelectorAll("details.why").forEach((one) => (one.open = true));
    finish(false, null);
  }

  function finish(focus, moveTo) {
    paint();
    if (focus) byId("panel-title").focus({ preventScroll: !narrow.matches });
    if (moveTo) requestAnimationFrame(() => network.focus(moveTo[0], { scale: Math.max(network.getScale(), 0.8), animation: motion() }));
  }

  function closePanel() {
    if (panel.hidden) return;
    const inPanel = panel.contains(document.activeElement);
    panel.hidden = true;
    chosen = null;
    network.unselectAll();
    history.replaceState(null, "", location.pathname + location.search);
    paint();
    byId("status").textContent = words.closed;
    if (inPanel) (before && before.isConnected && before !== document.body ? before : byId("search")).focus();
  }

  // ---- search and list

  function mark(id) {
    items.forEach((item) => {
      item.setAttribute("aria-current", String(item.dataset.id === id));
      if (item.dataset.id === id && !item.parentElement.hidden) rove(item, false);
    });
  }

  function rove(item, focus = true) {
    items.forEach((one) => (one.tabIndex = one === item ? 0 : -1));
    if (!item) return;
    if (focus) item.focus();
    const { offsetTop: top, offsetHeight: height } = item;
    if (top - list.offsetTop < list.scrollTop) list.scrollTop = top - list.offsetTop;
    else if (top - list.offsetTop + height > list.scrollTop + list.clientHeight) list.scrollTop = top - list.offsetTop + height - list.clientHeight;
  }

  const visible = () => [...list.querySelectorAll("li:not([hidden]) > button")];

  function rank(id, wanted) {
    const { name, names } = things.get(id);
    const all = [name, ...names].map((one) => one.toLocaleLowerCase("sv"));
    if (all.includes(wanted)) return 0;
    if (all.some((one) => one.startsWith(wanted))) return 1;
    if (all.some((one) => one.split(/[\s(-]+/).some((word) => word.startsWith(wanted)))) return 2;
    return all.some((one) => one.includes(wanted)) ? 3 : 9;
  }

  function search() {
    const wanted = byId("search").value.trim().toLocaleLowerCase("sv");
    const ranks = new Map(items.map((item) => [item, wanted ? rank(item.dataset.id, wanted) : 0]));
    items.forEach((item) => (item.parentElement.hidden = ranks.get(item) > 3 || !shownNode(kindOf.get(item.dataset.id))));
    const order = wanted ? [...items].sort((one, other) => ranks.get(one) - ranks.get(other)) : items;
    list.append(...order.map((item) => item.parentElement));
    const found = visible().length;
    byId("status").textContent = !wanted ? "" : found ? found + " " + words.hits : words.no_hits;
    list.scrollTop = 0;
    rove(visible()[0], false);
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
    const first = visible()[0];
    if (event.key === "Enter" && first) openThing(first.dataset.id);
    else if (event.key === "ArrowDown" && first) {
      event.preventDefault();
      rove(first);
    }
  }

  // ---- legend

  function press(key, part, on) {
    key.setAttribute("aria-pressed", String(on));
    hidden[part][on ? "delete" : "add"](key.dataset.key);
  }

  function legend(event) {
    const clicked = event.target.closest("button");
    if (!clicked) return;
    const set = clicked.closest("fieldset");
    const part = set.dataset.part;
    if (clicked.dataset.every) set.querySelectorAll(".key").forEach((key) => press(key, part, clicked.dataset.every === "show"));
    else press(clicked, part, clicked.getAttribute("aria-pressed") !== "true");
    paint();
    search();
  }

  // ---- together

  function decodedHash() {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  }

  items.forEach((item) => {
    item.addEventListener("click", () => openThing(item.dataset.id));
  });
  list.addEventListener("keydown", listKeys);
  byId("search").addEventListener("input", search);
  byId("search").addEventListener("keydown", searchKeys);
  byId("legend").addEventListener("click", legend);
  byId("zoom-in").addEventListener("click", () => zoom(1.3));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  byId("fit").addEventListener("click", fit);
  addEventListener("keydown", (event) => event.key === "Escape" && closePanel());
  addEventListener("hashchange", () => things.has(decodedHash()) && decodedHash() !== chosen && openThing(decodedHash()));
  dark.addEventListener("change", paint);
  network.on("beforeDrawing", drawFrames);
  network.on("afterDrawing", drawNames);
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) openThing(node, { focus: narrow.matches, move: false });
    else if (edge !== undefined) openLine(edge);
    else closePanel();
  });
  byId("legend").open = !narrow.matches;
  search();
  paint();
  network.fit({ animation: false });
  if (things.has(decodedHash())) openThing(decodedHash());
  window.karta = { network, nodes, edges };
})();
