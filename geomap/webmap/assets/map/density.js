/** Density: how much is named near each point of the map, as a soft surface below the circles. */

/** Pixels to a cell of the surface, and cells that a place reaches. */
const HEAT_CELL = 4;
const HEAT_REACH = 16;
/** The strongest colour, and the share of the most from which on there is one. */
const HEAT_ALPHA = 0.72;
const HEAT_FROM = 0.02;

/** What a place adds to the cells around it: a bell, by their distance. */
const heatKernel = lazily(() => {
  const size = 2 * HEAT_REACH + 1;
  return Float32Array.from({ length: size * size }, (_, n) => {
    const square = (n % size - HEAT_REACH) ** 2 + (Math.floor(n / size) - HEAT_REACH) ** 2;
    return square > HEAT_REACH ** 2 ? 0 : Math.exp((-4.5 * square) / HEAT_REACH ** 2);
  });
});

/**
 * The surface over a part of the map.
 * @param {{x: number, y: number, weight: number}[]} spots in cells
 * @param {number} columns
 * @param {number} rows
 */
function spreadHeat(spots, columns, rows) {
  const grid = new Float32Array(columns * rows);
  const kernel = heatKernel();
  const size = 2 * HEAT_REACH + 1;
  for (const { x, y, weight } of spots) {
    const [left, top] = [Math.round(x) - HEAT_REACH, Math.round(y) - HEAT_REACH];
    for (let row = Math.max(0, -top); row < size && top + row < rows; row += 1) {
      for (let column = Math.max(0, -left); column < size && left + column < columns; column += 1) grid[(top + row) * columns + left + column] += weight * kernel[row * size + column];
    }
  }
  return grid;
}

/** Red, green and blue of a colour of the page. */
function readRgb(context, name) {
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  return [1, 3, 5].map((at) => Number.parseInt(context.fillStyle.slice(at, at + 2), 16));
}

/** The surface as a picture of a pixel a cell; the densest cell in view is the strongest. */
function paintHeat(grid, columns, rows) {
  const canvas = el("canvas", { width: columns, height: rows });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const rgb = readRgb(context, "--heat");
  const image = context.createImageData(columns, rows);
  const most = grid.reduce((a, b) => Math.max(a, b), 0);
  for (let n = 0; n < grid.length; n += 1) {
    const share = most === 0 ? 0 : grid[n] / most;
    if (share < HEAT_FROM) continue;
    image.data.set(rgb, 4 * n);
    image.data[4 * n + 3] = 255 * HEAT_ALPHA * Math.sqrt(share);
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/**
 * Keep the surface in step with what is counted.
 * @param {App} app
 * @returns {() => void}
 */
function makeDensity(app) {
  const { map, state, points } = app;
  const layer = makeCanvasLayer((context, corner, size) => {
    const { x, y } = app.positions();
    const origin = map.getPixelOrigin().add(corner);
    const [columns, rows] = [Math.ceil(size.x / HEAT_CELL) + 1, Math.ceil(size.y / HEAT_CELL) + 1];
    const spots = points.filter((i) => app.tally.total[i] > 0).map((i) => ({ x: (x[i] - origin.x) / HEAT_CELL, y: (y[i] - origin.y) / HEAT_CELL, weight: app.tally.total[i] }));
    const ratio = deviceRatio();
    context.imageSmoothingQuality = "high";
    context.drawImage(paintHeat(spreadHeat(spots, columns, rows), columns, rows), 0, 0, columns * HEAT_CELL * ratio, rows * HEAT_CELL * ratio);
  }, "density");
  return () => {
    const { heat } = state.get();
    if (heat && !map.hasLayer(layer)) layer.addTo(map);
    else if (!heat && map.hasLayer(layer)) layer.remove();
    else if (heat) layer.repaint();
  };
}
