/*
 * The text engine: fontconfig's and Pango's view of a font set, made once a thread, and what is kept between
 * strings: font descriptions, fonts, shaped words, hyphenation patterns. Knows nothing of lines.
 */
#define _DEFAULT_SOURCE
#include "text/engine.h"

#include "text/kept.h"

#include <pango/pangofc-font.h>
#include <pango/pangofc-fontmap.h>
#include <pango/pangoft2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Zeroed before it is filled: compared as bytes. */
struct description_key {
    int role, weight, script, size; /* size in Pango units */
};

struct engine_description {
    struct description_key key;
    struct engine_font first;
    PangoFontDescription *description; /* NULL: Pango was not asked for it */
};

struct known_font {
    PangoFont *font; /* key; referenced */
    struct engine_font is;
};

/* Pango matches and sorts fonts in threads that nothing joins. Each holds the font map, and at its end looks into the
 * map's tables without a lock: these must not go before it. */
struct map_watch {
    GMutex mutex;
    GCond cond;
    bool alone; /* no thread holds the map any more */
};

/* Called by the thread that drops the last reference but the watch's own. */
static void note_alone(gpointer data, GObject *map, gboolean alone)
{
    struct map_watch *watch = data;
    (void)map;
    g_mutex_lock(&watch->mutex);
    watch->alone = alone;
    g_cond_signal(&watch->cond);
    g_mutex_unlock(&watch->mutex);
}

static struct map_watch *watch_new(PangoFontMap *map)
{
    struct map_watch *watch = xcalloc(1, sizeof *watch);
    g_mutex_init(&watch->mutex);
    g_cond_init(&watch->cond);
    g_object_add_toggle_ref(G_OBJECT(map), note_alone, watch); /* now: added while threads run, it may not be told */
    return watch;
}

/* Drops the engine's map once Pango's threads have let go of it. */
static void drop_map(struct text_engine *e)
{
    struct map_watch *watch = e->watch;
    g_object_unref(e->map);
    g_mutex_lock(&watch->mutex);
    while (!watch->alone)
        g_cond_wait(&watch->cond, &watch->mutex);
    g_mutex_unlock(&watch->mutex);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(e->map), NULL); /* else Pango 1.50 keeps its reference */
    g_object_remove_toggle_ref(G_OBJECT(e->map), note_alone, watch);
    g_cond_clear(&watch->cond);
    g_mutex_clear(&watch->mutex);
    free(watch);
}

/* Unhinted outlines, so that a glyph's advance is the same at every size. */
static void substitute_no_hinting(FcPattern *pattern, gpointer unused)
{
    (void)unused;
    FcPatternDel(pattern, FC_HINTING);
    FcPatternAddBool(pattern, FC_HINTING, FcFalse);
    FcPatternDel(pattern, FC_HINT_STYLE);
    FcPatternAddInteger(pattern, FC_HINT_STYLE, FC_HINT_NONE);
}

/* The owner's, under its lock. */
static void read_fonts(struct text_engine *e)
{
    e->config = FcConfigCreate();
    e->refused = xcalloc(font_set_faces(e->fonts), sizeof *e->refused);
    for (size_t i = 0; i < font_set_faces(e->fonts); i++) {
        const char *path = font_set_face(e->fonts, i)->path;
        if (font_set_face(e->fonts, i)->upright) /* it stands in for its upright face, which fontconfig finds */
            continue;
        if (!FcConfigAppFontAddFile(e->config, (const FcChar8 *)path))
            e->refused[e->refused_count++] = path;
    }
    /* Pango initialises fontconfig in a thread of its own; a current configuration keeps that from reading
     * the machine's. */
    FcConfigSetCurrent(e->config);
}

