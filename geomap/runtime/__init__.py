"""What every room stands on: files that appear whole, checks of arguments, signals, memory, lines for a terminal."""

from __future__ import annotations

__all__: list[str] = []
