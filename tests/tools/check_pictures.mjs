// The pages of a PDF as pdf.js and PDFium draw them against their previews.
// Usage: node check_pictures.mjs FILE.pdf PREVIEW-1.png [PREVIEW-2.png ...]    (from page 1 on, of 100 dpi)
//
// The distance is that of tests/support/picture.h: after a blur of one dot, the mean difference of the shades, and the
// share of the dots with ink whose shades differ by 64 of 255 or more.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

import { PDFiumLibrary } from '@hyzyla/pdfium';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs';

const SCALE = 100 / 72, FAR = 64, PAPER = 250;
const MOST = { 'pdf.js': { mean: 2, far: 0.002 }, PDFium: { mean: 3, far: 0.01 } };
const [pdf, ...previews] = process.argv.slice(2);
const file = fs.readFileSync(pdf);
const here = import.meta.dirname ?? path.dirname(process.argv[1]);

// Grey rows, blurred; `order`: where red, green and blue stand in four bytes.
const picture = (data, width, height, order = [0, 1, 2]) => {
  const grey = new Float64Array(width * height), blurred = new Float64Array(width * height);
  for (let i = 0; i < width * height; i++)
    grey[i] = 0.299 * data[4 * i + order[0]] + 0.587 * data[4 * i + order[1]] + 0.114 * data[4 * i + order[2]];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++)
          sum += x + dx >= 0 && y + dy >= 0 && x + dx < width && y + dy < height ? grey[(y + dy) * width + x + dx] : 255;
      blurred[y * width + x] = sum / 9;
    }
  return { width, height, blurred };
};

const distance = (a, b) => {
  if (Math.abs(a.width - b.width) > 1 || Math.abs(a.height - b.height) > 1) return { mean: 255, far: 1 };
  const width = Math.min(a.width, b.width), height = Math.min(a.height, b.height);
  let sum = 0, inked = 0, far = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const one = a.blurred[y * a.width + x], other = b.blurred[y * b.width + x], difference = Math.abs(one - other);
      sum += difference;
      if (one < PAPER || other < PAPER) inked++;
      if (difference >= FAR) far++;
    }
  return { mean: sum / (width * height), far: inked ? far / inked : 0 };
};

const previewOf = async (name) => {
  const image = await loadImage(name), canvas = createCanvas(image.width, image.height), context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  return picture(context.getImageData(0, 0, image.width, image.height).data, image.width, image.height);
};

const fonts = path.join(here, 'node_modules/pdfjs-dist/standard_fonts/');
const js = await pdfjs.getDocument({ data: new Uint8Array(file), verbosity: 0, standardFontDataUrl: fonts }).promise;
const byPdfjs = async (number) => {
  const page = await js.getPage(number), viewport = page.getViewport({ scale: SCALE });
  const width = Math.round(viewport.width), height = Math.round(viewport.height);
  const canvas = createCanvas(width, height), canvasContext = canvas.getContext('2d');
  await page.render({ canvas, canvasContext, viewport }).promise;
  return picture(canvasContext.getImageData(0, 0, width, height).data, width, height);
};

const library = await PDFiumLibrary.init();
const pdfium = await library.loadDocument(file);
// It stretches a page to a whole number of dots, which by itself it cuts, not rounds.
const byPdfium = async (number, size) => {
  const page = pdfium.getPage(number - 1), { data, width, height } = await page.render({ ...size, render: 'bitmap' });
  return picture(data, width, height);
};

let failed = 0;
const most = { 'pdf.js': { mean: 0, far: 0 }, PDFium: { mean: 0, far: 0 } };
for (let page = 1; page <= previews.length; page++) {
  const preview = await previewOf(previews[page - 1]);
  for (const [name, draw] of [['pdf.js', byPdfjs], ['PDFium', byPdfium]]) {
    const { mean, far } = distance(preview, await draw(page, { width: preview.width, height: preview.height }));
    most[name] = { mean: Math.max(most[name].mean, mean), far: Math.max(most[name].far, far) };
    if (mean < MOST[name].mean && far < MOST[name].far) continue;
    console.log(`  ${name}, page ${page}: mean difference ${mean.toFixed(2)}, ${(100 * far).toFixed(2)} % far`);
    failed++;
  }
}
for (const name in most)
  console.log(`${path.basename(pdf)}, ${name}: ${previews.length} pages, at most ${most[name].mean.toFixed(2)} ` +
              `mean difference, ${(100 * most[name].far).toFixed(3)} % far`);
pdfium.destroy();
library.destroy();
process.exit(failed || !previews.length ? 1 : 0);
