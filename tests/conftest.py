"""What several rooms' tests share: the embedded gazetteer, and a geoparser over it."""

import json
import os
import tempfile

import pytest
from click.testing import CliRunner
from hypothesis import settings

from geomap.cli.commands import cli
from geomap.gazetteer import open_gazetteer
from geomap.geoparser import Geoparser

#: a first look into the memory-mapped gazetteer may take its time on a busy machine
settings.register_profile("geomap", deadline=None)
settings.load_profile("geomap")


#: what a person installed on this machine is not what is tested
os.environ["GEOMAP_GAZETTEERS"] = tempfile.mkdtemp(prefix="geomap-tests-")


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


@pytest.fixture
def run(request, tmp_path, monkeypatch):
    """Return a function that runs a command in a folder with the ARTICLES of the test's module, as ``in.jsonl``."""
    monkeypatch.chdir(tmp_path)
    lines = "".join(json.dumps(article) + "\n" for article in request.module.ARTICLES)
    (tmp_path / "in.jsonl").write_text(lines)

    def invoke(*arguments):
        return CliRunner().invoke(cli, [str(argument) for argument in arguments])

    return invoke
