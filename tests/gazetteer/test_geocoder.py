"""Online geocoders: what is asked, what becomes of the answers, and what of all that goes wrong."""

import json
import sqlite3
import time
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from geomap.cli.commands import cli
from geomap.errors import InputError
from geomap.gazetteer.geocoder import SERVICES, Geocoder, open_geocoder
from geomap.gazetteer.osm_classes import feature_of_osm
from geomap.model import Article, Mention, Place, Resolution
from tests.gazetteer.serving import Server, send

ARTICLE = Article(id="a", text="A secret text.")
SUDAN = Place(id="geonames:366755", name="Sudan", lat=16, lon=30, feature="PCLI", country="SD")
CHAD = Place(id="geonames:2434508", name="Chad", lat=15, lon=19, feature="PCLI", country="TD")


@pytest.fixture(autouse=True)
def plain_environment(tmp_path, monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("GEOMAP_CACHE", str(tmp_path / "cache"))


def mention(surface, place=None, *, kind="literal", status=None, within=None):
    where = Mention(article_id="a", start=0, end=len(surface), surface=surface, kind=kind)
    status = status or ("resolved" if place else "unknown")
    return Resolution(mention=where, status=status, place=place, confidence=0.2, within=within)


def osm(number, name, *, key="place", value="village", country="sd", at=(13.5, 25.5), **more):
    """Return a place as both services tell it."""
    return {"number": number, "name": name, "key": key, "value": value, "country": country} | {
        "at": at,
        "more": more,
    }


def as_nominatim(item):
    return {
        "place_id": 1,
        "osm_type": "node",
        "osm_id": item["number"],
        "lat": str(item["at"][0]),
        "lon": str(item["at"][1]),
        "class": item["key"],
        "type": item["value"],
        "addresstype": item["more"].get("kind", item["value"]),
        "name": item["name"],
        "display_name": f"{item['name']}, North Darfur, Sudan",
        "address": {"state": "North Darfur", "county": "Kutum", "country_code": item["country"]},
        "namedetails": {"name": item["name"]} | item["more"].get("names", {}),
        "boundingbox": ["13.0", "14.0", "25.0", "26.0"],
    }


def as_photon(item):
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [item["at"][1], item["at"][0]]},
        "properties": {
            "osm_type": "N",
            "osm_id": item["number"],
            "osm_key": item["key"],
            "osm_value": item["value"],
            "type": item["more"].get("kind", "city"),
            "name": item["name"],
            "countrycode": item["country"].upper(),
            "state": "North Darfur",
            "county": "Kutum",
            "extent": [25.0, 14.0, 26.0, 13.0],
        },
    }


def sends(body, status=200, *, kind="application/json; charset=utf-8", **headers):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda handler: send(handler, status, body, Content_Type=kind, **headers)


class Service(Server):
    """Answers as Nominatim or Photon does: with ``places`` by the name that is asked for, or as ``fault`` does."""

    def __init__(self, name):
        super().__init__()
        self.name = name
        self.places = {}
        self.fault = None

    def respond(self, handler):
        if self.fault is not None:
            self.fault(handler)
            return
        places = self.places.get(self.questions[-1]["q"], [])
        if self.name == "photon":
            sends({"type": "FeatureCollection", "features": [*map(as_photon, places)]})(handler)
        else:
            sends([*map(as_nominatim, places)])(handler)

    @property
    def questions(self):
        asked = [parse_qs(urlsplit(path).query) for _, path, _ in self.asked]
        return [{key: values[0] for key, values in item.items()} for item in asked]

    def open(self, **options):
        options = {"user_agent": "desk-test/1.0", "base_url": self.url} | options
        return Geocoder(self.name, **options)


@pytest.fixture(params=SERVICES)
def service(request):
    with Service(request.param) as running:
        yield running


@pytest.fixture
def nominatim():
    with Service("nominatim") as running:
        yield running


