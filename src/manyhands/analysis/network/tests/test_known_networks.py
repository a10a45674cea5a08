"""Figures of networks whose values are published, or were worked out with other programs."""

import numpy as np
import pytest

from manyhands.analysis.network import Ties, network_figures
from manyhands.analysis.network.shape import distances
from manyhands.analysis.network.tests.classics import KARATE, KITE, classic, florence, star


def by_id(ties):
    return {row.id: row for row in network_figures(ties).rows()}


def test_florentine_families():
    found = network_figures(florence())
    rows = by_id(florence())
    assert (len(rows), len(found.ties)) == (15, 20)
    assert found.density == pytest.approx(0.1905, abs=5e-5)
    assert found.degree_centralization == pytest.approx(0.2747, abs=5e-5)
    assert distances(florence()) == (pytest.approx(2.4857, abs=5e-5), 5)
    between = {name: round(rows[name].betweenness, 3) for name in ("Medici", "Guadagni", "Albizzi")}
    assert between == {"Medici": 0.522, "Guadagni": 0.255, "Albizzi": 0.212}
    paths = {name: round(rows[name].betweenness_paths, 2) for name in ("Medici", "Guadagni", "Albizzi")}
    assert paths == {"Medici": 47.5, "Guadagni": 23.17, "Albizzi": 19.33}
    assert rows["Medici"].effective_size == pytest.approx(5.667, abs=5e-4)
    assert rows["Medici"].constraint == pytest.approx(0.210, abs=5e-4)


def test_without_the_medici_three_families_are_cut_off():
    found = {each.actor: (each.cut_off, each.parts) for each in network_figures(florence()).weak_points}
    assert found == {"Medici": (3, 3), "Albizzi": (1, 2), "Guadagni": (1, 2), "Salviati": (1, 2)}


def test_krackhardts_kite():
    found = network_figures(classic(KITE))
    rows = found.rows()
    assert found.density == pytest.approx(0.4)
    assert found.degree_centralization == pytest.approx(0.3333, abs=5e-5)
    assert max(rows, key=lambda row: row.betweenness).id == "7"
    assert max(row.betweenness for row in rows) == pytest.approx(0.38888888888888884)
    most = max(row.degree for row in rows)
    assert ([row.id for row in rows if row.degree == most], most) == (["3"], 6)


def test_zacharys_karate_club():
    found = network_figures(classic(KARATE))
    assert found.density == pytest.approx(0.139, abs=5e-4)
    assert found.degree_centralization == pytest.approx(0.3996, abs=5e-5)
    # The best division known, by exact search (Brandes and others, 2008), has four parts and .4198.
    assert found.communities.number == 4
    assert found.communities.modularity == pytest.approx(0.4198, abs=5e-5)


def test_a_star_hangs_on_its_hub_wholly():
    found = network_figures(star())
    assert found.degree_centralization == 1.0
    assert [(each.actor, each.cut_off) for each in found.weak_points] == [("h", 4)]
    assert len(found.bridges) == 5
    hub = by_id(star())["h"]
    assert (hub.betweenness, hub.closeness, hub.effective_size) == (1.0, 1.0, 5.0)
    assert hub.constraint == pytest.approx(0.2)


def test_burts_figures_with_weights_and_directions():
    # Worked out with NetworkX 3.6.1, actor by actor: constraint(G, weight="weight"), effective_size(G, [v], "weight").
    source, target = "aabcdad", "bccdaea"
    ties = Ties.between(source, target, [1, 2, 3, 1, 2, 5, 4], is_directed=True)
    rows = by_id(ties)
    assert {row.id: round(row.constraint, 9) for row in rows.values()} == {
        "a": 0.419307485, "b": 0.876736111, "c": 0.705779321, "d": 0.862222222, "e": 1.0,
    }  # fmt: skip
    assert {row.id: round(row.effective_size, 9) for row in rows.values()} == {
        "a": 3.597222222, "b": 1.533333333, "c": 2.322222222, "d": 1.386666667, "e": 1.0,
    }  # fmt: skip


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "density", "paths"),
    [
        ("contact", 0.5833, {"ITPC": 24.35, "CTFK": 13.64}),
        ("dissemination", 0.3433, {"ITPC": 108.84}),
    ],
)
def test_a_real_coalition_indiana_tobacco_control(shared_data, name, density, paths):
    ties = read(shared_data / f"policy-networks/indiana-tobacco-control-2010/{name}_edges.csv")
    rows = by_id(ties)
    assert len(rows) == 25
    assert network_figures(ties).density == pytest.approx(density, abs=5e-5)
    assert {actor: round(rows[actor].betweenness_paths, 2) for actor in paths} == paths


def read(path):
    table = np.genfromtxt(path, delimiter=",", dtype=str, skip_header=1, usecols=(0, 1), comments=None)
    return Ties.between(table[:, 0], table[:, 1])
