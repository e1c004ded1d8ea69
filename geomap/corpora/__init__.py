"""Annotated news: read corpora in the formats that are in use, and in one of our own."""

from geomap.corpora.nouns import AnnotatedArticle, Corpus, GoldToponym
from geomap.corpora.reader import load_corpus, read_corpus

__all__ = ["AnnotatedArticle", "Corpus", "GoldToponym", "load_corpus", "read_corpus"]
