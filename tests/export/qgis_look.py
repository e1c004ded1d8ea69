"""Open a project in QGIS without a screen, say what it finds as JSON, and draw a picture of it.

Run by the Python that QGIS is installed for: QT_QPA_PLATFORM=offscreen /usr/bin/python3 qgis_look.py PROJECT PICTURE [FROM TO]
"""

import json
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path


def about(layer):
    times = layer.temporalProperties()
    return {
        "valid": layer.isValid(),
        "count": layer.featureCount(),
        "renderer": layer.renderer().type(),
        "clock": [times.startField(), times.endField()] if times.isActive() else None,
        "types": {field.name(): field.typeName() for field in layer.fields()},
    }


def look(path, picture, *span):
    """Open a file, say what is in it, and draw it."""
    from qgis.core import (
        QgsApplication,
        QgsDateTimeRange,
        QgsMapRendererSequentialJob,
        QgsMapSettings,
        QgsProject,
        QgsRectangle,
        QgsVectorLayer,
    )
    from qgis.PyQt.QtCore import QDateTime, QSize, Qt
    from qgis.PyQt.QtGui import QColor

    application = QgsApplication([], False)
    application.initQgis()
    found = {}
    if path.endswith(".gpkg"):  # opened by itself, with the style that is in it
        for name in span:
            layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
            layer.loadDefaultStyle()
            found[name] = about(layer)
        sys.stdout.write(json.dumps({"layers": found}))
        return

    project = QgsProject.instance()
    assert project.read(path), f"QGIS cannot read {path}"
    tree = project.layerTreeRoot()
    shown = [layer for layer in tree.layerOrder() if tree.findLayer(layer.id()).isVisible()]
    clock = project.timeSettings().temporalRange()
    found = {layer.id().removeprefix("geomap_"): about(layer) for layer in tree.layerOrder()}
    moments = [clock.begin().toString(Qt.ISODate), clock.end().toString(Qt.ISODate)]
    archive = zipfile.ZipFile(path) if path.endswith(".qgz") else None
    document = archive.read(archive.namelist()[0]) if archive else Path(path).read_bytes()
    extent = ET.fromstring(document).find("mapcanvas/extent")  # noqa: S314 - written by us
    settings = QgsMapSettings()
    settings.setLayers(shown)
    settings.setDestinationCrs(project.crs())
    settings.setOutputSize(QSize(1100, 750))
    settings.setBackgroundColor(QColor("#d4e4ee"))
    settings.setTransformContext(project.transformContext())
    settings.setExtent(
        QgsRectangle(*(float(extent.find(side).text) for side in ("xmin", "ymin", "xmax", "ymax")))
    )
    if span:
        settings.setIsTemporal(True)
        begin, end = (QDateTime.fromString(moment, Qt.ISODate) for moment in span)
        settings.setTemporalRange(QgsDateTimeRange(begin, end, True, False))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(picture)
    colors = {image.pixelColor(x, y).name() for x in range(0, 1100, 3) for y in range(0, 750, 3)}
    sys.stdout.write(
        json.dumps(
            {
                "layers": found,
                "clock": moments,
                "crs": project.crs().authid(),
                "colors": len(colors),
                "shown": [layer.id().removeprefix("geomap_") for layer in shown],
            }
        )
    )


if __name__ == "__main__":
    look(*sys.argv[1:])
