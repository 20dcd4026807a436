// The canvas: where the picture lies on it, and what a pointer does to it.
const frame = byId("network");
const canvas = frame.querySelector("canvas");
const context = canvas.getContext("2d");
const view = { x: 0, y: 0, scale: 1 }; // the point of the picture in the middle of the canvas, and its size
let asked = 0;
let drawn = 0; // number of paintings, for those who wait for one

function paint() {
  if (!asked) asked = requestAnimationFrame(paintNow);
}

function paintNow() {
  asked = 0;
  const ratio = devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = frame;
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  const size = view.scale * ratio;
  context.setTransform(size, 0, 0, size, canvas.width / 2 - view.x * size, canvas.height / 2 - view.y * size);
  if (width) draw(new CanvasPen(context), view.scale);
  drawn++;
}

// Left, top, right and bottom of everything shown, with its names, frames and bands.
function extent() {
  const boxes = [...scene.places.frames, ...scene.places.bands].map(([, x, y, w, h]) => [x, y - 30, x + w, y + h]);
  for (const node of scene.nodes) {
    const { x, y } = scene.places.at.get(node.id);
    const [w, h] = node.room;
    const left = scene.places.sides[node.kind] ? 150 : w / 2;
    boxes.push([x - left, y - h / 2 - 6, x + left, y + h / 2 + (node.below || 0) + 6]);
  }
  scene.places.heads.forEach(([text, x, y]) => boxes.push([x - text.length * 5, y - 20, x + text.length * 5, y + 10]));
  if (!boxes.length) return [-100, -100, 100, 100];
  return [0, 1, 2, 3].map((side) => boxes.reduce((far, box) => (side < 2 ? Math.min(far, box[side]) : Math.max(far, box[side])), side < 2 ? Infinity : -Infinity));
}

function moveTo({ x, y, scale }) {
  const to = { x, y, scale: Math.min(4, Math.max(0.02, scale)) };
  const from = { ...view };
  if (still.matches || document.hidden) return Object.assign(view, to), paint();
  const began = performance.now();
  const step = (now) => {
    const part = Math.min(1, Math.max(0, (now - began) / 300));
    const eased = part * part * (3 - 2 * part);
    for (const key of Object.keys(to)) view[key] = from[key] + (to[key] - from[key]) * eased;
    paintNow();
    if (part < 1 && moving === step) requestAnimationFrame(step);
  };
  moving = step;
  requestAnimationFrame(step);
}
let moving = null;

// Show the whole view; of one to be read like a table, the beginning, as wide as the canvas but large enough to read.
function fit(moved = true) {
  const [x, y, x2, y2] = extent();
  const { clientWidth: width, clientHeight: height } = frame;
  const edge = narrow.matches && !scene.places.tall ? 90 : 24; // names reach outside what they stand at
  const across = (width - edge) / (x2 - x);
  const down = (height - 24) / (y2 - y);
  let to = { x: (x + x2) / 2, y: (y + y2) / 2, scale: Math.min(across, down, 1.3) };
  const read = narrow.matches && !["allt", "omgivning"].includes(state.view);
  if (read || (scene.places.tall && down < across)) {
    const scale = Math.min(1.1, Math.max(0.6, across));
    to = { x: across < 0.6 ? x + (width / 2 - 8) / scale : to.x, y: y + (height / 2 - 8) / scale, scale };
  }
  if (moved) moveTo(to);
  else Object.assign(view, to), paint();
}

const zoom = (by) => moveTo({ ...view, scale: view.scale * by });
const focusOn = (id) => scene.places.at.has(id) && moveTo({ ...scene.places.at.get(id), scale: Math.max(view.scale, 0.8) });

const onCanvas = (event) => {
  const box = canvas.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
};
const inPicture = ([x, y]) => [view.x + (x - frame.clientWidth / 2) / view.scale, view.y + (y - frame.clientHeight / 2) / view.scale];

function nodeAt([x, y]) {
  const slack = 3 / view.scale;
  return scene.nodes.findLast((node) => {
    const at = scene.places.at.get(node.id);
    const [w, h] = reach(node);
    return Math.abs(x - at.x) <= w + slack && Math.abs(y - at.y) <= h + slack;
  });
}

