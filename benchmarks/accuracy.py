"""Cross-validate the geoparser on annotated news, ship weights, and write docs/ACCURACY.md.

usage: python benchmarks/accuracy.py [CORPUS…] [--folds 5] [--write WEIGHTS.json] [--document FILE.md] [--readme README.md]

With corpora it does what ``geomap train`` does: it learns on some articles and scores the others, and
with --write writes weights learned from all of them, with these scores beside them. --document writes
what the weights say of themselves, beside the figures of other systems, as Markdown; without corpora
from the weights that come with geomap; sections of other benchmarks (between <!-- x --> and <!-- end x -->) stay in it. --readme puts the headline of each corpus into the README's table.
"""

from __future__ import annotations

import argparse
import csv
import re
from pathlib import Path
from typing import Any

from sections import find_sections

from geomap.errors import InputError
from geomap.evaluate import CAUSES, Group
from geomap.export import atomic_writer
from geomap.learn.validation import learn_weights
from geomap.recognise.weights import shipped_weights

PEERS = Path(__file__).with_name("peers.csv")
#: the columns of peers.csv for a corpus, by the name of its file
_TITLES = {"lgl": "LGL", "TR-News": "TR-News", "GeoVirus": "GeoVirus", "GWN": "GWN"}
_INPUTS = {"raw": "raw text", "spans": "given spans"}

_HEAD = """# How well geomap works

Written by `python benchmarks/accuracy.py --document docs/ACCURACY.md` from the figures that come with
the weights; do not edit it.

geomap is cross-validated on annotated news: the articles are dealt to {folds} parts from a fixed seed, and each part is
parsed with weights learned from the others: no weight was learned from an article that it is scored on. Which features
there are, and the strength of regularisation, was chosen by such scores on the same corpora, which flatters a little.

- **F1** counts exact bounds; overlap F1 counts a span as soon as it touches an annotated one.
- **acc@161** is the share of *all* annotated places with coordinates that come out within 161 km. One that
  is not found, or not resolved, counts as wrong, and as 20,039 km in the mean.
- **AUC** is the area under the sorted error distances d: trapezoids of ln(d + 1), divided by ln(20039) · (n − 1). Less is better.
- **Oracle** is the share of annotated points with a place of that name within 161 km in the gazetteer: no
  resolver can do better.
- Figures in brackets hold 95 of 100 bootstrap resamples of the articles (1,000 resamples).
"""

_PEERS_HEAD = """F1 / acc@161 from raw text. *Stored outputs* were scored as they are kept, not made anew; denominators are
all annotated coordinates, except where it says otherwise.
"""
_PEERS_TAIL = """geomap's figures are held out by article, which is kinder than holding out a whole corpus. What the other systems were
trained on was not examined.
"""

_ACROSS_HEAD = """Each corpus as parsed by weights learned from the other corpora alone: from fewer articles, by other annotators,
about other places. News of another kind will come out between these figures and the ones above.
"""


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _with_interval(record: dict[str, Any], name: str, form: str = "{:.3f}") -> str:
    low, high = record["intervals"][name]
    return f"{form.format(record[name])} [{form.format(low)}, {form.format(high)}]"


def _title(record: dict[str, Any]) -> str:
    return _TITLES.get(record["corpus"], record["corpus"])


def span_table(records: list[dict[str, Any]]) -> str:
    """Return how well names are found in raw text."""
    rows = [
        [
            f"{_title(record)} ({record['articles']:,} articles, {record['annotated']:,} names)",
            *(_with_interval(record, name) for name in ("precision", "recall", "f1", "overlap_f1")),
        ]
        for record in records
        if record["mode"] == "raw"
    ]
    return table(["corpus", "precision", "recall", "F1", "overlap F1"], rows)


def place_table(records: list[dict[str, Any]]) -> str:
    """Return how well places are told, from raw text and with the spans given."""
    rows = [
        [
            _title(record),
            _INPUTS[record["mode"]],
            _with_interval(record, "acc161"),
            _with_interval(record, "mean_km", "{:,.0f}"),
            f"{record['median_km']:,.1f}",
            f"{record['auc']:.3f}",
            f"{record['oracle']:.3f}",
        ]
        for record in records
    ]
    head = ["corpus", "input", "acc@161", "mean km", "median km", "AUC", "oracle"]
    return table(head, rows)


_HOME_HEAD = """The corpora name the outlet of each article, which all other figures here leave untold. Where geomap knows its home
town, as it does in use, the town has a say. Nothing is learned from outlets.
"""


