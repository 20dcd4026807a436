// The geographic view: one picture for each part of the country, shaded by the measure chosen. What changes a picture
// is markup that the build made, with every name in it escaped.
const land = byId("land");
const partNow = () => data.country.find((part) => part.key === state.part) || data.country[0];

function measures() {
  const known = partNow().data.measures;
  const select = byId("measure");
  select.replaceChildren(...known.map((one) => Object.assign(element("option", one.title), { value: one.key })));
  const chosen = known.find((one) => one.key === state.measure) || known[0];
  select.value = chosen.key;
  return chosen;
}

function showLand() {
  if (!data.country.length) return;
  frame.hidden = state.view === "karta";
  land.hidden = state.view !== "karta";
  byId("part").value = partNow().key;
  land.querySelectorAll("[data-part]").forEach((one) => (one.hidden = one.dataset.part !== partNow().key));
  shade(land.querySelector("[data-part]:not([hidden]) svg"), measures(), partNow().data.unnamed);
}

function shade(svg, measure, [none, unnamed]) {
  const told = (id) => measure.areas[id] || [none, null, "", things.has(id) ? things.get(id).name + ": " + unnamed : unnamed];
  svg.setAttribute("viewBox", "0 0 360 " + measure.height);
  svg.setAttribute("aria-label", measure.title);
  svg.querySelector("title").textContent = measure.title;
  svg.querySelector("desc").textContent = measure.description;
  svg.querySelector("g.heading").outerHTML = measure.heading;
  svg.querySelector("g.legend").innerHTML = measure.legend;
  svg.querySelectorAll("path[data-kommun]").forEach((path) => {
    const [shade_, fill, , said] = told(path.dataset.kommun);
    path.setAttribute("class", shade_);
    if (fill) path.setAttribute("fill", fill);
    else path.removeAttribute("fill");
    if (measure.areas[path.dataset.kommun]) path.firstElementChild.textContent = said;
    else path.firstElementChild.textContent = path.firstElementChild.textContent.split(":")[0] + ": " + unnamed;
    if (path.parentElement.tagName === "a") path.parentElement.setAttribute("aria-label", path.firstElementChild.textContent);
  });
  svg.querySelectorAll("[data-value], [data-name]").forEach((words_) => {
    const [shade_, , value] = told(words_.dataset.value || words_.dataset.name);
    words_.setAttribute("class", (words_.dataset.value ? "value " : "name ") + shade_);
    if (words_.dataset.value) words_.textContent = value;
  });
}

// The picture as a file of its own, with the style sheet of pictures in it.
function landAlone() {
  const svg = land.querySelector("[data-part]:not([hidden]) svg").cloneNode(true);
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = byId("pictures").textContent;
  svg.prepend(style);
  return svg;
}

// The same as pixels, twice its size, and light as every picture that is saved.
async function landSheet() {
  const svg = landAlone();
  svg.firstChild.textContent = svg.firstChild.textContent.replaceAll("screen and (prefers-color-scheme: dark)", "not all");
  const { width, height } = svg.viewBox.baseVal;
  svg.setAttribute("width", 2 * width);
  svg.setAttribute("height", 2 * height);
  const image = new Image();
  image.src = "data:image/svg+xml," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
  await image.decode();
  const sheet = Object.assign(element("canvas"), { width: 2 * width, height: 2 * height });
  const context = sheet.getContext("2d");
  context.fillStyle = light(() => colour("sheet"));
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.drawImage(image, 0, 0);
  return sheet;
}
