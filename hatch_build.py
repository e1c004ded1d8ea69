"""Compile the embedded gazetteer when a wheel is built, so that the wheel brings its index.

The files of the index lie in the wheel as they are; CONTRIBUTING.md says why. An editable install has none: geomap
compiles it at its first use.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: where geomap looks for the index that came with it (geomap/gazetteer/paths.py)
_FOLDER: Final = "geomap/gazetteer/embedded_index"


class EmbeddedIndexHook(BuildHookInterface):
    """Adds the index of the embedded gazetteer to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the index into a temporary folder, and let the wheel take its files from there."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)  # this geomap, whichever is installed
        from geomap.gazetteer.opening import build_embedded  # noqa: PLC0415
        from geomap.gazetteer.sources.shipped import REINSTALL  # noqa: PLC0415

        self.app.display_waiting("Compiling the embedded gazetteer")
        self._scratch = tempfile.TemporaryDirectory(prefix="geomap-wheel-")
        index = Path(self._scratch.name) / "index"
        build_embedded(index, command=REINSTALL)
        build_data["force_include"][str(index)] = _FOLDER

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Delete the temporary folder."""
        if version != "editable":
            self._scratch.cleanup()
