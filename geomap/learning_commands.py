"""The commands that measure and learn: ``geomap evaluate`` and ``geomap train``."""

from __future__ import annotations

import json
from typing import Final

import click

__all__ = ["evaluate_command", "train_command"]

_MODES: Final = {"raw": ("raw",), "spans": ("spans",), "both": ("raw", "spans")}

_corpora = click.argument("corpora", nargs=-1, required=True, metavar="CORPUS...")
_gazetteer = click.option(
    "--gazetteer", metavar="FOLDER", help="A compiled gazetteer.  [default: the embedded one]"
)
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


@click.command("evaluate")
@_corpora
@click.option(
    "--mode",
    type=click.Choice(list(_MODES)),
    default="both",
    show_default=True,
    help="From the raw text, with the annotated spans given, or both.",
)
@_gazetteer
@click.option(
    "--weights", metavar="FILE", help="Weights from geomap train.  [default: those of geomap]"
)
@click.option(
    "--errors",
    metavar="FILE",
    help="Write every miss with its cause, its candidates and their evidence: .jsonl or .csv.",
)
@click.option(
    "--outlets",
    is_flag=True,
    help="Tell of each article its outlet, where the corpus has it: the home town then has a say, as in use.",
)
@_json
def evaluate_command(
    *,
    corpora: tuple[str, ...],
    mode: str,
    gazetteer: str | None,
    weights: str | None,
    errors: str | None,
    outlets: bool,
    as_json: bool,
) -> None:
    """Measure how well places are found in annotated news.

    CORPUS is a file in the XML of LGL, TR-News, GeoVirus or GeoWebNews, or in JSON lines:
    {"id": "1", "text": "…", "toponyms": [{"start": 0, "end": 5, "lat": 35.9, "lon": 39.0}]}.
    """
    from geomap.evaluate import describe_evaluations, evaluate_corpora  # noqa: PLC0415 - heavy

    found = evaluate_corpora(
        corpora, _MODES[mode], gazetteer=gazetteer, weights=weights, errors=errors, outlets=outlets
    )
    if as_json:
        _print_json({"evaluations": [item.to_record() for item in found]})
        return
    for line in describe_evaluations(found):
        click.echo(line)


@click.command("train")
@_corpora
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="weights.json",
    show_default=True,
    help="The weights to write, for geomap evaluate --weights and for Geoparser.",
)
@click.option(
    "--folds",
    type=click.IntRange(2),
    default=5,
    show_default=True,
    help="Into how many parts the articles are dealt: each is scored by what the others taught.",
)
@_gazetteer
@_json
def train_command(
    *, corpora: tuple[str, ...], output: str, folds: int, gazetteer: str | None, as_json: bool
) -> None:
    """Learn weights from annotated news, and say how good they are on unseen articles.

    CORPUS is a file as for geomap evaluate. Needs the packages of geomap[train].
    """
    from geomap.evaluate import describe_evaluations  # noqa: PLC0415 - heavy
    from geomap.validation import learn_weights  # noqa: PLC0415 - heavy

    learned = learn_weights(corpora, output, folds=folds, gazetteer=gazetteer)
    if as_json:
        _print_json(learned.weights.training)
        return
    click.echo(f"{learned.folds}-fold cross-validation by article")
    for line in describe_evaluations(learned.evaluations):
        click.echo(line)
    click.echo(f"wrote {output}")
