/*
 * Text layout and font definitions: what breaks where, in which order, with which faces; and what is said of
 * text and fonts that cannot be set.
 */
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "support/clusters.h"
#include "support/lines.h"
#include "support/program.h"
#include "text/text.h"

struct fixture {
    struct diags *diags;
    struct font_set *fonts;
    struct text_engine *engine;
    struct arena *arena;
};

static const struct text_style english = {
    .size = 10, .other_scale = 1.15f, .rgb = 0x222222, .lang = LANG_EN,
};
static const struct text_style arabic = {
    .size = 12, .other_scale = 0.85f, .rgb = 0x222222, .lang = LANG_AR,
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
    text_engine_drop(f->engine);
    font_set_drop(f->fonts);
    arena_drop(f->arena);
    diags_drop(f->diags);
    free(f);
    return 0;
}

static struct place line_seven(const void *context, uint32_t offset)
{
    return (struct place){ .file = context, .line = 7, .col = offset + 1 };
}

static const struct text_block *lay_out(struct fixture *f, const char *text, const struct text_style *style,
                                        float width)
{
    return text_layout(f->engine, text, (uint32_t)strlen(text), NULL, 0, style, width, line_seven, "ar.md",
                       f->arena, f->diags);
}

static const char *repeat(struct arena *arena, const char *words, size_t times)
{
    struct buf all;
    buf_init(&all);
    while (times-- > 0)
        buf_add_string(&all, words);
    const char *text = arena_string(arena, all.data);
    buf_drop(&all);
    return text;
}

static void assert_said(const struct diags *diags, const char *expected)
{
    struct buf said;
    buf_init(&said);
    for (size_t i = 0; i < diags_count(diags); i++)
        diag_format(diags_get(diags, i), &said);
    assert_string_equal(said.data, expected);
    buf_drop(&said);
}

/* --- lines --- */

static void lines_break_at_spaces(void **state)
{
    static const char *const expected[] = { "The lists of the", "Coordination", "Framework won." };
    const char *text = "The lists of the Coordination Framework won.";
    const struct text_block *b = lay_out(*state, text, &english, 90);
    assert_int_equal(b->line_count, 3);
    float widest = 0;
    for (size_t i = 0; i < 3; i++) {
        const struct text_line *l = &b->lines[i];
        assert_string_equal(l->text, expected[i]);
        assert_int_equal(l->length, strlen(expected[i]));
        assert_memory_equal(text + l->start, l->text, l->length);
        assert_true(l->width > 40 && l->width <= 90);
        assert_true(l->x == 0);
        widest = l->width > widest ? l->width : widest;
    }
    assert_true(b->width == widest);
    assert_said(((struct fixture *)*state)->diags, "");
}

/* At every width: no line ends at a hyphen, none begins with a note's number, and the last is not a scrap. */
static void what_belongs_together_stays(void **state)
{
    const char *text = "The prime minister, al-Sudani, met the commander-in-chief in the capital.12 He said so again.";
    const uint32_t note = (uint32_t)(strstr(text, "12") - text);
    const struct text_span span = { note, note + 2, TEXT_SUPERSCRIPT, 1 };
    struct fixture *f = *state;
    for (float width = 170; width < 420; width += 3) {
        const struct text_block *b = text_layout(f->engine, text, (uint32_t)strlen(text), &span, 1, &english, width,
                                                 NULL, NULL, f->arena, f->diags);
        for (size_t i = 0; i < b->line_count; i++) {
            assert_true(b->lines[i].text[b->lines[i].length - 1] != '-');
            assert_true(b->lines[i].start != note);
        }
        if (b->line_count > 1 && width > 18 * english.size)
            assert_true(b->lines[b->line_count - 1].length >= 8);
    }
    assert_said(f->diags, "");
}

/* Years and signs alone tell a reader of the file no direction. */
static void a_last_line_has_letters(void **state)
{
    const char *text = "تتركز الضربات والعقوبات في المنطقة كلها خلال عامي 2020 و2024";
    const size_t words = (size_t)(strstr(text, "عامي") - text);
    for (float width = 19 * arabic.size; width < 26 * arabic.size; width += 2) {
        const struct text_block *b = lay_out(*state, text, &arabic, width);
        if (b->line_count > 1)
            assert_true(b->lines[b->line_count - 1].start <= words);
    }
    assert_said(((struct fixture *)*state)->diags, "");
}

/* No line of the text ends at one of its ties (a space written "_"); the lines are fewer than one more than needed. */
static void assert_ties_hold(struct fixture *f, const char *written, const struct text_style *style)
{
    struct text_style even = *style;
    char text[400];
    size_t parted = 0;
    even.breaks = TEXT_TOTAL_FIT;
    snprintf(text, sizeof text, "%s", written);
    for (char *p = text; *p; p++)
        *p = *p == '_' ? ' ' : *p;
    for (float width = 19 * style->size; width < 40 * style->size; width += 3) {
        const struct text_block *first = lay_out(f, text, style, width), *b = lay_out(f, text, &even, width);
        for (size_t i = 1; i < b->line_count; i++)
            parted += written[b->lines[i].start - 1] == '_';
        assert_true(b->line_count <= first->line_count + 1);
    }
    assert_int_equal(parted, 0);
}

static void numbers_stay_with_what_they_count(void **state)
{
    assert_ties_hold(*state,
                     "The vote of 18_December 2023 gave the lists 101_seats of 285_seats in Table_4 and a_share of "
                     "35.4_points, 2,500_soldiers stayed; in 2020 the others left, on 4_February they came back.",
                     &english);
    assert_ties_hold(*state,
                     "في 18_كانون الأول 2023 نالت القوائم 101_مقعد من أصل 285_مقعدًا وفق الجدول_4 وفازت "
                     "بـ42_مقعدًا، وبقي 2,500_جندي؛ وفي عام 2020 رحل الآخرون ثم عادوا في 4_شباط من العام نفسه.",
                     &arabic);
    assert_said(((struct fixture *)*state)->diags, "");
}

