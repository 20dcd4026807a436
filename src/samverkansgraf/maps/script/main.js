// Everything together.
[["zoom-in", () => zoom(1.3)], ["zoom-out", () => zoom(1 / 1.3)], ["fit", () => fit()], ["save-svg", saveSvg], ["save-png", savePng]].forEach(
  ([id, act]) => byId(id).addEventListener("click", act),
);
if (byId("unfold")) byId("unfold").addEventListener("click", () => unfoldAll(state.open.size < data.folds.length));
list.addEventListener("keydown", listKeys);
byId("search").addEventListener("input", search);
byId("search").addEventListener("keydown", searchKeys);
byId("legend").addEventListener("click", legend);
byId("area").addEventListener("change", chooseArea);
byId("table").addEventListener("toggle", () => data.folds.length && updateTable());
byId("step").addEventListener("input", (event) => chooseStep(Number(event.target.value)));
byId("step").addEventListener("change", () => remember(false));
byId("hops").addEventListener("change", (event) => go({ hops: Number(event.target.value) }));
["first", "second"].forEach((id) => byId(id) && byId(id).addEventListener("change", () => go({ pair: [byId("first").value, byId("second").value] })));
["part", "measure"].forEach((id) => byId(id) && byId(id).addEventListener("change", (event) => go({ [id]: event.target.value }, { push: false })));
land.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  openThing(link.querySelector("[data-kommun]").dataset.kommun);
});
byId("views").addEventListener("click", (event) => {
  const tab = event.target.closest("button");
  if (tab) go({ view: tab.dataset.view }, { focus: false });
});
frame.addEventListener("keydown", mapKeys);
panel.addEventListener("keydown", (event) => event.target.id === "panel-title" && mapKeys(event));
panel.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (!link) return;
  event.preventDefault();
  addressed(link.hash);
  openThing(asked_().thing, { push: false });
});
addEventListener("keydown", (event) => event.key === "Escape" && closePanel());
addEventListener("hashchange", followAddress);
addEventListener("popstate", followAddress);
addEventListener("beforeprint", beforePrint);
canvas.addEventListener("pointerdown", pointerDown);
canvas.addEventListener("pointermove", pointerMove);
canvas.addEventListener("pointerup", pointerUp);
canvas.addEventListener("pointercancel", pointerUp);
canvas.addEventListener("pointerleave", () => (tip.hidden = true));
canvas.addEventListener("dblclick", (event) => zoomAt(onCanvas(event), 1.6));
canvas.addEventListener("wheel", wheel, { passive: false });
dark.addEventListener("change", () => (readColours(), paint()));
new ResizeObserver(paint).observe(frame);
byId("legend").open = !narrow.matches;
followAddress();
paintNow();
requestAnimationFrame(() => (window.karta.stable = performance.now()));
window.karta = { state, scene: () => scene, view, colour, painted: () => drawn, draw, svg: svgPicture };
