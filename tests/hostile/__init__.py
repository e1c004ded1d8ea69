"""Hostile inputs: each is run as a person would run it, within limits, against what must come of it."""
