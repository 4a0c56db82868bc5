/* Messages: every form of the syntax, both languages' plurals, isolates, exact places of errors. */
#include "report/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LRI "\u2066"
#define RLI "\u2067"
#define FSI "\u2068"
#define PDI "\u2069"

struct fixture {
    struct arena *arena;
    struct diags *diags;
    struct locale *en, *ar, *arab;
    struct figure list[16];
    struct figures figures;
};

static void add_number(struct fixture *f, const char *name, const char *number)
{
    struct figure *figure = &f->list[f->figures.count++];

    figure->name = name;
    figure->evaluated = true;
    figure->value.type = strchr(number, '.') ? VALUE_NUMBER : VALUE_INTEGER;
    assert_true(num_parse(number, strlen(number), &figure->value.num));
}

static void add_text(struct fixture *f, const char *name, enum value_type type, const char *text)
{
    struct figure *figure = &f->list[f->figures.count++];

    figure->name = name;
    figure->evaluated = true;
    figure->value.type = type;
    figure->value.text = text;
}

static void add_words(struct fixture *f, enum figure_kind kind, const char *en, const char *ar)
{
    struct figure *figure = &f->list[f->figures.count - 1];

    figure->kind = kind;
    figure->words[LANG_EN] = figure->hedge.words[LANG_EN] = en;
    figure->words[LANG_AR] = figure->hedge.words[LANG_AR] = ar;
    figure->hedge.has_best = kind == FIGURE_HEDGED;
    figure->hedge.best = figure->value.num;
}

static int setup(void **state)
{
    struct fixture *f = xcalloc(1, sizeof *f);

    f->arena = arena_new();
    f->diags = diags_new();
    f->en = locale_new(LANG_EN, DIGITS_LATN, MONTHS_IRAQI, f->diags);
    f->ar = locale_new(LANG_AR, DIGITS_LATN, MONTHS_IRAQI, f->diags);
    f->arab = locale_new(LANG_AR, DIGITS_ARAB, MONTHS_IRAQI, f->diags);
    f->figures = (struct figures){ .list = f->list, .arena = f->arena, .without_past = true };
    add_number(f, "seats", "101");
    add_number(f, "one", "1");
    add_number(f, "two", "2");
    add_number(f, "troops", "2500");
    add_number(f, "share", "0.354");
    add_number(f, "attacks", "100");
    add_words(f, FIGURE_HEDGED, "more than", "أكثر من");
    add_number(f, "exact", "66");
    add_words(f, FIGURE_HEDGED, NULL, NULL);
    add_number(f, "nearly", "0.704");
    add_words(f, FIGURE_HEDGED, "nearly", "قرابة");
    add_text(f, "day", VALUE_DATE, "2024-01-04");
    add_text(f, "bloc", VALUE_TEXT, "framework");
    add_text(f, "place", VALUE_TEXT, "");
    add_words(f, FIGURE_TEXTS, "Tower 22", "البرج 22");
    add_text(f, "code", VALUE_TEXT, "07");
    add_text(f, "base", VALUE_TEXT, "");
    add_words(f, FIGURE_TEXTS, "K1", "K1 قاعدة");
    figures_sort(&f->figures);
    *state = f;
    return diags_count(f->diags) == 0 ? 0 : -1;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    locale_drop(f->en);
    locale_drop(f->ar);
    locale_drop(f->arab);
    diags_drop(f->diags);
    arena_drop(f->arena);
    free(f);
    return 0;
}

static struct rich_text source(struct fixture *f, const char *text)
{
    return rich_plain(f->arena, text, (struct place){ "t.md", 3, 5 });
}

static struct rich_text format_rich(struct fixture *f, const struct locale *locale,
                                    const struct rich_text *text)
{
    const struct message *message = message_parse(text, f->arena, f->diags);
    struct rich_text out = { 0 };

    assert_non_null(message);
    assert_true(message_format(message, &f->figures, locale, f->arena, &out, f->diags));
    assert_int_equal(out.length, strlen(out.utf8));
    return out;
}

