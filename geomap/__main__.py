"""``python -m geomap`` and the ``geomap`` command."""

import io
import sys

from geomap.cli import cli

__all__ = ["main"]


def main() -> None:
    """Run the command line; characters that the terminal lacks become question marks."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    cli(prog_name="geomap")


if __name__ == "__main__":
    main()