static void make_context(struct text_engine *e)
{
    struct text_engine *owner = e->owner;
    pthread_mutex_lock(&owner->lock);
    if (!owner->config)
        read_fonts(owner);
    pthread_mutex_unlock(&owner->lock);
    e->map = pango_ft2_font_map_new();
    e->watch = watch_new(e->map);
    pango_ft2_font_map_set_resolution(PANGO_FT2_FONT_MAP(e->map), 72, 72);
    PangoFcFontMap *fc = PANGO_FC_FONT_MAP(e->map);
    pango_fc_font_map_set_config(fc, owner->config);
    pango_fc_font_map_set_default_substitute(fc, substitute_no_hinting, NULL, NULL);
    e->context = pango_font_map_create_context(e->map);
}

PangoContext *engine_context(struct text_engine *e, struct diags *diags, bool *spoke)
{
    if (!e->context)
        make_context(e);
    for (size_t i = 0; i < e->owner->refused_count; i++) {
        struct place at = { .file = e->owner->refused[i] };
        if (!diags_have(diags, DIAG_FONT_REFUSED, at))
            diag_add(diags, DIAG_FONT_REFUSED, at, "fontconfig cannot read this font; name another file");
        *spoke = true;
    }
    return e->context;
}

/* GLib ends the program where it gets no thread or no memory, and Pango asks it for both. Here it ends as for other
 * things that the system does not give. */
static void end_with_glib(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer unused)
{
    char what[256];
    if (!(level & G_LOG_LEVEL_ERROR)) {
        g_log_default_handler(domain, level, message, unused);
        return;
    }
    snprintf(what, sizeof what, "out of memory or threads (%s); raise the limits (ulimit -v, ulimit -u)", message);
    end_without(what);
}

/* What the stacks of Pango's threads and a small document's fonts and words take. Fontconfig and FreeType look at few
 * of the answers that they get for memory: where there are no addresses for so much, nothing is begun. */
enum { ROOM = 64 << 20 };

static void need_room(void)
{
    void *room = mmap(NULL, ROOM, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room == MAP_FAILED)
        end_without("out of memory; raise the limit (ulimit -v)");
    munmap(room, ROOM);
}

struct text_engine *text_engine_new(const struct font_set *fonts)
{
    need_room();
    g_log_set_default_handler(end_with_glib, NULL);
    struct text_engine *e = xcalloc(1, sizeof *e);
    e->fonts = fonts;
    e->owner = e;
    pthread_mutex_init(&e->lock, NULL);
    e->shaper = shaper_new(fonts);
    e->scratch = arena_new();
    e->hyphens = hyphens_new(HYPHENS_ENGLISH);
    return e;
}

struct text_engine *text_engine_lend(struct text_engine *e)
{
    if (e->lent)
        return NULL;
    if (!e->beside) {
        e->beside = xcalloc(1, sizeof *e);
        e->beside->fonts = e->fonts;
        e->beside->owner = e;
        e->beside->shaper = shaper_new(e->fonts);
        e->beside->scratch = arena_new();
        e->beside->hyphens = e->hyphens;
        e->beside->lent = true;
    }
    e->lent = true;
    return e->beside;
}

void text_engine_give_back(struct text_engine *e)
{
    e->lent = false;
}

bool text_engine_slanted(const struct text_engine *e)
{
    return e->slanted || (e->beside && e->beside->slanted);
}

static void forget_words(struct text_engine *e)
{
    kept_drop(e);
    for (int i = 0; i < SHAPER_GENERATIONS; i++)
        shaper_age(e->shaper);
}

void text_engine_forget(struct text_engine *e)
{
    forget_words(e);
    if (e->beside)
        forget_words(e->beside);
}

static void drop_known(struct text_engine *e)
{
    for (size_t i = 0; i < e->known.room; i++) {
        struct known_font *known = e->known.slots[i].value;
        if (known)
            g_object_unref(known->font);
        free(known);
    }
    for (size_t i = 0; i < e->descriptions.room; i++) {
        struct engine_description *d = e->descriptions.slots[i].value;
        if (d && d->description)
            pango_font_description_free(d->description);
        free(d);
    }
    map_clear(&e->known);
    map_clear(&e->descriptions);
}

