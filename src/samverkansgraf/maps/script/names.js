// Names of things: whole where there is room for them, else, from afar, those of the weightiest that no other covers.
const FAR = 10.5; // pixels on the screen
const first = new Set(["forum", "cooperation", "officials"]);
const weight = (node) => (node.degree || 0) + (first.has(node.group) ? 6 : 0) + (node.font.size > 18 ? 6 : 0);

function drawNames(pen, scale) {
  const taken = [];
  for (const node of scene.byWeight.concat(scene.nodes.filter((one) => one.shape === "fold"))) {
    const lit = !scene.near || scene.near.has(node.id);
    const legible = node.font.size * scale >= 7;
    if (!node.label || (!legible && (!lit || node.status))) continue;
    const away = legible ? null : taken;
    drawName(pen, node, away ? FAR / scale : node.font.size, away, lit ? 1 : 0.3);
  }
}

function drawName(pen, node, size, taken, alpha) {
  const whole = node.label.split("\n");
  const lines = taken && whole.length > 2 ? [whole[0], whole[1].replace(/-$/, "") + " …"] : whole;
  if (force(node) === "possible") lines[0] = "? " + lines[0];
  const { x, y } = scene.places.at.get(node.id);
  const wide = Math.max(...lines.map((line) => pen.width(line, size)));
  const high = lines.length * size * 1.15;
  const side = inside.has(node.shape) ? "middle" : scene.places.sides[node.kind] || "below";
  const aside = node.size + 6;
  const [at, align] = { middle: [[x, y], "center"], below: [[x, y + node.size + 4 + high / 2], "center"], left: [[x - aside, y], "right"], right: [[x + aside, y], "left"] }[side];
  const left = align === "center" ? at[0] - wide / 2 : align === "right" ? at[0] - wide : at[0];
  const box = [left - size / 2, at[1] - high / 2 - size / 3, left + wide + size / 2, at[1] + high / 2 + size / 3];
  if (taken && taken.some(([l, t, r, b]) => box[0] < r && box[2] > l && box[1] < b && box[3] > t)) return;
  if (taken) taken.push(box);
  const halo = side === "middle" && !taken ? "" : colour("sheet");
  const fill = alpha < 1 ? colour("soft") : colour("ink");
  lines.forEach((line, number) => pen.text(line, at[0], at[1] + (number - (lines.length - 1) / 2) * size * 1.15, { size, fill, halo, align, alpha }));
}
