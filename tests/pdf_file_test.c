/* Object streams and cross-references, read back by qpdf, whose eyes are not ours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/paper.h"
#include "support/processors.h"
#include "support/program.h"

enum { DICTS = 3250 }; /* three object streams */

static const char plain_text[] = "words (as they are)\r\n";

struct made {
    struct buf bytes;
    char *folder, *path;
    unsigned dicts[DICTS], deflated, plain;
};

static char *zeros(size_t length)
{
    return calloc(length, 1);
}

/* DICTS dictionaries, a stream of each kind in between. `before`: what `bytes` holds already. */
static void make(struct made *m, const char *before)
{
    struct diags *diags = diags_new();
    struct pdf_file f;
    struct buf b;
    char *long_text = zeros(100000);
    buf_init(&m->bytes);
    buf_init(&b);
    buf_add_string(&m->bytes, before);
    assert_true(pdf_file_open(&f, buf_sink(&m->bytes), diags));
    for (int i = 0; i < DICTS; i++)
        m->dicts[i] = pdf_object_new(&f);
    for (int i = 0; i < DICTS; i++) {
        buf_clear(&b);
        buf_printf(&b, "/Mine %d", i);
        pdf_dict_set(&f, m->dicts[i], &b);
        if (i == DICTS / 2)
            m->deflated = pdf_stream_new(&f, "/Kind /Long ", long_text, 100000, false);
    }
    m->plain = pdf_stream_new(&f, NULL, plain_text, sizeof plain_text - 1, true);
    assert_true(pdf_file_save(&f, diags));
    pdf_file_close(&f);
    assert_int_equal(diags_count(diags), 0);
    buf_drop(&b);
    free(long_text);
    diags_drop(diags);
    m->folder = tree_new();
    m->path = text_join(m->folder, "/made.pdf");
    file_write(m->path, m->bytes.data + strlen(before), m->bytes.length - strlen(before));
}

static void drop(struct made *m)
{
    buf_drop(&m->bytes);
    free(m->path);
    tree_remove(m->folder);
}

static struct outcome ask(const struct made *m, const char *what)
{
    struct outcome o = program_run((const char *const[]){ "qpdf", what, m->path, NULL }, NULL);
    assert_int_equal(o.code, 0);
    return o;
}

static void assert_object(const struct made *m, unsigned number, const char *option, const char *want,
                          size_t length)
{
    char show[40];
    snprintf(show, sizeof show, "--show-object=%u", number);
    struct outcome o = program_run((const char *const[]){ "qpdf", show, option, m->path, NULL }, NULL);
    assert_int_equal(o.code, 0);
    assert_int_equal(o.out_length, length);
    assert_memory_equal(o.out, want, length);
    outcome_drop(&o);
}

static void every_object_is_found(void **state)
{
    (void)state;
    struct made m;
    make(&m, "");
    static const int some[] = { 0, 1, 1499, 1500, 1501, 2999, 3000, DICTS - 1 };
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        char want[40];
        snprintf(want, sizeof want, "<< /Mine %d >>\n", some[i]);
        assert_object(&m, m.dicts[some[i]], "--no-warn", want, strlen(want));
    }
    char *long_text = zeros(100000);
    assert_object(&m, m.deflated, "--filtered-stream-data", long_text, 100000);
    assert_object(&m, m.plain, "--raw-stream-data", plain_text, sizeof plain_text - 1);
    free(long_text);
    drop(&m);
}

static unsigned count_of(const char *text, const char *piece)
{
    unsigned count = 0;
    for (const char *p = text; (p = strstr(p, piece)); p++)
        count++;
    return count;
}

/* Packed too: the catalog, Info, and the root of the page tree. */
static void dictionaries_are_packed_by_1500(void **state)
{
    (void)state;
    struct made m;
    make(&m, "");
    struct outcome o = ask(&m, "--show-xref");
    assert_int_equal(count_of(o.out, ": compressed; stream = "), DICTS + 3);
    assert_int_equal(count_of(o.out, ", index = 1499\n"), 2);
    assert_int_equal(count_of(o.out, ", index = 1500\n"), 0);
    assert_int_equal(count_of(o.out, ": uncompressed; offset = "),
                     2 + 3 + 1); /* streams, packs, references */
    outcome_drop(&o);
    drop(&m);
}