static const char *format(struct fixture *f, const struct locale *locale, const char *text)
{
    struct rich_text from = source(f, text);

    return format_rich(f, locale, &from).utf8;
}

/* The one diagnostic that parsing (or formatting in English) gives. */
static const char *error_of(struct fixture *f, const char *text)
{
    struct rich_text from = source(f, text), out;
    size_t before = diags_count(f->diags);
    const struct message *message = message_parse(&from, f->arena, f->diags);
    struct buf line;
    const char *kept;

    if (message)
        assert_false(message_format(message, &f->figures, f->en, f->arena, &out, f->diags));
    assert_int_equal(diags_count(f->diags), before + 1);
    buf_init(&line);
    diag_format(diags_get(f->diags, before), &line);
    kept = arena_string_n(f->arena, line.data, line.length - 1);
    buf_drop(&line);
    return kept;
}

static void test_values(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(format(f, f->en, "Won {seats}."), "Won " LRI "101" PDI ".");
    assert_string_equal(format(f, f->en, "{troops}"), LRI "2,500" PDI);
    assert_string_equal(format(f, f->en, "{troops, number, integer}"), LRI "2500" PDI);
    assert_string_equal(format(f, f->en, "{ share , number , percent }"), LRI "35%" PDI);
    assert_string_equal(format(f, f->en, "{share,number,percent1}"), LRI "35.4%" PDI);
    assert_string_equal(format(f, f->en, "{share, number, percent2}"), LRI "35.40%" PDI);
    assert_string_equal(format(f, f->en, "{share, number, points}"), LRI "35" PDI);
    assert_string_equal(format(f, f->ar, "{share, number, points1}"), LRI "35.4" PDI);
    assert_string_equal(format(f, f->en, "{share, number}"), LRI "0.354" PDI);
    assert_string_equal(format(f, f->en, "{day}"), FSI "4 January 2024" PDI);
    assert_string_equal(format(f, f->en, "{day, date}"), FSI "4 January 2024" PDI);
    assert_string_equal(format(f, f->en, "{day, date, medium}"), FSI "4 Jan 2024" PDI);
    assert_string_equal(format(f, f->en, "{day, date, month_year}"), FSI "January 2024" PDI);
    assert_string_equal(format(f, f->en, "{day, date, day_month}"), FSI "4 January" PDI);
    assert_string_equal(format(f, f->en, "{day, date, year}"), LRI "2024" PDI);
    assert_string_equal(format(f, f->en, "{place} and {bloc}"),
                        FSI "Tower 22" PDI " and " FSI "framework" PDI);
}

static void test_arabic_values(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(format(f, f->ar, "{seats}"), LRI "101" PDI);
    assert_string_equal(format(f, f->arab, "{seats}"), RLI "١٠١" PDI);
    assert_string_equal(format(f, f->ar, "{share, number, percent1}"), LRI "35.4%" PDI);
    assert_string_equal(format(f, f->arab, "{share, number, percent1}"), RLI "٣٥٫٤٪" PDI);
    assert_string_equal(format(f, f->ar, "{day}"), FSI "4 كانون الثاني 2024" PDI);
    assert_string_equal(format(f, f->arab, "{day, date, year}"), RLI "٢٠٢٤" PDI);
    assert_string_equal(format(f, f->ar, "{place}"), FSI "البرج 22" PDI);
    /* A text that starts with a Latin name and is Arabic all the same. */
    assert_string_equal(format(f, f->ar, "{base}"), RLI "K1 قاعدة" PDI);
    assert_string_equal(format(f, f->ar, "{bloc}"), FSI "framework" PDI);
}

/* What stands in a text's cell, in Arabic. */
static const char *printed(struct fixture *f, const char *text, enum lang lang)
{
    struct rich_builder builder;

    rich_begin(&builder, f->arena);
    value_add(&builder, text, lang);
    return rich_finish(&builder, NULL).utf8;
}

