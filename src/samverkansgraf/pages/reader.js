// Esc puts away the facts shown beside the text, until the reader points or moves again.
const reader = document.querySelector(".reader");
const wake = () => reader.classList.remove("quiet");
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") reader.classList.add("quiet");
});
for (const kind of ["mouseover", "focusin"]) reader.addEventListener(kind, wake);
window.addEventListener("hashchange", wake);
