/* Blocks of 65,536 rows: gathered as they come, then written in the fewest bytes. Knows no rows but its own. */
#include "dataset/column.h"

#include "base/arena.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SCALE_NULL = 255 }; /* in struct num, where the pending block marks a null */

static void start_block(struct column *c)
{
    c->pending_least = INT64_MAX;
    c->pending_most = INT64_MIN;
    c->pending_scale = 0;
    c->pending_nulls = c->pending_differ = false;
}

void column_init(struct column *c, enum value_type type)
{
    *c = (struct column){ .type = type, .least = INT64_MAX, .most = INT64_MIN };
    if (type == VALUE_TEXT || type == VALUE_DATE)
        c->texts = dictionary_new();
    c->pending = xcalloc(BLOCK_ROWS, sizeof *c->pending);
    start_block(c);
}

void column_drop(struct column *c)
{
    for (size_t i = 0; i < c->block_count; i++)
        free(c->blocks[i].data);
    free(c->blocks);
    free(c->pending);
    free(c->map);
    dictionary_drop(c->texts);
}

/* --- writing a block ------------------------------------------------------------------------------------ */

/* The same number at a larger scale; false when it has too many digits there. */
static bool rescale(struct num *n, uint8_t scale)
{
    for (; n->scale < scale; n->scale++)
        if (__builtin_mul_overflow(n->coefficient, 10, &n->coefficient))
            return false;
    return true;
}

/* All at the block's largest scale; false when one does not fit, and all are as before. */
static bool align_scales(struct column *c, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct num n = c->pending[i];
        if (n.scale != SCALE_NULL && (!rescale(&n, c->pending_scale) || n.coefficient == COLUMN_NULL))
            return false;
    }
    c->pending_least = INT64_MAX;
    c->pending_most = INT64_MIN;
    for (size_t i = 0; i < count; i++) {
        if (c->pending[i].scale == SCALE_NULL)
            continue;
        rescale(&c->pending[i], c->pending_scale);
        int64_t value = c->pending[i].coefficient;
        c->pending_least = value < c->pending_least ? value : c->pending_least;
        c->pending_most = value > c->pending_most ? value : c->pending_most;
    }
    return true;
}

static uint8_t width_for(uint64_t most)
{
    return most <= UINT8_MAX ? 1 : most <= UINT16_MAX ? 2 : most <= UINT32_MAX ? 4 : 8;
}

static void write_held(struct block *block, const struct num *nums, size_t count)
{
    uint64_t least = (uint64_t)block->least - 1;
    block->data = xrealloc(NULL, count, block->width);
#define WRITE(type)                                                                                                  \
    for (size_t i = 0; i < count; i++)                                                                               \
        ((type *)block->data)[i] = (type)(nums[i].scale == SCALE_NULL ? 0 : (uint64_t)nums[i].coefficient - least)
    switch (block->width) {
    case 1: WRITE(uint8_t); break;
    case 2: WRITE(uint16_t); break;
    case 4: WRITE(uint32_t); break;
    default: WRITE(uint64_t); break;
    }
#undef WRITE
}

static void write_narrow(struct column *c, struct block *block, size_t count)
{
    int64_t least = c->pending_least, most = c->pending_most;
    if (least > most)
        return; /* nulls only: width 0, same 0 */
    block->least = least;
    c->least = least < c->least ? least : c->least;
    c->most = most > c->most ? most : c->most;
    if (least == most && !c->pending_nulls) {
        block->same = 1;
        return;
    }
    block->width = width_for((uint64_t)most - (uint64_t)least + 1); /* their difference may need 64 bits */
    write_held(block, c->pending, count);
}

static void flush(struct column *c, size_t count)
{
    if (c->block_count % 16 == 0)
        c->blocks = xrealloc(c->blocks, c->block_count + 16, sizeof *c->blocks);
    struct block *block = &c->blocks[c->block_count];
    *block = (struct block){ .scale = c->pending_scale };
    if (!c->pending_differ || align_scales(c, count)) {
        write_narrow(c, block, count);
    } else {
        block->width = 16;
        block->data = xrealloc(NULL, count, sizeof *c->pending);
        memcpy(block->data, c->pending, count * sizeof *c->pending);
        c->wide = true;
    }
    c->scales_differ |= c->block_count && block->scale != c->scale;
    c->scale = block->scale > c->scale ? block->scale : c->scale;
    c->block_count++;
    start_block(c);
}

/* Behind the value that was just put into the pending block. */
static inline void count_row(struct column *c)
{
    if (++c->rows % BLOCK_ROWS == 0)
        flush(c, BLOCK_ROWS);
}

