"""Online geocoders, for names that no gazetteer knows: asked only where a person wants it, slowly, and never trusted much.

A question holds a name and the codes of countries, and nothing else of an article. Answers are kept. What goes wrong is counted, and
is never an error: a name without an answer stays unknown.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import time
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlsplit

from geopy.exc import GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges, GeopyError

from geomap.errors import GazetteerError, InputError
from geomap.gazetteer.answers import Answer, AnswerCache
from geomap.gazetteer.classes import is_country
from geomap.gazetteer.distance import distance_km
from geomap.gazetteer.geocoder_adapter import Adapter
from geomap.gazetteer.geocoder_report import GeocoderReport
from geomap.gazetteer.osm_answers import (
    distinct_answers,
    is_called,
    read_nominatim,
    read_photon,
)
from geomap.gazetteer.paths import cache_folder
from geomap.gazetteer.sources.values import clean_name
from geomap.gazetteer.web import RedirectError, check_web_address, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from geomap.model import Article, Place, Resolution

__all__ = ["SERVICES", "Geocoder", "open_geocoder"]

#: what a geocoder's best answer is worth at most
_MOST_CONFIDENCE: Final = 0.5
#: public servers are asked once a second at most: Nominatim's usage policy, and good manners elsewhere
_PUBLIC_RATE_S: Final = 1.0
_TIMEOUT: Final = 10.0
#: failures in a row after which a service is left alone
_MOST_FAILURES: Final = 3
#: how long a service may ask to be left alone before it is left alone for good, in seconds
_LONGEST_WAIT: Final = 30.0
_MAX_AGE_DAYS: Final = 180
_EMPTY_AGE_DAYS: Final = 30
_MOST_ANSWERS: Final = 10
#: countries of one question, those that the article names most
_MOST_COUNTRIES: Final = 10
_LONGEST_NAME: Final = 100
#: how far off the middle of a unit its places lie, in radii of a circle with its area: units are long, and bent
_LONGEST_UNIT: Final = 2.0
_BESIDE_KM: Final = 25.0
_log = logging.getLogger(__name__)


def _make_nominatim(**options: Any) -> Callable[[str, Sequence[str]], Any]:
    from geopy.geocoders import Nominatim  # noqa: PLC0415 - only where a person wants it

    service = Nominatim(**options)
    return lambda name, countries: service.geocode(
        name,
        exactly_one=False,
        limit=_MOST_ANSWERS,
        language="en",
        addressdetails=True,
        namedetails=True,
        country_codes=[code.lower() for code in countries],
    )


def _make_photon(**options: Any) -> Callable[[str, Sequence[str]], Any]:
    from geopy.geocoders import Photon  # noqa: PLC0415 - only where a person wants it

    service = Photon(**options)
    return lambda name, _countries: service.geocode(
        name, exactly_one=False, limit=2 * _MOST_ANSWERS, language="en"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Service:
    """A service: where its public server is, how it is asked and read, and whether it is told the countries."""

    url: str
    make: Callable[..., Callable[[str, Sequence[str]], Any]]
    read: Callable[[Mapping[str, Any]], Answer | None]
    sends_countries: bool


_SERVICES: Final = {
    "nominatim": _Service(
        url="https://nominatim.openstreetmap.org",
        make=_make_nominatim,
        read=read_nominatim,
        sends_countries=True,
    ),
    "photon": _Service(
        url="https://photon.komoot.io",
        make=_make_photon,
        read=read_photon,
        sends_countries=False,
    ),
}
_PUBLIC_HOSTS: Final = frozenset(urlsplit(item.url).hostname for item in _SERVICES.values())
#: the services that can be asked
SERVICES: Final = tuple(sorted(_SERVICES))


class Geocoder:
    """Asks an online service for names that no gazetteer knows.

    Args:
        service: One of ``SERVICES``.
        user_agent: Who asks, as the service's terms want to know it: a name of your own, with a version or an address.
        cache: The database of answers; None for one in the user's cache folder.
        rate_s: Seconds between two questions, at least 1 for public servers; None for 1, or 0 for a server on a machine or network of
            your own.
        base_url: The server, where it is not the public one.
        timeout: Seconds after which a question has failed.
        max_age_days: For how many days answers count; that there was none counts for 30 of them at most.

    Raises:
        InputError: There is no such service, or it must not be asked so.

    Example:
        >>> with Geocoder("photon", user_agent="my-desk/1.0", base_url="http://localhost:2322") as geocoder:
        ...     geocoder.report.asked
        0
    """

    def __init__(
        self,
        service: str,
        *,
        user_agent: str,
        cache: Path | None = None,
        rate_s: float | None = None,
        base_url: str | None = None,
        timeout: float = _TIMEOUT,
        max_age_days: int = _MAX_AGE_DAYS,
    ) -> None:
        if service not in _SERVICES:
            raise InputError(f"expected a geocoder among {', '.join(SERVICES)}, got {service!r}")
        self._name, self._service = service, _SERVICES[service]
        self._url = _read_url(base_url or self._service.url)
        self._rate_s = _read_rate(rate_s, self._url)
        # the run before this one may have asked just now
        self._not_before = time.monotonic() + self._rate_s
        parts = urlsplit(self._url)
        try:
            self._ask = self._service.make(
                scheme=parts.scheme,
                domain=f"{parts.netloc}{parts.path}",
                user_agent=_read_user_agent(user_agent),
                timeout=timeout,
                adapter_factory=Adapter,
            )
        except GeopyError as err:
            raise InputError(f"{self._url} must not be asked so: {err}") from err
        self._cache = AnswerCache(
            cache or cache_folder() / "geocoder.sqlite",
            max_age_days=max_age_days,
            empty_age_days=min(max_age_days, _EMPTY_AGE_DAYS),
        )
        self._counts: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._found: set[tuple[str, tuple[str, ...]]] = set()
        self._in_row = 0
        self._stopped = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database of answers."""
        self._cache.close()

    @property
    def report(self) -> GeocoderReport:
        """What became of the names so far."""
        reasons = sorted(self._reasons.items(), key=lambda item: (-item[1], item[0]))
        return GeocoderReport(
            service=self._name,
            stopped=self._stopped,
            problem=self._cache.problem,
            reasons=tuple(reasons),
            found=len(self._found),
            **self._counts,
        )

    def fill(self, article: Article, resolutions: Sequence[Resolution]) -> tuple[Resolution, ...]:
        """Return the mentions of an article, unknown names with the places that the service has for them.

        Only literal mentions are looked up, and only in the countries that the article's resolved mentions speak of (or in the one
        that the text puts the name in); where no country is known, nobody is asked. An answer outside of the unit that the text puts the
        name in is none. The id of such a place begins with
        ``geocoder:``; it is ambiguous unless the service knows exactly one, and its confidence is 0.5 at most.
        """
        countries = _spoken_of(resolutions)
        return tuple(
            self._filled(article, item, countries) if _is_unknown(item) else item
            for item in resolutions
        )

    def _filled(self, article: Article, item: Resolution, countries: tuple[str, ...]) -> Resolution:
        if item.within is not None and item.within.country:
            countries = (item.within.country,)
        name = _name_to_ask(item.mention.surface)
        if not name or not countries:
            return item
        answers = self._answers(article, name, countries)
        found = distinct_answers(
            answer
            for answer in answers
            if answer.country in countries
            and is_called(answer, name)
            and _fits(answer, item.within)
        )
        if not found:
            return item
        self._found.add((name, countries))
        place = replace(found[0].to_place(), id=f"geocoder:{self._name}/{found[0].id}")
        return replace(
            item,
            status="resolved" if len(found) == 1 else "ambiguous",
            place=place,
            confidence=_MOST_CONFIDENCE / len(found),
            within=None,
        )

    def _answers(
        self, article: Article, name: str, countries: tuple[str, ...]
    ) -> tuple[Answer, ...]:
        """Return what the service knows by a name: in this run, in an earlier one, or now."""
        sent = sorted(countries) if self._service.sends_countries else []
        question = json.dumps([self._name, self._url, name, sent], ensure_ascii=False)
        answers = self._cache.recall(question)
        if answers is not None:
            return answers
        answers = self._cache.find(question)
        if answers is not None:
            self._counts["kept"] += 1
        elif self._stopped:
            self._counts["skipped"] += 1
            return ()
        else:
            try:
                answers = self._question(name, sent)
            except (
                GeopyError,
                RedirectError,
                ValueError,
                TypeError,
                LookupError,
                AttributeError,
            ) as err:
                self._note_failure(err)
                _log.debug("%s: %s was not answered: %s", article.id, name, err)
                return ()
            self._in_row = 0
            self._cache.keep(question, answers)
        return answers

    def _question(self, name: str, countries: Sequence[str]) -> tuple[Answer, ...]:
        """Ask the service, not sooner than it may be asked.

        Raises:
            GeopyError: It does not answer, or not as it should.
            ValueError, TypeError, LookupError, AttributeError: Its answer is garbage that geopy stumbles over.
            RedirectError: It sends the question where it must not go.
        """
        time.sleep(max(0.0, self._not_before - time.monotonic()))
        self._counts["asked"] += 1
        try:
            found = self._ask(name, countries) or []
        finally:
            self._not_before = time.monotonic() + self._rate_s
        items = (item.raw for item in found)
        answers = (self._service.read(item) for item in items if isinstance(item, dict))
        return tuple(answer for answer in answers if answer is not None)

    def _note_failure(self, err: Exception) -> None:
        reason = str(err) if isinstance(err, GeopyError) else "the answer is not of its format"
        if isinstance(err, RedirectError):
            reason = "the server sends elsewhere, which is not followed"
        self._reasons[plain_text(reason)] += 1
        self._counts["failed"] += 1
        self._in_row += 1
        wait = min(getattr(err, "retry_after", None) or 0.0, 1e9)
        if isinstance(err, GeocoderAuthenticationFailure | GeocoderInsufficientPrivileges):
            self._stopped = "the service does not want to be asked"
        elif wait > _LONGEST_WAIT:
            self._stopped = f"the service asks to be left alone for {wait:,.0f} seconds"
        elif self._in_row >= _MOST_FAILURES:
            self._stopped = f"after {self._in_row} failures in a row the service is left alone"
        self._not_before = max(self._not_before, time.monotonic() + wait)


