"""What several rooms' tests share: the embedded gazetteer, and a geoparser over it."""

import pytest
from hypothesis import settings

from geomap.gazetteer import open_gazetteer
from geomap.geoparse import Geoparser

#: a first look into the memory-mapped gazetteer may take its time on a busy machine
settings.register_profile("geomap", deadline=None)
settings.load_profile("geomap")


@pytest.fixture(scope="session")
def gazetteer():
    """Return the embedded gazetteer; compiled at most once, into the cache that is in force."""
    return open_gazetteer(progress=False)


@pytest.fixture(scope="session")
def geoparser(gazetteer):
    """Return a geoparser with the shipped weights."""
    return Geoparser(gazetteer)


@pytest.fixture(scope="session")
def explainer(gazetteer):
    """Return a geoparser that keeps its evidence."""
    return Geoparser(gazetteer, evidence=True)