def filled(service, *found, **options):
    """Return what becomes of mentions beside one of Sudan, and the report."""
    with service.open(**options) as geocoder:
        [_, *rest] = geocoder.fill(ARTICLE, (mention("Sudan", SUDAN), *found))
        return rest, geocoder.report


# what comes of an answer


def test_the_only_answer_is_the_place(service):
    service.places["Zurqan"] = [osm(7, "Zurqan")]
    [found], report = filled(service, mention("Zurqan"))
    assert found.place == Place(
        id=f"geocoder:{service.name}/N7", name="Zurqan", lat=13.5, lon=25.5, feature="PPL",
        country="SD", admin1="North Darfur", admin2="Kutum",
    )  # fmt: skip
    assert (found.status, found.confidence, found.within) == ("resolved", 0.5, None)
    assert (report.asked, report.found, report.failed) == (1, 1, 0)


def test_of_several_answers_the_best_is_a_guess(service):
    service.places["Zurqan"] = [
        osm(number, "Zurqan", at=(number, 25)) for number in (13, 10, 16, 11)
    ]
    [found], _ = filled(service, mention("Zurqan"))
    assert (found.place.id[-3:], found.status, found.confidence) == ("N13", "ambiguous", 0.125)


def test_a_town_and_its_bounds_are_one_answer(service):
    bounds = osm(8, "Zurqan", key="boundary", value="administrative", at=(13.55, 25.5))
    service.places["Zurqan"] = [osm(7, "Zurqan"), bounds]
    [found], _ = filled(service, mention("Zurqan"))
    assert (found.place.feature, found.status) == ("PPL", "resolved")


@pytest.mark.parametrize(
    "answer",
    [
        osm(7, "Zurqan", country="td"),
        osm(7, "Zurqan", country=""),
        osm(7, "Zurqan", key="shop", value="bakery"),
        osm(7, "Zurqan", key="highway", value="residential"),
        osm(7, "Port Sudan"),
        osm(7, ""),
        osm(0, "Zurqan"),
        osm("7", "Zurqan"),
        osm(7, "Z" * 5000),
    ],
)
def test_what_is_no_such_place_is_no_answer(service, answer):
    service.places["Zurqan"] = [answer]
    [found], report = filled(service, mention("Zurqan"))
    assert found == mention("Zurqan")
    assert (report.found, report.failed) == (0, 0)


@pytest.mark.parametrize("other", ["Zurqān", "Zorqan", "Zourqan"])
def test_other_spellings_of_the_name_are_it(service, other):
    service.places["Zurqan"] = [osm(7, other)]
    [found], _ = filled(service, mention("Zurqan"))
    assert found.place.name == other


def test_the_english_name_comes_first_and_any_name_may_be_meant(nominatim):
    names = {"name:en": "Blue Well", "alt_name": "Zurqan", "name:ar": "زرقان"}
    nominatim.places["Zurqan"] = [osm(7, "زرقان", names=names)]
    [found], _ = filled(nominatim, mention("Zurqan"))
    assert found.place.name == "Blue Well"


def test_a_name_in_another_script_alone_cannot_be_compared(service):
    service.places["Zurqan"] = [osm(7, "زرقان")]
    [found], _ = filled(service, mention("Zurqan"))
    assert found.place.name == "زرقان"


def test_a_unit_has_an_extent(service):
    service.places["Zurqan"] = [
        osm(7, "Zurqan", key="boundary", value="administrative", kind="state")
    ]
    [found], _ = filled(service, mention("Zurqan"))
    assert found.place.feature == "ADM1"
    assert found.place.radius_km == pytest.approx(61.9, abs=0.1)


