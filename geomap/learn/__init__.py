"""Learning: weights from annotated news, what a confidence is worth, and accuracy on news that was not learned from."""

from __future__ import annotations

__all__: list[str] = []
