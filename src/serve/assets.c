/* The files src/serve/page.* and icon.svg as strings, which the Makefile makes of them. */
#include "serve/assets.h"

const struct serve_asset serve_assets[] = {
    { "", "text/html; charset=utf-8",
#include "serve/page.html.inc"
    },
    { "page.css", "text/css; charset=utf-8",
#include "serve/page.css.inc"
    },
    { "page.js", "text/javascript; charset=utf-8",
#include "serve/page.js.inc"
    },
    { "icon.svg", "image/svg+xml",
#include "serve/icon.svg.inc"
    },
    { 0 },
};