@pytest.mark.parametrize(
    ("key", "value", "kind", "feature"),
    [
        ("place", "suburb", "", "PPLX"), ("place", "county", "", "ADM2"), ("natural", "peak", "", "PK"),
        ("boundary", "administrative", "town", "PPL"), ("boundary", "administrative", "", "ADMD"),
        ("amenity", "refugee_site", "", "CMP"), ("waterway", "wadi", "", "WAD"), ("amenity", "cafe", "", None),
        ("", "", "", None),
    ],
)  # fmt: skip
def test_what_openstreetmap_calls_it(key, value, kind, feature):
    assert feature_of_osm(key, value, kind) == feature


# what is asked


def test_nothing_but_the_name_and_the_countries_is_sent(service):
    filled(service, mention("Zurqan"), mention("Chad", CHAD))
    [question], [(method, path, headers)] = service.questions, service.asked
    own = {
        "nominatim": {"limit": "10", "format": "json", "accept-language": "en", "namedetails": "1",
                      "addressdetails": "1", "countrycodes": "sd,td"},
        "photon": {"limit": "20", "lang": "en"},
    }  # fmt: skip
    assert question == own[service.name] | {"q": "Zurqan"}
    assert (method, urlsplit(path).path) == ("GET", {"photon": "/api"}.get(service.name, "/search"))
    assert headers.keys() == {"Accept-Encoding", "Host", "User-Agent", "Connection"}
    assert headers["User-Agent"] == "desk-test/1.0"


@pytest.mark.parametrize(
    "found",
    [
        (mention("Zurqan", kind="associative"),),
        (mention("Zurqan", kind="embedded"),),
        (mention("Zurqan", SUDAN, status="ambiguous"),),
        (mention("13.5, 25.5"),),
        (mention("N 13 30.5 E 25 30.5"),),
        (mention("Z"),),
        (mention("…"),),
        (mention("Zurqan " * 20),),
    ],
)
def test_what_is_not_asked(service, found):
    assert filled(service, *found)[0] == list(found)
    assert service.asked == []


@pytest.mark.parametrize(
    "others",
    [
        (),
        (mention("Sudan", SUDAN, status="ambiguous"),),
        (mention("University of Sudan", SUDAN, kind="embedded"),),
        (mention("Nile", replace(SUDAN, country=None)),),
    ],
)
def test_where_no_country_is_known_nobody_is_asked(service, others):
    with service.open() as geocoder:
        found = (mention("Zurqan"), *others)
        assert geocoder.fill(ARTICLE, found) == found
    assert service.asked == []


def test_a_name_is_asked_for_where_the_text_puts_it(nominatim):
    with nominatim.open() as geocoder:
        geocoder.fill(ARTICLE, (mention("Zurqan", within=CHAD), mention("Sudan", SUDAN)))
    assert nominatim.questions[0]["countrycodes"] == "td"


@pytest.mark.parametrize(("lat", "status"), [(13.0, "resolved"), (16.0, "unknown")])
def test_an_answer_lies_in_the_unit_that_the_text_gives(service, lat, status):
    unit = Place(id="u", name="U", lat=13, lon=25, feature="ADM1", country="SD", radius_km=100)
    service.places["Zurqan"] = [osm(7, "Zurqan", at=(lat, 26))]
    [found], _ = filled(service, mention("Zurqan", within=unit))
    assert (found.status, found.within is None) == (status, status == "resolved")


def test_the_countries_that_are_named_most_are_asked_for(nominatim):
    codes = [f"A{letter}" for letter in "ABCDEFGHIJKL"]
    others = [mention(code, replace(SUDAN, country=code)) for code in [*codes, "AL"]]
    filled(nominatim, mention("Zurqan"), *others)
    assert nominatim.questions[0]["countrycodes"] == "aa,ab,ac,ad,ae,af,ag,ah,ai,al"


def test_a_name_on_two_lines_is_one_name(service):
    filled(service, mention("Wadi\n  Zurqan"))
    assert service.questions[0]["q"] == "Wadi Zurqan"


def test_a_path_of_the_server_is_kept(nominatim):
    filled(nominatim, mention("Zurqan"), base_url=f"{nominatim.url}osm/")
    assert nominatim.asked[0][1].startswith("/osm/search?")