def open_geocoder(text: str, *, user_agent: str) -> Geocoder:
    """Return the geocoder that a person names: ``nominatim``, ``photon``, or one at an address of their own.

    Args:
        text: A name of ``SERVICES``, or ``NAME=URL``.
        user_agent: Who asks.

    Raises:
        InputError: It names no service, or no address.
    """
    service, equals, url = text.strip().partition("=")
    if equals and not url:
        raise InputError(
            f"expected an address in {text!r}, for instance photon=http://localhost:2322"
        )
    return Geocoder(service, user_agent=user_agent, base_url=url or None)


def _read_url(url: str) -> str:
    try:
        check_web_address(url, "the address of a geocoder")
    except GazetteerError as err:
        raise InputError(str(err)) from err
    parts = urlsplit(url)
    if parts.query or parts.fragment:
        raise InputError(f"expected the address of a geocoder without ? and #, got {url!r}")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def _read_rate(rate_s: float | None, url: str) -> float:
    """Return how many seconds lie between two questions to a server."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    if rate_s is None:
        return 0.0 if _is_near(host) else _PUBLIC_RATE_S
    least = _PUBLIC_RATE_S if host in _PUBLIC_HOSTS else 0.0
    if not least <= rate_s < float("inf"):
        raise InputError(
            f"expected at least {least:g} seconds between two questions to {url}, got {rate_s!r}"
        )
    return rate_s


def _is_near(host: str) -> bool:
    """Return whether a host is this machine, or one of a network of one's own."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost"


