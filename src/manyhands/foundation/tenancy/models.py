"""The base class of everything a coalition owns."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.encoding import force_str

from .scope import current_coalition_id


class WrongCoalition(ValueError):
    """A row would have belonged to, or pointed at, another coalition."""


class OwnedQuerySet(models.QuerySet):
    """Bulk writes pass the same gate as single ones."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list:
        rows = list(objs)
        for row in rows:
            row.claim()
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> int:
        rows = list(objs)
        for row in rows:
            row.claim()
        return super().bulk_update(rows, *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """Refuses to move rows to another coalition, or to point them at another coalition's rows."""
        here = current_coalition_id()
        for name, value in kwargs.items():
            if name in {"coalition", "coalition_id"}:
                raise WrongCoalition(f"{self.model._meta.label} rows never move to another coalition")
            if isinstance(value, CoalitionOwned) and value.coalition_id != here:
                raise WrongCoalition(f"{self.model._meta.label}.{name} reaches outside coalition {here}")
        return super().update(**kwargs)


class OwnedManager(models.Manager.from_queryset(OwnedQuerySet)):  # type: ignore[misc]
    """Only ever answers for the coalition we are inside."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(coalition_id=current_coalition_id())


class CoalitionOwned(models.Model):
    """A row that belongs to one coalition, is read inside it, and never leaves it."""

    coalition = models.ForeignKey("coalitions.Coalition", on_delete=models.CASCADE, related_name="+", editable=False)

    objects = OwnedManager()
    all_coalitions = models.Manager()  # for the foundation only; an architecture test guards this

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.claim()
        super().save(*args, **kwargs)

    def claim(self) -> None:
        """Stamp the row with the coalition we are inside; refuse links to any other."""
        here = current_coalition_id()
        self.coalition_id = self.coalition_id or here
        linked: list[Any] = [self]
        for field in self._meta.concrete_fields:
            if (
                isinstance(field, models.ForeignKey)
                and isinstance(field.related_model, type)
                and issubclass(field.related_model, CoalitionOwned)
            ):
                linked.append(self._linked(field))
        if any(row is not None and row.coalition_id != here for row in linked):
            raise WrongCoalition(f"{self._meta.label} reaches outside coalition {here}")

    def _get_FIELD_display(self, field: models.Field) -> Any:
        """The label of a choice. Django's own way translates every label of the field to show one of them."""
        value = getattr(self, field.attname)
        labels = (str(label) for key, label in field.flatchoices if key == value)
        return next(labels, force_str(value, strings_only=True))

    def _linked(self, field: models.ForeignKey) -> Any:
        """The row a link points at; a link that points at nothing is refused too, not followed blindly."""
        value = getattr(self, field.attname)
        if value is None:
            return None
        if field.is_cached(self):
            return getattr(self, field.name)
        kind: Any = field.related_model
        if not kind.objects.filter(pk=value).exists():
            raise WrongCoalition(f"{self._meta.label}.{field.name} reaches outside the coalition")
        return None
