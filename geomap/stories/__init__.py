"""Stories: copies of one text, printed once or a hundred times."""

from __future__ import annotations

__all__: list[str] = []