def _read_user_agent(text: str) -> str:
    text = text.strip()
    if len(text) < 4 or not (text.isascii() and text.isprintable()) or "geopy" in text.lower():
        raise InputError(
            f"expected a user agent that says who asks, for instance my-desk/1.0, got {text!r}"
        )
    return text


def _is_unknown(item: Resolution) -> bool:
    return item.status == "unknown" and item.place is None and item.mention.kind == "literal"


def _fits(answer: Answer, within: Place | None) -> bool:
    """Return whether an answer lies where the text puts the name: in a unit, as far as its extent is known."""
    if within is None or is_country(within.feature) or not within.radius_km:
        return True
    apart = distance_km(answer.lat, answer.lon, within.lat, within.lon)
    return apart <= _LONGEST_UNIT * within.radius_km + _BESIDE_KM


def _spoken_of(resolutions: Iterable[Resolution]) -> tuple[str, ...]:
    """Return the countries that an article speaks of, the one that it names most first."""
    countries = Counter(
        item.place.country
        for item in resolutions
        if item.status == "resolved" and item.mention.kind != "embedded" and item.place is not None
    )
    countries.pop(None, None)
    ordered = sorted(countries.items(), key=lambda pair: (-pair[1], pair[0] or ""))
    return tuple(code for code, _ in ordered[:_MOST_COUNTRIES] if code)


def _name_to_ask(surface: str) -> str:
    """Return a name as it is asked for; "" for what is none: too long, or numbers that a service reads as a point."""
    if len(surface) > _LONGEST_NAME:
        return ""
    name = clean_name(surface)
    letters, digits = sum(map(str.isalpha, name)), sum(map(str.isdigit, name))
    return name if letters > max(1, digits) else ""