def test_questions_are_asked_slowly(service):
    began = time.monotonic()
    filled(service, mention("Zurqan"), mention("Qamar"), mention("Sabun"), rate_s=0.1)
    assert time.monotonic() - began >= 0.3
    assert len(service.asked) == 3


# answers are kept


def test_an_answer_is_kept_for_the_next_run(service, tmp_path):
    service.places["Zurqan"] = [osm(7, "Zurqan")]
    cache = tmp_path / "answers" / "kept.sqlite"
    first, _ = filled(service, mention("Zurqan"), mention("Zurqan"), cache=cache)
    again, report = filled(service, mention("Zurqan"), mention("Zurqan"), cache=cache)
    assert (first, len(service.asked)) == (again, 1)
    assert (report.asked, report.kept, report.found) == (0, 1, 1)


def test_that_there_is_no_answer_is_kept_too(service):
    filled(service, mention("Zurqan"))
    _, report = filled(service, mention("Zurqan"))
    assert (len(service.asked), report.kept, report.found) == (1, 1, 0)


@pytest.mark.parametrize(("age", "asked"), [(29, 1), (31, 2), (181, 2), (-5, 2)])
def test_answers_grow_old(service, tmp_path, age, asked):
    cache = tmp_path / "kept.sqlite"
    filled(service, mention("Zurqan"), cache=cache)
    with sqlite3.connect(cache) as database:
        database.execute("UPDATE answers SET day = date('now', ?)", (f"{-age} days",))
    database.close()
    filled(service, mention("Zurqan"), cache=cache)
    assert len(service.asked) == asked


def test_how_old_answers_may_be_is_chosen(service):
    service.places["Zurqan"] = [osm(7, "Zurqan")]
    filled(service, mention("Zurqan"))
    filled(service, mention("Zurqan"), max_age_days=0)
    assert len(service.asked) == 2


def test_another_server_is_another_question(service):
    filled(service, mention("Zurqan"))
    filled(service, mention("Zurqan"), base_url=f"{service.url}other")
    assert len(service.asked) == 2


@pytest.mark.parametrize(
    "text", ["", "[", "[1]", '[{"id": "N7"}]', "null", '[{"names": [], "lat": 999}]']
)
def test_kept_answers_that_cannot_be_read_are_asked_for_again(service, tmp_path, text):
    cache = tmp_path / "kept.sqlite"
    filled(service, mention("Zurqan"), cache=cache)
    with sqlite3.connect(cache) as database:
        database.execute("UPDATE answers SET answers = ?", (text,))
    database.close()
    filled(service, mention("Zurqan"), cache=cache)
    assert len(service.asked) == 2


def test_a_database_of_another_format_is_made_anew(service, tmp_path):
    cache = tmp_path / "kept.sqlite"
    with sqlite3.connect(cache) as database:
        database.execute("CREATE TABLE answers (other TEXT)")
    database.close()
    assert filled(service, mention("Zurqan"), cache=cache)[1].problem == ""


@pytest.mark.parametrize("kind", ["text", "folder", "below a file"])
def test_without_a_database_the_run_goes_on_and_it_is_said(service, tmp_path, kind):
    service.places["Zurqan"] = [osm(7, "Zurqan")]
    cache = tmp_path / "kept"
    if kind == "folder":
        cache.mkdir()
    else:
        cache.write_text("no database, but a text that is long enough to be looked at\n" * 20)
    if kind == "below a file":
        cache /= "kept"
    found, report = filled(service, mention("Zurqan"), mention("Zurqan"), cache=cache)
    assert ([item.place.name for item in found], len(service.asked)) == (["Zurqan"] * 2, 1)
    assert report.problem
    assert f"geocoder: answers are not kept: {report.problem}" in report.lines()


# what goes wrong


def hangs(_handler):
    time.sleep(0.6)


