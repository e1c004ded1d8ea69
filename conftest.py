"""Examples in docstrings run in a folder of their own, so that they can write files by plain names."""

import pytest
from _pytest.doctest import DoctestItem


@pytest.fixture(autouse=True)
def _examples_write_elsewhere(request, monkeypatch, tmp_path_factory):
    if isinstance(request.node, DoctestItem):
        monkeypatch.chdir(tmp_path_factory.mktemp("example"))
