"""From a text to the spans that could name a place: words, surroundings, features, and names that nobody knows."""

from __future__ import annotations

__all__: list[str] = []
