/* Runs, by Pango and, of plain texts, without. Knows nothing of shaping. */
#include "text/runs.h"

#include "base/utf8.h"
#include "text/bidi.h"
#include "text/levels.h"

static PangoLanguage *language_of(const struct job *job)
{
    return pango_language_from_string(lang_tag(job->style->lang));
}

/* --- by Pango --- */

static void add_font(const struct job *job, PangoAttrList *list, struct look look, enum lang script,
                     uint32_t start, uint32_t end)
{
    PangoAttribute *a =
        pango_attr_font_desc_new(engine_description(job->engine, look, script, job->style));
    a->start_index = start;
    a->end_index = end;
    pango_attr_list_insert(list, a);
}

static bool same_font(struct look a, struct look b)
{
    return a.role == b.role && a.weight == b.weight && a.superscript == b.superscript;
}

/* One font attribute for each stretch that has one face and size. */
static PangoAttrList *fonts_of(const struct job *job)
{
    PangoAttrList *list = pango_attr_list_new();
    uint32_t start = 0, until = 0;
    struct look look = { 0 }, next = { 0 };
    enum lang script = job->style->lang;
    for (const char *p = job->text; p < job->text + job->length;) {
        uint32_t offset = (uint32_t)(p - job->text);
        if (offset >= until) {
            until = job->length;
            next = look_at(job->spans, job->span_count, job->style, offset, &until);
        }
        enum lang next_script = look_script(utf8_next(&p), script, job->style);
        if (offset > start && (next_script != script || !same_font(look, next))) {
            add_font(job, list, look, script, start, offset);
            start = offset;
        }
        look = next;
        script = next_script;
    }
    if (job->length > start)
        add_font(job, list, look, script, start, job->length);
    return list;
}

static struct text_run *add_run(const struct job *job, struct text_runs *r)
{
    r->runs = arena_grow(job->scratch, r->runs, r->count, sizeof *r->runs);
    return &r->runs[r->count++];
}

static struct text_run run_of(const struct job *job, const PangoItem *item)
{
    const PangoAnalysis *a = &item->analysis;
    const struct engine_font *font = engine_font_of(job->engine, a->font);
    struct text_run run = { .start = (uint32_t)item->offset, .size = font->size, .level = a->level };
    run.end = run.start + (uint32_t)item->length;
    run.how.face = font->face ? font->face : font_set_face(job->engine->fonts, 0);
    run.how.language = hb_language_from_string(pango_language_to_string(a->language), -1);
    run.how.script = (hb_script_t)g_unicode_script_to_iso15924((GUnicodeScript)a->script);
    run.how.rtl = a->level & 1;
    return run;
}

/* Adds the run with its levels, parted where another begins. `levels`: of the bytes from `start` on; NULL: it has its
 * own. */
static void add_levelled(const struct job *job, struct text_runs *r, struct text_run run, uint32_t start,
                         const uint8_t *levels)
{
    uint32_t end = run.end;
    for (uint32_t at = run.start; levels && at < end; at++) {
        uint8_t level = levels[at - start];
        if (at > run.start && level != run.level) {
            run.end = at;
            *add_run(job, r) = run;
            run.start = at;
            run.end = end;
        }
        run.level = level;
        run.how.rtl = level & 1;
    }
    *add_run(job, r) = run;
}