def headline_table(headlines: dict[str, dict[str, float]], first: str) -> str:
    """Return the headline of each corpus, ``first`` being the title of their column."""
    rows = [
        [_TITLES.get(name, name), *(f"{value:.3f}" for value in figures.values())]
        for name, figures in headlines.items()
    ]
    head = [first, "precision", "recall", "F1", "acc@161, raw text", "acc@161, spans"]
    return table(head, rows)


def _peer_cell(row: dict[str, str], corpus: str, mode: str) -> str:
    pair = [row[f"{corpus}_{name}"] or "–" for name in ("f1", "acc161")]
    if mode == "spans":
        return pair[1]
    return " / ".join(pair) if any(cell != "–" for cell in pair) else "–"


def _own_cell(records: list[dict[str, Any]], corpus: str, mode: str) -> str:
    found = [r for r in records if (_title(r), r["mode"]) == (corpus, mode)]
    if not found:
        return "not measured"
    [record] = found
    f1 = f"{_short(record['f1'])} / " if mode == "raw" else ""
    return f"**{f1}{_short(record['acc161'])}**"


def _short(share: float) -> str:
    return f"{share:.3f}".removeprefix("0")


def peer_table(records: list[dict[str, Any]], mode: str) -> str:
    """Return F1 / acc@161 of geomap and of other systems."""
    corpora = {"LGL": "lgl", "GeoVirus": "geovirus", "TR-News": "trnews", "GWN": "gwn"}
    with PEERS.open(encoding="utf-8", newline="") as file:
        peers = [row for row in csv.DictReader(file) if row["input"] == mode]
    own = ["**geomap**", *(_own_cell(records, name, mode) for name in corpora), "cross-validated"]
    rows = [
        [row["system"], *(_peer_cell(row, key, mode) for key in corpora.values()), row["remark"]]
        for row in peers
    ]
    return table(["system", *corpora, "how it was got"], [own, *rows])


def reliability_table(record: dict[str, Any], key: str = "reliability") -> str:
    """Return how often mentions of some confidence are right."""
    rows = [
        [
            f"{item['low']:.1f} to {item['high']:.1f}",
            f"{item['count']:,}",
            f"{item['confidence']:.3f}",
            f"{item['right']:.3f}",
        ]
        for item in record[key]
        if item["count"]
    ]
    return table(["confidence", "mentions", "mean confidence", "share right"], rows)


def cause_table(records: list[dict[str, Any]]) -> str:
    """Return how many misses each cause has in each corpus and mode."""
    head = [
        "cause",
        *(f"{_title(record)}, {_INPUTS[record['mode']]}" for record in records),
        "meaning",
    ]
    rows = [
        [cause, *(f"{record['causes'].get(cause, 0):,}" for record in records), meaning]
        for cause, meaning in CAUSES.items()
        if any(cause in record["causes"] for record in records)
    ]
    return table(head, rows)


def _headline_parts(training: dict[str, Any]) -> list[str]:
    """Return the sections on corpora left out and on outlets; none that there are no figures for."""
    parts = []
    if across := training.get("across_corpora"):
        table_across = headline_table(across, "corpus left out")
        parts += ["## A whole corpus left out\n", _ACROSS_HEAD, table_across]
    if at_home := training.get("with_outlets"):
        parts += ["## With the outlet known\n", _HOME_HEAD, headline_table(at_home, "corpus")]
    return parts


_GROUPS_HEAD = """From raw text, where a corpus annotates levels, by region and by level of the annotated place, cross-validated. *Literal* is the share of
literal names whose place comes out right (within the annotator's tolerance, 10 km or more), *below country* that of those that are
no countries; *pins* the share of points drawn that are right, *abroad* those in another country; *kinds* the share of names whose
kind is told right, *unit or town* that of units told from towns. *Open* are names that keep both the unit and the town (`other_place_id`), *one of two*
the share of these where either is the annotated place.
"""


def group_table(record: dict[str, Any]) -> str:
    """Return what came out right by region and by level."""
    rows = []
    for item in record["groups"]:
        group = Group(**item)
        shares = map(group.share, ("literal", "below", "pins", "kinds", "levels", "open"))
        literal, below, pins, kinds, levels, both = (
            "–" if share is None else f"{share:.3f}" for share in shares
        )
        counts = [f"{group.literal:,}", literal, below, f"{group.pins:,}", pins]
        rows.append(
            [group.name, *counts, str(group.pins_abroad), kinds, levels, str(group.open), both]
        )
    head = "region or level, literal names, literal, below country, points, pins, abroad, kinds, unit or town, open, one of two"
    return table(head.split(", "), rows)


