// What of the view is shown, and the order in which it is drawn, with whichever pen.
const sure = { c: "certain", p: "possible", u: "unknown", n: "no" };
let colours = new Map();
let scene = { nodes: [], edges: [], places: null, near: null, labels: new Map() };

function readColours() {
  colours = new Map();
}

function colour(name) {
  if (!colours.has(name)) colours.set(name, getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim());
  return colours.get(name);
}

// Whether a thing or a line is in force at the date chosen: one of sure, or nothing where no date is known or chosen.
function force(one) {
  const marked = one.force && state.step ? one.force[state.step - 1] : "";
  return sure[marked] || "";
}

function fits(node) {
  const { hidden } = state;
  const home = things.get(node.id);
  if (hidden.kind.has(node.kind) || (node.status && hidden.status.has(node.status))) return false;
  if (hidden.collection.size && home && home.in.every((one) => hidden.collection.has(one))) return false;
  if (state.area && !data.areas[state.area].includes(node.of || node.id)) return false;
  return force(node) !== "no" && (!node.of || fits(nodeOf.get(node.of)));
}

const folded = (node) => state.view === "allt" && node.fold && !state.open.has(node.fold);
const shownNode = (node) => scene.places.at.has(node.id) && !folded(node) && fits(node);
const fitsLine = (edge) => !state.hidden.verb.has(edge.verb) && !state.hidden.modality.has(edge.modality) && force(edge) !== "no";

// Work out anew what is shown, after anything but a movement.
function refresh() {
  scene.places = places();
  scene.nodes = nodes.filter(shownNode);
  const there = new Set(scene.nodes.map((node) => node.id));
  scene.edges = scene.places.lines.filter((edge) => there.has(edge.from) && there.has(edge.to) && fitsLine(edge) && (!scene.places.own || isOwn(edge)));
  if (state.view === "allt" && data.folds.length) addFolds(there);
  scene.near = near();
  scene.labels = ownLabels();
  scene.byWeight = [...scene.nodes].sort((one, two) => weight(two) - weight(one) || one.title.localeCompare(two.title, "sv"));
  paint();
}

// Folds that are closed, and one line for all lines between the same two of them.
function addFolds(there) {
  const counts = new Map();
  const closed = data.folds.map((fold) => ({ ...fold, count: 0 })).filter((fold) => !state.open.has(fold.id));
  const folds = new Map(closed.map((fold) => [fold.id, fold]));
  data.nodes.forEach((node) => folds.has(node.fold) && fits(node) && folds.get(node.fold).count++);
  const shown = closed.filter((fold) => fold.count);
  shown.forEach((fold) => (fold.label = fold.title + " (" + fold.count + ")") && there.add(fold.id));
  const stands = (id) => (there.has(id) ? id : nodeOf.get(id).fold);
  for (const edge of scene.places.lines) {
    if (!fitsLine(edge) || (there.has(edge.from) && there.has(edge.to))) continue;
    const [from, to] = [stands(edge.from), stands(edge.to)];
    if (from !== to && there.has(from) && there.has(to)) counts.set(from + "\n" + to, (counts.get(from + "\n" + to) || 0) + 1);
  }
  const joined = [...counts].map(([ends, many]) => ({ from: ends.split("\n")[0], to: ends.split("\n")[1], many, modality: "stated" }));
  scene.nodes = [...shown, ...scene.nodes];
  scene.edges = [...joined, ...scene.edges];
}

const isOwn = (edge) => edge.id !== undefined && (edge.id === state.line || edge.from === state.thing || edge.to === state.thing);

// The thing or line that is open, and what it is joined to; nothing when nothing is open.
function near() {
  if (state.thing === null && state.line === null) return null;
  const ends = new Set(state.thing === null ? [] : [state.thing]);
  scene.edges.filter(isOwn).forEach((edge) => ends.add(edge.from).add(edge.to));
  return scene.places.at.has(state.thing) || state.line !== null ? ends : null;
}

// One label between the open thing and each neighbour, on the first of their lines, with the direction of each verb.
function ownLabels() {
  const between = new Map();
  for (const edge of scene.edges.filter((one) => one.id !== undefined && (isOwn(one) || one.label))) {
    const end = edge.from === state.thing ? edge.to : edge.from;
    const arrow = edge.label || edge.id === state.line ? "" : edge.from === state.thing ? "→ " : "← ";
    const key = edge.label ? edge.id : end;
    const said = between.get(key) || between.set(key, { at: edge.id, verbs: new Set() }).get(key);
    said.verbs.add(edge.label || arrow + data.lines[edge.id].verb);
  }
  const found = [...between.values()];
  const own = found.filter(({ at }) => !edges[at].label);
  return new Map(found.filter(({ at }) => edges[at].label || own.length <= 14).map(({ at, verbs }) => [at, [...verbs]]));
}

