// The lines of a PDF against what readers give back of it.
// Usage: node check_readers.mjs FILE.pdf SCENE.txt [PDFJS PDFIUM]    (SCENE.txt: what `mujaz dump scene` printed)
//
// With two numbers, that many lines must be exact, and searches are not tried; else all must be, and hit.
//
// A line is exact when it is a line of its page's text, or stands in one between spaces, after NFC, with white
// space collapsed and bidi controls taken out. Searches look at the text as it comes, but for the order of marks
// on one letter, which has no meaning: NFC.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const [pdf, sceneFile, ...least] = process.argv.slice(2);
const strict = least.length === 0;
const here = import.meta.dirname ?? path.dirname(process.argv[1]);

const normalise = (text) =>
  text
    .normalize('NFC')
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
    .split(/\r\n|[\r\n]/)
    .map((line) => line.replace(/[\s\u00a0]+/g, ' ').trim())
    .join('\n');

const holds = (text, line) => {
  const isEdge = (c) => c === undefined || c === ' ' || c === '\n';
  for (let at = text.indexOf(line); at >= 0; at = text.indexOf(line, at + 1))
    if (isEdge(text[at - 1]) && isEdge(text[at + line.length])) return true;
  return false;
};

// Pages of lines, from the dump's "page N ..." and "text ... "..."".
const pages = [];
for (const row of fs.readFileSync(sceneFile, 'utf8').split('\n')) {
  if (row.startsWith('page ')) pages.push([]);
  const text = row.startsWith('text ') && row.match(/ "((?:[^"\\]|\\.)*)"$/);
  if (text) pages.at(-1).push(text[1].replace(/\\(.)/g, '$1'));
}

const readers = new Map(); // name -> text of each page
const output = execFileSync('node', [path.join(here, 'readers.mjs'), pdf], { maxBuffer: 1 << 28 });
for (const row of output.toString('utf8').split('\n').filter(Boolean)) {
  const { reader, page, text } = JSON.parse(row);
  if (!readers.has(reader)) readers.set(reader, []);
  readers.get(reader)[page - 1] = text;
}

const ARABIC_WORD = /[\u0620-\u065f\u066e-\u06d3]+/g;
let failed = 0;
for (const name of ['pdf.js', 'PDFium']) {
  const texts = readers.get(name) ?? [];
  let all = 0, exact = 0, searches = 0, hits = 0;
  pages.forEach((lines, p) => {
    const raw = (texts[p] ?? '').normalize('NFC');
    const text = normalise(raw);
    for (const line of lines.map(normalise).filter(Boolean)) {
      all++;
      if (holds(text, line)) exact++;
      else console.log(`  ${name}, page ${p + 1}, not there: ${line}`);
    }
    for (const word of (strict && lines.join('\n').match(ARABIC_WORD)) || []) {
      searches++;
      if (raw.includes(word.normalize('NFC'))) hits++;
      else console.log(`  ${name}, page ${p + 1}, does not find: ${word}`);
    }
  });
  for (const wanted of strict ? ['35.4%', '101'] : []) {
    searches++;
    if (texts.some((text) => text?.includes(wanted))) hits++;
    else console.log(`  ${name} does not find: ${wanted}`);
  }
  if (!strict) {
    const wanted = Number(least[name === 'pdf.js' ? 0 : 1]);
    console.log(`${path.basename(pdf)}, ${name}: ${exact} of ${all} lines exact, ${wanted} wanted`);
    if (exact < wanted) failed++;
    continue;
  }
  console.log(`${path.basename(pdf)}, ${name}: ${exact} of ${all} lines exact, ${hits} of ${searches} searches hit`);
  if (exact !== all || hits !== searches || all < 100) failed++;
}
process.exit(failed ? 1 : 0);