/* Justified too, where a looser line costs more than what is tied; in narrow columns a name may break, between words. */
static void names_of_months_stay_whole(void **state)
{
    static const char *const words[] = { "كانون ", "تشرين ", "الأول/", "الثاني/", "شباط/" };
    const char *text = "جرى الاقتراع في 18 كانون الأول/ديسمبر 2023 وأعلنت النتائج في 28 كانون الثاني/يناير، ثم عقدت الجلسة "
                       "الأولى في شباط/فبراير وبعدها في \u2068تشرين الثاني\u2069 ولا سيما منذ تشرين الأول، من العام نفسه.";
    size_t parted_in_narrow = 0;
    for (int i = 0; i < 300; i++) {
        float width = (5 + (float)i / 10) * arabic.size;
        struct text_style style = arabic;
        style.breaks = i % 2 ? TEXT_TOTAL_FIT : TEXT_FIRST_FIT;
        style.justify = i % 4 > 1;
        const struct text_block *b = lay_out(*state, text, &style, width);
        size_t parted = 0;
        for (size_t k = 1; k < b->line_count; k++)
            for (size_t w = 0; w < sizeof words / sizeof *words; w++)
                parted += b->lines[k].start >= strlen(words[w]) &&
                          !memcmp(text + b->lines[k].start - strlen(words[w]), words[w], strlen(words[w]));
        if (width > 18 * arabic.size)
            assert_int_equal(parted, 0);
        parted_in_narrow += parted;
    }
    assert_true(parted_in_narrow > 0);
    assert_said(((struct fixture *)*state)->diags, "");
}

/* Behind every second word a note: its number counts nothing, and lines end behind it as they do elsewhere. */
static void numbers_of_notes_are_not_tied(void **state)
{
    enum { WORDS = 60 };
    struct fixture *f = *state;
    struct text_style even = arabic;
    struct text_span spans[WORDS];
    struct buf text;
    size_t count = 0, behind = 0, ends = 0;
    even.breaks = TEXT_TOTAL_FIT;
    buf_init(&text);
    for (size_t i = 0; i < WORDS; i++) {
        buf_add(&text, "المدينة", strlen("المدينة"));
        if (i % 2) {
            spans[count++] = (struct text_span){ (uint32_t)text.length, (uint32_t)text.length + 1, TEXT_SUPERSCRIPT, 1 };
            buf_add_char(&text, '5');
        }
        buf_add_char(&text, ' ');
    }
    for (float width = 19 * arabic.size; width < 40 * arabic.size; width += 3) {
        const struct text_block *b = text_layout(f->engine, text.data, (uint32_t)text.length, spans, count, &even,
                                                 width, NULL, NULL, f->arena, f->diags);
        for (size_t i = 1; i < b->line_count; i++, ends++)
            behind += text.data[b->lines[i].start - 2] == '5';
    }
    assert_true(behind * 3 > ends);
    buf_drop(&text);
    assert_said(f->diags, "");
}

/* A dash or a dot between two parts stands behind the first of them. */
static void separators_begin_no_line(void **state)
{
    const char *text = "Sources of the data · Attacks on forces – dated events · Provincial councils "
                       "— others";
    for (float width = 60; width < 300; width += 3) {
        const struct text_block *b = lay_out(*state, text, &english, width);
        for (size_t i = 0; i < b->line_count; i++)
            assert_true((unsigned char)b->lines[i].text[0] < 0x80);
    }
    for (float width = 190; width < 400; width += 3) { /* nor ends one, where there is room */
        struct text_style even = english;
        even.breaks = TEXT_TOTAL_FIT;
        const struct text_block *b = lay_out(*state, text, &even, width);
        for (size_t i = 0; i < b->line_count; i++)
            assert_false(b->lines[i].length > 2 &&
                         memcmp(b->lines[i].text + b->lines[i].length - 2, "·", 2) == 0);
    }
    assert_said(((struct fixture *)*state)->diags, "");
}

/* In a narrow column no line is spent on what is tied. */
static void narrow_columns_take_no_line_more(void **state)
{
    const char *text = "banks barred from dollars on 4 February 2024 with 101 seats and 12 others of 300 in a row";
    struct text_style even = english;
    even.breaks = TEXT_TOTAL_FIT;
    for (float width = 50; width < 180; width += 2)
        assert_int_equal(lay_out(*state, text, &even, width)->line_count,
                         lay_out(*state, text, &english, width)->line_count);
    assert_said(((struct fixture *)*state)->diags, "");
}

/* The shortest line of a ragged paragraph, but for the last, as a share of the width. */
static double shortest(const struct text_block *b, float width)
{
    double least = 1;
    for (size_t i = 0; i + 1 < b->line_count; i++)
        least = (double)(b->lines[i].width / width) < least ? (double)(b->lines[i].width / width) : least;
    return least;
}

static void ragged_lines_are_of_about_one_length(void **state)
{
    const char *text = "Baghdad and Washington are negotiating the future of the coalition’s mission; the texts "
                       "disagree on the aim of the talks and on how many troops they concern, extraordinarily so.";
    struct text_style even = english;
    size_t better = 0, worse = 0;
    even.breaks = TEXT_TOTAL_FIT;
    for (float width = 190; width < 300; width += 2) {
        const struct text_block *first = lay_out(*state, text, &english, width);
        const struct text_block *total = lay_out(*state, text, &even, width);
        assert_int_equal(total->line_count, first->line_count);
        float last = total->lines[total->line_count - 1].width;
        better += shortest(total, width) > shortest(first, width) ||
                  last > first->lines[first->line_count - 1].width;
        worse += shortest(total, width) < 0.7;
    }
    assert_true(better > 20);
    assert_int_equal(worse, 0);
    assert_said(((struct fixture *)*state)->diags, "");
}

static void line_separator_breaks(void **state)
{
    const struct text_block *b = lay_out(*state, "one\xE2\x80\xA8two", &english, 0);
    assert_int_equal(b->line_count, 2);
    assert_string_equal(b->lines[0].text, "one");
    assert_string_equal(b->lines[1].text, "two");
    assert_int_equal(b->lines[1].start, 6);
    assert_int_equal(clusters_of(&b->lines[1], &(struct clusters){ .count = 0 })->count, 3);
}

static void empty_text_has_an_empty_line(void **state)
{
    const struct text_block *b = lay_out(*state, "", &arabic, 100);
    assert_int_equal(b->line_count, 1);
    assert_int_equal(b->lines[0].piece_count, 0);
    assert_int_equal(b->lines[0].dir, DIR_RTL);
    assert_true(b->lines[0].ascent > 6 && b->lines[0].descent > 2);
}

