/*
 * Justified text: the best breaks against all others, hyphens, kashidas by word, exact widths; and that a reader
 * who copies from the PDF gets the text without any of it.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "pdf/pdf.h"
#include "support/clusters.h"
#include "support/lines.h"
#include "support/program.h"
#include "support/stext.h"
#include "text/breaks.h"
#include "text/hyphens.h"
#include "text/kashida.h"
#include "text/text.h"

static const char ENGLISH[] =
    "The representatives of the coalition presented a comprehensive memorandum concerning international "
    "organisations and humanitarian consequences; the administration responded immediately, considering the "
    "circumstances extraordinary, and the provincial councils congratulated everybody involved afterwards.";
static const char ARABIC[] =
    "وبحسب النصوص المنشورة توقفت الهجمات على القوات الأميركية في المنطقة منذ أشهر، بعد حملة واسعة سبقت الاتفاق "
    "السياسي بين الأطراف المختلفة، ويستمر المسؤولون في مناقشة مستقبل المهمة العسكرية مع الحكومة، فيما تنتظر "
    "المجالس المحلية نتائج المحادثات القادمة حول تشكيل الإدارة الجديدة في بغداد والمحافظات.";

struct fixture {
    struct diags *diags;
    struct font_set *fonts;
    struct text_engine *engine;
    struct arena *arena;
};

/* Where a kashida's ink is on a line. */
struct kashida_spot_seen {
    float left, right;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    f->diags = diags_new();
    f->arena = arena_new();
    f->fonts = font_set_load(".", "briefing", f->diags);
    f->engine = f->fonts ? text_engine_new(f->fonts) : NULL;
    return f->engine ? 0 : 1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(diags_count(f->diags), 0);
    text_engine_drop(f->engine);
    font_set_drop(f->fonts);
    arena_drop(f->arena);
    diags_drop(f->diags);
    free(f);
    return 0;
}

static struct text_style justified(enum lang lang, enum text_breaks breaks)
{
    return (struct text_style){
        .size = lang == LANG_AR ? 12 : 10,
        .other_scale = lang == LANG_AR ? 0.85f : 1.15f,
        .lang = lang,
        .breaks = breaks,
        .justify = true,
        .hyphenate = true,
        .kashida = true,
    };
}

static const struct text_block *lay_out(struct fixture *f, struct text_engine *engine, const char *text,
                                        struct text_style style, float width)
{
    return text_layout(engine, text, (uint32_t)strlen(text), NULL, 0, &style, width, NULL, NULL, f->arena, f->diags);
}

/* --- breaks ----------------------------------------------------------------------------------------------- */

enum { PLACES = 11 };

/* Words of 8 to 40 points with spaces of 3, some of them broken by a hyphen. */
static void make_places(struct break_place places[PLACES], unsigned seed)
{
    struct break_sums at = { 0 };
    memset(places, 0, PLACES * sizeof *places);
    places[0].kind = BREAK_FORCED;
    for (int i = 1; i < PLACES; i++) {
        seed = seed * 1103515245 + 12345;
        struct break_place *p = &places[i];
        at.width += 8 + (seed >> 16) % 33;
        p->kind = i == PLACES - 1 || (seed >> 8) % 29 == 0 ? BREAK_FORCED
                  : (seed >> 10) % 3 == 0                  ? BREAK_HYPHEN
                                                           : BREAK_SPACE;
        p->before = at;
        if (p->kind == BREAK_HYPHEN) {
            p->hyphen = 2;
        } else {
            at.width += 3;
            at.stretch += 1.5;
            at.shrink += 1;
        }
        p->after = at;
    }
}

static double best_of_all(const struct break_place *places, const struct break_rule *rule)
{
    double best = INFINITY;
    for (unsigned set = 0; set < 1u << (PLACES - 2); set++) {
        uint32_t chosen[PLACES];
        size_t count = 0;
        bool allowed = true;
        for (uint32_t i = 1; i < PLACES - 1; i++) {
            if (set >> (i - 1) & 1)
                chosen[count++] = i;
            else
                allowed &= places[i].kind != BREAK_FORCED;
        }
        chosen[count++] = PLACES - 1;
        if (allowed)
            best = fmin(best, breaks_demerits(places, rule, chosen, count));
    }
    return best;
}

