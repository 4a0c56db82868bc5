/* YAML and JSON trees, their places, what is refused; and files. */
#include "base/node.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/nearest.h"
#include "support/program.h"
#include "support/said.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_drop(arena);
    return 0;
}

static const struct node *parse(const char *text, struct diags *diags)
{
    return node_parse("r.yaml", text, strlen(text), arena, diags);
}

static const struct node *good(const char *text)
{
    struct diags *diags = diags_new();
    const struct node *node = parse(text, diags);
    assert_said(diags, NULL, "");
    assert_non_null(node);
    return node;
}

static void bad(const char *text, const char *want)
{
    struct diags *diags = diags_new();
    assert_null(parse(text, diags));
    assert_said(diags, NULL, want);
}

static void assert_at(struct place at, uint32_t line, uint32_t col)
{
    assert_string_equal(at.file, "r.yaml");
    assert_int_equal(at.line, line);
    assert_int_equal(at.col, col);
}

static void trees_keep_order_kinds_and_places(void **state)
{
    (void)state;
    const struct node *root = good("title: {en: \"a\", ar: مجالس}\nlist:\n  - 1\n  - 'two'\nempty:\n");
    assert_int_equal(root->kind, NODE_MAP);
    assert_int_equal(root->count, 3);
    assert_string_equal(root->keys[1], "list");
    assert_at(root->key_at[1], 2, 1);

    const struct node *title = node_get(root, "title");
    assert_at(title->at, 1, 8);
    assert_at(node_get(title, "en")->at, 1, 14); /* behind the quote */
    assert_false(node_get(title, "en")->plain);
    assert_at(title->key_at[1], 1, 18);
    assert_at(node_get(title, "ar")->at, 1, 22);
    assert_string_equal(node_get(title, "ar")->text, "مجالس");

    const struct node *list = node_get(root, "list");
    assert_int_equal(list->kind, NODE_LIST);
    assert_int_equal(list->count, 2);
    assert_true(list->items[0]->plain);
    assert_at(list->items[1]->at, 4, 6);
    assert_string_equal(node_get(root, "empty")->text, "");
    assert_null(node_get(root, "none"));
    assert_null(node_get(list, "none"));
    assert_null(node_get(NULL, "none"));
}

static void block_scalars_tell_where_their_text_stands(void **state)
{
    (void)state;
    const struct node *root = good("a:\n  data: |\n    SELECT x\n      FROM t\n"
                                   "b: |2\n    deep\n   less\nc: |\n\n  late\nd: >-\n  one\n  two\n");
    const struct node *data = node_get(node_get(root, "a"), "data");
    assert_string_equal(data->text, "SELECT x\n  FROM t\n");
    assert_at(data->at, 3, 5);
    assert_int_equal(data->indent, 4);
    const struct node *b = node_get(root, "b");
    assert_string_equal(b->text, "  deep\n less\n");
    assert_at(b->at, 6, 3);
    assert_int_equal(b->indent, 2);
    const struct node *c = node_get(root, "c");
    assert_string_equal(c->text, "\nlate\n");
    assert_at(c->at, 9, 3);
    assert_int_equal(c->indent, 2);
    assert_string_equal(node_get(root, "d")->text, "one two");
    assert_at(node_get(root, "d")->at, 12, 3);
}

static void json_is_read_as_it_is(void **state)
{
    (void)state;
    const struct node *root = good("{\"a\":[1,true,null],\n\t\"b\\u00e9\\/\":\"x\\\"y\\n\"}");
    assert_int_equal(node_get(root, "a")->count, 3);
    assert_string_equal(node_get(root, "bé/")->text, "x\"y\n");
    assert_at(root->key_at[1], 2, 2);
}

static void what_is_not_well_formed_is_placed(void **state)
{
    (void)state;
    bad("", "r.yaml:1:1: error: [yaml-syntax] the file is empty; a map is needed\n");
    bad("a: [1, 2\nb: 3\n", "r.yaml:2:2: error: [yaml-syntax] while parsing a flow sequence, did not find expected "
        "',' or ']'; mend the indentation, quotes or commas\n");
    bad("a: b: c\n", "r.yaml:1:5: error: [yaml-syntax] mapping values are not allowed in this context; put a text "
        "that holds ':' into quotes, a comma (,) before the next key, or mend the indentation\n");
    bad("a:\n\tb: 1\n", "r.yaml:2:1: error: [yaml-syntax] while scanning for the next token, found character that "
        "cannot start any token; a tab stands here: indent with spaces\n");
    bad("a: @b\n", "r.yaml:1:4: error: [yaml-syntax] while scanning for the next token, found character that cannot "
        "start any token; put a text that begins so into quotes\n");
    bad("a: {en: Wells, ar: آبار: ثلثها}\n", "r.yaml:1:24: error: [yaml-syntax] while parsing a flow mapping, did not "
        "find expected ',' or '}'; put a text that holds ':' into quotes, a comma (,) before the next key, or mend "
        "the indentation\n");
    bad("a: {en: Wells، ar: x}\n", "r.yaml:1:18: error: [yaml-syntax] while parsing a flow mapping, did not find "
        "expected ',' or '}'; put a text that holds ':' into quotes, a comma (,) before the next key, or mend the "
        "indentation\n");
    bad("? [a]\n: b\n", "r.yaml:1:3: error: [yaml-syntax] a key is a list or a map; a key is one word\n");
    bad("a: \"\\u202e\"\n",
        "r.yaml:1:4: error: [utf8-bad] the character U+202E may not stand in a text; take it out\n");
    bad("a: \"x\\0y\"\n", "r.yaml:1:4: error: [utf8-bad] the character U+0000 may not stand in a text; take it out\n");
}

