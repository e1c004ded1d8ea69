"""Signals end a command, also where Python would lose them."""

import subprocess
import sys

import pytest

_BLOCK = """
import os, signal, sys, threading, time
from geomap.runtime.interrupts import Terminated, catching_signals, last_signal
from_outside, _ = os.pipe()
{before}
try:
    with catching_signals():
        {inside}
        os.read(from_outside, 1)  # for ever
except Terminated:
    print("ended by", last_signal())
"""
#: raise() gives a signal to the thread that calls it, so that the main thread, which reads, is not woken
_MISSED = """
def late():
    time.sleep(0.3)
    signal.raise_signal(signal.SIGTERM)
threading.Thread(target=late, daemon=True).start()
"""
_LOST = """
class Finalized:
    def __del__(self):
        signal.raise_signal(signal.SIGTERM)
        time.sleep(0)
"""
_CLEANING = """
class Cleaned:
    def __enter__(self):
        return self
    def __exit__(self, *_):
        time.sleep(1.3)
        print("cleaned")
"""


def _run(before, inside):
    return subprocess.run(
        [sys.executable, "-c", _BLOCK.format(before=before, inside=inside)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pthread_kill")
@pytest.mark.parametrize(
    ("before", "inside"),
    [(_MISSED, "pass"), (_LOST, "Finalized()")],
    ids=["that_does_not_wake_the_reader", "that_a_finalizer_swallows"],
)
def test_a_signal_ends_the_block(before, inside):
    run = _run(before, inside)
    assert (run.returncode, run.stdout, run.stderr) == (0, "ended by 15\n", "")


def test_what_cleans_up_is_not_interrupted_again():
    inside = "with Cleaned(): signal.raise_signal(signal.SIGTERM)"
    run = _run(_CLEANING, inside)
    assert (run.returncode, run.stdout, run.stderr) == (0, "cleaned\nended by 15\n", "")


def test_other_errors_of_finalizers_are_still_told():
    before = "class Finalized:\n    def __del__(self): raise ValueError('mine')"
    run = _run(before, "Finalized(); sys.exit()")
    assert "ValueError: mine" in run.stderr
