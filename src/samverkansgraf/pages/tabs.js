// Tabs after the WAI-ARIA pattern: arrows, Home and End move, Delete closes; one panel shows what the chosen tab holds.
"use strict";
class Tabs {
  constructor({list, panel, chosen, close}) {
    Object.assign(this, {list, panel, chosen, all: [], active: null, made: 0});
    list.addEventListener("click", ({target}) => this.of(target) && this.choose(this.of(target)));
    list.addEventListener("keydown", (event) => (event.key === "Delete" ? close() : this.move(event)));
  }

  of(element) {
    return this.all.find((tab) => tab.button.contains(element));
  }

  add(tab) {
    const button = document.createElement("button");
    Object.assign(button, {type: "button", role: "tab", id: `tab-${(this.made += 1)}`});
    button.setAttribute("aria-controls", this.panel.id);
    this.list.append(button);
    this.all.push(Object.assign(tab, {button}));
    this.name(tab, tab.title);
    this.choose(tab);
    return tab;
  }

  name(tab, title) {
    tab.title = tab.button.textContent = tab.button.title = title;
  }

  choose(tab, {focus = false} = {}) {
    this.active = tab;
    for (const {button} of this.all) {
      button.setAttribute("aria-selected", button === tab.button);
      button.tabIndex = button === tab.button ? 0 : -1;
    }
    this.panel.setAttribute("aria-labelledby", tab.button.id);
    this.list.scrollLeft = tab.button.offsetLeft - this.list.offsetLeft - 40;
    if (focus) tab.button.focus();
    this.chosen(tab);
  }

  close(tab) {
    const place = this.all.indexOf(tab);
    this.all.splice(place, 1);
    tab.button.remove();
    this.choose(this.all[Math.min(place, this.all.length - 1)], {focus: true});
  }

  move(event) {
    const [place, last] = [this.all.indexOf(this.active), this.all.length - 1];
    const to = {ArrowLeft: place ? place - 1 : last, ArrowRight: place < last ? place + 1 : 0, Home: 0, End: last}[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.choose(this.all[to], {focus: true});
  }
}
