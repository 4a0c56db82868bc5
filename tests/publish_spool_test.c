/* Bytes that wait to be published: whole, wherever they wait, and gone with the process. */
#include "publish/spool.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/hash.h"
#include "support/program.h"

enum { MANY = 5 * SPOOL_FEW + 4096 * 3 + 17, PAGE_AND_NONE = 1 << 20 };

struct room {
    char *folder, *out; /* the second is in the first, and not there yet */
    struct diags *diags;
    struct buf want;
    struct spool *spool;
    struct artifact made;
};

static int set_up(void **state)
{
    struct room *r = calloc(1, sizeof *r);
    r->folder = tree_new();
    r->out = text_join(r->folder, "some/where/");
    r->diags = diags_new();
    buf_init(&r->want);
    r->made = (struct artifact){ .name = "a.pdf", .media_type = "application/pdf" };
    *state = r;
    return 0;
}

static int tear_down(void **state)
{
    struct room *r = *state;
    spool_drop(r->spool);
    artifact_drop(&r->made);
    buf_drop(&r->want);
    diags_drop(r->diags);
    tree_remove(r->folder);
    free(r->out);
    free(r);
    return 0;
}

/* False when the spool takes no more. */
static bool fill(struct room *r, const char *folder, size_t length)
{
    enum { PIECE = 1009 };
    r->spool = spool_new(r->made.name, folder, r->diags);
    struct sink sink = spool_sink(r->spool);
    for (unsigned i = 0; r->want.length < length; i++)
        buf_printf(&r->want, "%u%c", i, i % 7 ? ' ' : '\0');
    r->want.length = length;
    for (size_t at = 0, piece; at < length; at += piece) { /* the second is a large one, if there are so many */
        piece = at == PIECE && length > 2 * SPOOL_FEW ? SPOOL_FEW + 1 : PIECE;
        piece = length - at < piece ? length - at : piece;
        if (!sink.add(sink.context, r->want.data + at, piece))
            return false;
    }
    return true;
}

static void assert_whole(struct room *r, bool mapped)
{
    uint8_t digest[HASH_BYTES];
    char hex[HASH_HEX];
    assert_true(spool_end(r->spool, &r->made));
    assert_int_equal(r->made.mapped, mapped);
    assert_int_equal(r->made.bytes.length, r->want.length);
    assert_memory_equal(r->made.bytes.data, r->want.data, r->want.length);
    assert_int_equal(r->made.bytes.data[r->want.length], '\0');
    hash_sha256(r->want.data, r->want.length, digest);
    hash_hex(digest, hex);
    assert_string_equal(r->made.sha256, hex);
    assert_int_equal(diags_count(r->diags), 0);
    spool_drop(r->spool); /* the bytes are the artifact's */
    r->spool = NULL;
    assert_memory_equal(r->made.bytes.data, r->want.data, r->want.length);
}

static void few_bytes_stay_in_memory(void **state)
{
    struct room *r = *state;
    assert_true(fill(r, r->out, SPOOL_FEW / 2));
    assert_whole(r, false);
}

static void no_bytes_are_an_empty_file(void **state)
{
    struct room *r = *state;
    assert_true(fill(r, r->out, 0));
    assert_whole(r, false);
}

/* The folder is as it was: neither it nor a file is there. */
static void many_bytes_wait_in_a_file_without_a_name(void **state)
{
    struct room *r = *state;
    char *some = text_join(r->folder, "some");
    assert_true(fill(r, r->out, MANY));
    assert_whole(r, true);
    assert_int_equal(access(some, F_OK), -1);
    free(some);
}

static void a_length_of_whole_pages_is_mapped_too(void **state)
{
    struct room *r = *state;
    assert_true(fill(r, r->folder, PAGE_AND_NONE));
    assert_whole(r, true);
}

static void without_a_folder_all_stay_in_memory(void **state)
{
    struct room *r = *state;
    assert_true(fill(r, NULL, MANY));
    assert_whole(r, false);
}

