/* The benchmark's own data: always the same bytes, without a mistake, and of the shape that the figures need. */
#include "dataset/dataset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "support/program.h"
#include "support/said.h"

enum { ROWS = 200, ACTORS = 40 };

static const char *const files[] = { "datapackage.json", "actor-labels.csv", "attacks.csv" };

/* A new workspace; where its dataset is in `set`. */
static char *generate(const char *rows, char set[512])
{
    char generator[512];
    char *folder = tree_new();
    const char *build = getenv("BUILD");
    snprintf(generator, sizeof generator, "%s/bench/generate_attacks", build ? build : "build");
    struct outcome o = program_run((const char *const[]){ generator, rows, folder, NULL }, NULL);
    assert_string_equal(o.err, "");
    assert_int_equal(o.code, 0);
    outcome_drop(&o);
    snprintf(set, 512, "%s/datasets/attacks", folder);
    return folder;
}

static void hash_one(const char *folder, const char *name, char hex[HASH_HEX])
{
    struct diags *diags = diags_new();
    char *path = text_join(folder, name);
    assert_true(hash_file(path, hex, diags));
    free(path);
    diags_drop(diags);
}

static size_t count_text(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *p = text; (p = strstr(p, part)); p += strlen(part))
        count++;
    return count;
}

/* Figures of two nights compare only when the data are the same: a change here makes all older ones void. */
static void bytes_are_always_the_same(void **state)
{
    static const char *const wanted[] = {
        "66d1d22923c414ad2c83c370e56e36bfb7fd82e825abafc0cd4f75d1eb33a685",
        "fcd5e7187844b1317371c3366030fddaa2050e1cdae36be52ec51ee5e2605589",
        "e8c9c0310f07e1ac1e51af8fc7b1a986c507cc480c0c2ca04ceaf49e8bb702e0",
    };
    char set[512], hex[HASH_HEX];
    (void)state;
    for (int run = 0; run < 2; run++) {
        char *folder = generate("200", set);
        for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
            hash_one(set, files[i], hex);
            assert_string_equal(hex, wanted[i]);
        }
        tree_remove(folder);
    }
}

static void loads_without_a_word(void **state)
{
    char set[512];
    char *folder = generate("200", set);
    struct diags *diags = diags_new();
    struct dataset *dataset = dataset_load(set, NULL, diags);
    (void)state;
    assert_said(diags, folder, "");
    assert_non_null(dataset);
    assert_int_equal(dataset_relations(dataset), 2);

    const struct relation *attacks = dataset_relation(dataset, 0), *labels = dataset_relation(dataset, 1);
    assert_string_equal(relation_name(attacks), "attacks");
    assert_int_equal(relation_columns(attacks), 11 + 2); /* with date_month and date_year */
    assert_int_equal(relation_rows(attacks), ROWS);
    assert_string_equal(relation_name(labels), "actor_labels");
    assert_int_equal(relation_rows(labels), ACTORS);

    /* Every newline of the file ends a record or stands in a note. */
    char *path = text_join(set, "attacks.csv"), *content = file_content(path, NULL);
    size_t inside = 0;
    for (size_t row = 0; row < ROWS; row++) {
        struct value note = relation_value(attacks, row, 10);
        inside += note.text ? count_text(note.text, "\n") : 0;
    }
    assert_true(inside >= 10);
    assert_int_equal(count_text(content, "\n"), 1 + ROWS + inside);
    assert_true(strlen(content) > 100 * ROWS && strlen(content) < 120 * ROWS);
    assert_true(count_text(content, "\"\"") && count_text(content, "\r\n") && count_text(content, "،"));

    free(content);
    free(path);
    dataset_drop(dataset);
    tree_remove(folder);
}

/* Each check that the benchmark pays for is there: a wrong cell in the row of id 6 is found. */
static void every_column_is_checked(void **state)
{
    static const char row[] = "\n6,2014-04-04,Diyala,group-06,police,IDF,1,2,33.4587,44.9257,";
    static const struct {
        const char *wrong, *slug;
    } cases[] = {
        { "\n5,2014-04-04,Diyala,group-06,police,IDF,1,2,33.4587,44.9257,", "[cell-unique]" },
        { "\n0,2014-04-04,Diyala,group-06,police,IDF,1,2,33.4587,44.9257,", "[cell-range]" },
        { "\n6,2014-02-30,Diyala,group-06,police,IDF,1,2,33.4587,44.9257,", "[cell-type]" },
        { "\n6,2014-04-04,Diyalah,group-06,police,IDF,1,2,33.4587,44.9257,", "[cell-enum]" },
        { "\n6,2014-04-04,Diyala,group-40,police,IDF,1,2,33.4587,44.9257,", "[cell-foreign]" },
        { "\n6,2014-04-04,Diyala,group-06,polices,IDF,1,2,33.4587,44.9257,", "[cell-enum]" },
        { "\n6,2014-04-04,Diyala,group-06,police,IFD,1,2,33.4587,44.9257,", "[cell-enum]" },
        { "\n6,2014-04-04,Diyala,group-06,police,IDF,-1,2,33.4587,44.9257,", "[cell-range]" },
        { "\n6,2014-04-04,Diyala,group-06,police,IDF,1,2.5,33.4587,44.9257,", "[cell-type]" },
        { "\n6,2014-04-04,Diyala,group-06,police,IDF,1,2,,44.9257,", "[cell-required]" },
        { "\n6,2014-04-04,Diyala,group-06,police,IDF,1,2,33.4587,49.0001,", "[cell-range]" },
    };
    char set[512];
    char *folder = generate("200", set), *path = text_join(set, "attacks.csv");
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct diags *diags = diags_new();
        file_replace(path, row, cases[i].wrong);
        assert_null(dataset_load(set, NULL, diags));
        char *text = said(diags, folder);
        if (diags_errors(diags) != 1 || !strstr(text, cases[i].slug))
            fail_msg("%s wanted, said: %s", cases[i].slug, text);
        file_replace(path, cases[i].wrong, row);
        free(text);
        diags_drop(diags);
    }
    free(path);
    tree_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_always_the_same),
        cmocka_unit_test(loads_without_a_word),
        cmocka_unit_test(every_column_is_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
