// The pages of preview --serve in headless Chromium. Usage: check_serve.mjs CHROMIUM ADDRESS WORKSPACE PICTURES
// Edits the workspace's briefing and waits for what the page shows.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { Browser } from './browser.mjs';

const [chromium, address, workspace, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const text = join(workspace, 'reports/iraq-briefing/en.md'), good = readFileSync(text, 'utf8');
let failures = 0;

function check(what, is) {
    console.log(`${is ? 'ok  ' : 'FAIL'} ${what}`);
    failures += !is;
}

function save(words) {
    writeFileSync(`${text}.new`, words);
    renameSync(`${text}.new`, text);
}

const browser = new Browser(chromium);
await browser.open();

async function until(expression) {
    const begin = Date.now();
    for (; Date.now() - begin < 20000; await new Promise((resolve) => setTimeout(resolve, 10)))
        if (await browser.run(expression).catch(() => false))
            return Date.now() - begin;
    return -1;
}

async function size(width, height, scheme) {
    await browser.ask('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
    await browser.ask('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
}

async function picture(name) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    await until(`[...document.querySelectorAll('figure')].filter((f) => f.seen).every((f) => f.shown === f.page.digest)`);
    const { data } = await browser.ask('Page.captureScreenshot', { format: 'png' });
    writeFileSync(join(pictures, `${name}.png`), Buffer.from(data, 'base64'));
}

async function rules(name) {
    await browser.run(`${axe}; 0`);
    const broken = await browser.run(`axe.run().then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.html).join(' | ')))`);
    check(`${name}: axe-core finds nothing${broken.length ? `: ${broken.join('; ')}` : ''}`, broken.length === 0);
}

const shown = (page) => `document.querySelectorAll('figure')[${page}]?.shown`;
const press = (key) => browser.run(`document.dispatchEvent(new KeyboardEvent('keydown', { key: '${key}', bubbles: true, cancelable: true })); 0`);

await size(1400, 900, 'light');
await browser.go(address);
check('the first page is shown', await until(`!!${shown(0)}`) >= 0);
check('its picture has pixels', await browser.run(`document.querySelector('.sheet img').naturalWidth > 300`));
check('pages stand side by side', await browser.run(`(([a, b]) => a.offsetTop === b.offsetTop && a.offsetLeft < b.offsetLeft)(document.querySelectorAll('figure'))`));
await rules('light');
await picture('light');

// A changed word on the first page.
const was = await browser.run(shown(0));
const first = good.split('\n').findIndex((line) => line.length > 60 && /^[A-Za-z]/.test(line) && line.includes(' the '));
const edited = good.split('\n');
edited[first] = edited[first].replace(' the ', ' the very ');
const begin = Date.now();
save(edited.join('\n'));
const took = await until(`[...document.querySelectorAll('figure')].some((f) => f.shown && f.classList.length === 0 && f.firstChild.classList.contains('new'))`);
check(`a saved word shows by itself (${Date.now() - begin} ms)`, took >= 0);

// An error, and the last good pages beside it.
const count = await browser.run(`document.querySelectorAll('figure').length`);
save(`${good}\n{no-such-figure}\n`);
const line = good.split('\n').length + 1;
check('an error shows with its place', await until(`document.querySelector('#said .error button')?.textContent.includes('en.md:${line}:')`) >= 0);
check('the last good pages stay', await browser.run(`document.querySelectorAll('figure').length === ${count} && document.querySelectorAll('.sheet img').length > 0`));
await rules('with an error');
await picture('light-error');
await size(1400, 900, 'dark');
await rules('dark, with an error');
await picture('dark-error');
save(good);
check('it goes when the text is right', await until(`!document.querySelector('#said .error')`) >= 0);

// A block's place, which is a line of that file.
const place = await browser.run(`(() => { document.querySelectorAll('.sheet button')[6].click(); return document.getElementById('where').textContent; })()`);
const [, file, at] = /^(.*?):(\d+)(?::\d+)?$/.exec(place) ?? [];
check(`a block says where it is written: ${place}`, !!file && Number(at) > 0);
const named = await browser.run(`document.querySelectorAll('.sheet button.chosen').length`);
check('and is marked', named === 1);
await press('b');
await picture('dark-blocks');
await press('b');
await press('Escape');
check('Escape closes it', await browser.run(`document.getElementById('place').hidden`));

// Zoom.
const width = () => browser.run(`document.querySelector('.sheet').offsetWidth`);
const fitted = await width();
await press('0');
const real = await width();
await press('+');
check('keys change the size', await width() > real && real !== fitted);
await press('1');
check('one page fills the desk', await width() > fitted * 1.8);
await picture('dark-one');
await press('2');

// Another edition, another layout.
const choose = (name, value) => browser.run(`(() => { const s = document.getElementById('${name}'); s.value = '${value}'; s.dispatchEvent(new Event('change')); })()`);
await choose('edition', 'ar');
check('the Arabic edition, a book from the right', await until(`document.title.endsWith('ar') && document.getElementById('desk').dir === 'rtl'`) >= 0);
await size(1400, 900, 'light');
await picture('arabic');
await choose('layout', 'booklet-a5');
check('another layout', await until(`document.getElementById('layout').value === 'booklet-a5' && document.querySelector('figure').page.width < 430`) >= 0);
await picture('booklet');
await size(480, 800, 'light');
await picture('narrow');
check('nothing is wider than a narrow window', await browser.run(`document.documentElement.scrollWidth <= 480`));
// A picture that was asked for just before the page changed is gone.
const said = browser.said.filter((text) => !/404.*picture\?/.test(text));
check(`nothing is complained of in the console${said.length ? `: ${said.join('; ')}` : ''}`, said.length === 0);
await browser.close();
console.log(failures ? `check-serve: ${failures} failures` : 'check-serve: nothing is wrong');
process.exit(failures ? 1 : 0);
