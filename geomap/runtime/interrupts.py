"""Signals that end a command: each lets it clean up first, as an interrupt from the keyboard does."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path
    from types import FrameType

__all__ = [
    "Terminated",
    "catching_signals",
    "end_where_files_are_cut",
    "last_signal",
    "open_closed_streams",
]

_NAMES: Final = ("SIGINT", "SIGTERM", "SIGHUP")
_USUAL: Final = (signal.SIG_DFL, signal.default_int_handler)
_received: Final[list[int]] = []
#: seconds after which a signal that changed nothing is sent again
_PATIENCE: Final = 0.5
_CUT: Final = (
    b"geomap: error: a file was cut short while it was in use, most likely one of the gazetteer ('geomap gazetteer "
    b"check' looks at them); a file that was not finished was not written\n"
)
_EXIT_FAILED: Final = 2
#: what the system calls, kept for as long as it may
_callbacks: Final[list[object]] = []


class Terminated(KeyboardInterrupt):
    """The process was asked to end by a signal."""


def last_signal() -> int | None:
    """Return the number of the signal that interrupted the command; None where none did.

    What it raised may have become another error: modules in C that are imported turn it into an ImportError.
    """
    return _received[-1] if _received else None


def _interrupt(number: int, _frame: FrameType | None) -> None:
    if _received and _is_ending(sys.exception()):
        return  # sent again while what it raised is cleaned up after
    _received.append(number)
    raise Terminated


def _is_ending(error: BaseException | None) -> bool:
    """Whether an error that is being handled came from a signal."""
    while error is not None and not isinstance(error, Terminated):
        error = error.__context__
    return error is not None


@contextlib.contextmanager
def catching_signals() -> Iterator[None]:
    """Let signals that end the process raise :class:`Terminated` in a block.

    A signal that is handled or ignored already, as nohup ignores one, stays so. One that came to nothing is sent again
    until the block is left.
    """
    known = {}
    for name in _NAMES:
        number = getattr(signal, name, None)
        is_main = threading.current_thread() is threading.main_thread()
        if number is not None and is_main and signal.getsignal(number) in _USUAL:
            known[number] = signal.signal(number, _interrupt)
    hook, sys.unraisablehook = sys.unraisablehook, _be_quiet
    try:
        with _insisting(known):
            yield
    finally:
        sys.unraisablehook = hook
        for number, handler in known.items():
            signal.signal(number, handler)


def _be_quiet(lost: sys.UnraisableHookArgs) -> None:
    """Say nothing of what a signal raised in a finalizer: it is sent again."""
    if not isinstance(lost.exc_value, Terminated):
        sys.__unraisablehook__(lost)


@contextlib.contextmanager
def _insisting(numbers: Collection[int]) -> Iterator[None]:
    """Send signals to the main thread again, in a block, until they end it.

    One that comes just before the main thread waits for input does not wake it, and what one raises is lost where it
    meets a finalizer: Python promises neither.
    """
    if not numbers or not hasattr(signal, "pthread_kill"):
        yield
        return
    heard, told = os.pipe()
    os.set_blocking(told, False)
    over = threading.Event()
    main = threading.get_ident()

    def insist() -> None:
        while came := os.read(heard, 1):
            while came[0] in numbers and not over.wait(_PATIENCE):
                signal.pthread_kill(main, came[0])

    insisting = threading.Thread(target=insist, name="geomap-signals", daemon=True)
    insisting.start()
    before = signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        over.set()
        os.close(told)
        insisting.join()
        os.close(heard)


def end_where_files_are_cut(unfinished: Collection[Path], *, message: bytes = _CUT) -> None:
    """End the process in one line where a file that is mapped into memory is cut short: what was mapped is gone then.

    The index of the gazetteer looks at its files after each article; a file that is cut while an article is read gives
    a signal (SIGBUS) that Python cannot turn into an error.

    Args:
        unfinished: Temporary files to remove, looked at when the time has come.
        message: What is written to standard error.
    """
    number = getattr(signal, "SIGBUS", None)
    if number is None:  # a system that lets no file be cut while it is in use
        return
    import ctypes  # noqa: PLC0415 - numpy needs it as well

    def end(_number: int) -> None:
        with contextlib.suppress(OSError):
            os.write(2, message)
        for path in unfinished:
            with contextlib.suppress(OSError):
                path.unlink()
        os._exit(_EXIT_FAILED)

    callback = ctypes.CFUNCTYPE(None, ctypes.c_int)(end)
    _callbacks.append(callback)
    ctypes.CDLL(None).signal(int(number), callback)


def open_closed_streams() -> None:
    """Open what stands for a standard stream that is closed: else the next file that is opened takes its number.

    Python's own streams stay None, so that writing to them is noticed.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
