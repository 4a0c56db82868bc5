// The index page in headless Chromium. Usage: check_site.mjs CHROMIUM FOLDER, which holds out/ (runs) and sample/.
// The only thing from elsewhere is axe-core.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { readFileSync, readdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { join, extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Browser } from './browser.mjs';

const [chromium, given] = process.argv.slice(2);
const folder = realpathSync(given);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const MOST = 2000; // addresses that a few runs cannot have
let failures = 0;

function fail(where, what) {
    failures++;
    console.error(`${where}: ${what}`);
}

// --- a server: out/ below a path of its own, as a web server would serve it ---

const types = { '.html': 'text/html', '.xml': 'application/atom+xml', '.png': 'image/png', '.pdf': 'application/pdf',
                '.json': 'application/json' };

function serve(root) {
    const server = createServer((request, response) => {
        const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
        const file = path.startsWith('/briefings/') ? join(root, path.slice('/briefings'.length)) : '';
        try {
            if (!statSync(file).isFile())
                throw new Error('no file');
            response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'text/plain' });
            response.end(readFileSync(file));
        } catch {
            response.writeHead(path === '/favicon.ico' ? 204 : 404);
            response.end();
        }
    });
    return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

async function isThere(url) {
    if (url.protocol === 'file:') {
        try {
            return statSync(url).isFile();
        } catch {
            return false;
        }
    }
    return (await fetch(url, { method: 'GET' })).status === 200;
}

// Every address that can be reached from the page, each once.
async function follow(browser, start) {
    const seen = new Set([start]), pages = [start];
    while (pages.length > 0) {
        const page = pages.pop();
        if (seen.size > MOST)
            throw new Error(`${start}: there is no end of addresses, as ${page}`);
        await browser.go(page);
        const links = await browser.run(`[...document.querySelectorAll('[href],[src]')].map((e) => e.href || e.src)`);
        for (const link of links) {
            const url = new URL(link), anchor = url.hash.slice(1);
            url.hash = '';
            if (anchor && !await browser.run(`!!document.getElementById(${JSON.stringify(anchor)})`))
                fail(page, `#${anchor} leads nowhere`);
            if (seen.has(url.href))
                continue;
            seen.add(url.href);
            if (!await isThere(url))
                fail(page, `${url.href} is not there`);
            else if (url.pathname.endsWith('.html'))
                pages.push(url.href);
        }
    }
    return seen.size;
}

// --- how it looks, and what axe says ---

async function look(browser, url, name, width, scheme) {
    const where = `${name} at ${width} px, ${scheme}`;
    browser.said = [];
    await browser.ask('Emulation.setDeviceMetricsOverride',
                      { width, height: 900, deviceScaleFactor: 1, mobile: width < 500 });
    await browser.ask('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    await browser.go(url);
    await browser.run(`Promise.all([...document.images].map((i) => { i.loading = 'eager'; return i.decode(); }))`)
        .catch((error) => fail(where, `a picture cannot be shown: ${error.message}`));
    for (const text of browser.said)
        fail(where, text);
    const state = await browser.run(`({
        paper: getComputedStyle(document.body).backgroundColor,
        overflow: document.documentElement.scrollWidth - ${width},
        columns: document.getElementById('en').getBoundingClientRect().top === document.getElementById('ar').getBoundingClientRect().top,
        direction: getComputedStyle(document.getElementById('ar')).direction,
        height: document.documentElement.scrollHeight })`);
    const [red] = state.paper.match(/\d+/g).map(Number);
    if ((red > 128) !== (scheme === 'light'))
        fail(where, `the paper is ${state.paper}`);
    if (state.overflow > 0)
        fail(where, `it is ${state.overflow} px too wide`);
    if (state.columns !== width > 1000)
        fail(where, 'the languages stand wrong to each other');
    if (state.direction !== 'rtl')
        fail(where, 'the Arabic part is not from right to left');
    const picture = await browser.ask('Page.captureScreenshot', {
        format: 'png', captureBeyondViewport: true, clip: { x: 0, y: 0, width, height: Math.min(state.height, 16000), scale: 1 } });
    writeFileSync(join(folder, `${name}-${width}-${scheme}.png`), Buffer.from(picture.data, 'base64'));
    await browser.run(`document.querySelectorAll('details').forEach((d) => { d.open = true; })`);
    await browser.run(`${axe}; 0`);
    const result = await browser.run(`axe.run().then((r) => ({
        passes: r.passes.length, unsure: r.incomplete.map((v) => v.id),
        violations: r.violations.map((v) => v.id + ': ' + v.help + ': ' + v.nodes.slice(0, 3).map((n) => n.html).join(' | ')) }))`);
    result.violations.forEach((text) => fail(where, `axe: ${text}`));
    console.log(`${where}: ${result.passes} rules of axe-core pass, ${result.violations.length} are broken` +
                (result.unsure.length ? `; not decided: ${result.unsure.join(', ')}` : ''));
}

// Tab goes to every link and summary, each shows that it has the focus.
async function walk(browser, url, name) {
    await browser.go(url);
    const wanted = await browser.run(`document.querySelectorAll('a[href], summary').length
        - document.querySelectorAll('details:not([open]) a').length`);
    const first = [];
    let stops = 0;
    for (; stops <= wanted; stops++) {
        for (const type of ['keyDown', 'keyUp'])
            await browser.ask('Input.dispatchKeyEvent', { type, key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 });
        const stop = await browser.run(`(() => { const e = document.activeElement;
            return e === document.body ? null : { text: e.textContent, outline: getComputedStyle(e).outlineStyle }; })()`);
        if (!stop)
            break;
        if (first.length < 2)
            first.push(stop.text);
        if (stop.outline === 'none')
            fail(name, `no focus is seen on '${stop.text}'`);
    }
    if (stops !== wanted)
        fail(name, `Tab stops ${stops} times, there are ${wanted} links`);
    if (first.join() !== 'English,العربية')
        fail(name, `the first links are ${first.join()}`);
    console.log(`${name}: Tab stops ${stops} times, ways to both languages first`);
}

const browser = new Browser(chromium);
await browser.open();
const out = join(folder, 'out'), server = await serve(out), port = server.address().port;
const run = readdirSync(join(out, 'runs')).filter((n) => /^\d/.test(n)).sort();
for (const base of [pathToFileURL(out + '/').href, `http://127.0.0.1:${port}/briefings/`])
    for (const at of ['current/index', ...run.flatMap((id) => [`runs/${id}/index`, `runs/${id}/issue`])])
        console.log(`${base.slice(0, 4)} ${at}: ${await follow(browser, `${base}${at}.html`)} addresses followed`);
const pages = { run: join(out, 'current/index.html'), issue: join(out, 'runs', run[0], 'issue.html'), sample: join(folder, 'sample/index.html') };
for (const [name, page] of Object.entries(pages)) {
    for (const width of [390, 1280])
        for (const scheme of ['light', 'dark'])
            await look(browser, pathToFileURL(page).href, name, width, scheme);
    await walk(browser, pathToFileURL(page).href, name);
}
await browser.close();
server.close();
if (failures > 0) {
    console.error(`check-site: ${failures} failures`);
    process.exit(1);
}
console.log('check-site: nothing is wrong');