static void test_several_numbers(void **state)
{
    static const char *const single[] = { "-12",   "+3.5",  "35%",        "2,500",          "1,234,567.8", "12-15",
                                          "12–15", "3/4",   "2024-01-04", "+964 770 123 45", "41,",        "–" };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        assert_string_equal(printed(f, single[i], LANG_AR), arena_printf(f->arena, LRI "%s" PDI, single[i]));
    assert_string_equal(printed(f, "41, 42, 43", LANG_AR),
                        RLI LRI "41" PDI ", " LRI "42" PDI ", " LRI "43" PDI PDI);
    assert_string_equal(printed(f, "41، 42، 43", LANG_AR),
                        RLI LRI "41" PDI "، " LRI "42" PDI "، " LRI "43" PDI PDI);
    assert_string_equal(printed(f, "-5؛ 2,500، 12–15", LANG_AR),
                        RLI LRI "-5" PDI "؛ " LRI "2,500" PDI "، " LRI "12–15" PDI PDI);
    assert_string_equal(printed(f, "٤١، ٤٢", LANG_AR), RLI RLI "٤١" PDI "، " RLI "٤٢" PDI PDI);
    assert_string_equal(printed(f, "41, 42, 43", LANG_EN), LRI "41, 42, 43" PDI);
    assert_string_equal(printed(f, "بغداد، 41، 42", LANG_AR), FSI "بغداد، 41، 42" PDI);
}

/* Two figures and what parts them, as "12-15" from a cell: one number, from left to right in European digits. */
static void test_ranges(void **state)
{
    struct fixture *f = *state;
    static const char *const joints[] = { "-", "–", "--", "/", ":" };

    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        const char *text = arena_printf(f->arena, "من {one}%s{seats}.", joints[i]);

        assert_string_equal(format(f, f->ar, text),
                            arena_printf(f->arena, "من " LRI LRI "1" PDI "%s" LRI "101" PDI PDI ".", joints[i]));
        assert_string_equal(format(f, f->arab, text),
                            arena_printf(f->arena, "من " RLI "١" PDI "%s" RLI "١٠١" PDI ".", joints[i]));
    }
    assert_string_equal(format(f, f->ar, "{share, number, percent}–{nearly, number, percent}"),
                        LRI LRI "35%" PDI "–" LRI "70%" PDI PDI);
    assert_string_equal(format(f, f->ar, "{day, date, year}-{code}-{one}"),
                        LRI LRI "2024" PDI "-" LRI "07" PDI "-" LRI "1" PDI PDI);
    assert_string_equal(format(f, f->ar, "{one, plural, one {{one}-{two}} other {}}"),
                        LRI LRI "1" PDI "-" LRI "2" PDI PDI);
    assert_string_equal(format(f, f->en, "{one}-{two}"), LRI "1" PDI "-" LRI "2" PDI);
    /* what has words keeps its own order, and so do numbers that blanks part */
    assert_string_equal(format(f, f->ar, "{one} - {two}"), LRI "1" PDI " - " LRI "2" PDI);
    assert_string_equal(format(f, f->ar, "{day}–{day}"), FSI "4 كانون الثاني 2024" PDI "–" FSI "4 كانون الثاني 2024" PDI);
    assert_string_equal(format(f, f->ar, "{place}-{one}"), FSI "البرج 22" PDI "-" LRI "1" PDI);
    assert_string_equal(format(f, f->ar, "{one}-{attacks}"),
                        LRI "1" PDI "-" FSI "أكثر من " LRI "100" PDI PDI);
    /* a quoted text is a part of its own; a hash is a value like others */
    assert_string_equal(format(f, f->ar, "{one}-'{'{two}-"), LRI "1" PDI "-{" LRI "2" PDI "-");
    assert_string_equal(format(f, f->ar, "{one}''-{two}"), LRI "1" PDI "'-" LRI "2" PDI);
    assert_string_equal(format(f, f->ar, "{two, plural, two {{one}–#} other {}}"),
                        LRI LRI "1" PDI "–" LRI "2" PDI PDI);
    assert_string_equal(format(f, f->ar, "{one, plural, one {#-{two}} other {}}"),
                        LRI LRI "1" PDI "-" LRI "2" PDI PDI);
}

