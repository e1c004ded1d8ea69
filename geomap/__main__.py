"""``python -m geomap`` and the ``geomap`` command.

Nothing is imported here that takes time: an interrupt while the rest is imported ends in one line, too.
"""

import gc
import os
import signal
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line; characters that the terminal lacks become question marks."""
    # numpy's library takes memory for each core, and nothing that we ask of it is faster for that
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    code = 0
    try:
        code = _run()
    except KeyboardInterrupt as err:
        code = _end_with(err)
    except Exception as err:  # noqa: BLE001 - no traceback reaches a user
        code = _end_with(err)
    finally:
        gc.freeze()  # memory is the system's again in a moment: nobody need look through all of it
        # what comes now is Python's own end: an interrupt there ends it without a word
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(code)


def _run() -> int:
    from geomap.runtime.atomic import UNFINISHED  # noqa: PLC0415
    from geomap.runtime.garbage import collect_rarely  # noqa: PLC0415
    from geomap.runtime.interrupts import (  # noqa: PLC0415
        catching_signals,
        end_where_files_are_cut,
        open_closed_streams,
    )

    collect_rarely()  # a twentieth of the time of a map is that of looking through imported modules
    open_closed_streams()
    with catching_signals():
        end_where_files_are_cut(UNFINISHED)
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")
        from geomap.cli.commands import cli  # noqa: PLC0415
        from geomap.runtime.terminal import say_warnings  # noqa: PLC0415

        say_warnings()
        return cli.run()


def _end_with(err: BaseException) -> int:
    from geomap.cli.ending import end_with  # noqa: PLC0415

    return end_with(err)


if __name__ == "__main__":
    main()
