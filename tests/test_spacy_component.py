"""geomap in a spaCy pipeline."""

import warnings

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # spaCy's own, which differ from version to version
    spacy = pytest.importorskip(
        "spacy", reason="spaCy is not installed: pip install 'geomap[spacy]'"
    )
    from geomap.schema import COLUMNS

TEXT = "The market of Raqqa reopened. Iraqi traders came from the Mosul Times."


@pytest.fixture
def nlp():
    return spacy.blank("en")


def test_a_pipeline_finds_the_component_by_its_name(nlp):
    nlp.add_pipe("geomap")
    doc = nlp(TEXT)
    found = {span.text: (span.label_, span.kb_id_) for span in doc.spans["geomap"]}
    assert found["Raqqa"] == ("literal", "geonames:172955")
    assert found["Iraqi"][0] == "associative"
    assert doc.text[doc.spans["geomap"][0].start_char :].startswith("Raqqa")
    assert tuple(doc.spans["geomap"][0]._.geomap) == COLUMNS
    assert doc.ents == ()


def test_literal_places_become_entities_where_that_is_asked_for(nlp):
    nlp.add_pipe("geomap", config={"ents": True})
    doc = nlp(TEXT)
    assert [(ent.text, ent.label_, ent.kb_id_) for ent in doc.ents] == [
        ("Raqqa", "GPE", "geonames:172955")
    ]


def test_an_entity_that_stands_already_is_kept(nlp):
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "FAC", "pattern": "market of Raqqa"}])
    nlp.add_pipe("geomap", config={"ents": True})
    assert [(ent.text, ent.label_) for ent in nlp(TEXT).ents] == [("market of Raqqa", "FAC")]


def test_a_text_without_places_has_an_empty_group(nlp):
    nlp.add_pipe("geomap")
    assert list(nlp("It rained.").spans["geomap"]) == []
    assert list(nlp("").spans["geomap"]) == []