def drips(handler):
    send(handler, 200, Content_Type="application/json", Content_Length=10_000)
    for _ in range(100):
        handler.wfile.write(b" " * 10)
        time.sleep(0.02)


def is_endless(handler):
    send(handler, 200, Content_Type="application/json", Content_Length=None)
    while True:
        handler.wfile.write(b"[" * 10_000)


FAULTS = [
    (sends({}, 500), "HTTP 500 Internal Server Error"),
    (sends({}, 429, Retry_After="0"), "HTTP 429 Too Many Requests"),
    (sends({}, 429), "HTTP 429 Too Many Requests"),
    (sends({}, 404), "HTTP 404 Not Found"),
    (sends(b"<html>", kind="text/html"), "expected JSON, got text/html"),
    (sends(b"{"), "the answer is no JSON"),
    (sends(b"\xff\xfe"), "the answer is no UTF-8"),
    (sends(b"[" * 100_000), "the answer is no JSON"),
    (sends(b"7"), "the answer is not of its format"),
    (sends([1, "x"]), "the answer is not of its format"),
    (sends({"features": [7]}), "the answer is not of its format"),
    (is_endless, "the answer is larger than 2,097,152 bytes"),
    (hangs, "timed out"),
    (drips, "timed out"),
    (sends({}, 302, Location="file:///etc/passwd"), "the server sends elsewhere"),
    (sends({}, 302), "HTTP 302 Found"),
    (lambda _handler: None, "the server cannot be reached: "),
    (lambda handler: handler.wfile.write(b"\x1b[31m\r\n\r\n"), "the server cannot be reached: "),
]


@pytest.mark.parametrize(("fault", "reason"), FAULTS)
def test_a_failure_is_counted_and_is_no_error(service, fault, reason):
    service.fault = fault
    found, report = filled(service, mention("Zurqan"), timeout=0.3)
    assert found == [mention("Zurqan")]
    assert (report.asked, report.failed, report.found) == (1, 1, 0)
    [(said, count)] = report.reasons
    assert (said[: len(reason)], count, said.isprintable()) == (reason, 1, True)
    assert f"geocoder: 1 of 1 questions failed: {said} (1)" in report.lines()


def test_nominatims_own_error_is_said(nominatim):
    nominatim.fault = sends({"error": "Bandwidth \x1b[31mlimit exceeded"})
    _, report = filled(nominatim, mention("Zurqan"))
    assert report.reasons == (("Bandwidth [31mlimit exceeded", 1),)


@pytest.mark.parametrize(
    "answer",
    [
        {"lat": "nan", "lon": "1"}, {"osm_type": None}, {"osm_id": 1e300}, {"class": ["place"]},
        {"namedetails": ["x"]}, {"address": "Sudan"}, {"boundingbox": [1, 2]}, {"name": {"x": 1}},
        {"boundingbox": ["a", "b", "c", "d"]}, {"type": None}, {"display_name": 7}, {},
    ],
)  # fmt: skip
def test_odd_items_do_no_harm(nominatim, answer):
    good = as_nominatim(osm(7, "Zurqan"))
    nominatim.fault = sends([good | answer, good])
    [found], report = filled(nominatim, mention("Zurqan"))
    assert report.failed or found.place.id == "geocoder:nominatim/N7"


def test_a_closed_port_is_said():
    with Service("photon") as gone:
        pass
    found, report = filled(gone, mention("Zurqan"))
    assert found == [mention("Zurqan")]
    assert report.reasons == (("the server cannot be reached: Connection refused", 1),)


def test_after_a_few_failures_in_a_row_nobody_is_asked(service):
    names = ["Zurqan", "Qamar", "Sabun", "Tofah", "Rumman"]
    service.fault = sends({}, 500)
    found, report = filled(service, *map(mention, names))
    assert found == [*map(mention, names)]
    assert (len(service.asked), report.failed, report.skipped) == (3, 3, 2)
    assert report.lines()[1:] == [
        "geocoder: 3 of 3 questions failed: HTTP 500 Internal Server Error (3)",
        "geocoder: after 3 failures in a row the service is left alone; 2 mentions were not looked up",
    ]