static void anchors_aliases_tags_and_documents_are_refused(void **state)
{
    (void)state;
    bad("a: &x 1\n", "r.yaml:1:4: error: [yaml-refused] an anchor (&name) is not read here; take it out\n");
    bad("a: *x\n", "r.yaml:1:4: error: [yaml-refused] an alias (*name) is not read here; write the value out\n");
    bad("a: !!int 1\n", "r.yaml:1:4: error: [yaml-refused] a tag (!name) is not read here; take it out\n");
    bad("&x a: 1\n", "r.yaml:1:1: error: [yaml-refused] an anchor (&name) is not read here; take it out\n");
    bad("a: 1\n---\nb: 2\n", "r.yaml:2:1: error: [yaml-refused] a second document starts here; a file holds one\n");
}

static void duplicate_keys_are_refused(void **state)
{
    (void)state;
    bad("a: 1\nb: 2\nc: {x: 1}\na: 3\n",
        "r.yaml:4:1: error: [key-duplicate] the key 'a' is given again, first in line 1; keep one\n");
    bad("c: {x: 1, y: 2, x: 3}\n",
        "r.yaml:1:17: error: [key-duplicate] the key 'x' is given again, first in line 1; keep one\n");
}

static void depth_is_limited(void **state)
{
    (void)state;
    struct buf deep;
    buf_init(&deep);
    for (int i = 0; i < 32; i++)
        buf_add_char(&deep, '[');
    for (int i = 0; i < 32; i++)
        buf_add_char(&deep, ']');
    good(deep.data);
    buf_clear(&deep);
    for (int i = 0; i < 100000; i++)
        buf_add_char(&deep, '[');
    bad(deep.data, "r.yaml:1:33: error: [yaml-depth] nested deeper than 32; make it flatter\n");
    buf_drop(&deep);
}

static void unknown_keys_name_the_nearest(void **state)
{
    (void)state;
    static const char *const known[] = { "title", "figures", NULL };
    struct diags *diags = diags_new();
    node_check_keys(good("tilte: 1\nfigures: 2\ncolour: 3\n"), known, "the report", diags);
    char word[301] = { 0 };
    assert_null(nearest_known(memset(word, 'x', sizeof word - 1), known, 2));
    assert_said(diags, NULL,
                "r.yaml:1:1: error: [key-unknown] unknown key 'tilte' in the report; did you mean 'title'?\n"
                "r.yaml:3:1: error: [key-unknown] unknown key 'colour' in the report; known are title, figures\n");
}

static void typed_reading(void **state)
{
    (void)state;
    const struct node *map = good("s: text\ni: -12\nb: true\nn: 12.50\nl: [1]\nnil:\nq: \"7\"\n");
    struct diags *diags = diags_new();
    const char *text = NULL;
    int64_t integer = 0;
    bool yes = false;
    struct num number = num_from_int(0);

    assert_true(node_text(map, "s", true, &text, diags));
    assert_string_equal(text, "text");
    assert_true(node_int(map, "i", true, &integer, diags));
    assert_int_equal(integer, -12);
    assert_true(node_bool(map, "b", true, &yes, diags));
    assert_true(yes);
    assert_true(node_num(map, "n", true, &number, diags));
    assert_int_equal(number.coefficient, 1250);
    assert_false(node_text(map, "none", false, &text, diags));
    assert_int_equal(diags_count(diags), 0);

    assert_false(node_text(map, "none", true, &text, diags));
    assert_false(node_text(map, "l", false, &text, diags));
    assert_false(node_text(map, "nil", false, &text, diags));
    assert_false(node_int(map, "n", false, &integer, diags));
    assert_false(node_int(map, "q", false, &integer, diags));
    assert_false(node_bool(map, "s", false, &yes, diags));
    assert_false(node_num(map, "s", false, &number, diags));
    assert_string_equal(text, "text");
    assert_int_equal(integer, -12);
    assert_said(diags, NULL,
                "r.yaml:1:1: error: [key-missing] the key 'none' is missing; give it a text\n"
                "r.yaml:5:4: error: [value-kind] 'l' is a list; give it a text\n"
                "r.yaml:6:5: error: [value-kind] 'nil' has no value; give it a text\n"
                "r.yaml:4:4: error: [value-kind] 'n' is '12.50'; write a whole number, without quotes\n"
                "r.yaml:7:5: error: [value-kind] 'q' is '7'; write a whole number, without quotes\n"
                "r.yaml:1:4: error: [value-kind] 's' is 'text'; write true or false\n"
                "r.yaml:1:4: error: [value-kind] 's' is 'text'; write a number such as 12.5, without quotes\n");
}