static void lines_are_aligned_by_direction(void **state)
{
    static const struct {
        const struct text_style *style;
        enum text_align align;
        float share;
    } cases[] = {
        { &english, TEXT_START, 0 }, { &english, TEXT_CENTRE, 0.5f }, { &english, TEXT_END, 1 },
        { &arabic, TEXT_START, 1 },  { &arabic, TEXT_CENTRE, 0.5f },  { &arabic, TEXT_END, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text_style style = *cases[i].style;
        style.align = cases[i].align;
        const struct text_line *l = lay_out(*state, "285", &style, 200)->lines;
        assert_float_equal(l->x, (200 - l->width) * cases[i].share, 0.001);
    }
}

/* --- clusters --- */

static void clusters_stand_in_visual_order(void **state)
{
    const struct text_line *l = lay_out(*state, "من 35", &arabic, 0)->lines;
    static const struct {
        const char *text;
        int level;
    } expected[] = {
        { "3", 2 }, { "5", 2 }, { " ", 1 }, { "ن", 1 }, { "م", 1 },
    };
    struct clusters all;
    assert_int_equal(clusters_of(l, &all)->count, 5);
    float x = 0;
    for (uint32_t i = 0; i < 5; i++) {
        const struct text_cluster *c = &all.items[i];
        assert_int_equal(c->length, strlen(expected[i].text));
        assert_memory_equal(l->text + c->start, expected[i].text, c->length);
        assert_int_equal(c->level, expected[i].level);
        assert_float_equal(c->x, x, 0.001);
        x += c->advance;
    }
    assert_float_equal(l->width, x, 0.001);
}

static void isolates_have_no_ink(void **state)
{
    const struct text_line *l = lay_out(*state,
                                        "a\xE2\x81\xA6"
                                        "b\xE2\x81\xA9",
                                        &english, 0)
                                    ->lines;
    struct clusters all;
    assert_int_equal(clusters_of(l, &all)->count, 4);
    assert_null(all.items[1].face);
    assert_true(all.items[1].advance == 0);
    assert_int_equal(all.items[2].level, 2);
}

/* UAX #9 knows 125 levels; isolates in further ones keep the level around them. */
static void isolates_nest_to_a_limit(void **state)
{
    struct fixture *f = *state;
    const char *text = "";
    unsigned deepest = 0;
    for (int i = 0; i < 300; i++)
        text = arena_printf(f->arena, "%s%s", text, i % 2 ? "\u2067\u0628" : "\u2066a");
    struct clusters all;
    clusters_of(lay_out(f, text, &arabic, 0)->lines, &all);
    for (size_t i = 0; i < all.count; i++)
        deepest = all.items[i].level > deepest ? all.items[i].level : deepest;
    assert_in_range(deepest, 120, 126);
}

/* A text that is longer takes so much longer to set, and no more. */
static void long_texts_take_their_time(void **state)
{
    struct fixture *f = *state;
    const clock_t begun = clock();
    struct text_style style = english;
    style.breaks = TEXT_TOTAL_FIT;
    assert_true(lay_out(f, repeat(f->arena, "a/", 60000), &style, 200)->line_count > 100);
    assert_true(lay_out(f, arena_printf(f->arena, "\u0639, %s", repeat(f->arena, "1 ", 120000)), &style,
                        200)->line_count > 100);
    assert_true((clock() - begun) / CLOCKS_PER_SEC < 10);
}

/* Of a word in many scripts no more is kept than of many words, and its beginning is shown once. */
static void a_long_word_takes_little(void **state)
{
    struct fixture *f = *state;
    lay_out(f, repeat(f->arena, "ab\u0628\u0628", 10000), &english, 200);
    struct mallinfo2 used = mallinfo2();
    assert_true(used.uordblks + used.hblkhd < (size_t)100 << 20);
    assert_int_equal(diags_count(f->diags), 1);
    assert_in_range(strlen(diags_get(f->diags, 0)->message), 96, 200);
}

/* What stands in one isolate changes nothing in the next. */
static void isolates_know_nothing_of_each_other(void **state)
{
    static const struct {
        const char *text, *drawn;
    } cases[] = {
        { "⁨البرج⁩ ⁦12-15⁩", "12-15 جربلا" },
        { "⁨البرج⁩ (⁦35.4%⁩)", ")35.4%( جربلا" },
        { "⁧٣٫٥⁩ ⁦+964 77⁩", "+964 77 ٣٫٥" },
        { "⁧٣٫٥٪⁩ (⁧٪⁩)", ")٪( ٪٣٫٥" },
        { "⁦A⁩ ⁧⁦1⁩، ⁦2⁩⁩ ⁦B⁩", "B 2 ،1 A" },
        { "⁦1⁩ ⁨أب ⁦2-3⁩ ⁨C D⁩⁩ ⁦4%⁩", "4% C D 2-3 بأ 1" },
        { "\xE2\x81\xA6""1\xE2\x81\xA9\xE2\x81\xA9 \xE2\x81\xA6""2-3", "2-3 1" }, /* closed twice; not closed */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct text_line *l = lay_out(*state, cases[i].text, &arabic, 0)->lines;
        char *drawn = lines_drawn(l), *ordered = lines_ordered(l);
        assert_string_equal(drawn, cases[i].drawn);
        assert_string_equal(ordered, cases[i].drawn);
        free(drawn);
        free(ordered);
    }
}

/* A number keeps what belongs to it, in Arabic; and in English what punctuation parts from Arabic words is not theirs. */
static void numbers_stay_whole(void **state)
{
    static const struct {
        const struct text_style *style;
        const char *text, *drawn;
    } cases[] = {
        { &arabic, "أب 35.4%", "35.4% بأ" },
        { &arabic, "أب +5% جد -3%.", ".-3% دج +5% بأ" },
        { &arabic, "أب (\xE2\x88\x92" "7.5%)", ")\xE2\x88\x92" "7.5%( بأ" },
        { &arabic, "أب: 0770-123-4567", "0770-123-4567 :بأ" },
        { &arabic, "أب 2025-12-29", "2025-12-29 بأ" },
        { &arabic, "أب 10-15", "15-10 بأ" }, /* a range */
        { &arabic, "2- أب", "بأ -2" },
        { &arabic, "أب $27bn و45°C.", ".45°Cو $27bn بأ" },
        { &arabic, "أب £2,050 و$5", "$5و £2,050 بأ" },
        { &arabic, "أب -€5 (₪7)", ")₪7( -€5 بأ" },
        { &arabic, "أب €1.5–€2.0", "€2.0–€1.5 بأ" },
        { &english, "In أب, 12 May", "In بأ, 12 May" },
        { &english, "45 (أب), 12 (جد), 3 x", "45 (بأ), 12 (دج), 3 x" },
        { &english, "x.org/أب/2024", "x.org/بأ/2024" },
        { &english, "See أب 3 and", "See 3 بأ and" },          /* theirs */
        { &english, "In أب، 13 جد, was", "In دج 13 ،بأ, was" }, /* they go on */
        { &english, "\xE2\x81\xA8أب, 12\xE2\x81\xA9 and", "12 ,بأ and" }, /* inside an isolate */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *drawn = lines_drawn(lay_out(*state, cases[i].text, cases[i].style, 0)->lines);
        assert_string_equal(drawn, cases[i].drawn);
        free(drawn);
    }
}

/* "35.4%" in Arabic comes whole from the other face, at its scale; the full stop of a sentence does not. */
static void scripts_have_faces_and_sizes(void **state)
{
    struct fixture *f = *state;
    const struct text_line *l = lay_out(f,
                                        "\xE2\x81\xA6"
                                        "35.4%\xE2\x81\xA9 من.",
                                        &arabic, 0)
                                    ->lines;
    struct text_cluster c;
    for (struct text_walk walk = { .line = l }; text_walk_next(&walk, &c);) {
        if (!c.face)
            continue;
        bool other = strchr("345%", l->text[c.start]) || (l->text[c.start] == '.' && c.level == 2);
        assert_string_equal(c.face->postscript_name,
                            other ? "NotoSerif-Regular" : "NotoNaskhArabic-Regular");
        assert_float_equal(c.size, other ? 12 * 0.85 : 12, 0.01);
    }
}

static void spans_set_weight_colour_and_height(void **state)
{
    struct fixture *f = *state;
    const struct text_span spans[] = {
        { 0, 2, TEXT_WEIGHT, WEIGHT_BOLD },
        { 1, 3, TEXT_COLOUR, 0xA00000 },
        { 2, 3, TEXT_SUPERSCRIPT, 1 },
    };
    const struct text_line *l =
        text_layout(f->engine, "abc", 3, spans, 3, &english, 0, NULL, NULL, f->arena, f->diags)->lines;
    struct clusters all;
    const struct text_cluster *c = clusters_of(l, &all)->items;
    assert_int_equal(all.count, 3);
    assert_string_equal(c[0].face->postscript_name, "NotoSerif-Bold");
    assert_string_equal(c[2].face->postscript_name, "NotoSerif-Regular");
    assert_int_equal(c[0].rgb, 0x222222);
    assert_int_equal(c[1].rgb, 0xA00000);
    assert_true(c[1].rise == 0 && c[2].rise > 2);
    assert_true(c[1].size == 10 && c[2].size < 7);
}

/* --- italics --- */

/* Slants what the first pair of '~' in the text holds, in bold where `weight` says so. */
static const struct text_line *slant(struct fixture *f, struct text_engine *engine, const char *written,
                                     enum font_weight weight, const struct text_style *style)
{
    char text[200];
    snprintf(text, sizeof text, "%s", written);
    char *start = strchr(text, '~'), *end;
    memmove(start, start + 1, strlen(start));
    end = strchr(start, '~');
    memmove(end, end + 1, strlen(end));
    const struct text_span spans[] = {
        { 0, (uint32_t)strlen(text), TEXT_WEIGHT, weight },
        { (uint32_t)(start - text), (uint32_t)(end - text), TEXT_SLANT, 0x0B5563 },
    };
    return text_layout(engine, text, (uint32_t)strlen(text), spans, 2, style, 0, NULL, NULL, f->arena, f->diags)->lines;
}

/* The cluster that the word begins with. */
static struct text_cluster cluster_of(const struct text_line *l, const char *word)
{
    const uint32_t start = (uint32_t)(strstr(l->text, word) - l->text);
    struct text_cluster c;
    for (struct text_walk walk = { .line = l }; text_walk_next(&walk, &c);)
        if (c.start == start && c.face)
            return c;
    fail_msg("%s has no glyph of its own", word);
    return c;
}

static void assert_drawn(const struct text_line *l, const char *word, const char *face, uint32_t rgb)
{
    const struct text_cluster c = cluster_of(l, word);
    assert_string_equal(c.face->postscript_name, face);
    assert_int_equal(c.rgb, rgb);
}

static void slanted_words_take_the_italic_of_their_face(void **state)
{
    struct fixture *f = *state;
    const struct text_line *l = slant(f, f->engine, "read ~Al-Mada 12~, a daily", WEIGHT_REGULAR, &english);
    assert_drawn(l, "read", "NotoSerif-Regular", 0x222222);
    assert_drawn(l, "Al", "NotoSerif-Italic", 0x222222);
    assert_drawn(l, "12", "NotoSerif-Italic", 0x222222);
    assert_drawn(l, ",", "NotoSerif-Regular", 0x222222);
    l = slant(f, f->engine, "read ~Al-Mada~, a daily", WEIGHT_BOLD, &english);
    assert_drawn(l, "read", "NotoSerif-Bold", 0x222222);
    assert_drawn(l, "Al", "NotoSerif-BoldItalic", 0x222222);
    struct text_style data = english;
    data.role = FONT_DATA;
    assert_drawn(slant(f, f->engine, "~Al-Mada~", WEIGHT_REGULAR, &data), "Al", "NotoSans-Italic", 0x222222);
    assert_said(f->diags, "");
}

/* Arabic has no italics; and a sign that the italic lacks keeps the word upright that it stands in. */
static void what_has_no_italic_stays_upright(void **state)
{
    struct fixture *f = *state;
    const struct text_line *l = slant(f, f->engine, "~Al-Mada المدى daily~", WEIGHT_REGULAR, &english);
    assert_drawn(l, "Al", "NotoSerif-Italic", 0x222222);
    assert_drawn(l, "المدى", "NotoNaskhArabic-Regular", 0x0B5563);
    assert_drawn(l, "daily", "NotoSerif-Italic", 0x222222);
    l = slant(f, f->engine, "~from → to⸮ there~", WEIGHT_REGULAR, &english);
    assert_drawn(l, "from", "NotoSerif-Italic", 0x222222);
    assert_drawn(l, "→", "NotoSansMath-Regular", 0x222222);
    assert_drawn(l, "there", "NotoSerif-Italic", 0x222222);
}

static void a_glyph_that_is_missing_in_italics_is_said_once(void **state)
{
    struct fixture *f = *state;
    slant(f, f->engine, "a ~b 中 c~", WEIGHT_REGULAR, &english);
    assert_said(f->diags, "error: [text-glyph-missing] no font has U+4E2D of '中'; write it with another character, or "
                          "list a family that has it\n");
}

/* The same word in both faces, twice: neither is taken for the other. */
static void words_are_kept_by_face(void **state)
{
    struct fixture *f = *state;
    float upright = lay_out(f, "Al-Mada", &english, 0)->width, slanted = 0;
    for (int i = 0; i < 2; i++) {
        const struct text_line *l = slant(f, f->engine, "~Al-Mada~", WEIGHT_REGULAR, &english);
        assert_true(slanted == 0 || l->width == slanted);
        slanted = l->width;
        assert_true(lay_out(f, "Al-Mada", &english, 0)->width == upright);
    }
    assert_true(slanted != upright);
}

/* Its ink may not reach into what stands upright behind it; before stops it does no harm. */
static void a_leaning_letter_gets_room(void **state)
{
    struct fixture *f = *state;
    const float alone = cluster_of(slant(f, f->engine, "~of~", WEIGHT_REGULAR, &english), "f").advance;
    static const char *const tight[] = { "~of~)", "~of~”", "~of~]", "~of~!" },
                            *const free_of[] = { "~of~.", "~of~,", "~of~;", "~of~ it" };
    for (size_t i = 0; i < sizeof tight / sizeof *tight; i++)
        assert_true(cluster_of(slant(f, f->engine, tight[i], WEIGHT_REGULAR, &english), "f").advance > alone + 0.2f);
    for (size_t i = 0; i < sizeof free_of / sizeof *free_of; i++)
        assert_true(cluster_of(slant(f, f->engine, free_of[i], WEIGHT_REGULAR, &english), "f").advance <= alone + 0.01f);
}

/* Broken, hyphenated and justified as upright words are; what was slanted before the break is so behind it. */
static void slanted_words_break(void **state)
{
    struct fixture *f = *state;
    const char *text = "The apportionment of representatives notwithstanding, the constitutional arrangements continue.";
    struct text_style style = english;
    style.justify = style.hyphenate = true;
    style.breaks = TEXT_TOTAL_FIT;
    const struct text_span span = { 4, (uint32_t)strlen(text), TEXT_SLANT, 0 };
    size_t hyphens = 0;
    for (float width = 90; width < 200; width += 10) {
        const struct text_block *b = text_layout(f->engine, text, (uint32_t)strlen(text), &span, 1, &style, width, NULL,
                                                 NULL, f->arena, f->diags);
        assert_true(b->line_count > 2);
        for (size_t i = 0; i < b->line_count; i++) {
            struct text_cluster c;
            hyphens += b->lines[i].hyphenated;
            assert_true(b->lines[i].width <= width + 0.05f);
            for (struct text_walk walk = { .line = &b->lines[i] }; text_walk_next(&walk, &c);)
                assert_true(!c.face || (c.face->upright != NULL) == (b->lines[i].start + c.start >= 4));
        }
    }
    assert_true(hyphens > 2);
}

/* --- what is kept --- */

static void short_strings_are_laid_out_once(void **state)
{
    struct fixture *f = *state;
    const struct text_block *first = lay_out(f, "285 seats", &english, 200);
    struct text_style bold = english;
    bold.weight = WEIGHT_BOLD;
    assert_ptr_equal(lay_out(f, "285 seats", &english, 200), first);
    assert_ptr_not_equal(lay_out(f, "285 seat", &english, 200), first);
    assert_ptr_not_equal(lay_out(f, "285 seats", &english, 30), first);
    assert_ptr_not_equal(lay_out(f, "285 seats", &arabic, 200), first);
    assert_ptr_not_equal(lay_out(f, "285 seats", &bold, 200), first);
    const struct text_span red = { 0, 3, TEXT_COLOUR, 0xA00000 };
    assert_ptr_not_equal(text_layout(f->engine, "285 seats", 9, &red, 1, &english, 200, NULL, NULL, f->arena, f->diags),
                         first);
}

/* The sanitizers see whether lines lead into memory that is gone. */
static void lines_outlive_what_is_forgotten(void **state)
{
    struct fixture *f = *state;
    struct arena *passing = arena_new();
    const struct text_block *kept = lay_out(f, "285 seats", &english, 200), *again;
    char text[16];
    for (int i = 0; i < 40000; i++) {
        uint32_t length = (uint32_t)snprintf(text, sizeof text, "%d", i);
        text_layout(f->engine, text, length, NULL, 0, &english, 0, NULL, NULL, passing, f->diags);
        if (i % 1000 == 0)
            arena_clear(passing);
    }
    arena_drop(passing);
    again = lay_out(f, "285 seats", &english, 200);
    assert_ptr_not_equal(again, kept);
    struct clusters now, then;
    assert_int_equal(clusters_of(again->lines, &now)->count, clusters_of(kept->lines, &then)->count);
    for (uint32_t i = 0; i < now.count; i++)
        assert_memory_equal(now.items[i].glyphs, then.items[i].glyphs,
                            now.items[i].glyph_count * sizeof *now.items[i].glyphs);
}

/* --- what cannot be set --- */

static void missing_glyph_is_placed_and_said_once(void **state)
{
    struct fixture *f = *state;
    const struct text_line *l = lay_out(f, "ab名c d", &english, 0)->lines;
    lay_out(f, "ab名c d", &english, 50);
    assert_null(clusters_of(l, &(struct clusters){ .count = 0 })->items[2].face);
    assert_said(f->diags, "ar.md:7:3: error: [text-glyph-missing] no font has U+540D of 'ab名c'; write it with another "
                          "character, or list a family that has it\n");
}

static void missing_glyph_is_said_of_each_place(void **state)
{
    static const char *const files[] = { "ar.md", "ar.md", "en.md" };
    struct fixture *f = *state;
    for (int i = 0; i < 3; i++)
        text_layout(f->engine, "名", 3, NULL, 0, &english, 0, line_seven, files[i], f->arena, f->diags);
    assert_said(f->diags, "ar.md:7:1: error: [text-glyph-missing] no font has U+540D of '名'; write it with another "
                          "character, or list a family that has it\n"
                          "en.md:7:1: error: [text-glyph-missing] no font has U+540D of '名'; write it with another "
                          "character, or list a family that has it\n");
}

/* A PDF/UA file may give out neither: 7.21.7-2 for U+FEFF, PDF/A 6.2.11.7.3-1 for private use. */
static void characters_without_meaning_are_refused(void **state)
{
    static const char *const words[] = { "\uFEFF", "b\uE000b", "bb\uF8FFb", "bbb\U000F0000b", "bbbb\U0010FFFD" };
    static const unsigned codes[] = { 0xFEFF, 0xE000, 0xF8FF, 0xF0000, 0x10FFFD };
    struct fixture *f = *state;
    char expected[1000] = "";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_int_equal(lay_out(f, words[i], &english, 0)->lines[0].piece_count, 0);
        sprintf(expected + strlen(expected), "ar.md:7:%zu: error: [utf8-bad] the character U+%04X may not stand in "
                "a text; take it out\n", i + 1, codes[i]);
        lay_out(f, words[i], &english, 50); /* measured again: said once */
    }
    assert_said(f->diags, expected);
}

