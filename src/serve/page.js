// Shows the pages, asks for the next state, and draws anew only what is another. Speaks to its own server alone.
'use strict';
const $ = (id) => document.getElementById(id);
const desk = $('desk'), POINT = 96 / 72; // pixels of a point at 100 %
const STEPS = [0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4], DPIS = [48, 72, 96, 120, 144, 200, 300];
let site = null, revision = 0, scale = 1, wide = 2; // wide: so many pages fill the desk; 0: a scale of its own

function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
}

// --- pages ---

function pictureOf(page) {
    const wanted = 72 * POINT * scale * devicePixelRatio, dpi = DPIS.find((d) => d >= wanted) ?? DPIS.at(-1);
    return `picture?page=${page.number}&digest=${page.digest}&dpi=${dpi}`;
}

// The old picture stays until the new one can be shown.
async function load(figure) {
    const source = pictureOf(figure.page);
    if (!figure.seen || figure.source === source)
        return;
    const was = figure.source, digest = figure.page.digest;
    figure.source = source;
    const picture = make('img', { src: source, alt: `Page ${figure.page.number}`, draggable: false });
    try {
        await picture.decode();
    } catch {
        if (figure.source === source)
            figure.source = was; // the page has changed again: the next state says how
        return;
    }
    if (figure.source !== source)
        return;
    const sheet = figure.firstChild, changed = figure.shown && figure.shown !== digest;
    sheet.querySelector('img')?.remove();
    sheet.prepend(picture);
    figure.shown = digest;
    if (changed) {
        sheet.classList.remove('new');
        void sheet.offsetWidth;
        sheet.classList.add('new');
    }
}

const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
        target.seen = isIntersecting;
        load(target);
    }
}, { root: desk, rootMargin: '600px' });

function resize(figure) {
    figure.firstChild.style.width = `${figure.page.width * POINT * scale}px`;
    figure.firstChild.style.height = `${figure.page.height * POINT * scale}px`;
}

function placeOf(block) {
    return block.line ? `${block.file}:${block.line}${block.column ? `:${block.column}` : ''}` : block.file;
}

function addBlocks(figure) {
    const sheet = figure.firstChild, { width, height, blocks } = figure.page;
    sheet.querySelectorAll('button').forEach((b) => b.remove());
    for (const block of blocks) {
        const button = make('button', { tabIndex: -1, title: placeOf(block), block });
        button.style.left = `${block.left / width * 100}%`;
        button.style.top = `${block.top / height * 100}%`;
        button.style.width = `${(block.right - block.left) / width * 100}%`;
        button.style.height = `${(block.bottom - block.top) / height * 100}%`;
        sheet.append(button);
    }
}

function showPages() {
    const figures = desk.children;
    while (figures.length > site.pages.length) {
        near.unobserve(desk.lastChild);
        desk.lastChild.remove();
    }
    site.pages.forEach((page, i) => {
        page.number = i + 1;
        let figure = figures[i];
        if (!figure) {
            figure = make('figure', {}, make('div', { className: 'sheet' }), make('figcaption', { dir: 'ltr' }));
            desk.append(figure);
            figure.page = page;
            near.observe(figure);
        }
        figure.page = page;
        figure.lastChild.textContent = `${page.number} / ${site.pages.length}`;
        addBlocks(figure);
    });
    desk.dir = site.rtl ? 'rtl' : 'ltr';
    zoom();
}

// --- zoom ---

function zoom() {
    if (!site?.pages.length || !desk.children.length)
        return;
    if (wide) {
        const room = desk.clientWidth - 44 - 22 * (wide - 1), page = Math.max(...site.pages.map((p) => p.width));
        scale = Math.max(0.2, Math.floor(room / wide / page / POINT * 200) / 200);
    }
    // What stands at the top stays there.
    const top = [...desk.children].find((f) => f.offsetTop + f.offsetHeight > desk.scrollTop);
    const share = (desk.scrollTop - top.offsetTop) / top.offsetHeight;
    for (const figure of desk.children) {
        resize(figure);
        load(figure);
    }
    desk.scrollTop = share <= 0 ? top.offsetTop - 22 : top.offsetTop + share * top.offsetHeight;
    $('scale').textContent = `${Math.round(scale * 100)} %`;
    $('one').setAttribute('aria-pressed', wide === 1);
    $('two').setAttribute('aria-pressed', wide === 2);
}

function fit(pages) {
    wide = pages;
    zoom();
}

function step(up) {
    wide = 0;
    scale = up ? STEPS.find((s) => s > scale + 0.01) ?? STEPS.at(-1) : STEPS.findLast((s) => s < scale - 0.01) ?? STEPS[0];
    zoom();
}

// --- where a block is written ---

function choose(button) {
    document.querySelector('.chosen')?.classList.remove('chosen');
    button?.classList.add('chosen');
    $('place').hidden = !button;
    if (button) {
        $('where').textContent = placeOf(button.block);
        $('copy').textContent = 'Copy';
    }
}

