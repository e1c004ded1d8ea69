"""Names that nobody knows, listed to be filled in, and read back by the gazetteer's builder."""

import csv

from geomap import Article, Geoparser, mention_record
from geomap.gazetteer.sources.faults import FileReport
from geomap.gazetteer.sources.registry import read_file
from geomap.suggest import SUGGESTION_COLUMNS, suggest_places, write_suggestions

TEXTS = {
    "1": "Gunmen burned the village of Kambirova in Gwoza LGA. They left Kambirova village in Gwoza LGA at dawn.",
    "2": "Aid reached the village of Kambirova in Gwoza LGA, Borno State.",
    "3": "A bakery reopened in Raqqa.",
}


def records(geoparser):
    for key, text in TEXTS.items():
        article = Article(id=key, text=text)
        yield from (mention_record(article, item) for item in geoparser.parse(article))


def test_unknown_names_are_counted_with_where_the_articles_put_them(geoparser, gazetteer):
    [found] = suggest_places(records(geoparser), gazetteer)
    assert (found.name, found.country, found.count) == ("Kambirova", "NG", 3)
    assert found.articles == {"1", "2"}
    assert found.within.most_common(1)[0][0] == ("Gwoza", "Borno", "Gwoza")
    assert suggest_places(records(geoparser), gazetteer, least=4) == []


def test_a_filled_in_table_is_what_add_reads(geoparser, gazetteer, tmp_path):
    path = tmp_path / "missing.csv"
    write_suggestions(suggest_places(records(geoparser), gazetteer), path)
    empty = FileReport(path=str(path))
    assert read_file(path, empty) == []
    assert empty.notes == ["1 suggestions without a point are left out"]
    with path.open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert tuple(row) == SUGGESTION_COLUMNS
    row |= {"lat": "11.2", "lon": "13.7"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, SUGGESTION_COLUMNS)
        writer.writeheader()
        writer.writerow(row)
    [place] = read_file(path, FileReport(path=str(path)))
    assert (place.name, place.country, place.admin1, place.lat) == (
        "Kambirova",
        "NG",
        "Borno",
        11.2,
    )


def test_formulas_in_texts_stay_text(tmp_path, gazetteer):
    text = "=SUM(1) burned. Gunmen burned the village of Kambirova in Gwoza LGA."
    article = Article(id="1", text=text)
    found = suggest_places(
        [mention_record(article, item) for item in Geoparser(gazetteer).parse(article)], gazetteer
    )
    found[0].sentence = text
    write_suggestions(found, tmp_path / "x.csv")
    assert "'=SUM(1)" in (tmp_path / "x.csv").read_text()
