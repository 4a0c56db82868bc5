/* SHA-256 of a file: FIPS 180-4's own examples, and a file that is not there. */
#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/diag.h"
#include "support/program.h"
#include "support/said.h"

static void assert_hash(const char *bytes, size_t length, const char *want)
{
    char *folder = tree_new(), *path = text_join(folder, "file"), hex[HASH_HEX];
    struct diags *diags = diags_new();

    file_write(path, bytes, length);
    assert_true(hash_file(path, hex, diags));
    assert_string_equal(hex, want);
    assert_int_equal(diags_count(diags), 0);
    diags_drop(diags);
    free(path);
    tree_remove(folder);
}

static void the_standards_examples(void **state)
{
    char *million = malloc(1000000); /* many pieces */

    (void)state;
    assert_non_null(million);
    memset(million, 'a', 1000000);
    assert_hash("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_hash("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_hash(million, 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
}

static void a_file_that_is_not_there(void **state)
{
    char hex[HASH_HEX];
    struct diags *diags = diags_new();

    (void)state;
    assert_false(hash_file("nowhere/file", hex, diags));
    assert_said(diags, NULL, "nowhere/file: error: [file-absent] there is no such file\n");
    diags = diags_new();
    assert_false(hash_file("tests", hex, diags));
    assert_said(diags, NULL, "tests: error: [file-absent] is no regular file; a file is needed here\n");
}

/* Nobody writes into it: who waited for that would wait for ever. */
static void a_pipe_is_no_file(void **state)
{
    char *folder = tree_new(), *path = text_join(folder, "pipe"), hex[HASH_HEX];
    struct diags *diags = diags_new();

    (void)state;
    assert_int_equal(mkfifo(path, 0600), 0);
    alarm(60);
    assert_false(hash_file(path, hex, diags));
    alarm(0);
    assert_said(diags, folder, "pipe: error: [file-absent] is no regular file; a file is needed here\n");
    free(path);
    tree_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_standards_examples),
        cmocka_unit_test(a_file_that_is_not_there),
        cmocka_unit_test(a_pipe_is_no_file),
    };
    return cmocka_run_group_tests_name("base hash", tests, NULL, NULL);
}