static void total_fit_is_the_best_of_all(void **state)
{
    (void)state;
    int better = 0;
    for (unsigned seed = 1; seed <= 300; seed++) {
        struct break_place places[PLACES];
        uint32_t total[PLACES], first[PLACES];
        const struct break_rule rule = { .width = 60 + seed % 40, .justified = seed % 4, .rag = 20 };
        make_places(places, seed);
        size_t count = breaks_total_fit(places, PLACES, &rule, total);
        double demerits = breaks_demerits(places, &rule, total, count), best = best_of_all(places, &rule);
        assert_float_equal(demerits / best, 1, 1e-9);
        size_t first_count = breaks_first_fit(places, PLACES, &rule, first);
        double first_demerits = breaks_demerits(places, &rule, first, first_count);
        assert_true(first_demerits >= demerits);
        better += first_demerits > demerits;
    }
    assert_true(better > 30);
}

/* Two lines of 100: the last one may hold words of 14, or of 30 at the price of a first line that is stretched by
 * `torn`. Of 14 is hardly too short, of 4 it is. */
static uint32_t first_line(double last, double torn)
{
    const double first = 98, more = 30 - last, stretch = (100 - (first - more)) / torn;
    const struct break_place places[] = {
        { .kind = BREAK_FORCED },
        { BREAK_SPACE, { first - more, stretch, 5 }, { first - more, stretch, 5 }, 0, 1 },
        { BREAK_SPACE, { first, stretch * 1.1, 5 }, { first, stretch * 1.1, 5 }, 0, 2 },
        { BREAK_FORCED, { first + last, stretch * 1.5, 5 }, { first + last, stretch * 1.5, 5 }, 0, 3 },
    };
    const struct break_rule rule = { .width = 100, .justified = true };
    uint32_t chosen[4];
    assert_int_equal(breaks_total_fit(places, 4, &rule, chosen), 2);
    return chosen[0];
}

static void no_line_is_torn_for_a_last_one_that_is_hardly_lost(void **state)
{
    (void)state;
    assert_int_equal(first_line(14, 1.7), 2);
    assert_int_equal(first_line(4, 1.7), 1);
    assert_int_equal(first_line(4, 2.2), 2);
}

static void long_paragraphs_are_quick(void **state)
{
    struct fixture *f = *state;
    struct buf text;
    buf_init(&text);
    while (text.length < 4096)
        buf_add_string(&text, ENGLISH);
    const struct text_block *b = lay_out(f, f->engine, text.data, justified(LANG_EN, TEXT_TOTAL_FIT), 300);
    assert_true(b->line_count > 50 && b->line_count < 100);
    buf_drop(&text);
}

/* --- hyphens ---------------------------------------------------------------------------------------------- */

static void words_have_hyphens(void **state)
{
    static const char *const words[] = { "hy-phen-ation", "rep-re-sen-ta-tive", "com-man-der", "ta-ble", "the", "af-ter" };
    (void)state;
    struct diags *diags = diags_new();
    struct hyphens *h = hyphens_new(HYPHENS_ENGLISH);
    assert_true(hyphens_open(h, diags));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char plain[40], marked[80];
        bool places[HYPHENS_WORD_MAX];
        size_t length = 0, n = 0;
        for (const char *p = words[i]; *p; p++)
            if (*p != '-')
                plain[length++] = *p;
        hyphens_find(h, plain, length, places);
        for (size_t k = 0; k < length; k++) {
            marked[n++] = plain[k];
            if (k < HYPHENS_WORD_MAX && places[k])
                marked[n++] = '-';
        }
        marked[n] = '\0';
        assert_string_equal(marked, words[i]);
    }
    assert_int_equal(diags_count(diags), 0);
    hyphens_drop(h);
    diags_drop(diags);
}

