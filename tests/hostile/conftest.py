"""What the hostile tests share."""

import pytest

from tests.hostile.runner import Runner


@pytest.fixture(scope="session")
def runner():
    with Runner() as found:
        yield found
