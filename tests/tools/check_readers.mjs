// The lines of a PDF against what readers give back of it.
// Usage: node check_readers.mjs FILE.pdf SCENE.txt [PDFJS PDFIUM [MISSES...]]
//        (SCENE.txt: what `mujaz dump scene` printed)
//
// With two numbers, that many lines must be exact; else all must be, and all searches for words hit. With further
// numbers, what a user may search for in the lines is searched for, by kinds, and no more may miss: in pdf.js, in PDFium,
// and in what poppler and mutool made of it, FILE.pdf.poppler and FILE.pdf.mutool.
//
// A line is exact when it is a line of its page's text, or stands in one between spaces, after NFC, with white
// space collapsed and bidi controls taken out. Searches look at the text as it comes, but for the order of marks
// on one letter, which has no meaning: NFC.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const [pdf, sceneFile, ...numbers] = process.argv.slice(2);
const least = numbers.slice(0, 2), misses = numbers.slice(2).map(Number);
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

// Kinds of searches, by what matches them in a line: a mark for the direction between the characters makes one miss.
const DIGITS = '[0-9٠-٩۰-۹]+', NUMBER = `${DIGITS}(?:[.,٫٬/]${DIGITS})*`, ARABIC = '[\\u0620-\\u0659\\u0670-\\u06d3]+';
const KINDS = {
  percent: `${NUMBER}[%٪]`,
  number: `(?<![0-9٠-٩۰-۹.,٫٬/-])${NUMBER}(?![0-9٠-٩۰-۹%٪.,٫٬/-])`,
  'Latin words': '[A-Za-z]{2,}(?: [A-Za-z]{2,})*',
  'Arabic words': ARABIC,
  'two Arabic words': `(?<![\\u0620-\\u06d3])(?=(${ARABIC} ${ARABIC})(?![\\u0620-\\u06d3\\u200c]))`,
  range: `${DIGITS}[-–]${DIGITS}(?![0-9٠-٩۰-۹–-])`,
};

// Prints how many hit; whether no more than `most` miss.
const searchByKinds = (name, lines, text, most) => {
  let missed = 0;
  const said = Object.entries(KINDS).map(([kind, pattern]) => {
    const found = lines.flatMap((line) => [...line.matchAll(new RegExp(pattern, 'gu'))].map((m) => m[1] ?? m[0]));
    const wanted = [...new Set(found)], hits = wanted.filter((word) => text.includes(word));
    missed += wanted.length - hits.length;
    return `${kind} ${hits.length}/${wanted.length}`;
  });
  console.log(`${path.basename(pdf)}, ${name} finds: ${said.join(', ')}`);
  return missed <= most;
};

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
const others = misses.length ? ['poppler', 'mutool'] : [];
for (const name of others) readers.set(name, [fs.readFileSync(`${pdf}.${name}`, 'utf8')]);
misses.forEach((most, i) => {
  const name = ['pdf.js', 'PDFium', ...others][i], lines = pages.flat().map((line) => line.normalize('NFC'));
  if (!searchByKinds(name, lines, readers.get(name).join('\n').normalize('NFC'), most)) failed++;
});
process.exit(failed ? 1 : 0);
