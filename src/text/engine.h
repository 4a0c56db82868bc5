/* The engine: Pango's font map and what is kept between strings. Private to src/text. */
#ifndef MUJAZ_TEXT_ENGINE_H
#define MUJAZ_TEXT_ENGINE_H

#include <fontconfig/fontconfig.h>
#include <pango/pango.h>
#include <pthread.h>

#include "base/map.h"
#include "text/hyphens.h"
#include "text/looks.h"
#include "text/shape.h"

/* Which of our faces a font is, and its size. */
struct engine_font {
    const struct font_face *face; /* NULL: none of the set's, a font of Pango's */
    float size;
};

struct map_watch;

struct text_engine {
    const struct font_set *fonts;
    struct text_engine *owner; /* that has fontconfig's view of the fonts: this one, or the one that this is beside */
    pthread_mutex_t lock;      /* the owner's: of its configuration, and of what is refused */
    FcConfig *config;          /* made, with the map, when a text first needs Pango's fonts: most need none */
    const char **refused;      /* files that it could not read */
    size_t refused_count;
    PangoFontMap *map;
    struct map_watch *watch; /* who else holds the map */
    PangoContext *context;
    struct map known, descriptions; /* struct known_font, struct engine_description */
    struct shaper *shaper;
    struct map blocks[SHAPER_GENERATIONS]; /* kept.h's: struct text_block */
    struct hyphens *hyphens; /* opened when a style asks for them; that beside has the same */
    struct arena *scratch;   /* of one call */
    struct text_engine *beside; /* for a second thread; NULL until it is asked for */
    bool lent;                  /* it is in use; an engine beside another lends none */
    bool slanted;               /* it has given runs to an italic */
};

/* Pango's, with the set's fonts. A file that fontconfig cannot read is left out, and an error, which is said to each
 * `diags` that has not got it: `spoke` is then true. */
PangoContext *engine_context(struct text_engine *, struct diags *, bool *spoke);

const struct engine_font *engine_font_of(struct text_engine *, PangoFont *);

/* Pango's description of a look's font in a script and a style; the engine's. */
const PangoFontDescription *engine_description(struct text_engine *, struct look, enum lang script,
                                               const struct text_style *);

/* The first font of the same, for its metrics. */
const struct engine_font *engine_first_font(struct text_engine *, struct look, enum lang script,
                                            const struct text_style *);

#endif