/* Places count from the file's own first byte. */
static void what_stood_before_changes_nothing(void **state)
{
    (void)state;
    static const char before[] = "something else\n";
    struct made alone, behind;
    make(&alone, "");
    make(&behind, before);
    assert_int_equal(behind.bytes.length, alone.bytes.length + sizeof before - 1);
    assert_memory_equal(behind.bytes.data, before, sizeof before - 1);
    assert_memory_equal(behind.bytes.data + sizeof before - 1, alone.bytes.data, alone.bytes.length);
    drop(&alone);
    drop(&behind);
}

/* Each page is as wide as its place in the file. */
static void assert_pages(unsigned count)
{
    struct made m = { .folder = tree_new() };
    struct diags *diags = diags_new();
    struct pdf_file f;
    struct buf entries;
    buf_init(&m.bytes);
    buf_init(&entries);
    m.path = text_join(m.folder, "/made.pdf");
    assert_true(pdf_file_open(&f, buf_sink(&m.bytes), diags));
    unsigned resources = pdf_object_new(&f);
    for (unsigned i = 0; i < count; i++) {
        buf_clear(&entries);
        assert_true(paper_begin(&f, &(struct press_grid){ .width = 100 + i, .height = 50, .columns = 1, .rows = 1 },
                                resources, &entries));
        paper_end(&f, &entries, &entries);
    }
    buf_clear(&entries);
    pdf_dict_set(&f, resources, &entries);
    paper_finish(&f);
    assert_true(pdf_file_save(&f, diags));
    pdf_file_close(&f);
    file_write(m.path, m.bytes.data, m.bytes.length);
    struct outcome o = program_run((const char *const[]){ "pdfinfo", "-l", "-1", m.path, NULL }, NULL);
    assert_int_equal(o.code, 0);
    for (unsigned i = 0; i < count; i++) {
        buf_clear(&entries);
        buf_printf(&entries, "Page %4u size:  %u x 50 pts\n", i + 1, 100 + i);
        assert_non_null(strstr(o.out, entries.data));
    }
    buf_clear(&entries);
    buf_printf(&entries, "Pages:           %u\n", count);
    assert_non_null(strstr(o.out, entries.data));
    outcome_drop(&o);
    o = ask(&m, "--check");
    outcome_drop(&o);
    buf_drop(&entries);
    diags_drop(diags);
    drop(&m);
}

/* A node of the page tree takes 64. */
static void every_page_is_in_its_place(void **state)
{
    (void)state;
    static const unsigned counts[] = { 1, 63, 64, 65, 130 };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        assert_pages(counts[i]);
}

/* --- on one processor or two --- */

enum { SMALL = 150, STREAMS = 250, LARGE = 3 << 20 /* more than may wait */ };

/* As words are: worth deflating, and each stream another. */
static void fill(char *bytes, size_t length, unsigned seed)
{
    static const char *const words[] = { "water ", "road ", "school ", "council ", "0 0 Td ", "[(", ")] TJ\n", "BT " };
    for (size_t at = 0; at < length;) {
        const char *word = words[(seed = seed * 1103515245 + 12345) >> 29];
        for (; *word && at < length; word++)
            bytes[at++] = *word;
    }
}

static void put_streams(struct pdf_file *f)
{
    char *bytes = zeros(LARGE);
    struct buf entries;
    buf_init(&entries);
    buf_add_string(&entries, "/Mine true");
    for (int i = 0; i < SMALL; i++)
        pdf_stream_new(f, NULL, plain_text, sizeof plain_text - 1, true);
    for (unsigned i = 0; i < STREAMS; i++) {
        size_t length = i == 50 || i == 180 ? LARGE : i % 50 == 7 ? 0 : i * 7919 % 60000;
        fill(bytes, length, i);
        pdf_stream_new(f, NULL, length ? bytes : NULL, length, i % 9 == 0);
        memset(bytes, 0, length); /* nobody reads them from here on */
        pdf_dict_set(f, pdf_object_new(f), &entries);
    }
    buf_drop(&entries);
    free(bytes);
}

