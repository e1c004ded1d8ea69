"""Run every hostile trial, the slow ones too, and write what came of them: ``python -m tests.hostile``.

With ``--write`` the table goes into docs/RELIABILITY.md. The exit code is 1 where anything went wrong.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from pathlib import Path

from tests.hostile.frame import FAULTS, KINDS, judge
from tests.hostile.runner import Runner, all_cases

__all__ = ["DOCUMENT", "count_table", "main"]

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "RELIABILITY.md"
_TABLE = re.compile(r"(?<=<!-- counts -->\n).*?(?=<!-- end counts -->)", re.DOTALL)


def count_table(tried: Counter[str], faults: Counter[tuple[str, str]]) -> str:
    """Return the table of counts as Markdown: a row for each kind of trial, and their sum."""
    lines = [f"| trials | tried | {' | '.join(FAULTS)} |", "|---|" + "---:|" * (len(FAULTS) + 1)]
    for kind in KINDS:
        if tried[kind]:
            cells = [tried[kind], *(faults[kind, fault] for fault in FAULTS)]
            lines.append(f"| {kind} | {' | '.join(map(str, cells))} |")
    total = [sum(tried.values()), *(sum(faults[k, f] for k in KINDS) for f in FAULTS)]
    lines.append(f"| **all** | {' | '.join(f'**{cell}**' for cell in total)} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Run all trials; return the exit code."""
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    cases = [case for case in all_cases() if not words or any(word in case.name for word in words)]
    tried = Counter(case.kind for case in cases)
    faults: Counter[tuple[str, str]] = Counter()
    begin = time.monotonic()
    with Runner() as runner:
        for number, case in enumerate(cases, 1):
            found = judge(case, runner.run(case))
            if number % 50 == 0:
                sys.stderr.write(f"{number} of {len(cases)} trials\n")
            for fault in found:
                sys.stderr.write(f"{case.name}: {fault.kind}: {fault.what}\n")
            faults.update({(case.kind, fault.kind) for fault in found})
    table = count_table(tried, faults)
    sys.stdout.write(table)
    sys.stderr.write(f"{len(cases)} trials in {time.monotonic() - begin:.0f} s\n")
    if "--write" in sys.argv and not words:
        text = DOCUMENT.read_text("utf-8")
        DOCUMENT.write_text(_TABLE.sub(lambda _: table, text), "utf-8")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
