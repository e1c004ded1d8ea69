"""What a person sees who types a name at a prompt."""

import re

import geomap


def test_what_is_opened_says_what_it_is(gazetteer, geoparser):
    assert re.fullmatch(r"<\w+: embedded gazetteer \([\d,]+ places\)>", repr(gazetteer))
    assert re.fullmatch(r"<Geoparser: embedded gazetteer \([\d,]+ places\)>", repr(geoparser))
    assert re.fullmatch(r"<MentionMap: a page of [\d,]+ characters>", repr(geomap.MentionMap([])))