static void test_hedges(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(format(f, f->en, "{attacks} attacks"), FSI "more than " LRI "100" PDI PDI " attacks");
    assert_string_equal(format(f, f->ar, "{attacks}"), FSI "أكثر من " LRI "100" PDI PDI);
    assert_string_equal(format(f, f->en, "{attacks, number}"), LRI "100" PDI);
    assert_string_equal(format(f, f->en, "{exact}"), LRI "66" PDI);
    assert_string_equal(format(f, f->en, "{attacks, hedged}"), FSI "more than " LRI "100" PDI PDI);
    assert_string_equal(format(f, f->en, "{nearly, hedged, percent}"), FSI "nearly " LRI "70%" PDI PDI);
    assert_string_equal(format(f, f->ar, "{nearly , hedged , percent1}"), FSI "قرابة " LRI "70.4%" PDI PDI);
    assert_string_equal(format(f, f->arab, "{nearly, hedged, percent}"), FSI "قرابة " RLI "٧٠٪" PDI PDI);
    assert_string_equal(format(f, f->en, "{nearly, number, percent}"), LRI "70%" PDI);
    assert_string_equal(format(f, f->en, "{exact, hedged}"), LRI "66" PDI);
    assert_string_equal(format(f, f->en, "{attacks, plural, one {# attack} other {# attacks}}"),
                        FSI "more than " LRI "100" PDI PDI " attacks");
}

static void test_apostrophes(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(format(f, f->en, "It's the lists' own"), "It's the lists' own");
    assert_string_equal(format(f, f->en, "It''s"), "It's");
    assert_string_equal(format(f, f->en, "a '{' b '}' c"), "a { b } c");
    assert_string_equal(format(f, f->en, "'{it''s}'"), "{it's}");
    assert_string_equal(format(f, f->en, "# and {one, plural, one {'#' #} other {}} #"),
                        "# and # " LRI "1" PDI " #");
}

static void test_english_plural(void **state)
{
    struct fixture *f = *state;
    const char *text = "{one, plural, =0 {none} one {# list} other {# lists}}";

    assert_string_equal(format(f, f->en, text), LRI "1" PDI " list");
    assert_string_equal(format(f, f->en, "{two, plural, one {# list} other {# lists}}"),
                        LRI "2" PDI " lists");
    assert_string_equal(format(f, f->en, "{two, plural, =2 {both} one {x} other {y}}"), "both");
    assert_string_equal(format(f, f->en, "{two, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}"),
                        LRI "2" PDI "nd");
}

static void test_arabic_plural(void **state)
{
    static const char *const expected[][2] = {
        { "0", "zero" },  { "1", "one" },     { "2", "two" },     { "3", "few" },
        { "11", "many" }, { "100", "other" }, { "101", "other" }, { "285", "many" },
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct figure *figure = figures_find(&f->figures, "seats");

        assert_true(num_parse(expected[i][0], strlen(expected[i][0]), &figure->value.num));
        assert_string_equal(format(f, f->ar,
                                   "{seats, plural, zero {zero} one {one} two {two} few {few} many {many} "
                                   "other {other}}"),
                            expected[i][1]);
    }
    assert_int_equal(diags_count(f->diags), 0);
}

static void test_missing_form_is_warned(void **state)
{
    struct fixture *f = *state;
    struct buf line;

    assert_string_equal(format(f, f->ar, "{two, plural, one {x} other {y}}"), "y");
    buf_init(&line);
    diag_format(diags_get(f->diags, 0), &line);
    assert_string_equal(
        line.data, "t.md:3:5: warning: [message-form] the value of 'two' takes the form 'two' here, which "
                   "has no branch; add two {text}, or 'other' is printed\n");
    assert_int_equal(diags_count(f->diags), 1);
    buf_drop(&line);
}

