"""How near names are to each other: matrices find what a plain comparison finds."""

import math
import random

import numpy as np

from geomap.recognise.nearness import find_nearness

EARTH_KM = 6371.0


def at(lat, lon):
    """Return the unit vector of a place."""
    phi, lam = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def kilometres(one, other):
    return EARTH_KM * math.acos(min(1.0, sum(a * b for a, b in zip(one, other, strict=True))))


def slow_nearness(key, point, senders):
    """Compare a place with every other one, in the plainest way."""
    near, around = {}, {}
    closest = math.inf
    others = [name for name in senders if name != key]
    for name in others:
        for other, chance in zip(*senders[name], strict=True):
            km = kilometres(point, other)
            for within, best in ((60, near), (250, around)):
                if km < within:
                    best[name] = max(best.get(name, 0.0), chance)
            if chance >= 0.5:
                closest = min(closest, km)
    count = sum(around.values())
    closeness = max(0.0, 1 - math.log1p(closest) / math.log1p(800))
    share = count / max(len(others), 1)
    return [math.log1p(sum(near.values())), math.log1p(count), share, closeness]


def test_all_distances_at_once_are_those_of_a_plain_comparison():
    chooser = random.Random(4)  # noqa: S311 - repeatable, not secret
    for _ in range(300):
        # clusters at the poles, at the antimeridian and anywhere
        lat0, lon0 = chooser.choice([(89, 0), (-89, 90), (10, 179.5), (70, -179), (48, 2), (0, 0)])
        spread = chooser.choice([0.5, 3, 9])

        def anywhere(lat0=lat0, lon0=lon0, spread=spread):
            lat = max(-90.0, min(90.0, lat0 + chooser.uniform(-spread, spread)))
            return at(lat, lon0 + chooser.uniform(-4 * spread, 4 * spread))

        senders = {}
        for number in range(chooser.randrange(1, 6)):
            size = chooser.randrange(1, 4)
            chances = [chooser.random() for _ in range(size)]
            senders[f"n{number}"] = [anywhere() for _ in range(size)], chances
        receivers = {f"n{number}": [anywhere() for _ in range(4)] for number in range(7)}
        found = find_nearness(
            {key: np.array(points) for key, points in receivers.items()},
            {
                key: (np.array(points), np.array(chances))
                for key, (points, chances) in senders.items()
            },
        )
        weighed = found.weigh(np.array([1.0, 10.0, 100.0, 1000.0]))
        for key, points in receivers.items():
            for row, point in enumerate(points):
                expected = slow_nearness(key, point, senders)
                assert np.allclose(found.values(key, row), expected, atol=1e-6)
                total = sum(value * 10**n for n, value in enumerate(expected))
                assert math.isclose(weighed[found.begins[key] + row], total, abs_tol=1e-2)


def test_a_name_is_not_near_to_itself():
    paris = np.array([at(48.86, 2.35), at(48.9, 2.3)]), np.array([1.0, 0.2])
    oslo = np.array([at(59.9, 10.7)]), np.array([1.0])
    for senders in ({"paris": paris}, {"paris": paris, "oslo": oslo}):
        found = find_nearness({"paris": np.array([at(48.85, 2.35)])}, senders)
        assert found.values("paris", 0) == [0.0, 0.0, 0.0, 0.0]


def test_a_name_counts_once_by_its_likeliest_place():
    lyon = np.array([at(45.76, 4.83), at(45.8, 4.9)]), np.array([0.3, 0.6])
    found = find_nearness({"vienne": np.array([at(45.5, 4.9)])}, {"lyon": lyon})
    near, around, share, closeness = found.values("vienne", 0)
    assert near == around
    assert math.isclose(near, math.log1p(0.6))
    assert share == 0.6
    assert 0 < closeness < 1
