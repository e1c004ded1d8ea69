"""The commands that measure and learn: ``geomap evaluate`` and ``geomap train``."""

from __future__ import annotations

from typing import Final

import click

from geomap.cli.gazetteer_commands import gazetteer_option
from geomap.runtime.terminal import write_json, write_line

__all__ = ["evaluate_command", "train_command"]

_MODES: Final = {"raw": ("raw",), "spans": ("spans",), "both": ("raw", "spans")}

_corpora = click.argument("corpora", nargs=-1, required=True, metavar="CORPUS...")
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


def _read_times(
    _ctx: click.Context, _param: click.Parameter, pairs: tuple[str, ...]
) -> dict[str, int]:
    times: dict[str, int] = {}
    for pair in pairs:
        name, _, count = pair.partition("=")
        if not (name and count.isascii() and count.isdigit() and int(count) <= _MOST_TIMES):
            raise click.BadParameter(
                f"expected CORPUS=N with N from 0 to {_MOST_TIMES}, got {pair!r}"
            )
        times[name] = int(count)
    return times


_MOST_TIMES: Final = 20


@click.command("evaluate")
@_corpora
@click.option(
    "--mode",
    type=click.Choice(list(_MODES)),
    default="both",
    show_default=True,
    help="From the raw text, with the annotated spans given, or both.",
)
@gazetteer_option
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
    from geomap.evaluate import describe_evaluations, evaluate_corpora

    found = evaluate_corpora(
        corpora, _MODES[mode], gazetteer=gazetteer, weights=weights, errors=errors, outlets=outlets
    )
    if as_json:
        write_json({"evaluations": [item.to_record() for item in found]}, indent=2)
        return
    for line in describe_evaluations(found):
        write_line(line)


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
@click.option(
    "--times",
    multiple=True,
    metavar="CORPUS=N",
    callback=_read_times,
    help="Let the articles of a corpus (the name of its file, without the ending) count so often in learning; with 0 they teach in which sense names stand and which places they mean, not what a name is (repeatable).",
)
@gazetteer_option
@_json
def train_command(
    *,
    corpora: tuple[str, ...],
    output: str,
    folds: int,
    times: dict[str, int],
    gazetteer: str | None,
    as_json: bool,
) -> None:
    """Learn weights from annotated news, and say how good they are on unseen articles.

    CORPUS is a file as for geomap evaluate. Needs the packages of geomap[train].
    """
    from geomap.evaluate import describe_evaluations
    from geomap.learn.validation import learn_weights

    learned = learn_weights(corpora, output, folds=folds, gazetteer=gazetteer, times=times)
    if as_json:
        write_json(learned.weights.training, indent=2)
        return
    write_line(f"{learned.folds}-fold cross-validation by article")
    for line in describe_evaluations(learned.evaluations):
        write_line(line)
    write_line(f"wrote {output}")
