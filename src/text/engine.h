/* The engine: Pango's font map and what is kept between strings. Private to src/text. */
#ifndef MUJAZ_TEXT_ENGINE_H
#define MUJAZ_TEXT_ENGINE_H

#include <fontconfig/fontconfig.h>
#include <pango/pango.h>

#include "base/map.h"
#include "text/hyphens.h"
#include "text/looks.h"
#include "text/shape.h"

/* Which of our faces a font of Pango's is, and its size. */
struct engine_font {
    PangoFont *font; /* key; referenced */
    const struct font_face *face; /* NULL: none of the set's */
    float size;
};

struct map_watch;

struct text_engine {
    const struct font_set *fonts;
    FcConfig *config;
    PangoFontMap *map;
    struct map_watch *watch; /* who else holds the map */
    PangoContext *context;
    struct map known, descriptions; /* struct engine_font, struct engine_description */
    struct shaper *shaper;
    struct map blocks[SHAPER_GENERATIONS]; /* kept.h's: struct text_block */
    struct hyphens *hyphens; /* opened when a style asks for them; that beside has the same */
    struct arena *scratch;   /* of one call */
    struct text_engine *beside; /* for a second thread; NULL until it is asked for */
    bool lent;                  /* it is in use; an engine beside another lends none */
    bool slanted;               /* it has given runs to an italic */
};

const struct engine_font *engine_font_of(struct text_engine *, PangoFont *);

/* Pango's description of a look's font in a script and a style; the engine's. */
const PangoFontDescription *engine_description(struct text_engine *, struct look, enum lang script,
                                               const struct text_style *);

/* The first font of the same, for its metrics. */
const struct engine_font *engine_first_font(struct text_engine *, struct look, enum lang script,
                                            const struct text_style *);

#endif
