"""Everything that points at an ally, found in the models themselves, so that a new one is never forgotten.

What is changed is noted as text, row by row, before and after: that is how it finds its way back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from ..models import Merge, Stakeholder

#: ``["stakeholders.Tie", 7, {"one_id": ["3", "9"]}]``
Change = list[Any]
#: Counts up with every change, also with the way back, so that nobody's open form overwrites anything unseen.
COUNTS_UP = "version"


@dataclass(frozen=True)
class Link:
    """A field of some model that points at an ally."""

    model: type[models.Model]
    name: str

    @property
    def attname(self) -> str:
        return f"{self.name}_id"

    @property
    def rows(self) -> Any:
        return self.model.objects  # type: ignore[attr-defined]  # every model of the house has it

    @property
    def unique(self) -> list[models.UniqueConstraint]:
        """What may exist only once for an ally."""
        constraints = self.model._meta.constraints
        return [c for c in constraints if isinstance(c, models.UniqueConstraint) and self.name in c.fields]

    @property
    def others(self) -> list[str]:
        """Other fields of the same model that point at an ally: the other end of a tie."""
        return [link.attname for link in links() if link.model is self.model and link.name != self.name]


def links(*, merged: bool = False) -> list[Link]:
    """Every field of the house that points at an ally, apart from the merges themselves unless they are asked for."""
    found = []
    for relation in Stakeholder._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ForeignObjectRel) and not relation.many_to_many:
            model = relation.related_model
            if isinstance(model, type) and issubclass(model, models.Model) and (merged or model is not Merge):
                found.append(Link(model, relation.field.name))
    return sorted(found, key=lambda link: (link.model._meta.label, link.name))


@dataclass
class Notes:
    """What was changed, in order."""

    moved: list[Change] = field(default_factory=list)

    def change(self, row: models.Model, **values: Any) -> None:
        """Write new values of a row, and note both. Values that stay are not noted."""
        noted = {}
        for name, after in values.items():
            before = getattr(row, name)
            if before != after:
                setattr(row, name, after)
                noted[name] = [written(row, name, before), written(row, name, after)]
        if noted:
            also_removed(type(row)).filter(pk=row.pk).update(**{name: values[name] for name in noted})
            self.moved.append([row._meta.label, row.pk, noted])

    def move_all(self, link: Link, gone_id: int, kept_id: int) -> None:
        """Point all rows of a link at the kept ally; two questions, however many there are."""
        keys = list(link.rows.filter(**{link.attname: gone_id}).order_by("pk").values_list("pk", flat=True))
        if keys:
            link.rows.filter(pk__in=keys).update(**{link.attname: kept_id})
            noted = {link.attname: [str(gone_id), str(kept_id)]}
            self.moved += [[link.model._meta.label, key, dict(noted)] for key in keys]


def put_back(moved: list[Change]) -> int:
    """Take noted changes back, the last first; how many rows stay, since somebody has changed them meanwhile.

    A field that is no longer as it was left stays as it is. A row that has no place any more, because something
    newer stands there, stays where it is.
    """
    left = 0
    for label, pk, noted in reversed(moved):
        row = also_removed(apps.get_model(label)).filter(pk=pk).first()
        if row is not None:
            left += not _put_one_back(row, noted)
    return left


def _put_one_back(row: Any, noted: dict[str, list[Any]]) -> bool:
    values, whole = {}, True
    for name, (before, after) in noted.items():
        if name == COUNTS_UP:
            continue
        if written(row, name, getattr(row, name)) == after:
            values[name] = read(row, name, before)
        else:
            whole = False
    if values and COUNTS_UP in noted:
        values[COUNTS_UP] = row.version + 1
    try:
        with transaction.atomic():
            if values:
                also_removed(type(row)).filter(pk=row.pk).update(**values)
    except IntegrityError:
        return False
    return whole


def also_removed(model: type[models.Model]) -> Any:
    """The rows of a model in this coalition, allies off the list as well."""
    return Stakeholder.with_removed if model is Stakeholder else model.objects  # type: ignore[attr-defined]


def written(row: models.Model, name: str, value: Any) -> Any:
    """A value as it is noted: text, or what JSON knows; nothing stays nothing."""
    if value is None:
        return None
    found = _field(row, name)
    if isinstance(found, models.JSONField):
        return value
    stand_in = type(row)()
    setattr(stand_in, found.attname, value)
    return found.value_to_string(stand_in)


def read(row: models.Model, name: str, noted: Any) -> Any:
    """A value as it was before it was noted."""
    found = _field(row, name)
    if noted is None or isinstance(found, models.JSONField):
        return noted
    target = found.target_field if isinstance(found, models.ForeignKey) else found
    return target.to_python(noted)


def _field(row: models.Model, name: str) -> models.Field:
    return next(found for found in row._meta.concrete_fields if name in (found.name, found.attname))


def pointed_at(which: Mapping[str, Any], *, but: frozenset[str] = frozenset(), merged: bool = False) -> Iterator[int]:
    """Those of some allies that anything points at, apart from rows of the models named in `but`.

    `which` says which allies, as a filter would: ``{"pk__in": [3, 4]}``. Merges count only if `merged` says so.
    """
    for link in links(merged=merged):
        if link.model._meta.label not in but:
            asked = {f"{link.name}__{name}": value for name, value in which.items()}
            yield from link.rows.filter(**asked).values_list(link.attname, flat=True)
