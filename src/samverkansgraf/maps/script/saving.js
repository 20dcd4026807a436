// The picture as a file: SVG of the very strokes on the canvas, PNG at twice its size; and the picture on paper.
const PIXELS = 30e6;

const light = (act) => {
  document.documentElement.dataset.theme = "light";
  readColours();
  try {
    return act();
  } finally {
    delete document.documentElement.dataset.theme;
    readColours();
  }
};

const title = () => document.title + " – " + views.get(state.view).title + (state.step ? " – " + data.steps[state.step - 1] : "");

function svgPicture() {
  const box = extent();
  const pen = new SvgPen([box[0] - 20, box[1] - 20, box[2] + 20, box[3] + 20], title());
  light(() => {
    pen.shape(roundedBox(box[2] - box[0] + 40, box[3] - box[1] + 40, 0), (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, { fill: colour("sheet") });
    draw(pen, 1);
  });
  return pen.svg;
}

function pngPicture() {
  const [x, y, x2, y2] = extent();
  const size = Math.min(2, Math.sqrt(PIXELS / ((x2 - x + 40) * (y2 - y + 40))));
  const sheet = Object.assign(element("canvas"), { width: Math.round((x2 - x + 40) * size), height: Math.round((y2 - y + 40) * size) });
  const pen = new CanvasPen(sheet.getContext("2d"));
  pen.context.setTransform(size, 0, 0, size, (20 - x) * size, (20 - y) * size);
  light(() => {
    pen.shape(roundedBox(x2 - x + 40, y2 - y + 40, 0), (x + x2) / 2, (y + y2) / 2, { fill: colour("sheet") });
    draw(pen, Math.min(1, size));
  });
  return sheet;
}

const picture = () => (state.view === "karta" ? landAlone() : svgPicture());

function save(blob, ending) {
  const link = element("a");
  link.href = URL.createObjectURL(blob);
  link.download = "karta-" + state.view + "." + ending;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  say(words.saved + " " + link.download);
}

const saveSvg = () => save(new Blob([new XMLSerializer().serializeToString(picture())], { type: "image/svg+xml" }), "svg");
const savePng = () => (state.view === "karta" ? landSheet() : Promise.resolve(pngPicture())).then((sheet) => sheet.toBlob((blob) => save(blob, "png")));

function beforePrint() {
  byId("paper").replaceChildren(picture());
}
