// Two pens with the same strokes: one on the canvas, one that makes elements of an SVG file.
const FONT = 'system-ui, "Segoe UI", "Noto Sans", sans-serif';

class CanvasPen {
  constructor(context) {
    this.context = context;
    this.paths = CanvasPen.known;
  }
  set({ fill, stroke, width = 1, dash = [], alpha = 1 }) {
    const context = this.context;
    context.globalAlpha = alpha;
    context.fillStyle = fill || "";
    context.strokeStyle = stroke || "";
    context.lineWidth = width;
    context.setLineDash(dash);
  }
  shape(d, x, y, style) {
    const context = this.context;
    if (!this.paths.has(d)) this.paths.set(d, new Path2D(d));
    const path = this.paths.get(d);
    this.set(style);
    context.translate(x, y);
    if (style.fill) context.fill(path);
    if (style.stroke) context.stroke(path);
    context.translate(-x, -y);
  }
  course({ a, c, b, bent }, style) {
    const context = this.context;
    this.set(style);
    context.beginPath();
    context.moveTo(a.x, a.y);
    if (bent) context.quadraticCurveTo(c.x, c.y, b.x, b.y);
    else context.lineTo(b.x, b.y);
    context.stroke();
  }
  points(points, style) {
    const context = this.context;
    this.set(style);
    context.beginPath();
    points.forEach(([x, y]) => context.lineTo(x, y));
    context.closePath();
    context.fill();
  }
  width(text, size, weight = "") {
    this.context.font = `${weight} ${size}px ${FONT}`;
    return this.context.measureText(text).width;
  }
  text(text, x, y, { size, fill, halo, weight = "", align = "center", alpha = 1 }) {
    const context = this.context;
    context.globalAlpha = alpha;
    context.font = `${weight} ${size}px ${FONT}`;
    context.textAlign = align;
    context.textBaseline = "middle";
    context.setLineDash([]);
    if (halo) {
      context.lineJoin = "round";
      context.lineWidth = size / 3;
      context.strokeStyle = halo;
      context.strokeText(text, x, y);
    }
    context.fillStyle = fill;
    context.fillText(text, x, y);
  }
}
CanvasPen.known = new Map();

class SvgPen {
  constructor([x, y, x2, y2], title) {
    this.svg = this.made("svg", { viewBox: [x, y, x2 - x, y2 - y].map(Math.round).join(" "), width: Math.round(x2 - x), height: Math.round(y2 - y), role: "img" });
    this.svg.append(Object.assign(this.made("title", {}), { textContent: title }));
    this.ruler = new CanvasPen(document.createElement("canvas").getContext("2d"));
  }
  made(name, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== "") made.setAttribute(key, value);
    return made;
  }
  add(name, attributes, { fill = "none", stroke, width = 1, dash = [], alpha = 1 }) {
    const line = stroke ? { stroke, "stroke-width": width, "stroke-dasharray": dash.join(" ") } : {};
    this.svg.append(this.made(name, { ...attributes, fill, ...line, opacity: alpha === 1 ? undefined : round(alpha) }));
  }
  shape(d, x, y, style) {
    this.add("path", { d, transform: `translate(${round(x)} ${round(y)})` }, style);
  }
  course({ a, c, b, bent }, style) {
    const [start, bend, end] = [a, c, b].map((one) => round(one.x) + " " + round(one.y));
    this.add("path", { d: bent ? `M${start}Q${bend} ${end}` : `M${start}L${end}` }, style);
  }
  points(points, style) {
    this.add("path", { d: polygon(points) }, style);
  }
  width(text, size, weight) {
    return this.ruler.width(text, size, weight);
  }
  text(text, x, y, { size, fill, halo, weight, align = "center", alpha = 1 }) {
    const anchor = { center: "middle", left: "start", right: "end" }[align];
    const around = halo ? { stroke: halo, "stroke-width": round(size / 3), "stroke-linejoin": "round", "paint-order": "stroke" } : {};
    const made = this.made("text", {
      x: round(x), y: round(y), fill, ...around, "font-size": size, "font-weight": weight, "font-family": FONT,
      "text-anchor": anchor, "dominant-baseline": "central", opacity: alpha === 1 ? undefined : round(alpha),
    });
    made.textContent = text;
    this.svg.append(made);
  }
}
