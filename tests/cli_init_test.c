/* mujaz init: the example, and workspaces for CSV files of many kinds, each of which has to pass the check at once. */
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/program.h"

enum { EXPECTED = 8 };

struct fixture {
    const char *name;          /* of the file */
    const char *encoding;      /* in which the text is written; NULL: UTF-8 */
    const char *text;
    const char *said[EXPECTED]; /* what standard output holds */
    const char *package[EXPECTED]; /* what datapackage.json holds */
};

static const struct fixture fixtures[] = {
    { "plain.csv", NULL, "date,visits\n2024-01-01,10\n2024-02-01,12\n2024-03-01,9\n",
      { "encoding utf-8", "delimiter ,", "header yes", "date: days as 2024-01-31", "visits: whole numbers",
        "chart: a line: 'visits' by 'date'" },
      { "\"type\": \"date\"", "\"type\": \"integer\"", "\"required\": true" } },
    { "semicolon.csv", NULL, "Stadt;Einwohner;Anteil\nBasra;1.200.300;12,5\nErbil;900.100;9,25\nMosul;1.700.000;18\n",
      { "delimiter ;", "Einwohner: whole numbers as 1.200", "Anteil: numbers as 1200,5",
        "chart: bars: 'Einwohner' by 'Stadt'" },
      { "\"delimiter\": \";\"", "\"groupChar\": \".\"", "\"decimalChar\": \",\"" } },
    { "tabs.tsv", NULL, "id\tname\tprice\n1\tA, B\t3.50\n2\tC\t4.25\n",
      { "delimiter tab", "price: numbers as 1200.5" }, { "\"delimiter\": \"\\t\"" } },
    { "arabic.csv", "WINDOWS-1256", "المحافظة,العدد\nالبصرة,120\nالأنبار,80\nالنجف الأشرف,44\n",
      { "encoding windows-1256", "المحافظة: texts", "العدد: whole numbers", "chart: bars: 'العدد' by 'المحافظة'" },
      { "\"encoding\": \"windows-1256\"", "\"name\": \"المحافظة\"" } },
    { "iso.csv", "ISO-8859-6", "المحافظة,العدد\nالبصرة,120\nالأنبار,80\nالنجف الأشرف,44\n",
      { "encoding iso-8859-6" }, { "\"encoding\": \"iso-8859-6\"" } },
    { "western.csv", "WINDOWS-1252", "ville,nombre\nLi\u00e8ge,3\nGen\u00e8ve,5\nOrl\u00e9ans,7\n",
      { "encoding windows-1252", "doubt: the encoding is one of 8 bits" }, { "\"encoding\": \"windows-1252\"" } },
    { "excel.csv", "UTF-16", "Name\tCount\nBaghdad\t5\nNajaf\t7\nبابل\t9\n",
      { "encoding utf-16: it begins with its byte-order mark", "delimiter tab" }, { "\"encoding\": \"utf-16\"" } },
    { "little.csv", "UTF-16LE", "name,count\nBaghdad,5\nNajaf,7\nKarbala,9\n",
      { "encoding utf-16le: every other byte is zero" }, { "\"encoding\": \"utf-16le\"" } },
    { "digits.csv", NULL, "التاريخ,العدد,النسبة\n٣١ كانون الثاني ٢٠٢٤,١٬٢٠٠,٤٣٫٥\n٢٩ شباط ٢٠٢٤,٩٥٠,٤١٫٢\n",
      { "التاريخ: days as 31 January 2024 or ٣١ كانون الثاني ٢٠٢٤", "العدد: whole numbers", "النسبة: numbers" },
      { "\"format\": \"%d %B %Y\"" } },
    { "slashes.csv", NULL, "day,n\n01/02/2024,1\n13/02/2024,2\n", { "day: days as 31/01/2024" },
      { "\"format\": \"%d/%m/%Y\"" } },
    { "american.csv", NULL, "day,n\n02/01/2024,1\n02/13/2024,2\n", { "day: days as 01/31/2024" },
      { "\"format\": \"%m/%d/%Y\"" } },
    { "ambiguous.csv", NULL, "day,n\n03/04/2024,1\n05/06/2024,2\n",
      { "day: days as 31/01/2024", "doubt: day: no day is above 12, so that 03/04 may be 3 April or 4 March" },
      { "\"format\": \"%d/%m/%Y\"" } },
    { "groups.csv", NULL, "city,people\nA,\"1,234\"\nB,\"5,678\"\n",
      { "people: whole numbers as 1,200", "doubt: people: 1,234 is read as 1234" }, { "\"groupChar\": \",\"" } },
    { "signs.csv", NULL, "city;people;share\nA;1.234;0,5\nB;980;1,25\n",
      { "people: whole numbers as 1.200", "share: numbers as 1200,5",
        "doubt: people: 1.234 is read as 1234, since the file seems to write fractions with a comma" },
      { "\"groupChar\": \".\"" } },
    { "points.csv", NULL, "city,km\nA,1.234\nB,0.5\nC,12.75\n", { "km: numbers as 1200.5" }, { "\"type\": \"number\"" } },
    { "percent.csv", NULL, "city,share\nA,45%\nB,55.5%\n", { "share: numbers with a sign around them" },
      { "\"bareNumber\": false" } },
    { "missing.csv", NULL, "city,n,m\nA,1,n/a\nB,-,2.5\nC,3,..\nD,,3.5\n",
      { "n: whole numbers, none in 2 of 4 cells", "doubt: n: '-' is taken", "doubt: m: 'n/a' is taken",
        "doubt: m: '..' is taken" },
      { "\"missingValues\": [" } },
    { "truth.csv", NULL, "city,open,مفتوح\nA,yes,نعم\nB,no,لا\nC,yes,نعم\n", { "open: yes or no", "مفتوح: نعم or لا" },
      { "\"trueValues\": [" } },
    { "codes.csv", NULL, "zip,n\n00123,1\n10115,2\n",
      { "zip: texts", "doubt: zip: some cells begin with 0, as codes do" }, { "\"type\": \"string\"" } },
    { "words-of-sql.csv", NULL, "collate,current_date\nBasra,12\nErbil,13\nBasra,14\n",
      { "chart: bars: 'current_date' by 'collate'" }, { "\"name\": \"collate\"" } },
    { "headless.csv", NULL, "Basra,12,2024-01-01\nErbil,13,2024-01-02\nMosul,14,2024-01-03\n",
      { "header no", "3 rows, 3 columns", "column_3: days" }, { "\"header\": false", "\"name\": \"column_1\"" } },
    { "preamble.csv", NULL, "Report of the office\nMade in March\n\nday,n\n2024-01-01,5\n2024-01-02,6\nSource: the office\n",
      { "header yes: of row 4", "3 rows above the table are skipped", "doubt: line 7 has 1 cells in place of 2" },
      { "\"headerRows\": [", "\"commentRows\": [" } },
    { "sep.csv", NULL, "sep=;\nname;n\nA;3\nB;4\n",
      { "header yes: of row 2", "1 row above the table is skipped", "2 rows, 2 columns", "n: whole numbers" },
      { "\"headerRows\": [" } },
    { "twice.csv", NULL, "n,n,\n1,2,3\n4,5,6\n", { "doubt: the header has a name twice" },
      { "\"header\": false", "\"name\": \"n_2\"", "\"name\": \"column_3\"" } },
    { "pairs.csv", NULL, "name_en,name_ar,n\nBaghdad,بغداد,5\nBasra,البصرة,7\n",
      { "name_en: texts, the English of 'name_ar'", "chart: bars: 'n' by 'name_en'" }, { "\"name\": \"name_ar\"" } },
    { "years.csv", NULL, "year,n\n2019,5\n2020,7\n2021,9\n", { "year: years", "chart: a line: 'n' by 'year'" },
      { "\"type\": \"year\"" } },
    { "moments.csv", NULL, "at,n\n2024-01-31 10:00,5\n2024-02-01 11:30,7\n", { "at: moments as 2024-01-31 23:59" },
      { "\"type\": \"datetime\"" } },
    { "scatter.csv", NULL, "km,fuel\n1.5,2\n3,4.5\n7,9\n", { "chart: a scatter: 'fuel' by 'km'" }, { "\"type\": \"number\"" } },
    { "kinds.csv", NULL, "kind,n\na,1\nb,2\na,3\nb,4\na,5\nb,6\n", { "kind: texts, of 2 categories" },
      { "\"categories\": [" } },
    { "quotes.csv", NULL, "name,n\na 5\" pipe,1\nb,2\n", { "quotation marks are letters inside cells" },
      { "\"bareQuotes\": \"literal\"" } },
    { "Sales 2023 (final).csv", NULL, "Sales 2023,Order\n5,x\n7,y\n", { "chart: bars: 'Sales 2023' by 'Order'" },
      { "\"name\": \"sales-2023-final\"" } },
    { "open.csv", NULL, "name,n\n\"a,1\nb,2\n", { "doubt: quotation marks are taken for letters everywhere" },
      { "\"quoteChar\": \"\"" } },
    { "blanks.csv", NULL, "name, n\n\"a\", 1\n\"b\", 2\n", { "blanks behind the delimiter are left out" },
      { "\"skipInitialSpace\": true" } },
    { "nearly.csv", NULL, "id,n\na,1\nb,2\nc,3\nd,4\ne,5\nf,six\n",
      { "n: texts", "doubt: n: 5 of 6 cells are whole numbers, and 'six' in line 7 is not" }, { "\"type\": \"string\"" } },
};

