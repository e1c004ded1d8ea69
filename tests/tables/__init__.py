"""Tests of mention tables."""
