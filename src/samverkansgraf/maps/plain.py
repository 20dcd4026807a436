"""The style of pictures for programs that draw SVG but know no custom properties, such as word processors."""

from __future__ import annotations

import re

_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_USED = re.compile(r"var\((--[\w-]+)\)")
_ACTED_ON = re.compile(r":(?:hover|focus)")
_PATTERN = re.compile(r' fill="(url\(#[\w-]+\))"')
_ON_A_PAGE = frozenset({"display", "width", "height", "max-width"})
_VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_HALO = re.compile(r'(<text [^>]*class="(?:name|value) [^>]*)>([^<]*</text>)')
Rules = list[tuple[list[str], dict[str, str]]]


def plain_css(css: str, kind: str) -> str:
    """What *css* says of a *kind* of picture, with the light colours written out and nothing that reacts to a reader.

    A property that a class sets (``.c-1 { --tone: … }``) is written out for elements of that class and inside one, so
    selectors have to end in one element or class. Holds no ``var()`` and no ``:not()``.
    """
    rules = _rules(css, kind)
    everywhere, by_class = _set(rules)
    lines = []
    for selectors, declared in rules:
        said = {name: value for name, value in declared.items() if not name.startswith("--") and name not in _ON_A_PAGE}
        used = {name for value in said.values() for name in _USED.findall(value)} - everywhere.keys()
        if said and not used:
            lines.append(_line(selectors, said, everywhere))
        for name, own in by_class.items():
            if used and used <= own.keys():
                lines.append(_line([one for s in selectors for one in _within(s, name)], said, everywhere | own))
    return "\n".join(lines)


def _set(rules: Rules) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Custom properties that hold for a whole picture, and those that a class sets, by its name."""
    everywhere: dict[str, str] = {}
    by_class: dict[str, dict[str, str]] = {}
    for selectors, declared in rules:
        own = {name: value for name, value in declared.items() if name.startswith("--")}
        for selector in selectors if own else ():
            *above, last = selector.split()
            (by_class.setdefault(last[1:], {}) if above else everywhere).update(own)
    return everywhere, by_class


def plain_markup(markup: str) -> str:
    """*markup* with a size of its own, whose patterns outrank its classes, and with halos as texts of their own."""
    sized = _VIEW.sub(lambda box: f'{box[0]} width="{2 * float(box[1]):g}" height="{2 * float(box[2]):g}"', markup, 1)
    patterned = _PATTERN.sub(r' style="fill:\1"', sized)
    return _HALO.sub(r'\1>\2\1 style="stroke:none">\2', patterned)


def _rules(css: str, kind: str) -> Rules:
    """Selectors and declarations of every rule that concerns a *kind* of picture."""
    found = []
    for heads, body in _RULE.findall(_MEDIA.sub("", css)):
        selectors = [" ".join(one.split()) for one in heads.split(",") if not _ACTED_ON.search(one)]
        chosen = [one for one in selectors if one.partition(" ")[0] in {".picture", f".{kind}"}]
        declared = dict(part.split(":", 1) for part in body.split(";") if part.strip())
        found.append((chosen, {name.strip(): value.strip() for name, value in declared.items()}))
    return [(chosen, declared) for chosen, declared in found if chosen]


def _within(selector: str, name: str) -> list[str]:
    """*selector* for what is of the class itself, and for what is inside one that is."""
    selector = selector.replace(":not([fill])", "")
    above, _, last = selector.rpartition(" ")
    return [f"{selector}.{name}", f"{above} .{name} {last}"]


def _line(selectors: list[str], said: dict[str, str], known: dict[str, str]) -> str:
    written = "; ".join(f"{name}: {value}" for name, value in said.items())
    while _USED.search(written):
        written = _USED.sub(lambda found: known[found[1]], written)
    return f"{', '.join(selectors)} {{ {written} }}"


__all__ = ["plain_css", "plain_markup"]
