"""Forms of names in other languages: closed-class words, and what endings and particles add to a name."""

from __future__ import annotations

__all__: list[str] = []