static inline void add(struct column *c, struct num num)
{
    size_t i = c->rows % BLOCK_ROWS;
    c->pending[i] = num;
    c->pending_least = num.coefficient < c->pending_least ? num.coefficient : c->pending_least;
    c->pending_most = num.coefficient > c->pending_most ? num.coefficient : c->pending_most;
    if (num.scale != c->pending_scale) {
        c->pending_differ |= i > 0; /* nulls alone before it count as well: it is only a slower way */
        c->pending_scale = num.scale > c->pending_scale ? num.scale : c->pending_scale;
    }
    count_row(c);
}

void column_add_null(struct column *c)
{
    c->pending[c->rows % BLOCK_ROWS] = (struct num){ .scale = SCALE_NULL };
    c->pending_nulls = true;
    count_row(c);
}

void column_add_num(struct column *c, struct num num)
{
    add(c, num);
}

void column_add_number_of_text(struct column *c, uint32_t number)
{
    add(c, (struct num){ .coefficient = number });
}

void column_add_text(struct column *c, const char *text, size_t length)
{
    column_add_number_of_text(c, dictionary_add(c->texts, text, length));
}

void column_finish(struct column *c)
{
    if (!c->pending)
        return;
    if (c->rows % BLOCK_ROWS)
        flush(c, c->rows % BLOCK_ROWS);
    free(c->pending);
    c->pending = NULL;
    if (c->texts)
        dictionary_rest(c->texts);
}

/* --- reading -------------------------------------------------------------------------------------------- */

/* As it was added: the number of a text, or a number. */
static struct num get_num(const struct column *c, size_t row)
{
    const struct column *from = c->base ? c->base : c;
    if (from->pending && row / BLOCK_ROWS == from->block_count)
        return from->pending[row % BLOCK_ROWS];
    const struct block *block = &from->blocks[row / BLOCK_ROWS];
    if (block->width == 16)
        return ((const struct num *)block->data)[row % BLOCK_ROWS];
    int64_t value = column_get(c, row);
    return value == COLUMN_NULL ? (struct num){ .scale = SCALE_NULL } : (struct num){ value, block->scale };
}

void column_append(struct column *c, const struct column *other)
{
    size_t texts = other->texts ? dictionary_count(other->texts) : 0;
    uint32_t *own = xcalloc(texts, sizeof *own);
    for (size_t i = 0; i < texts; i++)
        own[i] = dictionary_add(c->texts, dictionary_text(other->texts, i), dictionary_length(other->texts, i));
    for (size_t row = 0; row < other->rows; row++) {
        struct num num = get_num(other, row);
        if (num.scale == SCALE_NULL) {
            column_add_null(c);
            continue;
        }
        if (texts)
            num.coefficient = own[num.coefficient];
        add(c, num);
    }
    free(own);
}

struct value column_value(const struct column *c, size_t row)
{
    struct num num = get_num(c, row);
    if (num.scale == SCALE_NULL)
        return (struct value){ .type = VALUE_NULL };
    if (c->texts)
        return (struct value){ .type = c->type, .text = dictionary_text(c->texts, (size_t)num.coefficient) };
    return (struct value){ .type = c->type, .num = num_trim(num) };
}

double column_magnitude(const struct column *c)
{
    double sum = 0;
    for (size_t row = 0; row < c->rows; row++) {
        struct num num = get_num(c, row);
        if (num.scale != SCALE_NULL)
            sum += fabs(num_to_double(num));
    }
    return sum;
}

static void derive(struct column *out, const struct column *base, enum value_type type)
{
    *out = (struct column){ .type = type, .base = base, .rows = base->rows, .least = INT64_MAX, .most = INT64_MIN };
    out->map = xcalloc(dictionary_count(base->texts), sizeof *out->map);
}

void column_derive_text(struct column *out, const struct column *base,
                        size_t (*make)(const char *text, char out[16]))
{
    derive(out, base, VALUE_TEXT);
    out->texts = dictionary_new();
    for (size_t i = 0; i < dictionary_count(base->texts); i++) {
        char text[16];
        size_t length = make(dictionary_text(base->texts, i), text);
        out->map[i] = dictionary_add(out->texts, text, length);
    }
    dictionary_rest(out->texts);
}

void column_derive_integer(struct column *out, const struct column *base, int64_t (*make)(const char *text))
{
    derive(out, base, VALUE_INTEGER);
    for (size_t i = 0; i < dictionary_count(base->texts); i++) {
        int64_t value = out->map[i] = make(dictionary_text(base->texts, i));
        out->least = value < out->least ? value : out->least;
        out->most = value > out->most ? value : out->most;
    }
}