static void missing_patterns_are_said(void **state)
{
    (void)state;
    struct diags *diags = diags_new();
    struct hyphens *h = hyphens_new("/nowhere/hyph_en_US.dic");
    assert_false(hyphens_open(h, diags));
    assert_false(hyphens_open(h, diags));
    bool places[HYPHENS_WORD_MAX];
    hyphens_find(h, "hyphenation", 11, places);
    for (size_t i = 0; i < HYPHENS_WORD_MAX; i++)
        assert_false(places[i]);
    struct buf said;
    buf_init(&said);
    diag_format(diags_get(diags, 0), &said);
    assert_string_equal(said.data, "/nowhere/hyph_en_US.dic: warning: [text-hyphens] the hyphenation patterns are not "
                                   "there: no word is hyphenated; install the package hyphen-en-us\n");
    buf_drop(&said);
    hyphens_drop(h);
    diags_drop(diags);
}

/* Names, compounds, abbreviations and numbers stay whole, and short words; nobody who did not ask gets a hyphen. */
static void only_plain_words_are_broken(void **state)
{
    struct fixture *f = *state;
    size_t hyphens = 0;
    for (float width = 100; width < 240; width += 7) {
        struct text_style style = justified(LANG_EN, TEXT_TOTAL_FIT);
        const struct text_block *b = lay_out(f, f->engine, ENGLISH, style, width);
        for (size_t i = 0; i < b->line_count; i++) {
            const struct text_line *l = &b->lines[i];
            hyphens += l->hyphenated;
            assert_true(!l->hyphenated || (!l->continues && l->text[l->length - 1] != '-'));
        }
        style.hyphenate = false;
        b = lay_out(f, f->engine, ENGLISH, style, width);
        for (size_t i = 0; i < b->line_count; i++)
            assert_false(b->lines[i].hyphenated);
        style.hyphenate = true;
        b = lay_out(f, f->engine, "Al-Halbousiyya International-administration UNESCOrepresentative Representatives",
                    style, 190);
        for (size_t i = 0; i < b->line_count; i++)
            assert_false(b->lines[i].hyphenated);
        b = lay_out(f, f->engine, "section\u00A07 section\u00A0\u20681.2\u2069 representatives\u00A0to "
                                  "section\u00A07 section\u00A07 section\u00A07 section\u00A07", style, width);
        for (size_t i = 0; i < b->line_count; i++)
            assert_false(b->lines[i].hyphenated);
    }
    assert_true(hyphens > 20);
}

/* --- kashidas --------------------------------------------------------------------------------------------- */

/* Words with their best place written as "_", none where no kashida may stand. */
static void kashidas_follow_the_rules(void **state)
{
    static const char *const words[] = {
        "كـ_تب",                                                   /* after the writer's own */
        "س_لام", "الص_بر", "حس_ن",                                  /* after seen and sad */
        "محم_د", "حكوم_ة", "كتاب_ه",                                /* before dal, teh marbuta, heh */
        "كت_اب", "مل_ك", "عم_ل",                                    /* before alef, kaf, lam */
        "كب_ير",                                                   /* before a tooth that ra follows */
        "موق_ف",                                                   /* before feh; the last of equals */
        "بح_ث", "عل_ي", "لاج_ئ", "والأح_زاب",                        /* before other final letters; not in lam-alef */
        "من",    "في",   "لا",    "ورد",  "كُتِبَ", "2024", "al-Sudani", /* none */
    };
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char plain[64], marked[64];
        size_t length = 0;
        for (const char *p = words[i]; *p; p++)
            if (*p != '_')
                plain[length++] = *p;
        struct kashida_place places[KASHIDA_PLACES];
        size_t count = kashida_places(plain, length, places), at = count ? places[0].offset : length;
        snprintf(marked, sizeof marked, "%.*s%s%.*s", (int)at, plain, count ? "_" : "", (int)(length - at), plain + at);
        assert_string_equal(marked, words[i]);
    }
}

