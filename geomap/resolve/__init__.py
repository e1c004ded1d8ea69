"""From spans to places: what an article's names say together, in which sense they are meant, and which place each one is."""

from __future__ import annotations

__all__: list[str] = []
