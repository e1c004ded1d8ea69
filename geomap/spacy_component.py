"""geomap as a component of a spaCy pipeline: the places of a text as spans, each with its mention record.

``nlp.add_pipe("geomap")`` finds it by its entry point. The pipeline's own model is not asked: geomap
reads the document's text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from geomap.geoparser import Geoparser
from geomap.model import Article
from geomap.records import mention_records

if TYPE_CHECKING:
    from geomap.schema import MentionRecord

__all__ = ["SPANS", "Component", "make_component"]

#: the group of ``doc.spans`` that holds the mentions
SPANS: Final = "geomap"


class Component:
    """Finds the places that a document mentions.

    Each mention is a span of ``doc.spans["geomap"]`` whose label is its kind (``literal``,
    ``associative``, ``embedded``), whose ``kb_id_`` is the id of its place ("" where that is unknown)
    and whose ``_.geomap`` is its record, a dict with the keys of :data:`geomap.COLUMNS`. A mention
    that begins or ends inside a token has the tokens that it touches.

    Args:
        gazetteer: The name or the folder of a gazetteer; None for the one in use.
        ents: Whether places that are meant themselves become entities (``GPE``, ``LOC``), too,
            where no other entity stands.
    """

    def __init__(self, gazetteer: str | None = None, *, ents: bool = False) -> None:
        self._geoparser = Geoparser(gazetteer)
        self._ents = ents
        if not Span.has_extension("geomap"):
            Span.set_extension("geomap", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with its mentions."""
        article = Article(id=str(doc.user_data.get("id", "doc")), text=doc.text)
        spans = []
        for record in mention_records(article, self._geoparser.parse(article)):
            span = doc.char_span(
                record["start"],
                record["end"],
                label=record["kind"],
                kb_id=record["place_id"] or "",
                alignment_mode="expand",
            )
            if span is not None:
                span._.geomap = record
                spans.append(span)
        doc.spans[SPANS] = spans
        if self._ents:
            places = [_entity(span, span._.geomap) for span in spans if span.label_ == "literal"]
            doc.set_ents(filter_spans([*doc.ents, *places]))
        return doc


def _entity(span: Span, record: MentionRecord) -> Span:
    """Return a span as an entity: what has a government, or another place."""
    feature = record["feature"] or ""
    label = "GPE" if feature.startswith(("PPL", "ADM", "PCL", "TERR")) else "LOC"
    return Span(span.doc, span.start, span.end, label=label, kb_id=span.kb_id)


@Language.factory("geomap", default_config={"gazetteer": None, "ents": False})
def make_component(nlp: Language, name: str, gazetteer: str | None, ents: bool) -> Any:  # noqa: ARG001, FBT001
    """Return the component, as spaCy asks for it."""
    return Component(gazetteer, ents=ents)