static void what_waited_is_published(void **state)
{
    struct room *r = *state;
    char *path = text_join(r->out, "a.pdf");
    size_t length;
    assert_true(fill(r, r->out, MANY));
    assert_whole(r, true);
    assert_true(publish_artifacts(r->out, &r->made, 1, r->diags));
    char *content = file_content(path, &length);
    assert_int_equal(length, MANY);
    assert_memory_equal(content, r->want.data, MANY);
    free(content);
    free(path);
}

/* Where the folder takes no such file the temporary one does, else memory: /proc takes none at all. */
static void another_place_is_found(void **state)
{
    struct room *r = *state;
    const char *before = getenv("TMPDIR");
    char *kept = before ? strdup(before) : NULL;
    setenv("TMPDIR", r->folder, 1);
    assert_true(fill(r, "/proc", MANY));
    assert_whole(r, true);
    artifact_drop(&r->made);
    setenv("TMPDIR", "/proc", 1);
    assert_true(fill(r, "/proc", MANY));
    assert_whole(r, false);
    if (kept)
        setenv("TMPDIR", kept, 1);
    else
        unsetenv("TMPDIR");
    free(kept);
}

/* Said once, with the artifact's name. */
static void a_full_disk_is_said(void **state)
{
    struct room *r = *state;
    struct rlimit before, small = { .rlim_cur = SPOOL_FEW + 1000 };
    struct buf want, got;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool taken = fill(r, r->folder, MANY);
    struct sink sink = spool_sink(r->spool);
    bool more = sink.add(sink.context, "more", 4);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, handler);
    assert_false(taken);
    assert_false(more);
    assert_false(spool_end(r->spool, &r->made));
    buf_init(&want);
    buf_init(&got);
    buf_printf(&want, "%s/a.pdf: error: [file-write] cannot be written: File too large; "
                      "what was published before stays as it is\n", r->folder);
    assert_int_equal(diags_count(r->diags), 1);
    diag_format(diags_get(r->diags, 0), &got);
    assert_string_equal(got.data, want.data);
    assert_true(diags_have_system(r->diags));
    buf_drop(&want);
    buf_drop(&got);
}

/* Of the disk for temporary files nothing is asked but help: it may be full at once, later, at the end, for the NUL. */
static void a_full_temporary_disk_is_none(void **state)
{
    static const size_t rooms[] = { 1, SPOOL_FEW + 1000, 2 * SPOOL_FEW, MANY - 100, MANY + 4 };
    struct room *r = *state;
    struct rlimit before;
    const char *set = getenv("TMPDIR");
    char *kept = set ? strdup(set) : NULL;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    setenv("TMPDIR", r->folder, 1);
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
        struct rlimit small = { .rlim_cur = rooms[i], .rlim_max = before.rlim_max };
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
        bool taken = fill(r, i % 2 ? "/proc" : r->folder, MANY), more;
        struct sink sink = spool_sink(r->spool);
        more = sink.add(sink.context, "more", 4);
        buf_add_string(&r->want, "more");
        bool ended = spool_end(r->spool, &r->made);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        assert_true(taken && more && ended);
        assert_false(r->made.mapped);
        assert_int_equal(r->made.bytes.length, MANY + 4);
        assert_memory_equal(r->made.bytes.data, r->want.data, MANY + 4);
        assert_int_equal(r->made.bytes.data[MANY + 4], '\0');
        assert_int_equal(diags_count(r->diags), 0);
        spool_drop(r->spool);
        r->spool = NULL;
        artifact_drop(&r->made);
    }
    signal(SIGXFSZ, handler);
    if (kept)
        setenv("TMPDIR", kept, 1);
    else
        unsetenv("TMPDIR");
    free(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(few_bytes_stay_in_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_bytes_are_an_empty_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_bytes_wait_in_a_file_without_a_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_length_of_whole_pages_is_mapped_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_folder_all_stay_in_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_waited_is_published, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_place_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_disk_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_temporary_disk_is_none, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("publish spool", tests, NULL, NULL);
}