def test_an_answer_between_failures_keeps_the_service_in_use(service):
    answers = iter([500, 503, None, 503, 503, None])
    service.places = {name: [osm(7, name)] for name in ("Aaba", "Eeba", "Ooba")}
    well = service.respond

    def respond(handler):
        status = next(answers)
        (sends({}, status) if status else well)(handler)

    service.respond = respond
    _, report = filled(service, *map(mention, ["Qamar", "Sabun", "Aaba", "Tofah", "Bir", "Eeba"]))
    assert (report.asked, report.failed, report.found, report.stopped) == (6, 4, 2, "")
    assert report.lines()[1] == (
        "geocoder: 4 of 6 questions failed: HTTP 503 Service Unavailable (3), HTTP 500 Internal Server Error (1)"
    )


def test_kept_answers_count_when_the_service_is_left_alone(service):
    service.places["Zurqan"] = [osm(7, "Zurqan")]
    filled(service, mention("Zurqan"))
    service.fault = sends({}, 500)
    found, report = filled(service, *map(mention, ["Qamar", "Sabun", "Tofah", "Zurqan"]))
    assert (found[3].place.name, report.stopped != "", report.kept) == ("Zurqan", True, 1)


@pytest.mark.parametrize(
    ("status", "headers", "stopped"),
    [
        (429, {"Retry_After": "3600"}, "the service asks to be left alone for 3,600 seconds"),
        (429, {"Retry_After": "9" * 400}, "the service asks to be left alone for 1,000,000,000"),
        (429, {"Retry_After": "Fri, 31 Dec 2999 23:59:59 GMT"}, "the service asks to be left alone"),
        (403, {}, "the service does not want to be asked"),
        (401, {}, "the service does not want to be asked"),
    ],
)  # fmt: skip
def test_a_service_that_does_not_want_to_be_asked_is_left_alone(service, status, headers, stopped):
    service.fault = sends({}, status, **headers)
    _, report = filled(service, mention("Zurqan"), mention("Qamar"))
    assert (len(service.asked), report.skipped) == (1, 1)
    assert report.stopped.startswith(stopped)


def test_a_short_wish_to_be_left_alone_is_waited_for(service):
    service.fault = sends({}, 429, Retry_After="1")
    began = time.monotonic()
    _, report = filled(service, mention("Zurqan"), mention("Qamar"))
    assert time.monotonic() - began >= 1
    assert (report.asked, report.stopped) == (2, "")


# who may be asked, and how


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("google", "expected a geocoder among nominatim, photon, got 'google'"),
        ("", "got ''"),
        ("photon=", "expected an address in 'photon='"),
        ("photon=localhost:2322", "expected the address of a geocoder as an http"),
        ("photon=ftp://a.test", "expected the address of a geocoder as an http"),
        ("photon=http://a.test/?key=1", r"without \? and #"),
        ("photon=http://me:secret@a.test/", "without a user and a password"),
    ],
)
def test_a_geocoder_is_named(text, message):
    with pytest.raises(InputError, match=message):
        open_geocoder(text, user_agent="desk-test/1.0")


@pytest.mark.parametrize(
    "agent", ["", "x", "geopy/2.4", "desk\r\nX: 1", "dësk/1.0", "my-application"]
)
def test_who_asks_is_said(agent):
    with pytest.raises(InputError, match=r"expected a user agent|must not be asked so"):
        Geocoder("nominatim", user_agent=agent)


@pytest.mark.parametrize("rate", [0, 0.99, -1, float("nan"), float("inf")])
def test_public_servers_are_asked_once_a_second_at_most(rate):
    for service in SERVICES:
        with pytest.raises(InputError, match="expected at least 1 seconds between two questions"):
            Geocoder(service, user_agent="desk-test/1.0", rate_s=rate)


