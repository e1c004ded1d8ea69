"""The frame notices what goes wrong, and the document counts what is tried."""

from collections import Counter

import pytest

from tests.hostile import test_inputs, test_outputs
from tests.hostile.__main__ import DOCUMENT
from tests.hostile.frame import KINDS, Case, judge
from tests.hostile.runner import all_cases


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        ("import os; os.abort()", "crashed"),
        ("1 / 0", "crashed"),
        ("while True: pass", "hung"),
        ("bytearray(1 << 31)", "crashed"),
        ("open('out.jsonl', 'w').write('{')", "half-written"),
        ("open('.out.tmp', 'w')", "half-written"),
        ("import subprocess; subprocess.Popen(['sleep', '60'])", "half-written"),
        ("pass", "lost"),
        ("open('out.jsonl', 'w').write('{\"article_id\": \"a\", \"surface\": \"Rome\"}\\n' * 2)", "silently wrong"),
        ("print('\\x9b')", "silently wrong"),
        ("raise SystemExit(2)", "other"),
    ],
)  # fmt: skip
def test_the_frame_notices_what_goes_wrong(runner, script, kind):
    case = Case(name="x", kind="Python", script=script, finds=(("a", "Rome"),), seconds=2)
    assert kind in {fault.kind for fault in judge(case, runner.run(case))}


def test_the_document_counts_these_trials():
    """The command that writes it was run since trials were added; all that went wrong was mended."""
    rows = [
        line.split(" | ")
        for line in DOCUMENT.read_text("utf-8").splitlines()
        if line.startswith("| ")
    ]
    tried = Counter(case.kind for case in all_cases())
    wanted = [["| " + kind, str(tried[kind]), *["0"] * 5, "0 |"] for kind in KINDS if tried[kind]]
    assert [row for row in rows if row[0][2:] in KINDS] == wanted


def test_every_module_of_cases_is_tested():
    tested = [*test_inputs.CASES, *test_outputs.CASES]
    assert {case.name for case in tested} == {case.name for case in all_cases() if not case.slow}
