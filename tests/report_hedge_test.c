/* The vocabulary of hedges: what each code prints in both languages and digits, and what it demands. */
#include "report/hedge.h"
#include "report/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

#define LRI "\xE2\x81\xA6"
#define RLI "\xE2\x81\xA7"
#define FSI "\xE2\x81\xA8"
#define PDI "\xE2\x81\xA9"

struct fixture {
    struct arena *arena;
    struct diags *diags;
    struct locale *en, *ar, *arab;
    struct figure figure;
    struct figures figures;
};

static int setup(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *f = arena_alloc(arena, sizeof *f);

    f->arena = arena;
    f->diags = diags_new();
    f->en = locale_new(LANG_EN, DIGITS_LATN, MONTHS_IRAQI, f->diags);
    f->ar = locale_new(LANG_AR, DIGITS_LATN, MONTHS_IRAQI, f->diags);
    f->arab = locale_new(LANG_AR, DIGITS_ARAB, MONTHS_IRAQI, f->diags);
    f->figures = (struct figures){ .list = &f->figure, .count = 1, .arena = arena, .without_past = true };
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    locale_drop(f->en);
    locale_drop(f->ar);
    locale_drop(f->arab);
    diags_drop(f->diags);
    arena_drop(f->arena);
    return 0;
}

static bool read(const char *text, struct num *out)
{
    if (!text)
        return false;
    assert_true(num_parse(text, strlen(text), out));
    return true;
}

/* The hedge of four cells, NULL where one is empty; NULL in *wrong when it is good. */
static struct hedge settle(struct fixture *f, const char *low, const char *best, const char *high, const char *code,
                           const char **wrong)
{
    struct hedge hedge = { .has_best = false };

    hedge.has_low = read(low, &hedge.low);
    hedge.has_best = read(best, &hedge.best);
    hedge.has_high = read(high, &hedge.high);
    *wrong = hedge_settle(&hedge, code, f->arena);
    return hedge;
}

static void set_figure(struct fixture *f, const char *low, const char *best, const char *high, const char *code)
{
    const char *wrong;

    memset(&f->figure, 0, sizeof f->figure);
    f->figure.name = "x";
    f->figure.evaluated = true;
    f->figure.kind = FIGURE_HEDGED;
    f->figure.hedge = settle(f, low, best, high, code, &wrong);
    assert_null(wrong);
    if (f->figure.hedge.has_best)
        f->figure.value = (struct value){ .type = VALUE_NUMBER, .num = f->figure.hedge.best };
}

/* The message with the figure x in it; the first diagnostic when it cannot be printed. */
static const char *format(struct fixture *f, const struct locale *locale, const char *text)
{
    struct rich_text source = rich_plain(f->arena, text, (struct place){ "t.md", 3, 5 });
    const struct message *message = message_parse(&source, f->arena, f->diags);
    struct rich_text out;
    struct buf said;
    const char *copy;

    assert_non_null(message);
    if (message_format(message, &f->figures, locale, f->arena, &out, f->diags))
        return out.utf8;
    buf_init(&said);
    diag_format(diags_get(f->diags, diags_count(f->diags) - 1), &said);
    copy = arena_string(f->arena, said.data);
    buf_drop(&said);
    return copy;
}

/* The same with the isolates written as brackets: what stands in which is seen. */
static const char *seen(struct fixture *f, const struct locale *locale, const char *text)
{
    static const struct {
        const char *isolate, *bracket;
    } marks[] = { { LRI, "<" }, { RLI, "(" }, { FSI, "[" }, { PDI, "]" } };
    const char *from = format(f, locale, text);
    struct buf out;
    const char *copy;

    buf_init(&out);
    while (*from) {
        size_t i = 0;

        while (i < 4 && strncmp(from, marks[i].isolate, 3) != 0)
            i++;
        if (i < 4)
            buf_add_string(&out, marks[i].bracket);
        else
            buf_add_char(&out, *from);
        from += i < 4 ? 3 : 1;
    }
    copy = arena_string(f->arena, out.data);
    buf_drop(&out);
    return copy;
}