function lineAt([x, y]) {
  let [best, found] = [7 / view.scale, null];
  for (const edge of scene.edges) {
    const [from, to] = [scene.places.at.get(edge.from), scene.places.at.get(edge.to)];
    const slack = 60 + Math.abs(from.x - to.x) / 2 + Math.abs(from.y - to.y) / 2;
    if (Math.abs(x - (from.x + to.x) / 2) > slack || Math.abs(y - (from.y + to.y) / 2) > slack) continue;
    const far = distance(course(edge, from, to), x, y);
    if (far < best && edge.id !== undefined) [best, found] = [far, edge];
  }
  return found;
}

function wheel(event) {
  event.preventDefault();
  if (!scene.places.tall || event.ctrlKey) return zoomAt(onCanvas(event), 2 ** (-event.deltaY / 300));
  moving = null;
  Object.assign(view, { x: view.x + event.deltaX / view.scale, y: view.y + event.deltaY / view.scale });
  paint();
}

const fingers = new Map();
let held = null; // what the pointer went down on: a node, or the ground

function pointerDown(event) {
  if (event.button) return;
  canvas.setPointerCapture(event.pointerId);
  fingers.set(event.pointerId, onCanvas(event));
  held = { node: fingers.size === 1 ? nodeAt(inPicture(onCanvas(event))) : null, moved: 0, many: fingers.size > 1 };
}

function pointerMove(event) {
  const at = onCanvas(event);
  const before = fingers.get(event.pointerId);
  if (!before) return hover(at);
  const [dx, dy] = [at[0] - before[0], at[1] - before[1]];
  held.moved += Math.abs(dx) + Math.abs(dy);
  if (fingers.size === 2) pinch(event.pointerId, at);
  else if (held.moved > 4 && held.node) drag(held.node, dx, dy);
  else if (held.moved > 4) Object.assign(view, { x: view.x - dx / view.scale, y: view.y - dy / view.scale });
  fingers.set(event.pointerId, at);
  tip.hidden = true;
  moving = null;
  paint();
}

function drag(node, dx, dy) {
  const at = scene.places.at.get(node.id);
  at.x += dx / view.scale;
  at.y += dy / view.scale;
}

function pinch(moved, at) {
  const [still_] = [...fingers].filter(([id]) => id !== moved).map(([, place]) => place);
  const before = fingers.get(moved);
  const far = ([x, y]) => Math.hypot(x - still_[0], y - still_[1]) || 1;
  zoomAt(still_, far(at) / far(before));
}

function zoomAt(place, by) {
  const [x, y] = inPicture(place);
  const scale = Math.min(4, Math.max(0.02, view.scale * by));
  Object.assign(view, { x: x + ((view.x - x) * view.scale) / scale, y: y + ((view.y - y) * view.scale) / scale, scale });
  paint();
}

function pointerUp(event) {
  const wasHeld = held;
  fingers.delete(event.pointerId);
  if (!wasHeld || wasHeld.many || wasHeld.moved > 4 || event.type === "pointercancel") return;
  const place = inPicture(onCanvas(event));
  const [node, line] = [wasHeld.node, wasHeld.node ? null : lineAt(place)];
  if (node && node.shape === "fold") unfold(node.id);
  else if (node) openThing(node.id, { focus: narrow.matches, move: false });
  else if (line) openLine(line.id);
  else closePanel();
}

const tip = byId("tip");

function hover(at) {
  const place = inPicture(at);
  const node = nodeAt(place);
  const line = node ? null : lineAt(place);
  canvas.style.cursor = node || line ? "pointer" : "grab";
  const text = node ? (node.shape === "fold" ? node.label + "\n" + words.unfold : things.get(node.id).name + "\n" + things.get(node.id).kind) : line ? sentence(line) : "";
  tip.hidden = !text;
  tip.textContent = text;
  const [wide, high] = [tip.offsetWidth, tip.offsetHeight];
  tip.style.left = Math.max(4, Math.min(at[0] + 14, frame.clientWidth - wide - 4)) + "px";
  tip.style.top = (at[1] + 18 + high > frame.clientHeight ? at[1] - high - 8 : at[1] + 18) + "px";
}

function sentence(edge) {
  const line = data.lines[edge.id];
  const what = line.words ? "\n" + line.words : "";
  const how = edge.modality === "stated" ? "" : "\n(" + data.modalities[edge.modality] + ")";
  return things.get(edge.from).name + "\n" + line.verb + "\n" + things.get(edge.to).name + what + how;
}
