/* Tables as text, to the byte. */
#include "cli/print_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "dataset/table_build.h"

static struct value text(const char *is)
{
    return (struct value){ .type = VALUE_TEXT, .text = is };
}

static struct value number(const char *is)
{
    struct value value = { .type = VALUE_NUMBER };
    assert_true(num_parse(is, strlen(is), &value.num));
    return value;
}

static struct value integer(int64_t is)
{
    return (struct value){ .type = VALUE_INTEGER, .num = num_from_int(is) };
}

static const struct value null = { .type = VALUE_NULL };

/* A table of constant texts: nothing needs to live in its arena. */
static void add_row(struct table *table, const struct value *values)
{
    table_add_row(table);
    for (size_t i = 0; i < table_columns(table); i++)
        table_set(table, table_rows(table) - 1, i, values[i]);
}

static struct table *sample(void)
{
    struct table *table = table_new();
    table_add_column(table, "list", VALUE_TEXT, NULL);
    table_add_column(table, "share", VALUE_NUMBER, NULL);
    table_add_column(table, "seats won", VALUE_INTEGER, NULL);
    table_add_column(table, "day", VALUE_DATE, NULL);
    struct value day = { .type = VALUE_DATE, .text = "2023-12-18" };
    add_row(table, (struct value[]){ text("North"), number("35.4"), integer(101), day });
    add_row(table, (struct value[]){ text("الشّمال"), number("-0.125"), integer(-7), null });
    add_row(table, (struct value[]){ text("東方 é"), null, null, day });
    add_row(table, (struct value[]){ null, number("1200"), integer(0), day });
    return table;
}

static struct table *one_column(enum value_type type, const char *name, const struct value *values, size_t count)
{
    struct table *table = table_new();
    table_add_column(table, name, type, NULL);
    for (size_t i = 0; i < count; i++)
        add_row(table, &values[i]);
    return table;
}

static void assert_printed(struct table *table, struct print_style style, const char *want)
{
    struct buf out;
    buf_init(&out);
    print_table(table, style, &out);
    assert_string_equal(out.data, want);
    buf_drop(&out);
    table_drop(table);
}

static void columns_stand_under_each_other(void **state)
{
    (void)state;
    assert_printed(sample(), (struct print_style){ .format = PRINT_TABLE },
                   "list       share  seats won  day\n"
                   "──────  ────────  ─────────  ──────────\n"
                   "North     35.4          101  2023-12-18\n"
                   "\u2068الشّمال\u2069    -0.125         -7  –\n"
                   "東方 é     –              –  2023-12-18\n"
                   "–       1200              0  2023-12-18\n");
}

static void nulls_are_dim_where_there_is_colour(void **state)
{
    (void)state;
    const struct value values[] = { text("a"), null };
    assert_printed(one_column(VALUE_TEXT, "n", values, 2), (struct print_style){ .colour = true },
                   "n\n─\na\n\033[2m–\033[0m\n");
}

static void texts_are_cut_to_the_terminal_and_numbers_are_not(void **state)
{
    (void)state;
    struct table *table = table_new();
    table_add_column(table, "a_long_name_of_a_column", VALUE_TEXT, NULL);
    table_add_column(table, "sum(seats) AS it is", VALUE_INTEGER, NULL);
    add_row(table, (struct value[]){ text("قائمة الإطار برئاسة"), integer(1234567890123) });
    add_row(table, (struct value[]){ text("short"), integer(5) });
    assert_printed(table, (struct print_style){ .width = 27 },
                   "a_long_name…  sum(seats) A…\n"
                   "────────────  ─────────────\n"
                   "\u2068قائمة الإطا…\u2069  1234567890123\n"
                   "short                     5\n");
}

static void what_would_move_the_cursor_is_shown(void **state)
{
    (void)state;
    const struct value values[] = { text("two\nlines\tand\r"), text("\u2067in\u2069"), text("") };
    assert_printed(one_column(VALUE_TEXT, "x\ny", values, 3), (struct print_style){ .format = PRINT_TABLE },
                   "x␊y\n"
                   "──────────────────\n"
                   "two␊lines␉and␍\n"
                   "<U+2067>in<U+2069>\n"
                   "\n");
}

static void csv_is_quoted_and_no_formula(void **state)
{
    (void)state;
    struct table *table = table_new();
    table_add_column(table, "=a", VALUE_TEXT, NULL);
    table_add_column(table, "b,c", VALUE_NULL, NULL);
    add_row(table, (struct value[]){ text("say \"no\""), integer(-5) });
    add_row(table, (struct value[]){ text("=1+1"), text("-5") });
    add_row(table, (struct value[]){ text("+964"), text("@x,y") });
    add_row(table, (struct value[]){ text("\tx"), text("\rx") });
    add_row(table, (struct value[]){ text("two\nlines"), number("-12.50") });
    add_row(table, (struct value[]){ text(""), null });
    add_row(table, (struct value[]){ text("الشمال"), (struct value){ .type = VALUE_BOOLEAN, .num = { 1, 0 } } });
    assert_printed(table, (struct print_style){ .format = PRINT_CSV },
                   "'=a,\"b,c\"\n"
                   "\"say \"\"no\"\"\",-5\n"
                   "'=1+1,'-5\n"
                   "'+964,\"'@x,y\"\n"
                   "'\tx,\"'\rx\"\n"
                   "\"two\nlines\",-12.50\n"
                   "\"\",\n"
                   "الشمال,true\n");
}

