"""What the style guide shows: the tokens by name, and invented examples for the components."""

from functools import cached_property
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest

from .charts import Scale, hull_path, line, ticks
from .context import ACCENTS
from .forms import DateInput, Described, HueSelect, RangeInput
from .lists import ListPage

COLOURS = [
    ("canvas", "Canvas"), ("surface", "Surface"), ("sunken", "Sunken"), ("line", "Line"), ("ink", "Ink"),
    ("ink-soft", "Ink, soft"), ("ink-faint", "Ink, faint"), ("accent", "Accent"), ("accent-tint", "Tint"),
    ("accent-wash", "Wash"), ("accent-mid", "Mid"), ("deep", "Deep"), ("sun", "Sun"), ("sun-wash", "Sun wash"),
    ("good", "Good"), ("good-wash", "Good wash"), ("stop", "Stop"), ("stop-wash", "Stop wash"),
]  # fmt: skip
CHART_COLOURS = [
    (1, "Blue, circle"),
    (2, "Vermilion, square"),
    (3, "Teal, diamond"),
    (4, "Plum, triangle"),
    (5, "Ochre, cross"),
]
TYPE = [
    ("4xl", "Poster", "Clean air for kids"), ("3xl", "Page title", "Close three more streets"),
    ("2xl", "Section", "Stances and reasons"), ("xl", "Item", "Put guards at every school first"),
    ("lg", "Lede", "Who can move clean air at the school gate, and how much they care."),
    ("md", "Text", "Nine members have said where they stand. Your own organization has not."),
    ("sm", "Aside", "Measured at 18 gates, October 2026."),
    ("xs", "Source line", "Mean of 6 raters, 1 to 5. Rated 9–16 November."),
]  # fmt: skip
SPACES = [
    (1, "4 px"),
    (2, "8 px"),
    (3, "12 px"),
    (4, "16 px"),
    (5, "24 px"),
    (6, "32 px"),
    (7, "48 px"),
    (8, "64 px"),
    (9, "96 px"),
]

ALLIES = [
    {"name": "City Council", "sector": "Government", "influence": "4.8", "owner": "Amina"},
    {"name": "Harbor Port Authority", "sector": "Government", "influence": "4.7", "owner": ""},
    {"name": "School Board", "sector": "Government", "influence": "4.2", "owner": ""},
    {"name": "Northside Clinic", "sector": "Health", "influence": "3.5", "owner": "Rosa"},
    {"name": "Market Traders’ Guild", "sector": "Business", "influence": "3.4", "owner": "Joan"},
]
GROUPS = {
    1: [(12, 22), (18, 14), (28, 20), (36, 34), (38, 58), (24, 66), (14, 52), (26, 42)],
    2: [(60, 24), (68, 16), (84, 20), (88, 34), (78, 48), (64, 50), (74, 32)],
    4: [(52, 66), (62, 62), (74, 70), (70, 86), (56, 82), (64, 74)],
}
READINGS = [
    ("March", 38.0),
    ("April", 37.6),
    ("May", 36.9),
    ("June", 35.2),
    ("July", 34.8),
    ("August", 34.9),
    ("September", 33.0),
    ("October", 31.0),
]


class ExampleForm(forms.Form):
    """Every widget once, one of them with an error."""

    name = forms.CharField(label="Name of the working group", help_text="All members see it.")
    ends = forms.DateField(label="Ends on", widget=DateInput)
    sector = forms.ChoiceField(label="Sector", choices=[("transport", "Transport"), ("health", "Health")])
    remit = forms.CharField(label="What may it decide alone?", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    readers = forms.ChoiceField(
        label="Who may read this?",
        widget=forms.RadioSelect,
        choices=[
            ("members", Described("All members", "The usual choice.")),
            ("group", Described("This working group", "Others see that it exists, and why it is closed.")),
        ],
    )
    tell = forms.BooleanField(
        label="Tell the members in Friday’s summary", required=False, help_text="Nobody gets a message today."
    )
    matters = forms.IntegerField(
        label="How much does this matter to you?", widget=RangeInput(attrs={"min": 0, "max": 10})
    )
    accent = forms.ChoiceField(label="Its color", widget=HueSelect, choices=[(name, name.title()) for name in ACCENTS])
    minutes = forms.FileField(label="Minutes of the first meeting", required=False)

    def clean(self) -> dict[str, Any]:
        self.add_error("ends", "June has 30 days. Did you mean 30 June 2027?")
        return self.cleaned_data


class ExampleList(ListPage):
    """A list page over rows that are in no database."""

    @cached_property
    def all_rows(self) -> Any:
        return sorted(ALLIES, key=lambda ally: ally[self.sort], reverse=self.is_descending)


def examples(request: HttpRequest) -> dict[str, Any]:
    """Everything the style guide's templates name."""
    sent = {"name": "Buses and depots", "ends": "2027-06-30", "sector": "transport", "readers": "members", "tell": "on",
            "remit": "Up to 500 a month on leaflets and printing.", "matters": 7, "accent": "lake"}  # fmt: skip
    allies = ExampleList(
        request,
        None,  # type: ignore[arg-type]
        search=["name"],
        filters={"sector": ("Sector", [("health", "Health"), ("business", "Business")], "sector")},
        sorts={"name": ("Ally", "name"), "influence": ("Influence", "influence")},
        default_sort="-influence",
        page_size=3,
    )
    up = Scale(18, 41, room=10, upwards=True)
    along = Scale(0, len(READINGS) - 1, room=6)
    places = [(along(number), up(value)) for number, (_, value) in enumerate(READINGS)]
    return {
        "colours": COLOURS, "chart_colours": CHART_COLOURS, "type_sizes": TYPE, "spaces": SPACES,
        "accents": [(name, "light" if number < 3 else "dark") for number, name in enumerate(ACCENTS)],
        "form": ExampleForm(sent), "allies": allies,
        "run": SimpleNamespace(pk=1, state="done", done=13515, of=13515, note="", error=""),
        "running": SimpleNamespace(pk=2, state="paused", done=8379, of=13515, note="about 11 seconds left", error=""),
        "failed": SimpleNamespace(pk=3, state="failed", done=10, of=20, note="", error="KeyError"),
        "steps": ["Upload", "Match columns", "Try first", "Import"],
        "parts": [{"x": 0, "width": 92.6, "kind": ""}, {"x": 92.85, "width": 4.1, "kind": "2"},
                  {"x": 97.2, "width": 1.5, "kind": "3"}, {"x": 98.95, "width": 1.05, "kind": "stop"}],
        "groups": [{"series": series, "path": hull_path(points, room=5), "points": points}
                   for series, points in GROUPS.items()],
        "readings": [{"month": month, "value": value, "x": x, "y": y}
                     for (month, value), (x, y) in zip(READINGS, places, strict=True)],
        "reading_line": line(places),
        "reading_ticks": [{"at": up(tick), "label": tick} for tick in ticks(18, 41)],
        "target_at": up(20),
    }  # fmt: skip
