/* What was checked before, kept: it is believed only as it was written, of the same bytes; else all is as without. */
#include "dataset/cache.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "dataset/package.h"
#include "dataset/relation_inside.h"
#include "support/made.h"
#include "support/program.h"
#include "support/said.h"

enum { ROWS = 66000, DAMAGES = 160 };

static const char package[] =
    "{\"resources\": [{\"name\": \"t\", \"path\": [\"t.csv\", \"more.csv\"], \"schema\": \"schema.json\"}]}";
static const char schema[] =
    "{\"fields\": [{\"name\": \"id\", \"type\": \"integer\"}, {\"name\": \"name\"}, {\"name\": \"day\", \"type\": \"date\"},"
    "{\"name\": \"x\", \"type\": \"number\"}, {\"name\": \"w\", \"type\": \"number\"}, {\"name\": \"yes\", \"type\": \"boolean\"},"
    "{\"name\": \"none\"}, {\"name\": \"p\", \"type\": \"geopoint\"}], \"primaryKey\": \"id\"}";
static const char header[] = "id,name,day,x,w,yes,none,p\n";

static struct made made;
static struct arena *arena;
static char *folder; /* of the cache */
static struct dataset_options options;

static int set_up(void **state)
{
    (void)state;
    struct chance c = { 11 };
    struct buf csv;
    made_new(&made, "set");
    arena = arena_new();
    folder = text_join(made.root, "a/cache");
    options = (struct dataset_options){ .cache = folder };
    made_put(&made, "datapackage.json", package);
    made_put(&made, "schema.json", schema);
    buf_init(&csv);
    buf_add_string(&csv, header);
    static const char *const wide[] = { "999999999999999", "0.000000000000001", "" };
    for (size_t row = 0; row < ROWS; row++)
        buf_printf(&csv, "%zu,n%u,20%02u-01-31,%u.%0*u,%s,%s,,\"%u,1\"\n", row * 1000000007, chance_below(&c, 300),
                   chance_below(&c, 30), chance_below(&c, 90), row % 2 ? 1 : 2, chance_below(&c, 9), wide[row % 3],
                   row % 5 ? "true" : "", chance_below(&c, 40));
    made_put(&made, "t.csv", csv.data);
    buf_clear(&csv);
    buf_printf(&csv, "%s-5,more,2024-01-01,1,2,false,,\n", header);
    made_put(&made, "more.csv", csv.data);
    buf_drop(&csv);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    free(folder);
    arena_drop(arena);
    made_drop(&made);
    return 0;
}

/* The only file of the folder; NULL: there is none. */
static const char *kept_file(void)
{
    const char *found = NULL;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (entry->d_name[0] != '.') {
            assert_null(found);
            found = file_join(arena, folder, entry->d_name);
        }
    if (dir)
        closedir(dir);
    return found;
}

static ino_t inode(const char *path)
{
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    return status.st_ino;
}

static char *load_cells(const char *want)
{
    struct dataset *set = made_load(&made, &options, want);
    char *cells = made_cells(dataset_relation(set, 0));
    dataset_drop(set);
    return cells;
}

static void assert_cells(const char *want)
{
    char *cells = load_cells("");
    assert_int_equal(strlen(cells), strlen(want));
    assert_memory_equal(cells, want, strlen(want));
    free(cells);
}

static void what_was_kept_is_what_was_read(void **state)
{
    (void)state;
    options.cache = NULL;
    char *cells = load_cells("");
    assert_null(kept_file());
    options.cache = folder;
    assert_cells(cells);
    const char *file = kept_file();
    ino_t written = inode(file);
    assert_cells(cells);
    assert_int_equal(inode(kept_file()), written); /* it was read, not written again */

    struct dataset *set = made_load(&made, &options, "");
    const struct relation *r = dataset_relation(set, 0);
    struct relation_cell wanted[] = { { ROWS, 0 }, { 3, 2 } };
    struct place places[2];
    struct diags *diags = diags_new();
    assert_true(relation_places(r, wanted, 2, places, diags));
    assert_said(diags, NULL, "");
    assert_string_equal(strrchr(places[0].file, '/'), "/more.csv");
    assert_int_equal(places[0].line, 2);
    assert_int_equal(places[1].line, 5);
    assert_int_equal(r->columns[0].data.least, -5);
    assert_true(r->columns[4].data.wide);
    dataset_drop(set);
    free(cells);
}