static void too_many_marks_are_refused(void **state)
{
    struct fixture *f = *state;
    char text[200] = "م";
    for (int i = 0; i < 33; i++)
        strcat(text, "َ");
    assert_int_equal(lay_out(f, text, &arabic, 0)->lines[0].piece_count, 0);
    assert_said(f->diags,
                "ar.md:7:67: error: [text-marks] more than 32 combining marks follow each other; a letter "
                "carries a few\n");
}

static void wide_word_is_broken_with_a_warning(void **state)
{
    struct fixture *f = *state;
    const struct text_block *b = lay_out(f, "an abcdefghijklmnopqrst", &english, 40);
    assert_true(b->line_count > 3);
    for (size_t i = 0; i < b->line_count; i++)
        assert_true(b->lines[i].width <= 40.01f);
    assert_said(f->diags,
                "ar.md:7:4: warning: [text-word-wide] 'abcdefghijklmnopqrst' is wider than its column and was "
                "broken; shorten it, or put a space into it\n");
    assert_int_equal(diags_errors(f->diags), 0);
}

/* An address has no blanks. Its lines end behind a slash or before a mark that parts its words, never behind the scheme
 * or in a word, and nobody is told to put a space into it. */
static void address_is_broken_at_its_marks(void **state)
{
    static const char address[] = "https://example.org/archive/issue-97/rounding_and_largest_remainders-note.html?"
                                  "version=0.3.4&lang=en#section-two";
    struct fixture *f = *state;
    const char *text = arena_printf(f->arena, "See %s.", address);
    for (int width = 80; width < 300; width += 20) {
        const struct text_block *b = lay_out(f, text, &english, (float)width);
        for (size_t i = 1; i < b->line_count; i++) {
            const char *at = b->lines[i].text;
            if (strncmp(at, "https", 5) == 0)
                continue;
            char before = b->lines[i - 1].text[b->lines[i - 1].length - 1];
            assert_true(before == '/' || strchr(".-_?&=#", *at));
            assert_string_not_equal(b->lines[i - 1].text, "https://");
            assert_true(b->lines[i].width <= (float)width + 0.01f);
        }
    }
    assert_int_equal(diags_count(f->diags), 0);
}