// The last block of the file that begins at the line or before it.
function goTo(file, line) {
    let found = null;
    for (const button of desk.querySelectorAll('.sheet button')) {
        const at = button.block;
        if (at.file === file && at.line <= line && (!found || at.line > found.block.line))
            found = button;
    }
    if (found) {
        found.scrollIntoView({ block: 'center' });
        choose(found);
    }
}

// --- what the program says ---

function showMessages() {
    const errors = site.messages.filter((m) => m.level !== 'warning').length, warnings = site.messages.length - errors;
    const words = [];
    if (errors)
        words.push(errors === 1 ? '1 error' : `${errors} errors`);
    if (warnings)
        words.push(warnings === 1 ? '1 warning' : `${warnings} warnings`);
    $('fold').hidden = !words.length;
    $('fold').textContent = words.join(', ');
    $('said').replaceChildren();
    if (words.length) {
        const list = make('ol');
        for (const m of site.messages) {
            const item = make('li', { className: m.level === 'warning' ? 'warning' : 'error' });
            if (m.file) {
                const button = make('button', { textContent: placeOf(m) });
                button.onclick = () => goTo(m.file, m.line);
                item.append(button);
            }
            item.append(make('p', { dir: 'auto' }, make('b', { textContent: m.level === 'warning' ? 'Warning: ' : 'Error: ' }),
                             m.text), make('small', { textContent: m.id }));
            list.append(item);
        }
        $('said').append(make('h2', { textContent: words.join(', ') }));
        if (errors && site.pages.length)
            $('said').append(make('p', { textContent: 'The pages are the last good ones.' }));
        $('said').append(list);
    }
    fold(errors > 0 || $('fold').getAttribute('aria-expanded') === 'true');
    $('state').className = errors ? 'wrong' : '';
    $('state').textContent = errors ? (site.pages.length ? 'Not built: last good pages' : 'Not built') : 'Up to date';
}

function fold(open) {
    $('fold').setAttribute('aria-expanded', open);
    $('said').hidden = !open || !site.messages.length;
    if (wide)
        zoom();
}

// --- the state ---

function fill(select, names, chosen) {
    select.replaceChildren(...names.map((name) => make('option', { textContent: name, value: name })));
    select.value = chosen;
}

function show(next) {
    const other = site && (site.edition !== next.edition || site.layout !== next.layout);
    site = next;
    document.title = `${site.report} – ${site.edition}`;
    $('report').textContent = site.report;
    fill($('edition'), site.editions, site.edition);
    fill($('layout'), site.layouts, site.layout);
    $('count').textContent = site.pages.length === 1 ? '1 page' : `${site.pages.length} pages`;
    showMessages();
    if (other) // all pages are: none is marked as changed
        for (const figure of desk.children)
            figure.shown = null;
    showPages();
}

async function follow() {
    for (;;) {
        try {
            const answer = await fetch(`state?after=${revision}`);
            if (!answer.ok)
                throw new Error(answer.statusText);
            const next = await answer.json();
            if (next.revision !== revision || $('state').classList.contains('gone')) {
                revision = next.revision;
                show(next.site);
            }
        } catch {
            $('state').className = 'wrong gone';
            $('state').textContent = 'mujaz has ended';
            await new Promise((resolve) => setTimeout(resolve, 1000));
        }
    }
}

function ask(name, value) {
    $('state').textContent = 'Building…';
    fetch(`choose?${name}=${encodeURIComponent(value)}`, { method: 'POST' }).catch(() => {});
}

// --- hands ---

$('edition').onchange = (event) => ask('edition', event.target.value);
$('layout').onchange = (event) => ask('layout', event.target.value);
$('smaller').onclick = () => step(false);
$('larger').onclick = () => step(true);
$('one').onclick = () => fit(1);
$('two').onclick = () => fit(2);
$('fold').onclick = () => fold($('fold').getAttribute('aria-expanded') !== 'true');
$('outline').onclick = () => $('outline').setAttribute('aria-pressed', desk.classList.toggle('blocks'));
$('shut').onclick = () => choose(null);
$('copy').onclick = () => navigator.clipboard.writeText($('where').textContent).then(() => { $('copy').textContent = 'Copied'; });
desk.onclick = (event) => choose(event.target.closest('.sheet button'));
document.onkeydown = (event) => {
    const keys = { '+': () => step(true), '=': () => step(true), '-': () => step(false), 1: () => fit(1), 2: () => fit(2),
                   0: () => { scale = 1; fit(0); }, b: () => $('outline').click(), m: () => $('fold').click(),
                   Escape: () => choose(null) };
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.tagName === 'SELECT' || !keys[event.key])
        return;
    event.preventDefault();
    keys[event.key]();
};
new ResizeObserver(() => { if (wide) zoom(); }).observe(desk);
follow();
