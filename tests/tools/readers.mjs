// What readers from the npm registry make of a PDF's text.
// Usage: node readers.mjs FILE.pdf    Prints a line of JSON for each reader and page: {reader, page, text}
import fs from 'node:fs';
import process from 'node:process';

import { PDFiumLibrary } from '@hyzyla/pdfium';
import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs';

const file = fs.readFileSync(process.argv[2]);
const print = (reader, page, text) => console.log(JSON.stringify({ reader, page, text }));

const js = await pdfjs.getDocument({ data: new Uint8Array(file), verbosity: 0 }).promise;
for (let page = 1; page <= js.numPages; page++) {
  const content = await (await js.getPage(page)).getTextContent();
  print('pdf.js', page, content.items.map((item) => (item.str ?? '') + (item.hasEOL ? '\n' : '')).join(''));
}

const library = await PDFiumLibrary.init();
const pdfium = await library.loadDocument(file);
let number = 0;
for (const page of pdfium.pages()) print('PDFium', ++number, page.getText());
pdfium.destroy();
library.destroy();
process.exit(0);