static struct buf made_on(int processors)
{
    struct diags *diags = diags_new();
    struct pdf_file f;
    struct buf bytes;
    buf_init(&bytes);
    processors_use(processors);
    assert_true(pdf_file_open(&f, buf_sink(&bytes), diags));
    put_streams(&f);
    assert_true(pdf_file_save(&f, diags));
    pdf_file_close(&f);
    processors_use_all();
    assert_int_equal(diags_count(diags), 0);
    diags_drop(diags);
    return bytes;
}

static void two_processors_write_the_same_bytes(void **state)
{
    (void)state;
    struct buf one = made_on(1), two = made_on(2);
    assert_int_equal(one.length, two.length);
    assert_memory_equal(one.data, two.data, one.length);
    struct made m = { .bytes = two, .folder = tree_new() };
    m.path = text_join(m.folder, "/made.pdf");
    file_write(m.path, two.data, two.length);
    struct outcome o = ask(&m, "--check");
    outcome_drop(&o);
    buf_drop(&one);
    drop(&m);
}

struct narrow {
    size_t room, asked; /* times */
};

static bool add_while_there_is_room(void *context, const void *bytes, size_t length)
{
    struct narrow *n = context;
    (void)bytes;
    (void)length;
    return n->asked++ < n->room;
}

/* The sink has said so itself, and is asked no more. */
static void a_sink_that_refuses_is_the_end(void **state)
{
    (void)state;
    for (int processors = 1; processors <= 2; processors++) {
        struct narrow narrow = { .room = 2 };
        struct diags *diags = diags_new();
        struct pdf_file f;
        processors_use(processors);
        assert_true(pdf_file_open(&f, (struct sink){ add_while_there_is_room, &narrow }, diags));
        put_streams(&f);
        assert_false(pdf_file_save(&f, diags));
        assert_int_equal(narrow.asked, 3);
        assert_int_equal(diags_count(diags), 0);
        pdf_file_close(&f);
        processors_use_all();
        diags_drop(diags);
    }
}

static size_t threads(void)
{
    struct dirent **found;
    int count = scandir("/proc/self/task", &found, NULL, NULL);
    for (int i = 0; i < count; i++)
        free(found[i]);
    free(found);
    return (size_t)count - 2; /* "." and ".." */
}

/* Streams wait, and the second thread is at them. */
static void a_file_that_is_not_saved_leaves_nothing(void **state)
{
    (void)state;
    struct narrow narrow = { .room = 2 };
    struct diags *diags = diags_new();
    struct pdf_file f;
    static char bytes[30000];
    size_t before = threads();
    processors_use(2);
    assert_true(pdf_file_open(&f, (struct sink){ add_while_there_is_room, &narrow }, diags));
    for (unsigned i = 0; i < 10; i++) {
        fill(bytes, sizeof bytes, i);
        pdf_stream_new(&f, NULL, bytes, sizeof bytes, false);
    }
    assert_int_equal(threads(), before + 1);
    pdf_file_close(&f);
    processors_use_all();
    assert_int_equal(narrow.asked, 0);
    diags_drop(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_object_is_found),
        cmocka_unit_test(dictionaries_are_packed_by_1500),
        cmocka_unit_test(what_stood_before_changes_nothing),
        cmocka_unit_test(every_page_is_in_its_place),
        cmocka_unit_test(two_processors_write_the_same_bytes),
        cmocka_unit_test(a_sink_that_refuses_is_the_end),
        cmocka_unit_test(a_file_that_is_not_saved_leaves_nothing),
    };
    return cmocka_run_group_tests_name("pdf file", tests, NULL, NULL);
}
