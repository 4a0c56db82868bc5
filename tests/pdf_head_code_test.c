/* Heads of object streams, deflated: what zlib gives back, and how few bytes they take. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdlib.h>
#include <zlib.h>

#include "pdf/head_code.h"

/* An empty block that is the last stands behind. */
static void assert_comes_back(const struct buf *head)
{
    static const char last[] = { 0x03, 0x00 };
    struct buf coded;
    buf_init(&coded);
    head_code_add(&coded, head->data, head->length);
    assert_true(coded.length <= head->length + HEAD_CODE_ROOM);
    buf_add(&coded, last, sizeof last);
    Bytef *back = malloc(head->length + 1);
    z_stream z = { .next_in = (Bytef *)coded.data, .avail_in = (uInt)coded.length, .next_out = back,
                   .avail_out = (uInt)head->length + 1 };
    assert_int_equal(inflateInit2(&z, -MAX_WBITS), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.total_out, head->length);
    assert_int_equal(z.avail_in, 0);
    assert_memory_equal(back, head->data, head->length);
    inflateEnd(&z);
    free(back);
    buf_drop(&coded);
}

/* Pairs from these on; what is next is further by 1 to `step`, and by 1 to `longest` bytes. */
static void add_pairs(struct buf *head, unsigned pairs, unsigned number, unsigned step, unsigned offset,
                      unsigned longest)
{
    buf_clear(head);
    for (unsigned i = 0; i < pairs; i++) {
        buf_printf(head, "%u %u ", number, offset);
        number += 1 + (unsigned)rand() % step;
        offset += 1 + (unsigned)rand() % longest;
    }
}

static void heads_come_back(void **state)
{
    (void)state;
    static const unsigned numbers[] = { 1, 9, 95, 996, 99990, 1234567, 8380000 }, steps[] = { 1, 2, 30, 5000 };
    static const unsigned lengths[] = { 1, 2, 40, 100, 1000, 20000 }, counts[] = { 1, 2, 3, 50, 1500 };
    struct buf head;
    buf_init(&head);
    srand(1);
    for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++)
        for (size_t s = 0; s < sizeof steps / sizeof *steps; s++)
            for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++)
                for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
                    add_pairs(&head, counts[c], numbers[n], steps[s], l % 2 ? 0 : 1000 * (unsigned)l, lengths[l]);
                    assert_comes_back(&head);
                }
    buf_drop(&head);
}

/* Repetitions that are longer than a code for them, and none. */
static void odd_heads_come_back(void **state)
{
    (void)state;
    static const char *const heads[] = { "", "1 0 ", "1 0 2 ", "123456 123456 123456 123456 123456 123456 ",
                                         "1000000 100000 1000000 100000 1000000 100000 ", "7 0 123456 4 8 9 ",
                                         "1 2 3 4 5 6 7 8 9 10 11 12 1 2 3 4 5 6 7 8 9 10 11 12 " };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        struct buf head;
        buf_init(&head);
        buf_add_string(&head, heads[i]);
        assert_comes_back(&head);
        buf_drop(&head);
    }
}

/* zlib, with all its patience, takes a fifth more. */
static void heads_are_small(void **state)
{
    (void)state;
    struct buf head, coded;
    buf_init(&head);
    buf_init(&coded);
    srand(2);
    add_pairs(&head, 1500, 9557, 1, 0, 150);
    head_code_add(&coded, head.data, head.length);
    uLongf room = compressBound(head.length);
    Bytef *other = malloc(room);
    assert_int_equal(compress2(other, &room, (const Bytef *)head.data, head.length, Z_BEST_COMPRESSION), Z_OK);
    assert_true(coded.length * 6 < room * 5);
    free(other);
    buf_drop(&head);
    buf_drop(&coded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads_come_back),
        cmocka_unit_test(odd_heads_come_back),
        cmocka_unit_test(heads_are_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