function draw(pen, scale) {
  drawGround(pen, scale);
  scene.edges.forEach((edge) => drawEdge(pen, edge, scale));
  scene.nodes.forEach((node) => drawNode(pen, node));
  if (scale > 0.3) scene.edges.filter((edge) => scene.labels.has(edge.id)).forEach((edge) => drawLabel(pen, edge, scale));
  drawNames(pen, scale);
}

// Frames of collections, bands of levels or kinds, and headings of columns.
function drawGround(pen, scale) {
  const size = Math.max(20, 13 / scale);
  const { frames } = scene.places;
  for (const [, x, y, w, h] of frames) pen.shape(roundedBox(w, h, 24), x + w / 2, y + h / 2, { fill: colour("page"), stroke: colour("rule"), width: 1 });
  for (const [title, x, y] of frames) pen.text(title, x + 24, y + 8 + size / 2, { size, fill: colour("ink"), halo: colour("page"), weight: "600", align: "left" });
  scene.places.bands.forEach(([title, x, y, w, h], number) => {
    pen.shape(roundedBox(w, h, 8), x + w / 2, y + h / 2, { fill: colour(number % 2 ? "sheet" : "page"), stroke: colour("rule"), width: 1 });
    pen.text(title, x + 16, y + 20, { size: Math.min(24, Math.max(15, 11 / scale)), fill: colour("soft"), weight: "600", align: "left" });
  });
  for (const [text, x, y, own] of scene.places.heads) pen.text(text, x, y, { size: own || 26, fill: colour("ink"), weight: "600" });
}

function drawEdge(pen, edge, scale) {
  const [from, to] = [scene.places.at.get(edge.from), scene.places.at.get(edge.to)];
  const path = course(edge, from, to);
  const own = isOwn(edge) || (edge === state.next && edge !== null);
  const stroke = own ? colour("ink") : edge.quiet ? colour("quiet") : colour("edge");
  const alpha = own ? 1 : scene.near ? 0.13 : edge.quiet ? 0.7 : 0.85;
  const width = edge === state.next ? 3.5 : own ? 2 : edge.many ? Math.min(8, 1 + Math.log2(edge.many)) : edge.quiet ? 1 : 1.3;
  const dash = force(edge) === "possible" ? [1, 7] : edge.dashes || [];
  pen.course(path, { stroke, width: Math.max(width, (own ? 1.2 : 0.6) / scale), dash, alpha });
  if (!edge.plain && scale > 0.22) pen.points(arrowhead(path, 8 + width), { fill: stroke, alpha });
}

function drawNode(pen, node) {
  const at = scene.places.at.get(node.id);
  const lit = !scene.near || scene.near.has(node.id);
  const line = colour(node.group);
  const fill = node.status ? statusFill(node, line) : inside.has(node.shape) ? colour(node.group + "-fill") : line;
  const open = node.id === state.thing;
  const when = force(node);
  const dash = when === "possible" ? [2, 4] : when === "unknown" ? [10, 4] : node.dashes || (node.shapeProperties || {}).borderDashes || [];
  const pale = when === "possible" && !inside.has(node.shape);
  const centre = node.id === scene.places.centre;
  const style = { fill: pale ? colour("sheet") : fill, stroke: open ? colour("ink") : line, dash, alpha: lit ? 1 : 0.22 };
  pen.shape(outline(node), at.x, at.y, { ...style, width: open || centre ? 3.5 : when === "certain" ? 3 : 1.6 });
  if (node.sign) pen.text(node.sign, at.x, at.y + 1, { size: 15, weight: "700", fill: node.status === "exists" ? colour("sheet") : line, alpha: lit ? 1 : 0.3 });
}

const statusFill = (node, line) => (node.status === "exists" ? line : node.status === "mentioned" ? colour("area-fill") : colour("sheet"));

function drawLabel(pen, edge, scale) {
  const path = course(edge, scene.places.at.get(edge.from), scene.places.at.get(edge.to));
  const { x, y } = along(path, edge.at || 0.5);
  const size = Math.max(12, 9.5 / scale);
  const lines = scene.labels.get(edge.id);
  const alpha = !scene.near || isOwn(edge) ? 1 : 0.2;
  lines.forEach((text, number) => pen.text(text, x, y + (number - (lines.length - 1) / 2) * size * 1.15, { size, fill: colour("ink"), halo: colour("sheet"), alpha }));
}