/* The text in an encoding. Heap. */
static char *encoded(const char *encoding, const char *text, size_t *length)
{
    size_t from = strlen(text), room = 4 * from + 8, left = room;
    char *bytes = calloc(room, 1), *to = bytes, *p = (char *)text;
    if (!encoding) {
        memcpy(bytes, text, from);
        *length = from;
        return bytes;
    }
    iconv_t converter = iconv_open(encoding, "UTF-8");
    assert_true(converter != (iconv_t)-1);
    assert_int_equal(iconv(converter, &p, &from, &to, &left), 0);
    iconv_close(converter);
    *length = room - left;
    return bytes;
}

static void assert_holds(const char *name, const char *text, const char *const parts[EXPECTED])
{
    for (int i = 0; i < EXPECTED && parts[i]; i++)
        if (!strstr(text, parts[i]))
            fail_msg("%s: '%s' is missing in:\n%s", name, parts[i], text);
}

/* The only file of that name below a folder of the workspace. */
static char *found_file(const char *workspace, const char *name)
{
    const char *const argv[] = { "find", workspace, "-name", name, NULL };
    struct outcome o = program_run(argv, NULL);
    assert_int_equal(o.code, 0);
    o.out[strcspn(o.out, "\n")] = '\0';
    char *path = strdup(o.out);
    outcome_drop(&o);
    size_t length;
    char *content = file_content(path, &length);
    free(path);
    return content;
}

