"""Places in a question where a value is filled in when it is asked."""

import json
from typing import Any

from django.db.models import BooleanField, DateTimeField, Expression, F, Field


class Hole:
    """What stands among a question's values until it is asked: the blank's name, and how its value is written."""

    def __init__(self, name: str, field: Any) -> None:
        self.name, self.field = name, field

    def filled(self, values: dict[str, Any], connection: Any) -> Any:
        return self.field.get_db_prep_value(values[self.name], connection)


class Blank(Expression):
    """One value: ``Seat.objects.filter(pk=Blank("seat", BigIntegerField()))``."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", (Hole(self.name, self.output_field),)


MOMENT_OF_ASKING = Blank("now", DateTimeField())


class AmongIds(Expression):
    """Whether a column holds one of several ids, however many: ``Seat.objects.filter(AmongIds("pk", "seats"))``.

    Django's ``pk__in`` writes one place for each id, so its words would be others for each number of them.
    """

    conditional = True

    def __init__(self, column: str, name: str) -> None:
        super().__init__(output_field=BooleanField())
        self.column: Any = F(column)
        self.name = name

    def get_source_expressions(self) -> list[Any]:
        return [self.column]

    def set_source_expressions(self, exprs: Any) -> None:
        (self.column,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, values = compiler.compile(self.column)
        # Only Django's own words stand here.
        return f"{column} IN (SELECT value FROM json_each(%s))", (*values, Hole(self.name, _AsJson()))  # noqa: S608

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        column, values = compiler.compile(self.column)
        # As text: a list of small numbers and one of large ones are of different kinds, each with a plan of its own.
        return f"{column} = ANY (%s::bigint[])", (*values, Hole(self.name, _AsArray()))


class _AsJson:
    def get_db_prep_value(self, ids: Any, connection: Any) -> str:
        return json.dumps([int(each) for each in ids])


class _AsArray:
    def get_db_prep_value(self, ids: Any, connection: Any) -> str:
        return f"{{{','.join(str(int(each)) for each in ids)}}}"
