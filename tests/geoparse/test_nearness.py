"""How near names are to each other: the cells miss nothing that a plain comparison finds."""

import math
import random

from geomap.geoparse.nearness import FAR, Spot, cell_of, find_nearness

EARTH_KM = 6371.0


def at(lat, lon):
    """Return the unit vector and the cell of a place."""
    phi, lam = math.radians(lat), math.radians(lon)
    point = math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)
    return point, cell_of(lat, lon)


def spot(key, lat, lon, chance=1.0):
    point, cell = at(lat, lon)
    return Spot(key, *point, chance, cell)


def kilometres(one, other):
    return EARTH_KM * math.acos(min(1.0, sum(a * b for a, b in zip(one, other, strict=True))))


def slow_nearness(key, point, spots, names):
    """Compare a point with every spot, in the plainest way."""
    others = [item for item in spots if item.key != key]
    near, around = {}, {}
    closest = math.inf
    for item in others:
        km = kilometres(point, (item.x, item.y, item.z))
        for within, best in ((60, near), (250, around)):
            if km < within:
                best[item.key] = max(best.get(item.key, 0.0), item.chance)
        if item.chance >= 0.5:
            closest = min(closest, km)
    count = sum(around.values())
    closeness = max(0.0, 1 - math.log1p(closest) / math.log1p(800))
    total = names - (key in {item.key for item in spots})
    return math.log1p(sum(near.values())), math.log1p(count), count / total, closeness


def test_cells_find_what_a_comparison_with_every_place_finds():
    chooser = random.Random(4)  # noqa: S311 - repeatable, not secret
    for round_number in range(300):
        # clusters at the poles, at the antimeridian and anywhere
        lat0, lon0 = chooser.choice([(89, 0), (-89, 90), (10, 179.5), (70, -179), (48, 2), (0, 0)])
        spread = chooser.choice([0.5, 3, 9])

        def anywhere(lat0=lat0, lon0=lon0, spread=spread):
            lat = max(-90.0, min(90.0, lat0 + chooser.uniform(-spread, spread)))
            return lat, (lon0 + chooser.uniform(-4 * spread, 4 * spread) + 180) % 360 - 180

        spots = [
            spot(f"n{chooser.randrange(5)}", *anywhere(), chance=chooser.random()) for _ in range(9)
        ]
        names = len({item.key for item in spots})
        receivers = {f"n{number}": [at(*anywhere()) for _ in range(4)] for number in range(6)}
        found = find_nearness(receivers, spots, names=names)
        for key, candidates in receivers.items():
            for row, (point, _) in enumerate(candidates):
                if names - (key in {item.key for item in spots}) == 0:
                    assert key not in found
                    continue
                expected = slow_nearness(key, point, spots, names)
                assert all(
                    math.isclose(a, b, abs_tol=1e-6)
                    for a, b in zip(found[key][row], expected, strict=True)
                ), (round_number, key, row)


def test_a_name_is_not_near_to_itself():
    spots = [spot("paris", 48.86, 2.35), spot("paris", 48.9, 2.3, 0.2)]
    assert find_nearness({"paris": [at(48.85, 2.35)]}, spots, names=1) == {}
    found = find_nearness({"paris": [at(48.85, 2.35)]}, [*spots, spot("oslo", 59.9, 10.7)], names=2)
    assert found == {"paris": [FAR]}


def test_a_name_counts_once_by_its_likeliest_place():
    spots = [spot("lyon", 45.76, 4.83, 0.3), spot("lyon", 45.8, 4.9, 0.6)]
    [near, around, share, closeness] = find_nearness({"vienne": [at(45.5, 4.9)]}, spots, names=1)[
        "vienne"
    ][0]
    assert near == around == math.log1p(0.6)
    assert share == 0.6
    assert 0 < closeness < 1