static void test_select_and_nesting(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(format(f, f->en, "{bloc, select, framework {the Framework} other {others}}"),
                        "the Framework");
    assert_string_equal(format(f, f->en, "{bloc, select, x {a} other {others}}"), "others");
    assert_string_equal(
        format(f, f->en, "{two, plural, one {a} other {{bloc, select, framework {# of {seats}} other {}}}}"),
        LRI "2" PDI " of " LRI "101" PDI);
}

static void test_spans_and_places_move(void **state)
{
    struct fixture *f = *state;
    struct rich_builder builder;
    struct rich_text text, out;
    size_t span;

    rich_begin(&builder, f->arena);
    rich_at(&builder, (struct place){ "t.md", 1, 1 });
    rich_add(&builder, "It''s ", 6);
    span = rich_open(&builder, INLINE_STRONG, NULL, 0);
    rich_at(&builder, (struct place){ "t.md", 1, 9 });
    rich_add(&builder, "{seats} of", 10);
    rich_close(&builder, span);
    rich_at(&builder, (struct place){ "t.md", 2, 1 });
    rich_add(&builder, " {two}", 6);
    text = rich_finish(&builder, NULL);
    out = format_rich(f, f->en, &text);
    assert_string_equal(out.utf8, "It's " LRI "101" PDI " of " LRI "2" PDI);
    assert_int_equal(out.span_count, 3);
    assert_int_equal(out.spans[0].kind, INLINE_STRONG);
    assert_int_equal(out.spans[0].start, 5);
    assert_int_equal(out.spans[0].end, 5 + 9 + 3);
    assert_int_equal(out.spans[1].kind, INLINE_VALUE);
    assert_int_equal(out.spans[1].start, 5);
    assert_int_equal(out.spans[1].end, 5 + 9);
    assert_int_equal(out.spans[2].start, 18);
    assert_int_equal(out.spans[2].end, out.length);
    /* The value comes from its brace, what follows from where it stands. */
    assert_int_equal(rich_place(&out, 5).col, 9);
    assert_int_equal(rich_place(&out, 14).col, 16);
    assert_int_equal(rich_place(&out, 17).line, 2);
    assert_int_equal(rich_place(&out, 18).col, 2);
}