static void a_csv_file_of_each_kind_becomes_a_report(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fixtures / sizeof *fixtures; i++) {
        const struct fixture *f = &fixtures[i];
        char *folder = tree_new(), *path = text_join(folder, f->name), *workspace = text_join(folder, "workspace");
        size_t length;
        char *bytes = encoded(f->encoding, f->text, &length);
        file_write(path, bytes, length);
        const char *const argv[] = { program_mujaz(), "init", "--from", path, workspace, NULL };
        struct outcome o = program_run(argv, NULL);
        if (o.code != 0 || strstr(o.err, "error"))
            fail_msg("%s: %d\n%s%s", f->name, o.code, o.out, o.err);
        assert_holds(f->name, o.out, f->said);
        assert_non_null(strstr(o.out, ": good: parallel "));
        char *package = found_file(workspace, "datapackage.json");
        assert_holds(f->name, package, f->package);
        free(package);
        free(bytes);
        free(path);
        free(workspace);
        outcome_drop(&o);
        tree_remove(folder);
    }
}

/* Reading takes the sign off a number: the titles keep it, once, and none that only some cells have. */
static void signs_of_numbers_stay_in_titles(void **state)
{
    (void)state;
    static const char csv[] = "city,share,growth %,cost,odd\nA,45%,1%,\"$1,200.50\",7%\nB,n/a,2%,$30,$8\nC,55.5%,,,9%\n";
    static const char *const held[EXPECTED] = { "title: {en: \"Share (%)\", ar: \"الحصة (%)\"}",
                                                "title: {en: \"Growth %\", ar: \"Growth %\"}",
                                                "title: {en: \"Cost ($)\"", "title: {en: \"Odd\"",
                                                "unit: {en: \"Share (%)\", ar: \"الحصة (%)\"}" };
    char *folder = tree_new(), *path = text_join(folder, "signs.csv"), *workspace = text_join(folder, "workspace");
    file_write(path, csv, strlen(csv));
    const char *const argv[] = { program_mujaz(), "init", "--from", path, workspace, NULL };
    struct outcome o = program_run(argv, NULL);
    if (o.code != 0)
        fail_msg("%d\n%s%s", o.code, o.out, o.err);
    char *yaml = found_file(workspace, "report.yaml"), *text = found_file(workspace, "en.md");
    assert_holds("report.yaml", yaml, held);
    assert_non_null(strstr(text, "of “Share (%)” is {total}"));
    free(yaml);
    free(text);
    free(path);
    free(workspace);
    outcome_drop(&o);
    tree_remove(folder);
}