/* The left edges and widths of what a line's kashidas add, judged against the same line without them. */
static size_t find_stretched(const struct text_line *line, struct fixture *f, struct kashida_spot_seen *out)
{
    struct text_style style = justified(LANG_AR, TEXT_FIRST_FIT);
    style.justify = false;
    const struct text_line *plain = lay_out(f, f->engine, line->text, style, 0)->lines;
    size_t count = 0;
    struct clusters own, without;
    assert_int_equal(clusters_of(plain, &without)->count, clusters_of(line, &own)->count);
    for (uint32_t i = 0; i < own.count; i++) {
        const struct text_cluster *c = &own.items[i], *p = &without.items[i];
        assert_int_equal(c->start, p->start);
        assert_int_equal(c->length, p->length);
        if (c->glyph_count == p->glyph_count)
            continue;
        assert_true(c->glyph_count > p->glyph_count && c->glyph_count <= p->glyph_count + 3);
        out[count++] = (struct kashida_spot_seen){ line->x + c->x, line->x + c->x + c->advance - p->advance };
    }
    return count;
}

static void kashidas_never_stand_above_one_another(void **state)
{
    struct fixture *f = *state;
    size_t all = 0;
    for (float width = 110; width < 240; width += 3) {
        struct kashida_spot_seen above[64], here[64];
        size_t above_count = 0, count;
        const struct text_block *b =
            lay_out(f, f->engine, ARABIC, justified(LANG_AR, (int)width % 2 ? TEXT_FIRST_FIT : TEXT_TOTAL_FIT), width);
        for (size_t i = 0; i < b->line_count; i++) {
            count = find_stretched(&b->lines[i], f, here);
            assert_int_equal(count, b->lines[i].kashidas);
            for (size_t k = 0; k < count; k++)
                for (size_t n = 0; n < above_count; n++)
                    assert_true(here[k].right <= above[n].left + 0.01f || here[k].left >= above[n].right - 0.01f);
            memcpy(above, here, sizeof above);
            above_count = count;
            all += count;
        }
    }
    assert_true(all > 500);
}

/* --- lines ------------------------------------------------------------------------------------------------ */

static float right_edge(const struct text_line *line)
{
    struct text_cluster c = { .x = 0 };
    for (struct text_walk walk = { .line = line }; text_walk_next(&walk, &c);)
        ;
    return c.x + c.advance;
}

static void check_widths(struct fixture *f, enum lang lang, enum text_breaks breaks, float width, size_t *full)
{
    struct text_style style = justified(lang, breaks);
    const char *text = lang == LANG_AR ? ARABIC : ENGLISH;
    const struct text_block *b = lay_out(f, f->engine, text, style, width);
    const struct text_line *last = &b->lines[b->line_count - 1];
    for (size_t i = 0; i < b->line_count; i++) {
        const struct text_line *l = &b->lines[i];
        assert_float_equal(right_edge(l), l->width, 0.01);
        assert_true(l->width <= width + 0.01f);
        assert_memory_equal(text + l->start, l->text, l->length);
        if (l->justified)
            assert_float_equal(l->width, width, 0.01);
        *full += l->justified;
    }
    style.justify = false;
    assert_false(last->justified);
    assert_true(last->spread == 0 && last->kashidas == 0);
    assert_float_equal(last->width, lay_out(f, f->engine, last->text, style, 0)->width, 0.01);
}

static void justified_lines_are_as_wide_as_the_column(void **state)
{
    struct fixture *f = *state;
    size_t full = 0;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        for (int breaks = TEXT_FIRST_FIT; breaks <= TEXT_TOTAL_FIT; breaks++)
            for (float width = 150; width < 400; width += 11)
                check_widths(f, (enum lang)lang, (enum text_breaks)breaks, width, &full);
    assert_true(full > 200);
}

/* A line that only very wide spaces would fill stays short, and no space is wider than 0.55 ems. */
static void spaces_stay_narrow(void **state)
{
    struct fixture *f = *state;
    size_t short_lines = 0;
    for (float width = 40; width < 150; width += 9) {
        const struct text_block *b = lay_out(f, f->engine, "one notwithstanding two responsibilities three four five six",
                                             justified(LANG_EN, TEXT_TOTAL_FIT), width);
        for (size_t i = 0; i < b->line_count; i++) {
            const struct text_line *l = &b->lines[i];
            struct text_cluster c;
            for (struct text_walk walk = { .line = l }; text_walk_next(&walk, &c);)
                assert_true(l->text[c.start] != ' ' || c.advance <= 5.51f);
            short_lines += i + 1 < b->line_count && !l->justified;
        }
    }
    assert_true(short_lines > 0);
    for (size_t i = diags_count(f->diags); i-- > 0;)
        assert_int_equal(diags_get(f->diags, i)->id, DIAG_TEXT_WORD_WIDE);
    diags_drop(f->diags);
    f->diags = diags_new();
}

