"""How geopy's geocoders reach their servers here: bounded, JSON alone, and no redirect away from the web."""

from __future__ import annotations

import json
import ssl
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderParseError, GeocoderTimedOut, GeocoderUnavailable

from geomap.gazetteer.web import make_opener, read_answer

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Adapter"]

_MOST_BYTES: Final = 2 << 20


class Adapter(BaseSyncAdapter):  # type: ignore[misc]
    """Asks a server, for geopy; proxies are those of the environment."""

    def __init__(self, *, proxies: object, ssl_context: object) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._opener = make_opener()

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        """Return the body of an answer.

        Raises:
            GeocoderServiceError: There is none, or not as it should be.
            AdapterHTTPError: The server answers with a status that is an error.
            RedirectError: It sends the question where it must not go.
        """
        request = urllib.request.Request(url, headers=dict(headers))  # noqa: S310 - see make_opener
        try:
            with self._opener.open(request, timeout=timeout) as answer:
                kind = answer.headers.get_content_type()
                if not kind.endswith(("/json", "+json")):
                    raise GeocoderParseError(f"expected JSON, got {kind[:60]}")
                body = read_answer(answer, most_bytes=_MOST_BYTES, seconds=timeout)
                return body.decode("utf-8")
        except urllib.error.HTTPError as err:
            with err:
                said = {name.lower(): value for name, value in err.headers.items()}
                raise AdapterHTTPError(
                    f"HTTP {err.code} {err.reason}", status_code=err.code, headers=said, text=""
                ) from err
        except (OSError, HTTPException) as err:
            raise _unreachable(err) from err
        except UnicodeDecodeError as err:
            raise GeocoderParseError("the answer is no UTF-8") from err
        except ValueError as err:
            raise GeocoderParseError(str(err)) from err

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        """Return what the body of an answer holds; raises what ``get_text`` does."""
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as err:
            raise GeocoderParseError("the answer is no JSON") from err


def _unreachable(err: Exception) -> GeocoderUnavailable | GeocoderTimedOut:
    reason = getattr(err, "reason", err)
    if isinstance(reason, TimeoutError):
        return GeocoderTimedOut("timed out")
    if isinstance(reason, ssl.SSLCertVerificationError):
        said = f"the server's certificate cannot be trusted: {reason.verify_message}"
        return GeocoderUnavailable(said)
    said = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
    return GeocoderUnavailable(f"the server cannot be reached: {said}")
