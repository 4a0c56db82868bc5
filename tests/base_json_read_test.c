/* Reading JSON: values as they are written, what is skipped, and each kind of damage at its place. */
#include "base/json_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "support/said.h"

struct fixture {
    struct arena *arena;
    struct diags *diags;
    struct json_reader r;
};

static void begin(struct fixture *f, const char *text)
{
    f->arena = arena_new();
    f->diags = diags_new();
    json_read_begin(&f->r, "a.json", text, strlen(text), DIAG_PREVIOUS_LEDGER, f->arena, f->diags);
}

static void end(struct fixture *f, const char *want)
{
    assert_said(f->diags, NULL, want);
    arena_drop(f->arena);
}

static void values_are_as_they_are_written(void **state)
{
    (void)state;
    struct fixture f;
    struct num num;
    begin(&f, "{\"a\": -12.50, \"b\\u0627\\n\\ud83d\\ude00\": \"x\\\"y\", \"c\": [1, [], {}, true, false, null], \"d\": null}");
    assert_true(json_read_object(&f.r));
    assert_string_equal(json_read_key(&f.r), "a");
    assert_true(json_read_number(&f.r, &num));
    assert_int_equal(num.coefficient, -1250);
    assert_int_equal(num.scale, 2);
    assert_string_equal(json_read_key(&f.r), "b\u0627\n\U0001F600");
    assert_string_equal(json_read_string(&f.r), "x\"y");
    assert_string_equal(json_read_key(&f.r), "c");
    assert_true(json_read_array(&f.r));
    static const enum json_kind kinds[] = { JSON_NUMBER, JSON_ARRAY, JSON_OBJECT, JSON_TRUE, JSON_FALSE, JSON_NULL };
    for (size_t i = 0; i < 6; i++) {
        assert_true(json_read_item(&f.r));
        assert_int_equal(json_next(&f.r), kinds[i]);
        json_skip(&f.r);
    }
    assert_false(json_read_item(&f.r));
    assert_string_equal(json_read_key(&f.r), "d");
    json_skip(&f.r);
    assert_null(json_read_key(&f.r));
    assert_true(json_read_end(&f.r));
    end(&f, "");
}

static void a_nul_is_no_blank(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f, "");
    json_read_begin(&f.r, "a.json", "{}\0\0", 4, DIAG_PREVIOUS_LEDGER, f.arena, f.diags);
    json_skip(&f.r);
    assert_false(json_read_end(&f.r));
    end(&f, "a.json:1:3: error: [previous-ledger] something follows behind the end of the JSON text\n");
}

static void what_is_skipped_must_be_json(void **state)
{
    (void)state;
    static const struct { const char *text, *want; } wrong[] = {
        { "[1, 2", "1:6: error: [previous-ledger] a comma, or the bracket that ends this, must stand here" },
        { "[1 2]", "1:4: error: [previous-ledger] a comma, or the bracket that ends this, must stand here" },
        { "{\"a\" 1}", "1:6: error: [previous-ledger] ':' must stand here, behind a key" },
        { "{a: 1}", "1:2: error: [previous-ledger] '\"' must stand here, for a key" },
        { "[\n \"\u0627\u0628\" x]", "2:7: error: [previous-ledger] a comma, or the bracket that ends this, must stand here" },
        { "[1,]", "1:4: error: [previous-ledger] a value must stand here" },
        { "tru", "1:1: error: [previous-ledger] a value must stand here" },
        { "\"ab", "1:4: error: [previous-ledger] this text is never closed" },
        { "\"ab\\", "1:5: error: [previous-ledger] this text is never closed" },
        { "1e5", "1:2: error: [previous-ledger] something follows behind the end of the JSON text" },
        { "1234567890123456789012", "1:1: error: [previous-ledger] a number must stand here, of 18 digits at most and "
                                    "without an exponent" },
        { "{} x", "1:4: error: [previous-ledger] something follows behind the end of the JSON text" },
        { "", "1:1: error: [previous-ledger] a value must stand here" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct fixture f;
        begin(&f, wrong[i].text);
        json_skip(&f.r);
        assert_false(json_read_end(&f.r));
        end(&f, arena_printf(f.arena, "a.json:%s\n", wrong[i].want));
    }
}

static void no_depth_overflows_the_stack(void **state)
{
    (void)state;
    struct fixture f;
    static char deep[200001];
    memset(deep, '[', sizeof deep - 1);
    begin(&f, deep);
    json_skip(&f.r);
    assert_false(json_read_end(&f.r));
    end(&f, "a.json:1:66: error: [previous-ledger] this is nested too deep\n");
}

static void texts_are_checked_where_they_are_read(void **state)
{
    (void)state;
    static const char *const wrong[] = { "\"\\x\"", "\"\\ud800\"", "\"\\u00\"", "\"\\u0000\"", "\"\t\"", "\"\\ude00\"" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct fixture f;
        begin(&f, wrong[i]);
        assert_null(json_read_string(&f.r));
        assert_int_equal(diags_errors(f.diags), 1);
        diags_drop(f.diags);
        arena_drop(f.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_as_they_are_written),
        cmocka_unit_test(a_nul_is_no_blank),
        cmocka_unit_test(what_is_skipped_must_be_json),
        cmocka_unit_test(no_depth_overflows_the_stack),
        cmocka_unit_test(texts_are_checked_where_they_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
