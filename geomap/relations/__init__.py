"""Relations: where a text says something is, seen from a place that it names.

"30 km north of Idlib" is no new place: it is the mention of Idlib with a :class:`~geomap.model.Relation`. This
room finds such phrases around mentions that are resolved already, and draws what they describe.
"""

from geomap.relations.find import add_relations, find_phrases, relate_again
from geomap.relations.words import word_relation

__all__ = ["add_relations", "find_phrases", "relate_again", "word_relation"]
