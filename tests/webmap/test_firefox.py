"""The page in Firefox, over its own Marionette protocol: it opens, draws, and says nothing."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from geomap.export.csv import write_csv
from geomap.webmap import write_map
from tests.webmap.sample import make_frame, make_row

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.browser
PREFERENCES = {
    "marionette.port": 0,  # any that is free; it is written into the profile
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "app.normandy.enabled": False,
    "network.proxy.type": 1,  # a proxy that nobody answers: no network
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
}


class Firefox:
    """A headless Firefox with an empty profile."""

    def __init__(self, path: str, profile: Path) -> None:
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in PREFERENCES.items()]
        (profile / "user.js").write_text("\n".join(lines))
        self._number = 0
        self._socket: socket.socket | None = None
        self._process = subprocess.Popen(
            [
                path,
                "--headless",
                "--no-remote",
                "--marionette",
                "--remote-allow-system-access",
                "--profile",
                str(profile),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"MOZ_HEADLESS_WIDTH": "1440", "MOZ_HEADLESS_HEIGHT": "900"},
        )
        try:
            self._socket = self._connect(profile / "MarionetteActivePort")
            self._read()
            self.call("WebDriver:NewSession", capabilities={})
        except BaseException:
            self.close()
            raise

    def _connect(self, port: Path) -> socket.socket:
        for _ in range(300):
            if self._process.poll() is not None:
                pytest.fail(f"Firefox ended with {self._process.returncode}")
            if port.exists() and port.read_text().strip():
                try:
                    return socket.create_connection(("127.0.0.1", int(port.read_text())), 60)
                except ConnectionRefusedError:
                    pass
            time.sleep(0.2)
        pytest.fail("Firefox did not answer within a minute")

    def _read(self) -> object:
        """A message: its length in decimals, a colon, JSON."""
        length = b""
        while not length.endswith(b":"):
            length += self._receive(1)
        return json.loads(self._receive(int(length[:-1])))

    def _receive(self, size: int) -> bytes:
        parts = b""
        while len(parts) < size:
            part = self._socket.recv(size - len(parts))
            assert part, "Firefox closed the connection"
            parts += part
        return parts

    def call(self, name: str, **parameters: object) -> object:
        """Run a command of WebDriver; return its value."""
        self._number += 1
        text = json.dumps([0, self._number, name, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(text), text))
        _, _, error, result = self._read()
        assert error is None, error
        return result.get("value") if isinstance(result, dict) else result

    def run(self, script: str) -> object:
        """Run a function's body in the page; return what it returns."""
        return self.call("WebDriver:ExecuteScript", script=script, args=[])

    def close(self) -> None:
        """End the browser that this object started."""
        if self._socket is not None:
            self._socket.close()
        self._process.terminate()
        self._process.wait(30)


@pytest.fixture
def firefox(tmp_path):
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        pytest.skip("no Firefox found: install one (Debian: apt-get install firefox-esr)")
    profile = tmp_path / "profile"
    profile.mkdir()
    browser = Firefox(path, profile)
    yield browser
    browser.close()


def _open(firefox, path, fragment=""):
    firefox.call("WebDriver:Navigate", url=f"{path.as_uri()}{fragment}")
    _wait(firefox, "return document.body.dataset.ready === 'true'")


def _wait(firefox, script):
    """Wait until a script returns what is true."""
    for _ in range(100):
        if firefox.run(script):
            return
        time.sleep(0.1)
    pytest.fail(f"it was not within ten seconds: {script}")


def _noise(firefox):
    """What the page wrote into the console."""
    firefox.call("Marionette:SetContext", value="chrome")
    return firefox.run(
        """return Services.console.getMessageArray()
        .filter((one) => one instanceof Ci.nsIScriptError && one.sourceName.endsWith("map.html"))
        .map((one) => one.errorMessage)"""
    )