/* A tie stretches as a space does, but not the one between a figure and its note. */
static void space_before_a_note_keeps_its_width(void **state)
{
    static const char text[] = "some words\xC2\xA0to be stretched 7\xC2\xA0\xE2\x81\xA6" "12\xE2\x81\xA9 and more of them on a second line";
    struct fixture *f = *state;
    const uint32_t note = (uint32_t)(strstr(text, "12") - text);
    const struct text_span span = { note, note + 2, TEXT_SUPERSCRIPT, 1 };
    struct text_style style = justified(LANG_EN, TEXT_FIRST_FIT);
    size_t found = 0;
    for (float width = 150; width < 250; width += 5) {
        const struct text_line *l = text_layout(f->engine, text, (uint32_t)strlen(text), &span, 1, &style, width, NULL,
                                                NULL, f->arena, f->diags)->lines;
        if (!l->justified || l->spread < 5 || l->length <= note)
            continue;
        found++;
        struct text_cluster c;
        for (struct text_walk walk = { .line = l }; text_walk_next(&walk, &c);) {
            if (c.start + c.length + 3 == note) /* an isolate stands between */
                assert_float_equal(c.advance, 2.6, 0.001);
            else if (l->text[c.start] == ' ' || l->text[c.start] == '\xC2')
                assert_true(c.advance > 3);
        }
    }
    assert_true(found > 0);
}

static void assert_same_lines(const struct text_block *a, const struct text_block *b)
{
    assert_int_equal(a->line_count, b->line_count);
    for (size_t i = 0; i < a->line_count; i++) {
        struct clusters of_a, of_b;
        assert_int_equal(clusters_of(&a->lines[i], &of_a)->count, clusters_of(&b->lines[i], &of_b)->count);
        for (uint32_t k = 0; k < of_a.count; k++) {
            const struct text_cluster *c = &of_a.items[k], *d = &of_b.items[k];
            assert_int_equal(c->start, d->start);
            assert_int_equal(c->glyph_count, d->glyph_count);
            assert_true(c->x == d->x && c->advance == d->advance && c->size == d->size && c->face == d->face);
            assert_memory_equal(c->glyphs, d->glyphs, c->glyph_count * sizeof *c->glyphs);
        }
    }
}

/* An engine that has seen everything before gives what a new one gives: also for words that differ only in what
 * stands around them, and at another size. */
static void kept_words_are_as_shaped_anew(void **state)
{
    static const char *const texts[] = { ENGLISH, ARABIC, "هـ", "هـاء", "ه", "(ه)", "لله", "لل", "AV A V", "مقعدًا.2 مقعدًا" };
    struct fixture *f = *state;
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            struct text_engine *fresh = text_engine_new(f->fonts);
            struct text_style style = justified(i ? LANG_AR : LANG_EN, TEXT_TOTAL_FIT);
            style.size += (float)round;
            const struct text_block *anew = lay_out(f, fresh, texts[i], style, 180);
            text_engine_drop(fresh); /* lines outlive it */
            assert_same_lines(anew, lay_out(f, f->engine, texts[i], style, 180));
        }
    }
}

/* Word by word is as HarfBuzz draws the string in one go. */
static void words_are_shaped_as_in_the_string(void **state)
{
    struct fixture *f = *state;
    struct text_style style = { .size = 10, .other_scale = 1, .lang = LANG_AR };
    const struct text_line *l = lay_out(f, f->engine, ARABIC, style, 0)->lines;
    struct clusters all;
    hb_font_t *font = hb_font_create(clusters_of(l, &all)->items[0].face->hb);
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, ARABIC, -1, 0, -1);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(font, buffer, NULL, 0);
    unsigned count, next = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(buffer, &count);
    for (uint32_t i = 0; i < all.count; i++) {
        for (uint32_t k = 0; k < all.items[i].glyph_count; k++, next++) {
            const struct text_glyph *g = &all.items[i].glyphs[k];
            assert_int_equal(g->id, infos[next].codepoint);
            assert_int_equal(g->advance, places[next].x_advance);
        }
    }
    assert_int_equal(next, count);
    hb_buffer_destroy(buffer);
    hb_font_destroy(font);
}

