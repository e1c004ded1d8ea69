"""Hostile inputs: nothing crashed, hung, half-written, lost, or silently wrong. Two files, for two processors."""

import pytest

from tests.hostile.frame import judge
from tests.hostile.runner import all_cases

CASES = [case for case in all_cases("cases_files", "cases_inputs", "cases_work") if not case.slow]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_trial_comes_out_as_it_must(runner, case):
    assert judge(case, runner.run(case)) == []