def test_firefox_opens_the_page(firefox, tmp_path):
    path = write_map(make_frame(), tmp_path / "map.html", title="River towns")
    _open(firefox, path, "#map=7/35.8/39.5&view=list")
    assert firefox.run("return document.getElementById('summary').textContent") == (
        "219 mentions of 24 places in 40 articles"
    )
    assert firefox.run("return document.querySelectorAll('.circle.outer').length") >= 10
    assert firefox.run("return document.querySelectorAll('path.area.own').length") >= 2
    hatch = "return getComputedStyle(document.querySelector('path.area.own')).fill"
    assert "#hatch-" in firefox.run(hatch)
    firefox.run("document.querySelector('#panel tbody button').click()")
    assert firefox.run("return document.querySelector('#panel h2').textContent") == "Raqqa"
    firefox.run(
        "const to = document.getElementById('to');"
        "to.value = 700; to.dispatchEvent(new Event('input'));"
    )
    time.sleep(0.5)
    assert "2015" in firefox.run("return document.querySelector('.window-text').textContent")
    assert _noise(firefox) == []


def test_firefox_leads_through_chapters(firefox, tmp_path):
    story = tmp_path / "story.md"
    steps = [f"## Step {n}\nview: #map={n + 5}/35.9/39.0\n\nWords." for n in range(1, 5)]
    story.write_text("\n\n".join([*steps, "## Mill\nplace: Raqqa\n\nA note."]), encoding="utf-8")
    path = write_map(make_frame(), tmp_path / "map.html", title="River towns", chapters=story)
    _open(firefox, path)
    said = "return document.querySelector('#chapters .at').textContent"
    assert firefox.run(said) == "Step 1 of 4"
    firefox.run("document.querySelectorAll('.chapters-head button')[1].click()")
    assert firefox.run(said) == "Step 2 of 4"
    _wait(firefox, "return Math.abs(map_geomap.getZoom() - 7) < 0.01")
    wheel = {"type": "scroll", "x": 150, "y": 400, "deltaX": 0, "deltaY": 60, "duration": 0}
    for _ in range(20):
        actions = [{"type": "wheel", "id": "wheel", "actions": [wheel]}]
        firefox.call("WebDriver:PerformActions", actions=actions)
        time.sleep(0.3)
        if firefox.run(said) == "Step 3 of 4":
            break
    assert firefox.run(said) == "Step 3 of 4"
    _wait(firefox, "return Math.abs(map_geomap.getZoom() - 8) < 0.01")
    firefox.run("document.querySelector('.chapters-notes button').click()")
    card = "return [...document.querySelectorAll('.note-card')].map((one) => one.innerText)"
    assert "A note." in firefox.run(card)[0]
    assert _noise(firefox) == []


def test_firefox_opens_a_file_in_the_page_and_goes_back(firefox, tmp_path):
    write_csv(make_frame(), tmp_path / "new.csv")
    few = [make_row("Paris", "Rain fell on Paris.", "literal", 1)]
    path = write_map(few, tmp_path / "map.html", title="Rain")
    _open(firefox, path, "#view=share")
    found = firefox.call("WebDriver:FindElement", using="css selector", value="input[type=file]")
    firefox.call(
        "WebDriver:ElementSendKeys", id=next(iter(found.values())), text=str(tmp_path / "new.csv")
    )
    shown = "return document.getElementById('title')?.textContent"
    _wait(firefox, f"{shown} === 'new.csv' && document.body.dataset.ready === 'true'")
    summary = firefox.run("return document.getElementById('summary').textContent")
    assert summary == "219 mentions of 24 places in 40 articles"
    assert firefox.run("return document.querySelectorAll('.circle.outer').length") >= 10
    firefox.run("document.querySelector('#opened button').click()")
    _wait(firefox, f"{shown} === 'Rain' && document.body.dataset.ready === 'true'")
    assert firefox.run("return document.querySelectorAll('.circle.outer').length") == 1
    assert _noise(firefox) == []