def _group_parts(records: list[dict[str, Any]]) -> list[str]:
    found = [record for record in records if record["mode"] == "raw" and record.get("groups")]
    if not found:
        return []
    parts = ["## By region and level\n", _GROUPS_HEAD]
    for record in found:
        parts += [f"{_title(record)}:\n", group_table(record)]
    return parts


def _with_headline_figures(
    record: dict[str, Any], headlines: dict[str, dict[str, float]]
) -> dict[str, Any]:
    """Return an evaluation with the figures of the headline, which were rounded once.

    Its own are rounded to four digits for the file: rounding these again can give another third digit.
    """
    headline = headlines.get(record["corpus"], {})
    figures = {name: value for name, value in headline.items() if not name.startswith("acc161_")}
    acc161 = headline.get(f"acc161_{record['mode']}", record["acc161"])
    return {**record, **(figures if record["mode"] == "raw" else {}), "acc161": acc161}


def document(training: dict[str, Any]) -> str:
    """Return what weights say of their own quality, as Markdown.

    Raises:
        InputError: The weights were written without their evaluations.
    """
    records = training.get("evaluations")
    if not records:
        raise InputError("these weights come without evaluations: write them with geomap train")
    records = [_with_headline_figures(record, training["cross_validated"]) for record in records]
    parts = [
        _HEAD.format(folds=training["folds"]),
        "## Names found in raw text\n",
        span_table(records),
        "## Places told\n",
        place_table(records),
        *_headline_parts(training),
        "## Beside other systems\n",
        _PEERS_HEAD,
        peer_table(records, "raw"),
        "acc@161 with the annotated spans given.\n",
        peer_table(records, "spans"),
        _PEERS_TAIL,
        "## Whether confidences mean what they say\n",
        "A mention is right with exact bounds and a place within 161 km. Bins of few mentions swing widely.\n",
    ]
    for record in records:
        parts += [f"{_title(record)}, {_INPUTS[record['mode']]}:\n", reliability_table(record)]
    for record in records:
        if any(item["count"] for item in record.get("embedded", ())):
            parts += [
                f"{_title(record)}, raw text, names that are part of another (right where no annotated place is there):\n",
                reliability_table(record, "embedded"),
            ]
    parts += _group_parts(records)
    parts += ["## What goes wrong\n", cause_table(records)]
    parts.append(
        "`geomap evaluate CORPUS --errors FILE` lists every miss with its sentence, its candidates and their evidence.\n"
    )
    return "\n".join(parts)


def with_sections(text: str, old: str) -> str:
    """Return a document with the sections that an older one has between ``<!-- x -->`` and ``<!-- end x -->``."""
    return "\n".join([text, *find_sections(old).values()])


def with_headline(readme: str, training: dict[str, Any]) -> str:
    """Return a README with the headline of each corpus in the row that it has for it."""
    for name, figures in training["cross_validated"].items():
        title = re.escape(_TITLES.get(name, name))
        cells = " | ".join(f"{value:.3f}" for value in figures.values())
        row = re.compile(rf"^(\| {title} \([\d,]+ articles\) \|) .* \|$", re.MULTILINE)
        readme = row.sub(rf"\g<1> {cells} |", readme)
    return readme


def print_headlines(headlines: dict[str, dict[str, float]]) -> None:
    """Print the figures of each corpus, one a line."""
    for name, row in headlines.items():
        print(f"{name:10}", "  ".join(f"{key} {value:.3f}" for key, value in row.items()))


def _read_times(text: str) -> tuple[str, int]:
    name, _, count = text.partition("=")
    return name, int(count)


def main() -> None:
    """Learn, print the headline, and write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="*", type=Path)
    parser.add_argument(
        "--times",
        nargs="*",
        type=_read_times,
        default=[],
        help="CORPUS=N: count its articles so often",
    )
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--document", type=Path)
    parser.add_argument("--readme", type=Path)
    options = parser.parse_args()
    if options.corpora:
        learned = learn_weights(
            options.corpora, options.write, folds=options.folds, times=dict(options.times)
        )
        training = dict(learned.weights.training)
        print(f"{options.folds}-fold cross-validation by article")
        print_headlines(training["cross_validated"])
        if training["across_corpora"]:
            print("each corpus by what the others taught")
            print_headlines(training["across_corpora"])
        if training["with_outlets"]:
            print("cross-validated, with outlets known")
            print_headlines(training["with_outlets"])
    else:
        training = dict(shipped_weights().training)
    if options.document:
        path: Path = options.document
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        with atomic_writer(path) as file:
            file.write(with_sections(document(training), old).encode())
    if options.readme:
        text = with_headline(options.readme.read_text(encoding="utf-8"), training)
        with atomic_writer(options.readme) as file:
            file.write(text.encode())


if __name__ == "__main__":
    main()