static void test_every_code(void **state)
{
    static const struct {
        const char *code, *en, *ar, *arab;
    } expected[] = {
        { NULL, "<1,200]", "<1,200]", "(١٬٢٠٠]" },
        { "", "<1,200]", "<1,200]", "(١٬٢٠٠]" },
        { "exact", "<1,200]", "<1,200]", "(١٬٢٠٠]" },
        { "about", "[about <1,200]]", "[نحو <1,200]]", "[نحو (١٬٢٠٠]]" },
        { "around", "[around <1,200]]", "[نحو <1,200]]", "[نحو (١٬٢٠٠]]" },
        { "approximately", "[approximately <1,200]]", "[ما يقارب <1,200]]", "[ما يقارب (١٬٢٠٠]]" },
        { "some", "[some <1,200]]", "[زهاء <1,200]]", "[زهاء (١٬٢٠٠]]" },
        { "nearly", "[nearly <1,200]]", "[قرابة <1,200]]", "[قرابة (١٬٢٠٠]]" },
        { "more_than", "[more than <1,200]]", "[أكثر من <1,200]]", "[أكثر من (١٬٢٠٠]]" },
        { "at_least", "[at least <1,200]]", "[ما لا يقل عن <1,200]]", "[ما لا يقل عن (١٬٢٠٠]]" },
        { "fewer_than", "[fewer than <1,200]]", "[أقل من <1,200]]", "[أقل من (١٬٢٠٠]]" },
        { "less_than", "[less than <1,200]]", "[أقل من <1,200]]", "[أقل من (١٬٢٠٠]]" },
        { "at_most", "[at most <1,200]]", "[ما لا يزيد على <1,200]]", "[ما لا يزيد على (١٬٢٠٠]]" },
        { "up_to", "[up to <1,200]]", "[ما يصل إلى <1,200]]", "[ما يصل إلى (١٬٢٠٠]]" },
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        set_figure(f, NULL, "1200", NULL, expected[i].code);
        assert_string_equal(seen(f, f->en, "{x}"), expected[i].en);
        assert_string_equal(seen(f, f->ar, "{x}"), expected[i].ar);
        assert_string_equal(seen(f, f->arab, "{x}"), expected[i].arab);
        assert_string_equal(seen(f, f->arab, "{x, number}"), "(١٬٢٠٠]");
    }
}

static void test_ranges(void **state)
{
    struct fixture *f = *state;

    set_figure(f, "80", NULL, "100", NULL);
    assert_string_equal(seen(f, f->en, "{x}"), "[<80] to <100]]");
    assert_string_equal(seen(f, f->ar, "{x}"), "[<80] إلى <100]]");
    assert_string_equal(seen(f, f->arab, "{x}"), "[(٨٠] إلى (١٠٠]]");
    assert_string_equal(seen(f, f->en, "{x, low} {x, high}"), "<80] <100]");
    assert_string_equal(seen(f, f->en, "{x, number}"),
                        "t.md:3:5: error: [message-type] figure 'x' is a range without a best value and this format "
                        "needs a best value; write {x}\n");
    assert_string_equal(seen(f, f->en, "{x, qualifier}"),
                        "t.md:3:5: error: [message-type] figure 'x' is a range, whose words do not stand alone; "
                        "write {x}\n");
    set_figure(f, "80", NULL, "100", "between");
    assert_string_equal(seen(f, f->en, "{x}"), "[between <80] and <100]]");
    assert_string_equal(seen(f, f->ar, "{x}"), "[بين <80] و<100]]");
    assert_string_equal(seen(f, f->arab, "{x}"), "[بين (٨٠] و(١٠٠]]");
    assert_string_equal(seen(f, f->en, "{x, qualifier}"),
                        "t.md:3:5: error: [message-type] figure 'x' is a range, whose words do not stand alone; "
                        "write {x}\n");
    set_figure(f, "0.65", "0.7", "0.75", "between");
    assert_string_equal(seen(f, f->en, "{x, hedged, percent}"), "[between <65%] and <75%]]");
    assert_string_equal(seen(f, f->arab, "{x, hedged, percent}"), "[بين (٦٥٪] و(٧٥٪]]");
    assert_string_equal(seen(f, f->ar, "{x, hedged, points} في المئة"), "[بين <65] و<75]] في المئة");
    assert_string_equal(seen(f, f->en, "{x, number, percent}"), "<70%]");
    assert_string_equal(seen(f, f->en, "{x, low, percent}"), "<65%]");
    assert_string_equal(seen(f, f->en, "{x, hedged, integer}"),
                        "t.md:3:5: error: [message-type] figure 'x' is a number and this format needs a whole "
                        "number; write {x}\n");
}

/* A noun agrees with the number that stands beside it, which of a range is the high one. */
static void test_plurals(void **state)
{
    static const char ar[] = "{x} {x, plural, zero {0} one {1} two {2} few {هجمات} many {هجومًا} other {هجوم}}";
    struct fixture *f = *state;

    set_figure(f, "2", NULL, "5", "between");
    assert_string_equal(seen(f, f->ar, ar), "[بين <2] و<5]] هجمات");
    assert_string_equal(seen(f, f->en, "{x, plural, =5 {no} one {# attack} other {# attacks}}"),
                        "[between <2] and <5]] attacks");
    set_figure(f, "5", "7", "15", "about");
    assert_string_equal(seen(f, f->ar, ar), "[نحو <7]] هجمات");
    set_figure(f, "5", "7", "15", "between");
    assert_string_equal(seen(f, f->ar, ar), "[بين <5] و<15]] هجومًا");
    set_figure(f, NULL, "1", NULL, "at_least");
    assert_string_equal(seen(f, f->en, "{x, qualifier} {x, plural, one {{x, number} man} other {men}}"),
                        "[at least] <1] man");
    assert_string_equal(seen(f, f->ar, "{x, qualifier}"), "[ما لا يقل عن]");
}