/* --- font definitions --- */

/* What is said of the shipped definition once `old` in it is `new`; "FOLDER" stands for the workspace. */
static void assert_definition_said(const char *old, const char *new, bool loads, const char *expected)
{
    char *folder = tree_new(), *path = text_join(folder, "fonts/briefing.yaml");
    tree_copy("fonts", folder);
    file_replace(path, old, new);
    struct diags *diags = diags_new();
    struct font_set *set = font_set_load(folder, "briefing", diags);
    assert_int_equal(set != NULL, loads);
    struct buf said;
    buf_init(&said);
    for (size_t i = 0; i < diags_count(diags); i++)
        diag_format(diags_get(diags, i), &said);
    assert_memory_equal(said.data, folder, strlen(folder));
    assert_string_equal(said.data + strlen(folder), expected);
    buf_drop(&said);
    font_set_drop(set);
    diags_drop(diags);
    tree_remove(folder);
    free(path);
}

static void font_file_is_missing(void **state)
{
    (void)state;
    assert_definition_said(
        "file: NotoSerif-Bold.ttf", "file: NotoSerif-Bald.ttf", false,
        "/fonts/briefing.yaml:16:13: error: [font-missing] the font file "
        "/usr/share/fonts/truetype/noto/NotoSerif-Bald.ttf is not there; install the package "
        "fonts-noto-core\n");
}

