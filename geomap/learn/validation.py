"""Learn weights and say how good they are on articles they did not see; the twin of ``geomap train``."""

from __future__ import annotations

import importlib.util
import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from geomap.corpora import load_corpus
from geomap.corpora.nouns import digest_of
from geomap.errors import GeomapError, InputError
from geomap.evaluate import MODES, Examiner, parse_articles
from geomap.evaluate.run import measure
from geomap.export.targets import check_target
from geomap.gazetteer import open_gazetteer
from geomap.geoparser import Geoparser

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geomap.corpora import AnnotatedArticle, Corpus
    from geomap.evaluate import Evaluation, Parsed
    from geomap.gazetteer import Gazetteer
    from geomap.recognise.weights import Weights

__all__ = [
    "Learned",
    "cross_validate",
    "learn_weights",
    "leave_one_corpus_out",
    "training_record",
]

#: which article is held out with which is drawn from this seed, the same in every run
_SEED: Final = 20_039
_ONCE: Final[Mapping[str, int]] = {}
#: what the README's table shows
_HEADLINE: Final = ("precision", "recall", "f1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """Weights learned from all articles, and how such weights do on articles they did not see.

    ``evaluations`` hold out articles, ``across`` whole corpora; with one corpus there is nothing across.
    ``at_home`` are ``evaluations`` of articles with their outlets known, none where no corpus tells them.
    """

    weights: Weights
    evaluations: tuple[Evaluation, ...]
    folds: int
    across: tuple[Evaluation, ...] = ()
    at_home: tuple[Evaluation, ...] = ()


def _deal(articles: int, folds: int) -> list[int]:
    """Return the fold of each article: equally many in each, dealt from a fixed seed."""
    dealt = [number % folds for number in range(articles)]
    random.Random(_SEED).shuffle(dealt)  # noqa: S311 - not for secrets
    return dealt


def _deal_all(corpora: Sequence[Corpus], folds: int, times: Mapping[str, int]) -> list[int]:
    """Return the fold of each article of all corpora.

    What does not teach recognition is dealt by itself: with it or without it, the others have the same folds.
    """
    counts = [times.get(corpus.name, 1) > 0 for corpus in corpora for _ in corpus.articles]
    dealt = {kind: iter(_deal(counts.count(kind), folds)) for kind in (True, False)}
    return [next(dealt[kind]) for kind in counts]


def _check_extra() -> None:
    for package in ("sklearn", "scipy"):
        if importlib.util.find_spec(package) is None:
            raise GeomapError(
                f"learning needs the package {package}, which is not installed: "
                "pip install 'geomap[train]'"
            )


def cross_validate(
    gazetteer: Gazetteer,
    corpora: Sequence[Corpus],
    folds: int,
    *,
    outlets: bool = False,
    times: Mapping[str, int] = _ONCE,
) -> tuple[Evaluation, ...]:
    """Return how well each corpus is parsed, in both modes, by weights learned from other articles.

    Articles, not toponyms, are dealt to the folds: an article's names belong together. Each fold is
    parsed with weights learned from the other folds of all corpora. With ``outlets``, articles are parsed with
    their outlet known; learning never knows it. ``times`` says how often the articles of a corpus count in learning, by
    the name of the corpus: once, where it does not say.

    Raises:
        InputError: There are fewer articles than folds.
    """
    articles = sum(len(corpus.articles) for corpus in corpora)
    if not 2 <= folds <= articles:
        raise InputError(
            f"expected 2 folds or more and at least as many articles, got {folds} folds and "
            f"{articles:,} articles; choose fewer folds or give more articles"
        )
    return _hold_out(
        gazetteer, corpora, _deal_all(corpora, folds, times), outlets=outlets, times=times
    )


def leave_one_corpus_out(
    gazetteer: Gazetteer, corpora: Sequence[Corpus], *, times: Mapping[str, int] = _ONCE
) -> tuple[Evaluation, ...]:
    """Return how well each corpus is parsed, in both modes, by weights learned from the other corpora.

    Annotators and outlets differ from corpus to corpus; this is the nearest to what news of another kind
    would bring. Nothing comes back for a single corpus.
    """
    if len(corpora) < 2:
        return ()
    dealt = [number for number, corpus in enumerate(corpora) for _ in corpus.articles]
    return _hold_out(gazetteer, corpora, dealt, times=times)


def _hold_out(
    gazetteer: Gazetteer,
    corpora: Sequence[Corpus],
    dealt: Sequence[int],
    *,
    outlets: bool = False,
    times: Mapping[str, int] = _ONCE,
) -> tuple[Evaluation, ...]:
    """Return the evaluations of corpora whose articles, dealt to parts, never taught their own part."""
    from geomap.learn.training import train  # noqa: PLC0415 - needs an extra

    owners = [corpus for corpus in corpora for _ in corpus.articles]
    articles = [article for corpus in corpora for article in corpus.articles]
    parsed: dict[tuple[int, str], Parsed] = {}
    for fold in sorted(set(dealt)):
        seen = [number for number, own in enumerate(dealt) if own != fold]
        learned = train(
            gazetteer,
            [articles[number] for number in seen],
            [float(times.get(owners[number].name, 1)) for number in seen],
        )
        geoparser = Geoparser(gazetteer, weights=learned)
        held = [number for number, own in enumerate(dealt) if own == fold]
        parsed |= _parse_both(geoparser, articles, held, outlets=outlets)
    examiner = Examiner(gazetteer, geoparser.weights)
    return tuple(
        measure(
            [parsed[number, mode] for number, owner in enumerate(owners) if owner is corpus],
            corpus,
            examiner,
        )
        for corpus in corpora
        for mode in MODES
    )


def _parse_both(
    geoparser: Geoparser,
    articles: Sequence[AnnotatedArticle],
    held: Sequence[int],
    *,
    outlets: bool,
) -> dict[tuple[int, str], Parsed]:
    chosen = [articles[number] for number in held]
    return {
        (number, mode): item
        for mode in MODES
        for number, item in zip(
            held,
            parse_articles(geoparser, chosen, given=mode == "spans", outlets=outlets),
            strict=True,
        )
    }


def _headlines(evaluations: Sequence[Evaluation]) -> dict[str, dict[str, float]]:
    """Return the figures of each corpus that a table has room for."""
    by_key = {(item.corpus, item.mode): item.scores for item in evaluations}
    return {
        name: {
            **{measure: round(getattr(raw, measure), 3) for measure in _HEADLINE},
            "acc161_raw": round(raw.acc161, 3),
            "acc161_spans": round(by_key[name, "spans"].acc161, 3),
        }
        for (name, mode), raw in by_key.items()
        if mode == "raw"
    }


def training_record(
    corpora: Sequence[Corpus],
    evaluations: Sequence[Evaluation],
    folds: int,
    across: Sequence[Evaluation] = (),
    at_home: Sequence[Evaluation] = (),
) -> dict[str, Any]:
    """Return what a weights file says of its making: what it was learned from, and the scores.

    ``cross_validated`` holds the headline of each corpus, ``across_corpora`` that of each corpus as parsed by
    what the others taught, ``with_outlets`` that of the first with outlets known, ``evaluations`` every figure of
    the first.
    """
    return {
        "corpora": {
            corpus.name: {
                "articles": len(corpus.articles),
                "toponyms": corpus.toponyms,
                "digest": digest_of(corpus.articles),
            }
            for corpus in corpora
        },
        "cross_validated": _headlines(evaluations),
        "across_corpora": _headlines(across),
        "with_outlets": _headlines(at_home),
        "folds": folds,
        "evaluations": [item.to_record() for item in evaluations],
    }


def learn_weights(
    paths: Sequence[str | Path],
    output: str | Path | None = None,
    *,
    folds: int = 5,
    gazetteer: str | Path | None = None,
    times: Mapping[str, int] = _ONCE,
) -> Learned:
    """Learn weights from corpora, cross-validate the learning, and write the weights.

    Args:
        paths: Files of annotated news; each needs a name of its own.
        output: The weights file; None for none.
        folds: Into how many parts the articles are dealt for cross-validation.
        gazetteer: The name or the index folder of a gazetteer; None for the one in use.
        times: How often the articles of a corpus count in learning, by the corpus' name; once where it does not say.

    Raises:
        GeomapError: The packages of the extra ``train`` are missing.
        InputError: A corpus cannot be read, or there are too few articles.
        OutputError: The weights cannot be written.
    """
    _check_extra()
    from geomap.learn.training import train, write_weights  # noqa: PLC0415 - needs an extra

    if output is not None:
        check_target(output, files=paths)
    corpora = [load_corpus(path) for path in paths]
    names = [corpus.name for corpus in corpora]
    if len(set(names)) < len(names):
        raise InputError(f"expected corpora of different names, got {', '.join(names)}")
    unknown = sorted(set(times) - set(names))
    if unknown:
        raise InputError(f"expected times of {', '.join(names)}, got {unknown[0]!r}")
    opened = open_gazetteer(gazetteer)
    evaluations = cross_validate(opened, corpora, folds, times=times)
    across = leave_one_corpus_out(opened, corpora, times=times)
    told = any(article.source for corpus in corpora for article in corpus.articles)
    at_home = cross_validate(opened, corpora, folds, outlets=True, times=times) if told else ()
    weights = train(
        opened,
        [article for corpus in corpora for article in corpus.articles],
        [float(times.get(corpus.name, 1)) for corpus in corpora for _ in corpus.articles],
    )
    record = training_record(corpora, evaluations, folds, across, at_home)
    record = {**weights.training, **record, "times": dict(times)}
    weights = replace(weights, training=record)
    if output is not None:
        write_weights(weights, output)
    return Learned(
        weights=weights, evaluations=evaluations, folds=folds, across=across, at_home=at_home
    )