struct text_runs runs_by_pango(struct job *job, uint32_t start, uint32_t end)
{
    PangoContext *context = engine_context(job->engine, job->diags, &job->spoke);
    bool rtl = lang_dir(job->style->lang) == DIR_RTL;
    pango_context_set_base_dir(context, rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
    pango_context_set_language(context, language_of(job));
    PangoAttrList *fonts = fonts_of(job);
    GList *items = pango_itemize(context, job->text, (int)start, (int)(end - start), fonts, NULL);
    const uint8_t *levels = levels_of(job->text + start, end - start, lang_dir(job->style->lang), job->scratch);
    struct text_runs r = { .count = 0 };
    for (GList *i = items; i; i = i->next) {
        add_levelled(job, &r, run_of(job, i->data), start, levels);
        pango_item_free(i->data);
    }
    g_list_free(items);
    pango_attr_list_unref(fonts);
    return r;
}

/* --- of plain texts --- */

enum { NO_BREAK_SPACE = 0x00A0, MIDDLE_DOT = 0x00B7 };

/* Letters of ASCII, Latin-1 and Latin Extended-A. */
static bool is_latin(uint32_t c)
{
    return (c | 0x20) - 'a' < 26 || (c - 0x00C0 <= 0x017F - 0x00C0 && c != 0x00D7 && c != 0x00F7);
}

/* Nothing but what each script's first font should have; no characters that Pango sets in runs of their own, such as
 * tabs, emoji and those that stand upright in vertical text. */
static bool is_plain(uint32_t c)
{
    return (c >= ' ' && c <= '~') || is_latin(c) || c == NO_BREAK_SPACE || c == MIDDLE_DOT
        || (c >= 0x0620 && c <= 0x0652) || (c >= 0x0660 && c <= 0x066C) || c == 0x060C || c == 0x061B || c == 0x061F
        || (c >= 0x2013 && c <= 0x2014) || (c >= 0x2018 && c <= 0x2019) || (c >= 0x201C && c <= 0x201D)
        || (c >= 0x2066 && c <= 0x2069);
}

/* What a text has. */
struct plain {
    bool latin, arabic;    /* letters */
    bool level;            /* all its characters are at level 0 */
    const uint8_t *levels; /* as Pango has them, by byte from the start */
    PangoScriptIter *scripts; /* NULL: one script */
};

static bool look_at_all(const struct job *job, uint32_t start, uint32_t end, struct plain *plain)
{
    bool others = lang_dir(job->style->lang) == DIR_RTL;
    for (const char *p = job->text + start, *stop = job->text + end; p < stop;) {
        uint32_t c = utf8_next(&p);
        if (!is_plain(c))
            return false;
        plain->latin |= is_latin(c);
        plain->arabic |= c >= 0x0600 && c < 0x0700 && g_unichar_get_script(c) == G_UNICODE_SCRIPT_ARABIC;
        others |= (c >= 0x0600 && c < 0x0700) || c >= 0x2066;
    }
    plain->level = !others;
    return true;
}

/* As Pango does: the text's language where it is written in the script, else one that is. */
static hb_language_t language_in(const struct job *job, PangoScript script)
{
    PangoLanguage *own = language_of(job);
    if (!pango_language_includes_script(own, script))
        own = pango_script_get_sample_language(script);
    return hb_language_from_string(own ? pango_language_to_string(own) : "xx", -1);
}

/* Where the script of what begins at `offset` ends. */
static uint32_t script_end(const struct job *job, const struct plain *plain, uint32_t end, PangoScript *script)
{
    *script = plain->arabic ? PANGO_SCRIPT_ARABIC : plain->latin ? PANGO_SCRIPT_LATIN : PANGO_SCRIPT_COMMON;
    if (!plain->scripts)
        return end;
    const char *to;
    pango_script_iter_get_range(plain->scripts, NULL, &to, script);
    pango_script_iter_next(plain->scripts);
    return (uint32_t)(to - job->text);
}

/* A run begins, of which only the end is not known. */
static void begin_run(const struct job *job, struct text_runs *r, uint32_t start, const struct engine_font *font,
                      PangoScript script, uint8_t level)
{
    struct text_run *run = add_run(job, r);
    *run = (struct text_run){ .start = start, .size = font->size, .level = level };
    run->how.face = font->face;
    run->how.language = language_in(job, script);
    run->how.script = (hb_script_t)g_unicode_script_to_iso15924((GUnicodeScript)script);
    run->how.rtl = level & 1;
}

static bool needs_glyph(uint32_t c)
{
    return c != ' ' && c != NO_BREAK_SPACE && !bidi_is_control(c);
}

/* False: a font has not all of its characters. */
static bool take_runs(const struct job *job, const struct plain *plain, uint32_t start, uint32_t end,
                      struct text_runs *r)
{
    const struct text_style *style = job->style;
    const struct engine_font *font = NULL;
    uint32_t until = start, script_until = start;
    struct look look = { 0 };
    enum lang written = style->lang;
    PangoScript script = PANGO_SCRIPT_COMMON;
    uint8_t level = 0;
    for (const char *p = job->text + start; p < job->text + end;) {
        uint32_t at = (uint32_t)(p - job->text), c = utf8_next(&p);
        struct look next = look;
        enum lang next_written = look_script(c, written, style);
        uint8_t next_level = plain->level ? 0 : plain->levels[at - start];
        bool begins = r->count == 0 || next_level != level;
        if (at >= until) {
            until = job->length;
            next = look_at(job->spans, job->span_count, style, at, &until);
        }
        if (!font || next_written != written || !same_font(look, next)) {
            font = engine_first_font(job->engine, next, next_written, style);
            begins = true;
        }
        if (at >= script_until) {
            script_until = script_end(job, plain, end, &script);
            begins = true;
        }
        if (begins && r->count)
            r->runs[r->count - 1].end = at;
        if (!font->face || (needs_glyph(c) && !shaper_has_glyph(job->engine->shaper, font->face, c)))
            return false;
        if (begins)
            begin_run(job, r, at, font, script, next_level);
        look = next;
        written = next_written;
        level = next_level;
    }
    r->runs[r->count - 1].end = end;
    return true;
}

bool runs_of_plain(const struct job *job, uint32_t start, uint32_t end, struct text_runs *out)
{
    struct plain plain = { .levels = NULL };
    struct text_runs whole = { .count = 0 };
    enum dir dir = lang_dir(job->style->lang);
    const char *text = job->text + start;
    if (start > 0 || !look_at_all(job, start, end, &plain)) /* a look may go on from the paragraph before */
        return false;
    if (!plain.level)
        plain.levels = levels_of_plain(text, end - start, dir, job->scratch);
    bool settled = plain.level || plain.levels;
    if (!settled)
        plain.levels = levels_at_once(text, end - start, dir, job->scratch);
    if (plain.latin && plain.arabic)
        plain.scripts = pango_script_iter_new(text, (int)(end - start));
    bool taken = take_runs(job, &plain, start, end, &whole);
    if (plain.scripts)
        pango_script_iter_free(plain.scripts);
    if (!taken)
        return false;
    const uint8_t *levels = settled ? NULL : levels_of(text, end - start, dir, job->scratch);
    *out = (struct text_runs){ .count = 0 };
    for (size_t i = 0; i < whole.count; i++)
        add_levelled(job, out, whole.runs[i], start, levels);
    return true;
}

/* --- italics --- */

/* Where the word ends that begins at `start`, with the blanks behind it. */
static uint32_t word_end(const struct job *job, uint32_t start, uint32_t end)
{
    bool blank = false;
    for (const char *p = job->text + start, *stop = job->text + end; p < stop;) {
        uint32_t at = (uint32_t)(p - job->text);
        bool space = bidi_is_space(utf8_next(&p));
        if (blank && !space)
            return at;
        blank = space;
    }
    return end;
}

static bool has_all(const struct job *job, const struct font_face *face, uint32_t start, uint32_t end)
{
    for (const char *p = job->text + start, *stop = job->text + end; p < stop;) {
        uint32_t c = utf8_next(&p);
        if (c > ' ' && needs_glyph(c) && !shaper_has_glyph(job->engine->shaper, face, c))
            return false;
    }
    return true;
}

/* Adds [start, end) of the run `of`, to the run before it when that is of the same one and the same face. */
static void add_part(const struct job *job, struct text_runs *r, const struct text_run *of, uint32_t start,
                     uint32_t end, const struct font_face *face)
{
    struct text_run *last = r->count ? &r->runs[r->count - 1] : NULL;
    if (start == of->start || last->how.face != face) {
        last = add_run(job, r);
        *last = *of;
        last->start = start;
        last->how.face = face;
    }
    last->end = end;
}

/* What runs right to left stays upright, also its brackets and digits. */
static void add_slanted(const struct job *job, struct text_runs *r, const struct text_run *of)
{
    for (uint32_t start = of->start, end; start < of->end; start = end) {
        const struct font_face *face = of->how.face, *italic = of->how.rtl ? NULL : face->italic;
        end = of->end;
        if (look_at(job->spans, job->span_count, job->style, start, &end).slanted && italic) {
            end = word_end(job, start, end);
            if (has_all(job, italic, start, end))
                face = italic;
        }
        job->engine->slanted |= face->upright != NULL;
        add_part(job, r, of, start, end, face);
    }
}

void runs_slant(const struct job *job, struct text_runs *runs)
{
    struct text_runs slanted = { .count = 0 };
    bool any = false;
    for (size_t i = 0; i < job->span_count; i++)
        any |= job->spans[i].attribute == TEXT_SLANT;
    for (size_t i = 0; any && i < runs->count; i++)
        add_slanted(job, &slanted, &runs->runs[i]);
    if (any)
        *runs = slanted;
}
