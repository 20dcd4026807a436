"use strict";
(() => {
  const list = [...document.querySelectorAll("#list li")];
  const groups = [...document.querySelectorAll("#list section")];
  const words = list.map((item) => item.textContent.toLocaleLowerCase("sv"));
  const field = document.getElementById("q");
  const hits = document.getElementById("hits");
  const show = () => {
    const wanted = field.value.toLocaleLowerCase("sv").trim().split(/\s+/).filter(Boolean);
    let count = 0;
    list.forEach((item, place) => {
      item.hidden = !wanted.every((word) => words[place].includes(word));
      count += !item.hidden;
    });
    groups.forEach((group) => (group.hidden = !group.querySelector("li:not([hidden])")));
    hits.textContent = wanted.length ? hits.dataset.all.replace("{n}", count) : "";
  };
  field.addEventListener("input", show);
  document.getElementById("find").hidden = false;
  const given = new URLSearchParams(location.search).get("q");
  if (given) field.value = given;
  show();
})();