/* The words alone lie under a span of their own, so that a page can set them apart. */
static void test_span(void **state)
{
    struct fixture *f = *state;
    struct rich_text source = rich_plain(f->arena, "{x}", (struct place){ "t.md", 1, 1 }), out;
    const struct message *message = message_parse(&source, f->arena, f->diags);

    set_figure(f, NULL, "100", NULL, "more_than");
    assert_true(message_format(message, &f->figures, f->en, f->arena, &out, f->diags));
    assert_int_equal(out.span_count, 2);
    assert_int_equal(out.spans[1].kind, INLINE_HEDGE);
    assert_int_equal(out.spans[1].end - out.spans[1].start, 9);
    assert_memory_equal(out.utf8 + out.spans[1].start, "more than", 9);
}

static void test_implied_bounds(void **state)
{
    struct fixture *f = *state;
    const char *wrong;
    struct hedge hedge = settle(f, NULL, "100", NULL, "more_than", &wrong);

    assert_null(wrong);
    assert_true(hedge.has_low && !hedge.has_high);
    assert_int_equal(num_compare(hedge.low, hedge.best), 0);
    hedge = settle(f, NULL, "100", NULL, "up_to", &wrong);
    assert_true(hedge.has_high && !hedge.has_low);
    hedge = settle(f, NULL, "100", NULL, "about", &wrong);
    assert_false(hedge.has_high || hedge.has_low);
    set_figure(f, NULL, "100", NULL, "about");
    assert_string_equal(seen(f, f->en, "{x, low}"),
                        "t.md:3:5: error: [message-type] figure 'x' has no low; select it in a column 'low'\n");
    set_figure(f, NULL, "100", NULL, "exact");
    assert_string_equal(seen(f, f->en, "{x, qualifier}"),
                        "t.md:3:5: error: [message-type] figure 'x' is exact, with no words before it; write {x}\n");
    set_figure(f, NULL, "100", NULL, "more_than");
    assert_string_equal(seen(f, f->en, "{x, high, percent}"),
                        "t.md:3:5: error: [message-type] figure 'x' has no high; select it in a column 'high'\n");
}

static void test_contradictions(void **state)
{
    static const struct {
        const char *low, *best, *high, *code, *expected;
    } wrongs[] = {
        { NULL, "100", NULL, "more_then", "has the qualifier 'more_then', which is none; did you mean 'more_than'?" },
        { NULL, "100", NULL, "least",
          "has the qualifier 'least', which is none; known are exact, about, around, approximately, some, nearly, "
          "more_than, at_least, fewer_than, less_than, at_most, up_to, between" },
        { "90.50", "80", NULL, NULL, "has a low of 90.50 above its best of 80; give low, best and high in order" },
        { NULL, "80", "70", "about", "has a best of 80 above its high of 70; give low, best and high in order" },
        { "80", NULL, "70", "between", "has a low of 80 above its high of 70; give low, best and high in order" },
        { NULL, NULL, NULL, NULL, "has no best value; give best, or both low and high" },
        { "80", NULL, NULL, "more_than", "has no best value; give best, or both low and high" },
        { "80", NULL, "90", "about", "is 'about' and has no best; give one, or leave the qualifier out" },
        { "80", NULL, "90", "exact", "is 'exact' and has no best; give one, or leave the qualifier out" },
        { "80", NULL, "80.0", NULL, "has a low and a high that are the same and no best; give the number as best" },
        { NULL, "80", "90", "between", "is 'between' without two bounds; give low and high, the high above the low" },
        { "80", "80", "80", "between", "is 'between' without two bounds; give low and high, the high above the low" },
        { "165", "170", "175", "exact",
          "is 'exact' and has a low or high that is not its best; leave them out, or say about" },
        { "90", "100", NULL, "more_than",
          "is 'more_than' 100; then low is that number too, and high above it or left out" },
        { "100", "100", "100", "at_least",
          "is 'at_least' 100; then low is that number too, and high above it or left out" },
        { NULL, "100", "110", "at_most",
          "is 'at_most' 100; then high is that number too, and low below it or left out" },
        { "100", "100", NULL, "up_to",
          "is 'up_to' 100; then high is that number too, and low below it or left out" },
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        const char *wrong;

        settle(f, wrongs[i].low, wrongs[i].best, wrongs[i].high, wrongs[i].code, &wrong);
        assert_non_null(wrong);
        assert_string_equal(wrong, wrongs[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_code, setup, teardown),
        cmocka_unit_test_setup_teardown(test_ranges, setup, teardown),
        cmocka_unit_test_setup_teardown(test_plurals, setup, teardown),
        cmocka_unit_test_setup_teardown(test_span, setup, teardown),
        cmocka_unit_test_setup_teardown(test_implied_bounds, setup, teardown),
        cmocka_unit_test_setup_teardown(test_contradictions, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