static void a_null_alone_is_no_blank_line_in_csv(void **state)
{
    (void)state;
    const struct value values[] = { null, integer(1) };
    assert_printed(one_column(VALUE_INTEGER, "n", values, 2), (struct print_style){ .format = PRINT_CSV },
                   "n\n\"\"\n1\n");
}

static void json_has_an_object_for_each_row(void **state)
{
    (void)state;
    struct table *table = table_new();
    table_add_column(table, "name", VALUE_TEXT, NULL);
    table_add_column(table, "is", VALUE_NULL, NULL);
    add_row(table, (struct value[]){ text("\u2067x\"\n"), number("0.10") });
    add_row(table, (struct value[]){ null, (struct value){ .type = VALUE_BOOLEAN } });
    assert_printed(table, (struct print_style){ .format = PRINT_JSON, .width = 5, .colour = true },
                   "[\n"
                   "  {\n"
                   "    \"name\": \"\u2067x\\\"\\n\",\n"
                   "    \"is\": 0.10\n"
                   "  },\n"
                   "  {\n"
                   "    \"name\": null,\n"
                   "    \"is\": false\n"
                   "  }\n"
                   "]\n");
    assert_printed(one_column(VALUE_TEXT, "n", NULL, 0), (struct print_style){ .format = PRINT_JSON }, "[]\n");
}

static void markdown_has_no_marks_of_the_data(void **state)
{
    (void)state;
    struct table *table = table_new();
    table_add_column(table, "name_en", VALUE_TEXT, NULL);
    table_add_column(table, "n", VALUE_NUMBER, NULL);
    add_row(table, (struct value[]){ text("a|b \\ `c` *d* _e_ [f](g) <h> & ~i~"), number("-1.50") });
    add_row(table, (struct value[]){ text("الشمال\nوالجنوب"), null });
    assert_printed(table, (struct print_style){ .format = PRINT_MARKDOWN },
                   "| name_en | n |\n"
                   "| --- | ---: |\n"
                   "| a\\|b \\\\ \\`c\\` \\*d\\* \\_e\\_ \\[f\\](g) \\<h> \\& \\~i\\~ | -1.50 |\n"
                   "| الشمال والجنوب |  |\n");
}

static void a_table_without_rows_has_its_header(void **state)
{
    (void)state;
    assert_printed(one_column(VALUE_NULL, "name", NULL, 0), (struct print_style){ .format = PRINT_TABLE },
                   "name\n────\n");
    assert_printed(one_column(VALUE_NULL, "name", NULL, 0), (struct print_style){ .format = PRINT_CSV }, "name\n");
    assert_printed(one_column(VALUE_NULL, "name", NULL, 0), (struct print_style){ .format = PRINT_MARKDOWN },
                   "| name |\n| --- |\n");
}

/* One cell of a whole page must not make every line a page wide. */
static void a_very_wide_cell_sticks_out(void **state)
{
    (void)state;
    char wide[2001] = "";
    struct buf out;
    memset(wide, 'x', 2000);
    struct table *table = table_new();
    table_add_column(table, "a", VALUE_TEXT, NULL);
    table_add_column(table, "b", VALUE_TEXT, NULL);
    add_row(table, (struct value[]){ text(wide), text("y") });
    add_row(table, (struct value[]){ text("z"), text("y") });
    buf_init(&out);
    print_table(table, (struct print_style){ .format = PRINT_TABLE }, &out);
    assert_int_equal(out.length, (500 + 2 + 1 + 1) + (500 * 3 + 2 + 3 + 1) + (2000 + 2 + 1 + 1) + (500 + 2 + 1 + 1));
    buf_drop(&out);
    table_drop(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_stand_under_each_other),
        cmocka_unit_test(nulls_are_dim_where_there_is_colour),
        cmocka_unit_test(texts_are_cut_to_the_terminal_and_numbers_are_not),
        cmocka_unit_test(what_would_move_the_cursor_is_shown),
        cmocka_unit_test(csv_is_quoted_and_no_formula),
        cmocka_unit_test(a_null_alone_is_no_blank_line_in_csv),
        cmocka_unit_test(json_has_an_object_for_each_row),
        cmocka_unit_test(markdown_has_no_marks_of_the_data),
        cmocka_unit_test(a_table_without_rows_has_its_header),
        cmocka_unit_test(a_very_wide_cell_sticks_out),
    };
    return cmocka_run_group_tests_name("print table", tests, NULL, NULL);
}