/* Another byte, though as many: of a CSV file, of datapackage.json, of a file that it names. */
static void other_bytes_are_read(void **state)
{
    (void)state;
    char *cells = load_cells(""), *path = text_join(made.folder, "more.csv"), *other;
    const char *file = kept_file();
    ino_t written = inode(file);
    file_replace(path, "more", "mora");
    other = load_cells("");
    assert_non_null(strstr(other, "|mora|"));
    assert_int_not_equal(inode(kept_file()), written);
    file_replace(path, "mora", "more");
    assert_cells(cells);
    free(other);
    free(path);

    written = inode(kept_file());
    path = text_join(made.folder, "datapackage.json");
    file_replace(path, "{\"resources\": [", "{\"resources\":[ ");
    assert_cells(cells);
    assert_int_not_equal(inode(kept_file()), written);
    free(path);

    path = text_join(made.folder, "schema.json");
    file_replace(path, "\"fields\"", "\"missingValues\": [\"\", \"n7\"], \"fields\"");
    other = load_cells("");
    assert_null(strstr(other, "|n7|"));
    assert_non_null(strstr(cells, "|n7|"));
    file_replace(path, "\"n7\"", "\"n8\"");
    free(other);
    other = load_cells("");
    assert_null(strstr(other, "|n8|"));
    assert_non_null(strstr(other, "|n7|"));
    free(other);
    free(path);
    free(cells);
}

/* --- damage --------------------------------------------------------------------------------------------------- */

/* As many bytes in few rows and texts, so that the kept file is small. */
static void put_long_texts(void)
{
    struct buf csv;
    char letters[4001];
    buf_init(&csv);
    buf_add_string(&csv, header);
    memset(letters, 'x', 4000);
    letters[4000] = '\0';
    for (int row = 0; row < 330; row++)
        buf_printf(&csv, "%d,n%d%s,2024-01-%02d,%d.%d,,true,,\"%d,1\"\n", row, row % 7, letters, 1 + row % 28, row, row % 10,
                   row % 90);
    made_put(&made, "t.csv", csv.data);
    buf_drop(&csv);
}

static bool is_believed(const struct resource *resource, struct cache_key key)
{
    struct relation *relation = cache_read(folder, resource, key);
    bool believed = relation;
    relation_drop(relation);
    return believed;
}

static void damaged_files_are_refused(void **state)
{
    (void)state;
    struct chance c = { 3 };
    put_long_texts();
    char *cells = load_cells("");
    size_t length;
    const char *file = kept_file();
    char *good = file_content(file, &length);
    struct package read;
    struct cache_key key, other;
    struct diags *diags = diags_new();
    assert_true(package_read(made.folder, arena, &read, diags));
    assert_true(cache_key_of(file_join(arena, made.folder, "datapackage.json"), read.resources, &key));
    assert_true(is_believed(read.resources, key));
    other = (struct cache_key){ key.low ^ 1, key.high };
    assert_false(is_believed(read.resources, other));
    for (size_t i = 0; i < DAMAGES; i++) {
        /* each of the first bytes, then the heads of columns and anything else */
        size_t at = i < 100 ? i : chance_below(&c, (uint32_t)length);
        char before = good[at];
        good[at] = (char)(i % 3 ? before ^ (1 << chance_below(&c, 8)) : before == -1 ? 0 : -1);
        file_write(file, good, length);
        assert_false(is_believed(read.resources, key));
        good[at] = before;
        file_write(file, good, i % 2 ? chance_below(&c, (uint32_t)length) : i / 2 < 50 ? i / 2 : length - i / 2 + 49);
        assert_false(is_believed(read.resources, key));
    }
    good = xrealloc(good, length + 1, 1);
    good[length] = 'x';
    file_write(file, good, length + 1);
    assert_false(is_believed(read.resources, key));
    memset(good, 0xFF, length); /* counts as large as they can be */
    file_write(file, good, length);
    assert_false(is_believed(read.resources, key));
    package_drop(&read);
    assert_said(diags, NULL, "");
    free(good);
    free(cells);
}