/* --- copying ---------------------------------------------------------------------------------------------- */

static char *write_pdf(struct fixture *f, const struct text_block *b, enum lang lang, const char *folder)
{
    struct scene *s = scene_new();
    scene_set_meta(s, (struct scene_meta){ .title = "Lines", .lang = lang, .date = "2024-02-10",
                                           .binding = lang_dir(lang) });
    scene_page_add(s, 500, 700);
    struct scene_tag *tag = scene_tag_new(s, scene_tag_root(s), TAG_P);
    scene_tag_begin(s, 0, tag);
    for (size_t i = 0; i < b->line_count; i++)
        scene_text(s, 0, &b->lines[i], 50 + b->lines[i].x, 50 + 20 * (float)i);
    scene_tag_end(s, 0);
    struct buf pdf;
    buf_init(&pdf);
    assert_true(pdf_write(s, f->fonts, &pdf, f->diags));
    char *path = text_join(folder, "copy.pdf");
    file_write(path, pdf.data, pdf.length);
    buf_drop(&pdf);
    scene_drop(s);
    return path;
}

static char *copy_from(const char *path, bool mutool)
{
    const char *const poppler[] = { "pdftotext", "-enc", "UTF-8", path, "-", NULL };
    const char *const draw[] = { "mutool", "draw", "-q", "-F", "stext", path, NULL };
    struct outcome o = program_run(mutool ? draw : poppler, NULL);
    assert_int_equal(o.code, 0);
    char *visual = mutool ? stext_lines(o.out) : strdup(o.out), *raw = mutool ? lines_inverse_bidi(visual) : strdup(visual);
    char *text = lines_normalise(raw);
    free(visual);
    free(raw);
    outcome_drop(&o);
    return text;
}

static void copied_text_is_the_text(void **state)
{
    struct fixture *f = *state;
    char *folder = tree_new();
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        size_t stretched = 0;
        const struct text_block *b = lay_out(f, f->engine, lang == LANG_AR ? ARABIC : ENGLISH,
                                             justified((enum lang)lang, TEXT_FIRST_FIT), lang == LANG_AR ? 170 : 140);
        char *path = write_pdf(f, b, (enum lang)lang, folder);
        for (int mutool = 0; mutool < 2; mutool++) {
            char *got = copy_from(path, mutool);
            for (size_t i = 0; i < b->line_count; i++) {
                char *want = lines_normalise(b->lines[i].text);
                assert_true(lines_hold(got, want));
                stretched += b->lines[i].kashidas + b->lines[i].hyphenated;
                free(want);
            }
            assert_null(strchr(got, '-'));
            assert_null(strstr(got, "\xC2\xAD"));
            assert_null(strstr(got, "\xD9\x80"));
            free(got);
        }
        assert_true(stretched > 2);
        free(path);
    }
    tree_remove(folder);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(total_fit_is_the_best_of_all),
        cmocka_unit_test(no_line_is_torn_for_a_last_one_that_is_hardly_lost),
        TEST(long_paragraphs_are_quick),
        cmocka_unit_test(words_have_hyphens),
        cmocka_unit_test(missing_patterns_are_said),
        TEST(only_plain_words_are_broken),
        cmocka_unit_test(kashidas_follow_the_rules),
        TEST(kashidas_never_stand_above_one_another),
        TEST(justified_lines_are_as_wide_as_the_column),
        TEST(spaces_stay_narrow),
        TEST(space_before_a_note_keeps_its_width),
        TEST(kept_words_are_as_shaped_anew),
        TEST(words_are_shaped_as_in_the_string),
        TEST(copied_text_is_the_text),
    };
    return cmocka_run_group_tests_name("justified text", tests, NULL, NULL);
}
