// Outlines of nodes as SVG path data round (0, 0): the canvas and the saved picture draw the same ones.
const inside = new Set(["box", "ellipse", "fold"]); // shapes that hold their name
const starPoints = [...Array(10)].map((_, i) => [Math.sin((i * Math.PI) / 5), -Math.cos((i * Math.PI) / 5), i % 2 ? 0.5 : 1.2]);
const polygon = (points) => "M" + points.map(([x, y]) => round(x) + " " + round(y)).join("L") + "Z";
const round = (number) => Math.round(number * 100) / 100;
const outlines = new Map();

const symbols = {
  square: (r) => polygon([[-r, -r], [r, -r], [r, r], [-r, r]]),
  diamond: (r) => polygon([[0, -1.25 * r], [1.25 * r, 0], [0, 1.25 * r], [-1.25 * r, 0]]),
  triangle: (r) => polygon([[0, -1.15 * r], [1.15 * r, r], [-1.15 * r, r]]),
  triangleDown: (r) => polygon([[0, 1.15 * r], [1.15 * r, -r], [-1.15 * r, -r]]),
  hexagon: (r) => polygon([[-r, 0], [-r / 2, -0.9 * r], [r / 2, -0.9 * r], [r, 0], [r / 2, 0.9 * r], [-r / 2, 0.9 * r]]),
  star: (r) => polygon(starPoints.map(([x, y, far]) => [x * r * far, y * r * far])),
  dot: (r) => oval(r, r),
};

function oval(rx, ry) {
  return `M${-rx} 0A${rx} ${ry} 0 1 1 ${rx} 0A${rx} ${ry} 0 1 1 ${-rx} 0Z`;
}

function roundedBox(w, h, r) {
  const [x, y] = [w / 2, h / 2];
  if (!r) return `M${-x} ${-y}H${x}V${y}H${-x}Z`;
  return `M${r - x} ${-y}H${x - r}A${r} ${r} 0 0 1 ${x} ${r - y}V${y - r}A${r} ${r} 0 0 1 ${x - r} ${y}H${r - x}A${r} ${r} 0 0 1 ${-x} ${y - r}V${r - y}A${r} ${r} 0 0 1 ${r - x} ${-y}Z`;
}

function outline(node) {
  const key = inside.has(node.shape) ? node.shape + node.room + node.round : node.shape + node.size;
  if (!outlines.has(key)) outlines.set(key, outlineOf(node));
  return outlines.get(key);
}

function outlineOf(node) {
  const [w, h] = node.room;
  if (node.shape === "ellipse") return oval(w / 2, h / 2);
  if (inside.has(node.shape)) return roundedBox(w, h, Math.min(node.round || 0, w / 2, h / 2));
  return (symbols[node.shape] || symbols.dot)(node.size);
}

// Half the width and height that a line stops at, and that a pointer meets.
function reach(node) {
  return inside.has(node.shape) ? [node.room[0] / 2, node.room[1] / 2] : [node.size + 2, node.size + 2];
}

// Where a line from (x, y) towards the middle of the node meets its border.
function border(node, at, x, y) {
  const [w, h] = reach(node);
  const [dx, dy] = [x - at.x, y - at.y];
  if (!dx && !dy) return { x: at.x, y: at.y };
  const box = inside.has(node.shape) && node.shape !== "ellipse";
  const part = box ? 1 / Math.max(Math.abs(dx) / w, Math.abs(dy) / h) : 1 / Math.hypot(dx / w, dy / h);
  return { x: at.x + dx * Math.min(part, 1), y: at.y + dy * Math.min(part, 1) };
}

// Ends and bend of a line between two nodes: parallel lines bend away from one another.
function course(edge, from, to) {
  const [one, two] = [nodeOf.get(edge.from), nodeOf.get(edge.to)];
  const bend = edge.smooth ? edge.smooth.roundness * (edge.smooth.type === "curvedCW" ? 1 : -1) : 0;
  const cx = (from.x + to.x) / 2 + (to.y - from.y) * bend;
  const cy = (from.y + to.y) / 2 - (to.x - from.x) * bend;
  return { a: border(one, from, cx, cy), c: { x: cx, y: cy }, b: border(two, to, cx, cy), bent: bend !== 0 };
}

const along = ({ a, c, b, bent }, t) =>
  bent
    ? { x: (1 - t) * (1 - t) * a.x + 2 * t * (1 - t) * c.x + t * t * b.x, y: (1 - t) * (1 - t) * a.y + 2 * t * (1 - t) * c.y + t * t * b.y }
    : { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };

function arrowhead({ c, b }, size) {
  const [dx, dy] = [b.x - c.x, b.y - c.y];
  const far = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [(dx / far) * size, (dy / far) * size];
  return [[b.x, b.y], [b.x - ux - uy / 2.4, b.y - uy + ux / 2.4], [b.x - ux + uy / 2.4, b.y - uy - ux / 2.4]];
}

// How far a point is from a line, in the units of the picture.
function distance(path, x, y) {
  const steps = path.bent ? 10 : 1;
  let best = Infinity;
  for (let i = 0, from = along(path, 0); i < steps; i++) {
    const to = along(path, (i + 1) / steps);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const t = Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy || 1)));
    best = Math.min(best, Math.hypot(from.x + t * dx - x, from.y + t * dy - y));
    from = to;
  }
  return best;
}