static void drop_own(struct text_engine *e)
{
    drop_known(e);
    if (e->context) {
        g_object_unref(e->context);
        drop_map(e);
    }
    kept_drop(e);
    shaper_drop(e->shaper);
    arena_drop(e->scratch);
}

void text_engine_drop(struct text_engine *e)
{
    if (!e)
        return;
    if (e->beside)
        drop_own(e->beside);
    free(e->beside);
    drop_own(e);
    hyphens_drop(e->hyphens);
    if (e->config) {
        FcConfigDestroy(e->config);
        FcConfigSetCurrent(NULL); /* its only use was at the first start of a font map */
    }
    pthread_mutex_destroy(&e->lock);
    free(e->refused);
    free(e);
}

static const struct font_face *find_face(const struct font_set *fonts, const char *path, int collected)
{
    for (size_t i = 0; i < font_set_faces(fonts); i++)
        if (!strcmp(font_set_face(fonts, i)->path, path) && (int)font_set_face(fonts, i)->collected == collected)
            return font_set_face(fonts, i);
    return NULL;
}

const struct engine_font *engine_font_of(struct text_engine *e, PangoFont *font)
{
    const uint32_t hash = map_hash(&font, sizeof font);
    struct known_font *known = map_find(&e->known, &font, sizeof font, hash);
    if (known)
        return &known->is;
    FcChar8 *path = NULL;
    int collected = 0;
    FcPatternGetString(pango_fc_font_get_pattern(PANGO_FC_FONT(font)), FC_FILE, 0, &path);
    FcPatternGetInteger(pango_fc_font_get_pattern(PANGO_FC_FONT(font)), FC_INDEX, 0, &collected);
    PangoFontDescription *d = pango_font_describe_with_absolute_size(font);
    known = xcalloc(1, sizeof *known);
    known->font = g_object_ref(font);
    known->is.face = path ? find_face(e->fonts, (const char *)path, collected) : NULL;
    known->is.size = (float)pango_font_description_get_size(d) / PANGO_SCALE;
    pango_font_description_free(d);
    map_add(&e->known, &known->font, sizeof known->font, hash, known);
    return &known->is;
}

static PangoFontDescription *description_new(const struct font_set *fonts, struct look look, enum lang script,
                                             double size)
{
    enum lang other = script == LANG_AR ? LANG_EN : LANG_AR;
    char *families = g_strdup_printf("%s,%s", font_set_family(fonts, look.role, script),
                                     font_set_family(fonts, look.role, other));
    PangoFontDescription *d = pango_font_description_new();
    pango_font_description_set_family(d, families);
    pango_font_description_set_weight(d,
                                      look.weight == WEIGHT_BOLD ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(d, size);
    g_free(families);
    return d;
}

static struct engine_description *find_description(struct text_engine *e, struct look look, enum lang script,
                                                   const struct text_style *style)
{
    double size = (double)look_size(look, script, style) * PANGO_SCALE;
    struct description_key key = { (int)look.role, (int)look.weight, (int)script, (int)size };
    const uint32_t hash = map_hash(&key, sizeof key);
    struct engine_description *found = map_find(&e->descriptions, &key, sizeof key, hash);
    if (found)
        return found;
    found = xcalloc(1, sizeof *found);
    found->key = key;
    found->first.face = font_set_find(e->fonts, look.role, script, look.weight);
    found->first.size = (float)key.size / PANGO_SCALE;
    map_add(&e->descriptions, &found->key, sizeof found->key, hash, found);
    return found;
}

const PangoFontDescription *engine_description(struct text_engine *e, struct look look, enum lang script,
                                               const struct text_style *style)
{
    struct engine_description *d = find_description(e, look, script, style);
    if (!d->description)
        d->description = description_new(e->fonts, look, script, (double)look_size(look, script, style) * PANGO_SCALE);
    return d->description;
}

const struct engine_font *engine_first_font(struct text_engine *e, struct look look, enum lang script,
                                            const struct text_style *style)
{
    return &find_description(e, look, script, style)->first;
}
