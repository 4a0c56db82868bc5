/*
 * The style sheet: fonts that readers have, no others; colours for light and dark with a contrast of 4.5 and more.
 * Sides are logical (start, end), so that one rule serves both directions. Wide windows show the languages side by
 * side, an entry beside its translation.
 */
#include "publish/site_style.h"

static const char colours[] =
    ":root{color-scheme:light dark;--ink:#1c2126;--soft:#566069;--line:#dcdfe1;--strong:#1c2126;--paper:#fbfaf7;"
    "--link:#0b5563;--mark:#7a4a00;--mark-paper:#fdf1d8;--sheet:#fff;--edge:#c9cdd0}\n"
    "@media (prefers-color-scheme:dark){:root{--ink:#e8e6e1;--soft:#a8aeb4;--line:#33383d;--strong:#e8e6e1;"
    "--paper:#16181b;--link:#8cc9d6;--mark:#f3cf85;--mark-paper:#352a12;--sheet:#f4f2ee;--edge:#3d4349}}\n";

static const char texts[] =
    "*{box-sizing:border-box;margin:0;padding:0}\n"
    "html{-webkit-text-size-adjust:100%;text-size-adjust:100%}\n"
    "body{background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,'Segoe UI','Noto Sans',Arial,"
    "sans-serif;max-width:78rem;margin-inline:auto;padding-inline:clamp(1.1rem,4vw,3rem)}\n"
    "[lang=ar]{font-family:'Noto Naskh Arabic','Noto Sans Arabic','Geeza Pro','Segoe UI',Tahoma,sans-serif;"
    "font-size:1.125rem;line-height:1.7}\n"
    "h1,h2,h3{font-family:Charter,'Bitstream Charter','Sitka Text',Cambria,'Noto Serif',Georgia,serif;font-weight:600;"
    "line-height:1.25;text-wrap:balance;overflow-wrap:anywhere}\n"
    "[lang=ar]:is(h1,h2,h3),[lang=ar] :is(h1,h2,h3),h1 [lang=ar]{font-family:'Noto Serif',"
    "'Noto Naskh Arabic','Geeza Pro','Traditional Arabic','Noto Sans Arabic',Tahoma,serif;font-weight:700;"
    "line-height:1.5}\n"
    "h1{font-size:clamp(1.45rem,1.1rem + 1.6vw,2.1rem)}h1 [lang=ar]{font-size:1em}\n"
    "h2{font-size:1.3rem}h3{font-size:1.125rem}\n"
    "p{overflow-wrap:anywhere}ul{list-style:none}\n"
    "a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:.2em}\n"
    "a:hover{text-decoration-thickness:2px}\n"
    ":focus-visible{outline:3px solid var(--link);outline-offset:3px;border-radius:2px}\n"
    "section:focus{outline:none}\n"
    ".unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}\n";

static const char parts[] =
    ".languages{display:flex;justify-content:space-between;padding-block:.9rem;"
    "border-block-end:1px solid var(--line)}\n"
    ".languages a{padding-block:.25rem;display:inline-block}\n"
    "h1{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.2rem 2rem;"
    "padding-block:clamp(1.4rem,4vw,2.8rem)}\n"
    "main>section+section{border-block-start:1px solid var(--line)}\n"
    "main>section{padding-block-start:1.4rem}\n"
    ".lead{border-block-end:2px solid var(--strong);padding-block-end:.9rem}\n"
    ".lead p,.subtitle,.date,.facts,.none,.archive summary{color:var(--soft)}\n"
    ".lead p{font-size:.9375em;margin-block-start:.25rem}\n"
    ".entry{border-block-end:1px solid var(--line);padding-block:1.4rem}\n"
    ".entry article{display:grid;grid-template-columns:minmax(0,1fr);gap:0 1.4rem;align-content:start}\n"
    ".entry .pictured{grid-template-columns:clamp(5.5rem,24%,10rem) minmax(0,1fr)}\n"
    ".pictured>*{grid-column:2}\n"
    ".pictured>.picture{grid-column:1;grid-row:1/span 6;align-self:start}\n"
    ".picture img{display:block;width:100%;height:auto;background:var(--sheet);border:1px solid var(--edge);"
    "box-shadow:0 1px 4px rgb(0 0 0/.12)}\n"
    "@media (prefers-color-scheme:dark){.picture img{filter:brightness(.88)}}\n"
    ".subtitle{margin-block-start:.15rem}.date{font-size:.875em;margin-block-start:.35rem}\n"
    ".stale{background:var(--mark-paper);color:var(--mark);font-size:.875em;padding:.35rem .7rem;"
    "margin-block-start:.6rem;border-inline-start:3px solid currentColor}\n"
    ".lead .stale{color:var(--mark);display:inline-block;margin-block-start:.6rem;margin-inline-end:.5rem}\n"
    ".files{margin-block-start:.7rem;font-size:.9375em}\n"
    ".files li{border-block-start:1px solid var(--line)}\n"
    ".files a{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;"
    "gap:0 1rem;padding-block:.4rem}\n"
    ".files .language{text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:.2em}\n"
    ".files a{text-decoration:none}.files a:hover .language{text-decoration-thickness:2px}\n"
    ".facts{font-size:.875em;font-variant-numeric:tabular-nums}\n"
    ".none{padding-block:1.4rem}\n"
    "summary{cursor:pointer;padding-block:.4rem}\n"
    ".archive{padding-block:1.6rem 2.4rem}\n"
    ".archive h2{font-size:1.125rem;margin-block-end:.5rem}\n"
    ".archive ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:.1rem 1rem;"
    "padding-block:.2rem .6rem}\n"
    ".archive li a{display:inline-block;padding-block:.2rem;font-variant-numeric:tabular-nums}\n"
    ".archive details{border-block-start:1px solid var(--line)}\n"
    "footer{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.5rem 2rem;border-block-start:1px solid "
    "var(--line);padding-block:1.2rem 2.4rem}\n";

static const char wide[] =
    "@media (min-width:60rem){.languages{justify-content:space-between}"
    "main{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);column-gap:clamp(2.5rem,5vw,4.5rem)}"
    "main>section{display:grid;grid-row:1/span %zu;grid-template-rows:subgrid;grid-template-columns:minmax(0,1fr)}"
    "main>section+section{border:0}"
    ".entries{display:grid;grid-row:span %zu;grid-template-rows:subgrid;grid-template-columns:minmax(0,1fr)}}\n"
    "@media print{.languages,.archive,footer{display:none}.entry{break-inside:avoid}}\n";

void site_style(struct buf *out, size_t entries)
{
    size_t rows = entries ? entries : 1;
    buf_add_string(out, colours);
    buf_add_string(out, texts);
    buf_add_string(out, parts);
    buf_printf(out, wide, rows + 2, rows);
}