static void damaged_files_are_written_again(void **state)
{
    (void)state;
    put_long_texts();
    char *cells = load_cells(""), *again;
    size_t length, other;
    const char *file = kept_file();
    char *good = file_content(file, &length);
    for (size_t i = 0; i < 3; i++) {
        good[length / 2] ^= 1;
        file_write(file, good, i == 0 ? length : i == 1 ? length / 2 : 0);
        good[length / 2] ^= 1;
        assert_cells(cells);
        again = file_content(kept_file(), &other);
        assert_int_equal(other, length);
        assert_memory_equal(again, good, length);
        free(again);
    }
    free(good);
    free(cells);
}

/* --- silence -------------------------------------------------------------------------------------------------- */

static void a_folder_that_cannot_be_written_is_no_matter(void **state)
{
    (void)state;
    char *cells = load_cells(""), *inside = text_join(made.folder, "t.csv/cache"), *before = folder;
    const char *file = kept_file();
    options.cache = inside; /* below a file */
    assert_cells(cells);
    assert_cells(cells);
    free(inside);
    options.cache = before;
    assert_int_equal(unlink(file), 0);
    assert_int_equal(mkdir(file, 0777), 0); /* a folder where the file would be */
    assert_cells(cells);
    assert_cells(cells);
    assert_string_equal(kept_file(), file); /* and nothing beside it */
    free(cells);
}

static void small_files_are_not_kept(void **state)
{
    (void)state;
    made_put(&made, "t.csv", "id,name,day,x,w,yes,none,p\n1,,,,,,,\n");
    free(load_cells(""));
    assert_null(kept_file());
}

static void warnings_are_said_again(void **state)
{
    (void)state;
    char *path = text_join(made.folder, "t.csv");
    file_replace(path, "\n", "\n\n");
    for (int i = 0; i < 2; i++) {
        free(load_cells("t.csv:2:1: warning: [csv-blank-line] a blank line is skipped; take it out, or write \"\" when it "
                        "is an empty cell\n"));
        assert_null(kept_file());
    }
    free(path);
}

static void errors_are_said_again(void **state)
{
    (void)state;
    static const char wrong[] = "t.csv:3:1: error: [cell-unique] primary key 'id': '0' is there twice, first in line 2; "
                                "keep one\n";
    char *path = text_join(made.folder, "t.csv");
    file_replace(path, "\n1000000007,", "\n0,");
    for (int i = 0; i < 2; i++) {
        assert_null(made_load(&made, &options, wrong));
        assert_null(kept_file());
    }
    free(path);
    /* what concerns other tables is checked whether a table was kept or not */
    char *schema_path = text_join(made.folder, "schema.json");
    file_replace(schema_path, "\"primaryKey\": \"id\"",
                 "\"foreignKeys\": [{\"fields\": \"name\", \"reference\": {\"fields\": \"none\"}}]");
    for (int i = 0; i < 2; i++) {
        struct diags *diags = diags_new();
        assert_null(dataset_load(made.folder, &options, diags));
        assert_int_equal(diags_count(diags), DATASET_MAX_ERRORS + 1);
        assert_non_null(kept_file());
        diags_drop(diags);
    }
    free(schema_path);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_was_kept_is_what_was_read),
        TEST(other_bytes_are_read),
        TEST(damaged_files_are_refused),
        TEST(damaged_files_are_written_again),
        TEST(a_folder_that_cannot_be_written_is_no_matter),
        TEST(small_files_are_not_kept),
        TEST(warnings_are_said_again),
        TEST(errors_are_said_again),
    };
    return cmocka_run_group_tests_name("dataset cache", tests, NULL, NULL);
}
