"""geomap turns news articles into a map of the places they mention."""

__version__ = "0.1.0"
