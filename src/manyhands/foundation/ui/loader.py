"""Loads our templates: Cotton's loader, which writes icons, marks and badges out once instead of at every showing.

A page shows thirty icons, and a list a mark and a badge in each row. As components each is a template with variables of
its own; written out when the template is read they cost next to nothing afterwards (on the list of members a quarter
of the work of its template), and the page's authors still write `<c-icon name="check" />`.
"""

import re
from typing import Any

from django_cotton.cotton_loader import Loader as CottonLoader

#: A variable and nothing else, such as ``{{ door.icon }}``.
_VARIABLE = r"\{\{ [a-z_]+(?:\.[a-z_]+)* \}\}"
_ICON = re.compile(rf'<c-icon((?:\s+[a-z]+(?:="(?:[^"{{]*|{_VARIABLE})")?)*)\s*/>')
_MARK = re.compile(
    rf'<c-mark-(?P<kind>person|organization)\s+(?::name="(?P<path>[a-z_]+(?:\.[a-z_]+)*)"|name="(?P<shown>{_VARIABLE})")'
    r'(?:\s+size="(?P<size>[a-z]+)")?\s*/>'
)
_BADGE = re.compile(
    r'<c-badge(?: kind="(?P<kind>[a-z]+)")?(?: icon="(?P<icon>[a-z-]+)")?>(?P<slot>(?:(?!<c-badge).)*?)</c-badge>',
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r'([a-z]+)(?:="([^"]*)")?')


def write_out(text: str) -> str:
    """Replace icons, marks and badges by what their components would show, where that needs only a word or a variable.

    >>> write_out('<c-icon name="check" class="big" />')
    '<svg class="icon big" aria-hidden="true"><use href="{% static \\'ui/icons.svg\\' %}#i-check"></use></svg>'
    >>> write_out('<c-icon name="{{ door.icon }}" />')
    '<svg class="icon" aria-hidden="true"><use href="{% static \\'ui/icons.svg\\' %}#i-{{ door.icon }}"></use></svg>'
    >>> write_out('<c-icon :name="kind" /><c-icon name="x" label="{% translate \\'may\\' %}" />')
    '<c-icon :name="kind" /><c-icon name="x" label="{% translate \\'may\\' %}" />'
    >>> write_out('<c-mark-person :name="seat.name" size="lg" />').removeprefix("{% load ui %}")
    '<span class="person tone-{{ seat.name|tone }} size-lg" aria-hidden="true">{{ seat.name|letters }}</span>'
    >>> write_out('<c-mark-person name="Amina" tone="2" />')
    '<c-mark-person name="Amina" tone="2" />'
    >>> write_out('<c-badge kind="good">{{ word }}</c-badge><c-badge kind="{% if a %}sun{% endif %}">b</c-badge>')
    '<span class="badge badge-good">{{ word }}</span><c-badge kind="{% if a %}sun{% endif %}">b</c-badge>'
    """
    return _MARK.sub(_mark, _ICON.sub(_icon, _BADGE.sub(_badge, text)))


def _badge(found: re.Match[str]) -> str:
    kind = f" badge-{found['kind']}" if found["kind"] else ""
    icon = f'<c-icon name="{found["icon"]}" />' if found["icon"] else ""
    return f'<span class="badge{kind}">{icon}{found["slot"]}</span>'


def _icon(found: re.Match[str]) -> str:
    given: dict[str, Any] = dict(_ATTRIBUTE.findall(found.group(1)))
    if not given.get("name") or not set(given) <= {"name", "class", "label", "turn"}:
        return found.group(0)
    classes = " ".join(["icon", *(["icon-turn"] if "turn" in given else []), *filter(None, [given.get("class")])])
    label = given.get("label")
    meaning = f'role="img" aria-label="{label}"' if label else 'aria-hidden="true"'
    return (
        f'<svg class="{classes}" {meaning}><use href="{{% static \'ui/icons.svg\' %}}#i-{given["name"]}"></use></svg>'
    )


def _mark(found: re.Match[str]) -> str:
    shape = "person" if found["kind"] == "person" else "arch"
    name = found["path"] or found["shown"].strip("{} ")
    size = f" size-{found['size']}" if found["size"] else ""
    return (
        f'{{% load ui %}}<span class="{shape} tone-{{{{ {name}|tone }}}}{size}" aria-hidden="true">'
        f"{{{{ {name}|letters }}}}</span>"
    )


class Loader(CottonLoader):
    """Cotton's loader with icons, marks and badges written out first."""

    def _get_template_string(self, template_name: str) -> str:
        return write_out(super()._get_template_string(template_name))
