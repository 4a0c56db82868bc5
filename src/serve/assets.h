/* The page that browsers show, as part of the program. Private to src/serve. */
#ifndef MUJAZ_SERVE_ASSETS_H
#define MUJAZ_SERVE_ASSETS_H

struct serve_asset {
    const char *name, *media_type, *text;
};

extern const struct serve_asset serve_assets[]; /* ended by one without a name */

#endif
