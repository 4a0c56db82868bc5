/* JSON as it is written. */
#include "base/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
    struct buf out;
    struct json json;
};

static int setup(void **state)
{
    static struct fixture f;
    buf_init(&f.out);
    json_begin(&f.json, &f.out);
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    buf_drop(&f->out);
    return 0;
}

static void assert_written(struct fixture *f, const char *want)
{
    json_end(&f->json);
    assert_string_equal(f->out.data, want);
}

static struct num num(const char *text)
{
    struct num n;
    assert_true(num_parse(text, strlen(text), &n));
    return n;
}

static void objects_and_arrays_are_indented(void **state)
{
    struct fixture *f = *state;
    struct json *json = &f->json;
    json_array_begin(json);
    json_object_begin(json);
    json_key(json, "name");
    json_string(json, "الشمال");
    json_key(json, "seats");
    json_number(json, num("43"));
    json_put_array(json, "days");
    json_string(json, "2023-12-18");
    json_null(json);
    json_array_end(json);
    json_object_end(json);
    json_object_begin(json);
    json_put_bool(json, "counted", true);
    json_put_bool(json, "final", false);
    json_object_end(json);
    json_array_end(json);
    assert_written(f, "[\n"
                      "  {\n"
                      "    \"name\": \"الشمال\",\n"
                      "    \"seats\": 43,\n"
                      "    \"days\": [\n"
                      "      \"2023-12-18\",\n"
                      "      null\n"
                      "    ]\n"
                      "  },\n"
                      "  {\n"
                      "    \"counted\": true,\n"
                      "    \"final\": false\n"
                      "  }\n"
                      "]\n");
}

static void what_is_empty_takes_one_line(void **state)
{
    struct fixture *f = *state;
    json_object_begin(&f->json);
    json_key(&f->json, "a");
    json_array_begin(&f->json);
    json_array_end(&f->json);
    json_key(&f->json, "o");
    json_object_begin(&f->json);
    json_object_end(&f->json);
    json_object_end(&f->json);
    assert_written(f, "{\n  \"a\": [],\n  \"o\": {}\n}\n");
}

static void a_text_alone_is_a_text(void **state)
{
    struct fixture *f = *state;
    json_array_begin(&f->json);
    json_array_end(&f->json);
    assert_written(f, "[]\n");
}

static void strings_are_escaped(void **state)
{
    struct fixture *f = *state;
    json_array_begin(&f->json);
    json_string(&f->json, "say \"no\" \\ / \b\t\n\f\r \x01\x0b\x1f\x7f");
    json_string(&f->json, "");
    json_string(&f->json, NULL);
    json_string(&f->json, "😀 \u2067é\u2069");
    json_array_end(&f->json);
    assert_written(f, "[\n"
                      "  \"say \\\"no\\\" \\\\ / \\b\\t\\n\\f\\r \\u0001\\u000b\\u001f\\u007f\",\n"
                      "  \"\",\n"
                      "  null,\n"
                      "  \"😀 \u2067é\u2069\"\n"
                      "]\n");
}

static void numbers_keep_every_digit(void **state)
{
    struct fixture *f = *state;
    json_array_begin(&f->json);
    json_number(&f->json, num("-12.50"));
    json_number(&f->json, num("0.000000000000000001"));
    json_number(&f->json, num("999999999999999999"));
    json_number(&f->json, num_from_int(INT64_MIN));
    json_array_end(&f->json);
    assert_written(f, "[\n"
                      "  -12.50,\n"
                      "  0.000000000000000001,\n"
                      "  999999999999999999,\n"
                      "  -9223372036854775808\n"
                      "]\n");
}

static void levels_nest_to_the_limit(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < JSON_DEPTH_MAX; i++)
        json_array_begin(&f->json);
    for (int i = 0; i < JSON_DEPTH_MAX; i++)
        json_array_end(&f->json);
    json_end(&f->json);
    assert_int_equal(f->json.depth, 0);
    size_t open = 0, closed = 0;
    for (const char *p = f->out.data; *p; p++) {
        open += *p == '[';
        closed += *p == ']';
    }
    assert_int_equal(open, JSON_DEPTH_MAX);
    assert_int_equal(closed, JSON_DEPTH_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(objects_and_arrays_are_indented, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_empty_takes_one_line, setup, teardown),
        cmocka_unit_test_setup_teardown(a_text_alone_is_a_text, setup, teardown),
        cmocka_unit_test_setup_teardown(strings_are_escaped, setup, teardown),
        cmocka_unit_test_setup_teardown(numbers_keep_every_digit, setup, teardown),
        cmocka_unit_test_setup_teardown(levels_nest_to_the_limit, setup, teardown),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