static void test_syntax_errors(void **state)
{
    static const char *const expected[][2] = {
        { "a {seats b", "t.md:3:14: error: [message-syntax] 'b' stands where '}' must close the message" },
        { "ab {seats.", "t.md:3:14: error: [message-syntax] '.' stands where '}' must close the message" },
        { "ab {seats", "t.md:3:8: error: [message-syntax] this brace is never closed; close it with '}'" },
        { "ab}", "t.md:3:7: error: [message-syntax] this brace closes nothing; write '}' in apostrophes" },
        { "{}", "t.md:3:6: error: [message-syntax] '}' stands where a figure's name must be; write {name}, "
                "or '{' for "
                "a brace" },
        { "{0}", "t.md:3:6: error: [message-syntax] '0' stands where a figure's name must be; write {name}, "
                 "or '{' for "
                 "a brace" },
        { "{",
          "t.md:3:6: error: [message-syntax] the end of the text stands where a figure's name must be; write "
          "{name}, or '{' for a brace" },
        { "عدد {seats, numbr}",
          "t.md:3:17: error: [message-syntax] 'numbr' is no type of a message; did you mean "
          "'number'?" },
        { "{seats, list}",
          "t.md:3:13: error: [message-syntax] 'list' is no type of a message; known are number, hedged, low, "
          "high, qualifier, date, plural, selectordinal, select" },
        { "{seats, number, percnt}",
          "t.md:3:21: error: [message-syntax] unknown number style 'percnt'; did you mean "
          "'percent'?" },
        { "{seats, hedged, percnt}",
          "t.md:3:21: error: [message-syntax] unknown hedged style 'percnt'; did you mean "
          "'percent'?" },
        { "{day, date, short}",
          "t.md:3:17: error: [message-syntax] unknown date style 'short'; known are long, medium, "
          "month_year, day_month, year" },
        { "{seats, plural, one {x}}",
          "t.md:3:5: error: [message-other] this plural has no branch 'other'; add other "
          "{text}" },
        { "{bloc, select, a {x}}",
          "t.md:3:5: error: [message-other] this select has no branch 'other'; add other {text}" },
        { "{seats, plural, fw {x} other {y}}",
          "t.md:3:21: error: [message-syntax] 'fw' is no plural form; did you mean "
          "'few'?" },
        { "{seats, plural, other {x} other {y}}",
          "t.md:3:31: error: [message-syntax] the branch 'other' stands here "
          "twice; keep one" },
        { "{seats, plural, other x}",
          "t.md:3:27: error: [message-syntax] 'x' stands where '{' must open the text of "
          "'other'" },
        { "{seats, plural, other {x}",
          "t.md:3:5: error: [message-syntax] this brace is never closed; close it with '}'" },
        { "{seats, plural, other {x",
          "t.md:3:27: error: [message-syntax] this brace is never closed; close it with '}'" },
        { "{seats, plural, =x {a} other {b}}",
          "t.md:3:21: error: [message-syntax] '=' is no exact number; write it as "
          "=0" },
        { "it '{seats} is",
          "t.md:3:8: error: [message-syntax] this apostrophe opens quoted text that never ends; close "
          "it with another, or write '' for one" },
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_string_equal(error_of(f, expected[i][0]), expected[i][1]);
}

static void test_type_errors(void **state)
{
    static const char *const expected[][2] = {
        { "{place, number}",
          "t.md:3:5: error: [message-type] figure 'place' is a text and this format needs a number; "
          "write {place}" },
        { "{seats, date}",
          "t.md:3:5: error: [message-type] figure 'seats' is a whole number and this format needs a "
          "date; write {seats}" },
        { "{share, number, integer}",
          "t.md:3:5: error: [message-type] figure 'share' is a number and this format needs "
          "a whole number; write {share}" },
        { "{seats, hedged}",
          "t.md:3:5: error: [message-type] figure 'seats' has no words or bounds of a hedge; select best, "
          "low, high and qualifier, or write {seats, number}" },
        { "{place, hedged, percent}",
          "t.md:3:5: error: [message-type] figure 'place' is a text and this format needs a number; "
          "write {place}" },
        { "{bloc, plural, other {x}}",
          "t.md:3:5: error: [message-type] figure 'bloc' is a text and a plural needs a "
          "number; use select or {bloc}" },
        { "{seats, select, other {x}}",
          "t.md:3:5: error: [message-type] figure 'seats' is a whole number and a select "
          "needs a text that is the same in both languages; use plural for a number" },
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_string_equal(error_of(f, expected[i][0]), expected[i][1]);
}

static void test_nesting_has_an_end(void **state)
{
    struct fixture *f = *state;
    struct buf text;

    buf_init(&text);
    for (int i = 0; i < 9; i++)
        buf_add_string(&text, "{bloc, select, other {");
    assert_string_equal(error_of(f, text.data),
                        "t.md:3:180: error: [message-syntax] messages are nested more than 8 "
                        "deep; use figures instead");
    buf_drop(&text);
}

static void test_markup_inside_is_refused(void **state)
{
    struct fixture *f = *state;
    struct rich_text text = source(f, "a {seats, plural, other {b c}}");
    struct inline_span span = { .start = 25, .end = 26, .kind = INLINE_STRONG };
    struct buf line;

    text.spans = &span;
    text.span_count = 1;
    assert_null(message_parse(&text, f->arena, f->diags));
    buf_init(&line);
    diag_format(diags_get(f->diags, 0), &line);
    assert_string_equal(line.data,
                        "t.md:3:7: error: [message-crosses] this message holds or crosses the border of "
                        "emphasis, code, a link or a note; put the markup around the whole message\n");
    buf_drop(&line);
    span.start = 2;
    span.end = text.length;
    assert_non_null(message_parse(&text, f->arena, f->diags));
}

static const char *number_errors(struct fixture *f, const char *text)
{
    struct rich_text from = source(f, text);
    const struct message *message = message_parse(&from, f->arena, f->diags);
    size_t before = diags_count(f->diags);
    struct buf lines;
    const char *kept;

    assert_non_null(message);
    message_check_numbers(message, f->arena, f->diags);
    buf_init(&lines);
    for (size_t i = before; i < diags_count(f->diags); i++)
        diag_format(diags_get(f->diags, i), &lines);
    kept = arena_string(f->arena, lines.data);
    buf_drop(&lines);
    return kept;
}

static void test_typed_numbers(void **state)
{
    struct fixture *f = *state;

    assert_string_equal(number_errors(f, "K1, F16 and {seats, plural, =1 {one} other {#}}"), "");
    assert_string_equal(
        number_errors(f, "in 2020, 35.4%"),
        "t.md:3:8: error: [text-typed-number] the number '2020' is typed; take it from a figure, as "
        "{name}\n"
        "t.md:3:14: error: [text-typed-number] the number '35.4' is typed; take it from a figure, as "
        "{name}\n");
    assert_string_equal(
        number_errors(f, "{two, plural, other {of 7}}"),
        "t.md:3:29: error: [text-typed-number] the number '7' is typed; take it from a figure, as "
        "{name}\n");
    assert_string_equal(
        number_errors(f, "نحو ٣٥٫٤"),
        "t.md:3:9: error: [text-typed-number] the number '٣٥٫٤' is typed; take it from a figure, as "
        "{name}\n");
    /* An Arabic prefix makes no name of a number. */
    assert_string_equal(
        number_errors(f, "الـ57"),
        "t.md:3:8: error: [text-typed-number] the number '57' is typed; take it from a figure, as "
        "{name}\n");
}

static void test_reference(void **state)
{
    struct fixture *f = *state;
    struct rich_text plain = source(f, "{seats}"), more = source(f, "{seats} seats");

    assert_string_equal(message_reference(message_parse(&plain, f->arena, f->diags)), "seats");
    assert_null(message_reference(message_parse(&more, f->arena, f->diags)));
}

static void test_uses(void **state)
{
    struct fixture *f = *state;
    struct rich_text text = source(f, "{seats} {two, plural, other {{one}}}");
    const struct message *message = message_parse(&text, f->arena, f->diags);

    assert_int_equal(message->use_count, 3);
    assert_string_equal(message->uses[1].figure, "two");
    assert_int_equal(message->uses[1].at.col, 14);
    assert_string_equal(message->uses[2].figure, "one");
    assert_int_equal(message->uses[2].at.col, 35);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_values, setup, teardown),
        cmocka_unit_test_setup_teardown(test_arabic_values, setup, teardown),
        cmocka_unit_test_setup_teardown(test_several_numbers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_ranges, setup, teardown),
        cmocka_unit_test_setup_teardown(test_hedges, setup, teardown),
        cmocka_unit_test_setup_teardown(test_apostrophes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_english_plural, setup, teardown),
        cmocka_unit_test_setup_teardown(test_arabic_plural, setup, teardown),
        cmocka_unit_test_setup_teardown(test_missing_form_is_warned, setup, teardown),
        cmocka_unit_test_setup_teardown(test_select_and_nesting, setup, teardown),
        cmocka_unit_test_setup_teardown(test_spans_and_places_move, setup, teardown),
        cmocka_unit_test_setup_teardown(test_syntax_errors, setup, teardown),
        cmocka_unit_test_setup_teardown(test_type_errors, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nesting_has_an_end, setup, teardown),
        cmocka_unit_test_setup_teardown(test_markup_inside_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(test_typed_numbers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_reference, setup, teardown),
        cmocka_unit_test_setup_teardown(test_uses, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