def test_a_proxy_of_the_environment_is_used(service, monkeypatch):
    monkeypatch.setenv("http_proxy", service.url)
    service.places["Zurqan"] = [osm(7, "Zurqan")]
    [found], _ = filled(service, mention("Zurqan"), base_url="http://geocoder.test", rate_s=0.0)
    assert found.place.name == "Zurqan"
    assert service.asked[0][1].startswith("http://geocoder.test/")


# the commands


STORY = {
    "id": "a",
    "text": "Sudan: the bakery in Zurqanabad reopened.",
    "spans": [[0, 5], [21, 31]],
}


def run(*arguments):
    return CliRunner().invoke(cli, [*arguments, "--spans"], input=json.dumps(STORY) + "\n")


@pytest.fixture
def known(service, monkeypatch, tmp_path):
    """A service that knows a place; geomap's own gazetteer stays where it is compiled."""
    monkeypatch.delenv("GEOMAP_CACHE", raising=False)
    monkeypatch.setattr(
        "geomap.gazetteer.geocoder.cache_folder", lambda: tmp_path / "geocoder-cache"
    )
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.jsonl").write_text(json.dumps(STORY))
    service.places["Zurqanabad"] = [osm(7, "Zurqanabad")]
    return f"{service.name}={service.url}"


def test_a_record_is_marked_and_the_report_says_it(known, service):
    result = run("mentions", "in.jsonl", "--geocoder", known)
    sudan, place = map(json.loads, result.stdout.splitlines())
    assert (sudan["place_id"], place["place_id"]) == (
        "geonames:366755",
        f"geocoder:{service.name}/N7",
    )
    assert (place["status"], place["confidence"], place["lat"]) == ("resolved", 0.5, 13.5)
    lines = [line for line in result.stderr.splitlines() if "geocoder" in line]
    assert (
        lines[0] == f"geomap: geocoder: {service.name} was asked for 1 names; 1 have a place by it"
    )
    assert "© OpenStreetMap contributors" in lines[1]


def test_a_map_says_whose_the_answers_are(known, tmp_path):
    text = "A bakery reopened in the village of Zurqanabad, Sudan."
    (tmp_path / "a.txt").write_text(text)
    options = ("a.txt", "-o", "m.html", "--credit", "The desk", "--geocoder", known)
    assert CliRunner().invoke(cli, ["map", *options]).exit_code == 0
    page = (tmp_path / "m.html").read_text("utf-8")
    assert '"credit":"The desk · © OpenStreetMap contributors (ODbL)"' in page


def test_nobody_is_asked_unless_a_person_wants_it(known, service):
    assert known
    assert json.loads(run("mentions", "in.jsonl").stdout.splitlines()[1])["status"] == "unknown"
    assert service.asked == []


def test_a_failing_service_fails_no_run(known, service):
    service.fault = sends({}, 500)
    result = run("mentions", "in.jsonl", "--geocoder", known)
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 2)
    assert "geocoder: 1 of 1 questions failed: HTTP 500 Internal Server Error (1)" in result.stderr


def test_the_question_goes_with_one_process_alone(known, service):
    result = run("mentions", "in.jsonl", "--geocoder", known, "--processes", "2")
    assert (result.exit_code, service.asked) == (2, [])
    assert "asked one question at a time: expected 1 process, got 2" in result.stderr


def test_an_unknown_service_is_said(known):
    result = run("mentions", "in.jsonl", "--geocoder", known.replace("=", "x="))
    assert (result.exit_code, "expected a geocoder among" in result.stderr) == (2, True)


@pytest.mark.parametrize("command", ["map", "mentions", "export"])
def test_the_help_says_what_leaves_the_machine(command):
    text = " ".join(CliRunner().invoke(cli, [command, "--help"]).stdout.split())
    assert "Nothing but the name and the codes of countries leaves this machine." in text