static void font_is_of_another_family(void **state)
{
    (void)state;
    assert_definition_said(
        "file: NotoSans-Regular.ttf\n", "file: NotoMono-Regular.ttf/../NotoSans-Regular.ttf\n", false,
        "/fonts/briefing.yaml:33:13: error: [font-refused] "
        "NotoMono-Regular.ttf/../NotoSans-Regular.ttf is no name of a file inside 'folder'\n");
    assert_definition_said(
        "  Noto Sans Math:", "  Noto Sans Maths:", false,
        "/fonts/briefing.yaml:53:13: error: [font-refused] "
        "/usr/share/fonts/truetype/noto/NotoSansMath-Regular.ttf holds the family 'Noto Sans "
        "Math'; list it under that name\n");
}

/* A regular Noto Sans, of which the table `tag` is named `renamed` and, if `at` is not 0, has `value` at that byte. */
static void write_changed_font(const char *path, const char *tag, const char *renamed, size_t at, uint8_t value)
{
    size_t length;
    char *font = file_content("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", &length);
    char *entry = font + 12; /* the table directory */
    while (memcmp(entry, tag, 4))
        entry += 16;
    const uint8_t *offset = (const uint8_t *)entry + 8;
    if (at)
        font[((size_t)offset[0] << 24 | offset[1] << 16 | offset[2] << 8 | offset[3]) + at] = (char)value;
    memcpy(entry, renamed, 4);
    file_write(path, font, length);
    free(font);
}

static void assert_font_refused(const char *tag, const char *renamed, size_t at, uint8_t value, const char *why)
{
    static const char definition[] = "licence: OFL-1.1\npackage: none\nfolder: .\nfamilies:\n  Noto Sans:\n"
                                     "    regular: {file: a.ttf}\nroles: {}\n";
    char *folder = tree_new(), *file = text_join(folder, "a.ttf"), *fonts = text_join(folder, "fonts");
    char *inside = text_join(fonts, "only.yaml");
    assert_int_equal(mkdir(fonts, 0700), 0);
    file_write(inside, definition, strlen(definition));
    write_changed_font(file, tag, renamed, at, value);
    struct diags *diags = diags_new();
    assert_null(font_set_load(folder, "only", diags));
    struct buf said;
    buf_init(&said);
    diag_format(diags_get(diags, 0), &said);
    assert_non_null(strstr(said.data, "/fonts/only.yaml:6:21: error: [font-refused] "));
    assert_non_null(strstr(said.data, why));
    buf_drop(&said);
    diags_drop(diags);
    tree_remove(folder);
    free(file);
    free(inside);
    free(fonts);
}

static void fonts_of_other_kinds_are_refused(void **state)
{
    (void)state;
    assert_font_refused("glyf", "glyg", 0, 0,
                        "/a.ttf has neither TrueType nor CFF outlines; a font here is a .ttf, .otf or .ttc file with a "
                        "table 'glyf' or 'CFF '\n");
    assert_font_refused("fpgm", "fvar", 0, 0,
                        "/a.ttf is a variable font; name a file of one weight, which packages of static fonts call "
                        "Family-Regular.ttf or the like\n");
    assert_font_refused("OS/2", "OS/3", 0, 0,
                        "/a.ttf does not say whether it may be embedded (it has no OS/2 table); choose another font\n");
    assert_font_refused("OS/2", "OS/2", 9, 0x02,
                        "/a.ttf may not be embedded (OS/2 fsType: restricted licence); choose another font\n");
    assert_font_refused("OS/2", "OS/2", 8, 0x01,
                        "/a.ttf may be embedded only as a whole (OS/2 fsType: no subsets), and a PDF here holds subsets; "
                        "choose another font\n");
    assert_font_refused("OS/2", "OS/2", 8, 0x02,
                        "/a.ttf may be embedded only as bitmaps (OS/2 fsType); choose another font\n");
}

