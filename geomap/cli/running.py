"""The group of commands: every error becomes one line and an exit code, whatever a command raises."""

from __future__ import annotations

import io
import sys
from typing import Any

import click

from geomap.cli.ending import EXIT_FAILED, end_with
from geomap.runtime.terminal import leave_stream, say

__all__ = ["Commands"]


class Commands(click.Group):
    """A group of commands that turns every error into one line and an exit code."""

    def run(self, **settings: Any) -> int:
        """Run a command; return its exit code."""
        main: Any = super().main
        try:
            code = main(**{"prog_name": "geomap", **settings}, standalone_mode=False)
        except click.ClickException as err:
            code = _show(err)
        except click.Abort as err:
            code = _abort(err)
        except Exception as err:  # noqa: BLE001 - no traceback reaches a user
            code = end_with(err)
        return _close_output(code or 0)

    def main(self, *args: Any, standalone_mode: bool = True, **settings: Any) -> Any:
        """Run a command, and end the process with its exit code."""
        if args or not standalone_mode:
            main: Any = super().main
            return main(*args, **settings, standalone_mode=standalone_mode)
        sys.exit(self.run(**settings))

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read the words of a command."""
        try:
            return super().make_context(*args, **extra)
        except BrokenPipeError:  # whoever asked for help has read enough
            leave_stream(sys.stdout)
            raise click.exceptions.Exit(0) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Do what a command says."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            leave_stream(sys.stdout)
            ctx.exit(0)
        except KeyboardInterrupt as err:  # which click would take for its own
            ctx.exit(end_with(err))


def _abort(err: click.Abort) -> int:
    """Say that a question was answered with no, or that the command was interrupted before it began."""
    if isinstance(err.__cause__, KeyboardInterrupt):
        return end_with(err.__cause__)
    say("Aborted!", prefix="")
    return 1


def _show(err: click.ClickException) -> int:
    """Say how a command is used."""
    text = io.StringIO()
    err.show(text)
    for line in text.getvalue().splitlines():
        say(line, prefix="")
    return err.exit_code


def _close_output(code: int) -> int:
    """Write what is left for standard output; return the exit code, which is another one where that fails."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError) as err:
        leave_stream(sys.stdout)
        if code == 0 and not isinstance(err, BrokenPipeError):
            say(f"error: cannot write to standard output: {getattr(err, 'strerror', None) or err}")
            return EXIT_FAILED
    return code
