"""Many positions written at once: which of several about one issue stands."""

from datetime import timedelta
from itertools import permutations

import pytest
from django.utils.timezone import localdate, now

from manyhands.practice.stakeholders.models import Position
from manyhands.practice.stakeholders.positions import writing

WEDGES = ("leaning our way", "undecided", "against")


@pytest.fixture
def bring(inside, known, streets):
    def bring(*wedges, days_ago=()):
        ally = known("School")
        days = days_ago or [0] * len(wedges)
        said = [
            writing.Said(ally.pk, streets.pk, wedge, "The list of May.", localdate() - timedelta(days=ago))
            for wedge, ago in zip(wedges, days, strict=True)
        ]
        writing.write_positions(said, seat=inside.seat["ben"], at=now())
        return Position.objects.get(stakeholder=ally, issue=streets, replaced_at=None).wedge

    return bring


@pytest.mark.parametrize("wedges", list(permutations(WEDGES)))
def test_of_one_day_the_last_of_the_list_stands_every_time(bring, wedges):
    assert bring(*wedges) == wedges[-1]
    assert Position.objects.count() == 3


def test_what_is_said_twice_is_written_once_where_it_came_last(bring):
    assert bring("against", "undecided", "against") == "against"
    assert Position.objects.count() == 2


def test_the_newer_day_stands_in_whatever_order_they_came(bring):
    assert bring("against", "undecided", days_ago=(1, 9)) == "against"