/* What the set says of a regular face that is this file, with that line of the definition. */
static void assert_file_said(const void *bytes, size_t length, const char *line, const char *why)
{
    struct buf definition, said;
    char *folder = tree_new(), *file = text_join(folder, "a.ttf"), *fonts = text_join(folder, "fonts");
    char *inside = text_join(fonts, "only.yaml");
    struct diags *diags = diags_new();
    buf_init(&definition);
    buf_init(&said);
    buf_printf(&definition, "licence: none\npackage: none\nfolder: .\nfamilies:\n  Noto Sans:\n    regular: {%s}\n"
                            "roles: {}\n", line);
    assert_int_equal(mkdir(fonts, 0700), 0);
    file_write(inside, definition.data, definition.length);
    file_write(file, bytes, length);
    assert_null(font_set_load(folder, "only", diags));
    for (size_t i = 0; i < diags_count(diags); i++)
        diag_format(diags_get(diags, i), &said);
    assert_true((strstr(said.data, "font-refused") != NULL) == (*why != '\0'));
    assert_non_null(strstr(said.data, why));
    buf_drop(&definition);
    buf_drop(&said);
    diags_drop(diags);
    tree_remove(folder);
    free(file);
    free(inside);
    free(fonts);
}

static void files_that_are_no_opentype_fonts_are_named(void **state)
{
    static const char alone[] = "file: a.ttf";
    (void)state;
    assert_file_said("wOFF....", 8, alone, "/a.ttf is a web font (WOFF); name the .ttf or .otf file of the family\n");
    assert_file_said("wOF2....", 8, alone, "/a.ttf is a web font (WOFF2); name the .ttf or .otf file of the family\n");
    assert_file_said("%!PS-AdobeFont", 14, alone, "/a.ttf is a Type 1 font; name the .ttf or .otf file of the family\n");
    assert_file_said("\x80\x01....", 6, alone, "/a.ttf is a Type 1 font; name the .ttf or .otf file of the family\n");
    assert_file_said("no font", 7, alone, "/a.ttf has neither TrueType nor CFF outlines");
    assert_file_said("", 0, alone, "/a.ttf has neither TrueType nor CFF outlines");
}

static void put32(char *at, size_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (char)(value >> (24 - 8 * i) & 255);
}