static char *folder;

static const char *path_of(const char *name)
{
    return file_join(arena, folder, name);
}

static void files_that_cannot_be_read(void **state)
{
    (void)state;
    static char large[(1 << 20) + 1];
    struct diags *diags = diags_new();
    size_t length;
    folder = tree_new();
    file_write(path_of("long"), "12345", 5);
    file_write(path_of("latin"), "ok\nsm\xF8rre", 9);
    file_write(path_of("override"), "ab\xE2\x80\xAE", 5);
    file_write(path_of("bom"), "\xEF\xBB\xBFx\r\n\ty", 8);
    for (size_t i = 0; i < sizeof large; i++)
        large[i] = i % 64 ? 'x' : '\n';
    file_write(path_of("large.yaml"), large, sizeof large);

    assert_null(file_read(path_of("none"), 10, arena, &length, diags));
    assert_null(file_read(folder, 10, arena, &length, diags));
    assert_null(file_read(path_of("long"), 4, arena, &length, diags));
    assert_null(file_read_text(path_of("latin"), 10, arena, &length, diags));
    assert_null(file_read_text(path_of("override"), 10, arena, &length, diags));
    assert_null(node_load(path_of("none.yaml"), arena, diags));
    assert_null(node_load(path_of("large.yaml"), arena, diags));
    assert_string_equal(file_read_text(path_of("bom"), 10, arena, &length, diags), "x\r\n\ty");
    assert_int_equal(length, 5);
    assert_true(file_exists(path_of("long")));
    assert_false(file_exists(path_of("none")));
    char *text = said(diags, folder), *directory = strstr(text, folder);
    assert_non_null(directory); /* the folder itself, without a slash behind it */
    memmove(directory, directory + strlen(folder), strlen(directory + strlen(folder)) + 1);
    assert_string_equal(text,
                        "none: error: [file-absent] there is no such file\n"
                        ": error: [file-absent] is no regular file; a file is needed here\n"
                        "long: error: [file-size] has 5 bytes; at most 4 are read\n"
                        "latin:2:3: error: [utf8-bad] byte 0xF8 is not valid UTF-8; save the file as UTF-8\n"
                        "override:1:3: error: [utf8-bad] the character U+202E may not stand in a text; take it out\n"
                        "none.yaml: error: [file-absent] there is no such file\n"
                        "large.yaml: error: [file-size] has 1048577 bytes; at most 1048576 are read\n");
    free(text);
    diags_drop(diags);
    tree_remove(folder);
}

static void paths_stay_inside(void **state)
{
    (void)state;
    static const char *const inside[] = { "a.csv", "a/b.csv", "..a/b", "a.." };
    static const char *const outside[] = { "", "/a", "../a", "a/../b", "a//b", "a/", "..", "a\\b", "a/.." };
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
        assert_true(file_path_is_inside(inside[i]));
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        assert_false(file_path_is_inside(outside[i]));
    assert_string_equal(file_join(arena, "a", "b"), "a/b");
    assert_string_equal(file_join(arena, "a/", "b"), "a/b");
}

static void sha256_of_abc(void **state)
{
    (void)state;
    uint8_t digest[HASH_BYTES];
    char hex[HASH_HEX];
    hash_sha256("abc", 3, digest);
    hash_hex(digest, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(trees_keep_order_kinds_and_places),
        TEST(block_scalars_tell_where_their_text_stands),
        TEST(json_is_read_as_it_is),
        TEST(what_is_not_well_formed_is_placed),
        TEST(anchors_aliases_tags_and_documents_are_refused),
        TEST(duplicate_keys_are_refused),
        TEST(depth_is_limited),
        TEST(unknown_keys_name_the_nearest),
        TEST(typed_reading),
        TEST(files_that_cannot_be_read),
        TEST(paths_stay_inside),
        TEST(sha256_of_abc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
