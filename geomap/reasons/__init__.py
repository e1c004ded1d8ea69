"""Why, in plain words: what the features of a decision say to a reader."""

from __future__ import annotations

__all__: list[str] = []