static size_t get32(const char *at)
{
    const uint8_t *p = (const uint8_t *)at;
    return (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
}

/* Appends a font to a collection; its tables' places count from the collection's start. */
static void collect(struct buf *all, int index, const char *path)
{
    size_t length, start = all->length;
    char *font = file_content(path, &length);
    put32(all->data + 12 + 4 * index, start);
    for (int i = 0; i < (uint8_t)font[5]; i++)
        put32(font + 12 + 16 * i + 8, get32(font + 12 + 16 * i + 8) + start);
    buf_add(all, font, length);
    while (all->length & 3)
        buf_add_char(all, '\0');
    free(font);
}

static void a_font_of_a_collection_is_named_by_its_number(void **state)
{
    static const char head[20] = "ttcf\0\1\0\0\0\0\0\2";
    struct buf all;
    (void)state;
    buf_init(&all);
    buf_add(&all, head, sizeof head);
    collect(&all, 0, "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf");
    collect(&all, 1, "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf");
    assert_file_said(all.data, all.length, "file: a.ttf", "/a.ttf holds the family 'Noto Serif'; list it under that name\n");
    assert_file_said(all.data, all.length, "file: a.ttf, number: 2", "");
    assert_file_said(all.data, all.length, "file: a.ttf, number: 3", "/a.ttf holds 2 fonts; 'number' counts them from 1\n");
    assert_file_said(all.data, all.length, "file: a.ttf, number: 0", "/a.ttf holds 2 fonts; 'number' counts them from 1\n");
    buf_drop(&all);
}

static void font_file_is_huge(void **state)
{
    static const char definition[] = "licence: OFL-1.1\npackage: none\nfolder: .\nfamilies:\n  Noto Sans:\n"
                                     "    regular: {file: a.ttf}\n    bold: {file: a.ttf}\nroles: {}\n";
    (void)state;
    char *folder = tree_new(), *file = text_join(folder, "a.ttf");
    char *fonts = text_join(folder, "fonts"), *inside = text_join(fonts, "only.yaml");
    assert_int_equal(mkdir(fonts, 0700), 0);
    file_write(inside, definition, strlen(definition));
    file_write(file, "", 0);
    assert_int_equal(truncate(file, (32 << 20) + 1), 0);
    struct diags *diags = diags_new();
    assert_null(font_set_load(folder, "only", diags));
    struct buf said;
    buf_init(&said);
    diag_format(diags_get(diags, 0), &said);
    assert_memory_equal(said.data, folder, strlen(folder));
    assert_non_null(strstr(said.data, "/fonts/only.yaml:6:21: error: [font-refused] "));
    assert_non_null(strstr(said.data, "/a.ttf cannot be read as a whole, or has over 32 MB, which no font has; name another "
                                      "file\n"));
    buf_drop(&said);
    diags_drop(diags);
    tree_remove(folder);
    free(file);
    free(fonts);
    free(inside);
}

static void role_has_no_family(void **state)
{
    (void)state;
    assert_definition_said(
        "en: Noto Serif", "en: Noto Slab", false,
        "/fonts/briefing.yaml:58:9: error: [font-role] the family 'Noto Slab' is not listed under "
        "'families' with a regular and a bold file; did you mean 'Noto Sans'?\n");
}

static void family_is_no_map(void **state)
{
    (void)state;
    assert_definition_said("families:\n", "families:\n  Noto Slab: slab.ttf\n", false,
                           "/fonts/briefing.yaml:11:14: error: [value-kind] the family 'Noto Slab' is no map; write {regular: "
                           "..., bold: ...}\n");
}

static void other_digest_is_a_warning(void **state)
{
    (void)state;
    assert_definition_said(
        "sha256: 9d7583b7", "sha256: 0d7583b7", true,
        "/fonts/briefing.yaml:14:15: warning: [font-digest] "
        "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf has the SHA-256 "
        "9d7583b7dc9e812afd32a14280c5cac3160012efe50c8d08938f4fea266ff67f; with another version of "
        "the font, pages may break differently\n");
}

static void other_digest_of_an_italic_is_a_warning_once_it_is_asked_for(void **state)
{
    (void)state;
    char *folder = tree_new(), *path = text_join(folder, "fonts/briefing.yaml");
    tree_copy("fonts", folder);
    file_replace(path, "sha256: bc25600a", "sha256: 0c25600a");
    struct diags *diags = diags_new();
    struct font_set *set = font_set_load(folder, "briefing", diags);
    assert_non_null(set);
    assert_int_equal(diags_count(diags), 0);
    for (int i = 0; i < 2; i++)
        font_set_check_italics(set, diags);
    assert_int_equal(diags_count(diags), 1);
    assert_int_equal(diags_get(diags, 0)->id, DIAG_FONT_DIGEST);
    assert_int_equal(diags_get(diags, 0)->at.line, 20);
    font_set_drop(set);
    diags_drop(diags);
    tree_remove(folder);
    free(path);
}

static void italics_are_checked_as_other_faces(void **state)
{
    (void)state;
    assert_definition_said("    italic:\n      file: NotoSerif-Italic", "    italics:\n      file: NotoSerif-Italic", false,
                           "/fonts/briefing.yaml:18:5: error: [key-unknown] unknown key 'italics' in family; did you mean "
                           "'italic'?\n");
    assert_definition_said("file: NotoSans-Italic", "file: NotoSerif-Italic", false,
                           "/fonts/briefing.yaml:39:13: error: [font-refused] "
                           "/usr/share/fonts/truetype/noto/NotoSerif-Italic.ttf holds the family 'Noto Serif'; list it "
                           "under that name\n");
    assert_definition_said("file: NotoSerif-BoldItalic", "file: NotoSerif-BoldItalics", false,
                           "/fonts/briefing.yaml:22:13: error: [font-missing] the font file "
                           "/usr/share/fonts/truetype/noto/NotoSerif-BoldItalics.ttf is not there; install the package "
                           "fonts-noto-core\n");
}

/* A family without italics is stressed by colour; one with the regular italic alone has it in bold text too. */
static void families_need_no_italics(void **state)
{
    struct fixture *f = *state;
    static const char *const kept[] = { "", "    italic: {file: NotoSerif-Italic.ttf}\n" };
    for (int i = 0; i < 2; i++) {
        char *folder = tree_new(), *path = text_join(folder, "fonts/briefing.yaml");
        tree_copy("fonts", folder);
        char *text = file_content(path, NULL), *start = strstr(text, "    italic:\n"), *end = strstr(start, "  Noto Naskh");
        struct buf cut;
        buf_init(&cut);
        buf_add(&cut, text, (size_t)(start - text));
        buf_add_string(&cut, kept[i]);
        buf_add_string(&cut, end);
        file_write(path, cut.data, cut.length);
        struct font_set *set = font_set_load(folder, "briefing", f->diags);
        struct text_engine *engine = text_engine_new(set);
        if (i == 0)
            assert_drawn(slant(f, engine, "~Al-Mada~", WEIGHT_REGULAR, &english), "Al", "NotoSerif-Regular", 0x0B5563);
        assert_false(text_engine_slanted(engine));
        if (i == 0)
            assert_drawn(slant(f, engine, "~Al-Mada~", WEIGHT_BOLD, &english), "Al", "NotoSerif-Bold", 0x0B5563);
        else
            assert_drawn(slant(f, engine, "~Al-Mada~", WEIGHT_BOLD, &english), "Al", "NotoSerif-Italic", 0x222222);
        assert_int_equal(text_engine_slanted(engine), i);
        if (i == 1)
            assert_drawn(slant(f, engine, "~Al-Mada~", WEIGHT_REGULAR, &english), "Al", "NotoSerif-Italic", 0x222222);
        assert_int_equal(text_engine_slanted(engine), i);
        text_engine_drop(engine);
        font_set_drop(set);
        buf_drop(&cut);
        tree_remove(folder);
        free(text);
        free(path);
    }
    assert_said(f->diags, "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lines_break_at_spaces),
        TEST(what_belongs_together_stays),
        TEST(a_last_line_has_letters),
        TEST(numbers_stay_with_what_they_count),
        TEST(names_of_months_stay_whole),
        TEST(numbers_of_notes_are_not_tied),
        TEST(separators_begin_no_line),
        TEST(narrow_columns_take_no_line_more),
        TEST(ragged_lines_are_of_about_one_length),
        TEST(line_separator_breaks),
        TEST(empty_text_has_an_empty_line),
        TEST(lines_are_aligned_by_direction),
        TEST(clusters_stand_in_visual_order),
        TEST(fonts_of_other_kinds_are_refused),
        TEST(files_that_are_no_opentype_fonts_are_named),
        TEST(a_font_of_a_collection_is_named_by_its_number),
        TEST(font_file_is_huge),
        TEST(short_strings_are_laid_out_once),
        TEST(lines_outlive_what_is_forgotten),
        TEST(missing_glyph_is_said_of_each_place),
        TEST(isolates_have_no_ink),
        TEST(isolates_know_nothing_of_each_other),
        TEST(isolates_nest_to_a_limit),
        TEST(long_texts_take_their_time),
        TEST(a_long_word_takes_little),
        TEST(numbers_stay_whole),
        TEST(scripts_have_faces_and_sizes),
        TEST(spans_set_weight_colour_and_height),
        TEST(slanted_words_take_the_italic_of_their_face),
        TEST(what_has_no_italic_stays_upright),
        TEST(a_glyph_that_is_missing_in_italics_is_said_once),
        TEST(words_are_kept_by_face),
        TEST(a_leaning_letter_gets_room),
        TEST(slanted_words_break),
        TEST(missing_glyph_is_placed_and_said_once),
        TEST(characters_without_meaning_are_refused),
        TEST(too_many_marks_are_refused),
        TEST(wide_word_is_broken_with_a_warning),
        TEST(address_is_broken_at_its_marks),
        cmocka_unit_test(font_file_is_missing),
        cmocka_unit_test(font_is_of_another_family),
        cmocka_unit_test(role_has_no_family),
        cmocka_unit_test(family_is_no_map), cmocka_unit_test(other_digest_is_a_warning),
        TEST(other_digest_of_an_italic_is_a_warning_once_it_is_asked_for),
        TEST(italics_are_checked_as_other_faces),
        TEST(families_need_no_italics),
    };
    return cmocka_run_group_tests_name("text layout", tests, NULL, NULL);
}