static void the_example_builds_as_it_is(void **state)
{
    (void)state;
    char *folder = tree_new(), *workspace = text_join(folder, "a/b"), *out = text_join(folder, "out");
    const char *const init[] = { program_mujaz(), "init", workspace, NULL };
    const char *const build[] = { program_mujaz(), "build", "-C", workspace, "-o", out, "libraries", NULL };
    struct outcome o = program_run(init, NULL);
    assert_string_equal(o.err, "");
    assert_int_equal(o.code, 0);
    assert_non_null(strstr(o.out, "reports/libraries/report.yaml\n"));
    assert_non_null(strstr(o.out, "libraries: good: parallel 1 page, en 1 page, ar 1 page\nnext: mujaz build -C "));
    outcome_drop(&o);
    char *yaml = found_file(workspace, "report.yaml");
    assert_non_null(strstr(yaml, "# yaml-language-server: $schema=/"));
    assert_null(strstr(yaml, "@SHARE@"));
    free(yaml);
    o = program_run(build, NULL);
    assert_string_equal(o.err, "");
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    free(workspace);
    free(out);
    tree_remove(folder);
}

static void nothing_is_written_where_something_is(void **state)
{
    (void)state;
    char *folder = tree_new(), *kept = text_join(folder, "kept.txt"), *csv = text_join(folder, "a.csv");
    file_write(kept, "mine", 4);
    const char *const init[] = { program_mujaz(), "init", folder, NULL };
    struct outcome o = program_run(init, NULL);
    assert_int_equal(o.code, 1);
    assert_non_null(strstr(o.err, "error: [folder-taken] the folder is not empty, 'kept.txt' is in it; name a new folder"));
    assert_string_equal(o.out, "");
    outcome_drop(&o);
    const char *const file[] = { program_mujaz(), "init", kept, NULL };
    o = program_run(file, NULL);
    assert_int_equal(o.code, 1);
    assert_non_null(strstr(o.err, "[folder-taken] Not a directory; name a new folder"));
    outcome_drop(&o);
    free(kept);
    free(csv);
    tree_remove(folder);
}

static void what_is_no_table_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } cases[] = {
        { "", "[csv-empty]" },
        { "a,b\n", "[csv-no-rows]" },
        { "%PDF-1.7\n", "[csv-kind]" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *folder = tree_new(), *path = text_join(folder, "x.csv"), *workspace = text_join(folder, "w");
        file_write(path, cases[i].text, strlen(cases[i].text));
        const char *const argv[] = { program_mujaz(), "init", "--from", path, workspace, NULL };
        struct outcome o = program_run(argv, NULL);
        if (o.code != 1 || !strstr(o.err, cases[i].said) || file_is_there(workspace))
            fail_msg("%s: %d\n%s%s", cases[i].said, o.code, o.out, o.err);
        outcome_drop(&o);
        free(path);
        free(workspace);
        tree_remove(folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_builds_as_it_is),
        cmocka_unit_test(nothing_is_written_where_something_is),
        cmocka_unit_test(a_csv_file_of_each_kind_becomes_a_report),
        cmocka_unit_test(signs_of_numbers_stay_in_titles),
        cmocka_unit_test(what_is_no_table_is_refused),
    };
    return cmocka_run_group_tests_name("cli init", tests, NULL, NULL);
}
