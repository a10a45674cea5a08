"""Where marks of the ally map stand."""

import itertools
import math

from ..chart import ACROSS, HEIGHT, UPWARDS, WIDTH, draw
from ..models import Stakeholder


def test_marks_in_one_place_can_all_be_seen_and_stay_near_it():
    allies = [Stakeholder(pk=n, name=f"Ally {n}", interest=5, influence=1, raters=1) for n in range(1, 6)]
    plot = draw(allies, allies[3], [])
    places = [(place.x * WIDTH / 100, place.y * HEIGHT / 100) for place in plot.places]
    assert plot.chosen is not None
    home = (plot.chosen.x * WIDTH / 100, plot.chosen.y * HEIGHT / 100)
    assert home == (ACROSS(5) * WIDTH / 100, UPWARDS(1) * HEIGHT / 100), (
        "the chosen one keeps the place that its ratings gave it"
    )
    assert min(math.dist(*pair) for pair in itertools.combinations(places, 2)) > 10
    assert max(math.dist(home, place) for place in places) < 45
    assert all(0 < place.x < 100 and 0 < place.y < 100 for place in plot.places)


def test_a_hundred_marks_in_one_place_do_not_wander_to_another():
    allies = [Stakeholder(pk=n, name=f"Ally {n}", interest=3, influence=3, raters=1) for n in range(1, 101)]
    places = [(place.x * WIDTH / 100, place.y * HEIGHT / 100) for place in draw(allies, None, []).places]
    assert len(set(places)) == 100
    assert max(math.dist((WIDTH / 2, HEIGHT / 2), place) for place in places) < 36
