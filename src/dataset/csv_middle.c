/*
 * Where a file can be cut in two: behind the first line end after its middle that is outside quotes. In a file without
 * errors every quote opens, closes or is doubled, so that an even count before a place says that it is outside. When
 * the first half then reads without a refusal, its reader was outside quotes at the cut too, and reading the whole
 * would have gone on there just so.
 */
#include "dataset/csv_inside.h"
#include "dataset/csv_masks.h"

#include <stdlib.h>
#include <string.h>

static bool is_sure(const struct csv_source *source, const struct csv_dialect *d)
{
    const char *e = d->line_end;
    return csv_is_utf8(source->encoding) && !d->comment && !d->literal_quotes && d->comment_row_count == 0
        && (!e || strcmp(e, "\n") == 0 || strcmp(e, "\r\n") == 0 || strcmp(e, "\r") == 0);
}

/* Behind the line end that stands at p, or p. Without a byte to look ahead a CR is the whole of it. */
static const char *behind_line_end(const struct csv_dialect *d, const char *p)
{
    const char *e = d->line_end ? d->line_end : *p == '\n' ? "\n" : *p != '\r' ? NULL : p[1] == '\n' ? "\r\n" : "\r";
    return e && strncmp(p, e, strlen(e)) == 0 ? p + strlen(e) : p;
}

/* Whether the preamble ends in [0, in->to), and quotes are odd in number from there on. */
static bool count_quotes(struct csv_input *in, const struct csv_dialect *d, bool *odd)
{
    const struct csv_needles quote = csv_needles(d->quote, d->quote, d->quote, d->quote);
    uint32_t lines = d->skip_lines;
    const char *p = in->bytes;
    uint64_t sum = 0; /* the masks of quotes, added without carry: its bits are as odd in number as they */

    do {
        while (lines > 0 && p + 1 < in->end) {
            const char *behind = behind_line_end(d, p);
            lines -= behind > p;
            p = behind > p ? behind : p + 1;
        }
        if (lines > 0)
            continue;
        for (; d->quote && in->end - p >= CSV_STRIDE; p += CSV_STRIDE)
            sum ^= csv_masks(p, &quote).special;
        for (; p < in->end; p++)
            sum ^= d->quote && *p == d->quote;
    } while (csv_input_more(in, &p));
    *odd = __builtin_parityll(sum);
    return lines == 0 && in->ended;
}

/* How far behind the input's start the first record begins; 0: none does. */
static uint64_t find_record(struct csv_input *in, const struct csv_dialect *d, bool quoted)
{
    const char *p = in->bytes;
    bool at_line_end = false;
    uint64_t passed = 0;

    for (;;) {
        while (p + 1 < in->end) {
            const char *behind = quoted ? p : behind_line_end(d, p);
            if (behind == p && at_line_end)
                return passed;
            at_line_end = behind > p;
            if (d->quote && *p == d->quote)
                quoted = !quoted;
            behind += behind == p;
            passed += (uint64_t)(behind - p);
            p = behind;
        }
        if (!csv_input_more(in, &p))
            return 0;
    }
}

uint64_t csv_middle_blocks(const struct csv_source *source, const struct csv_dialect *d, uint64_t size,
                           uint64_t least, size_t block)
{
    struct csv_source half = *source;
    struct csv_input in;
    bool odd, counted = false;
    uint64_t behind = 0;

    if (size < least || size < 2 || !is_sure(source, d))
        return 0;
    struct diags *unheard = diags_new(); /* reading the file says it again */
    half.from = 0;
    half.to = size / 2;
    if (csv_input_open(&in, &half, "", block, unheard)) {
        counted = count_quotes(&in, d, &odd);
        csv_input_close(&in);
    }
    half.from = size / 2;
    half.to = size;
    if (counted && csv_input_open(&in, &half, "", block, unheard)) {
        behind = find_record(&in, d, odd);
        csv_input_close(&in);
    }
    diags_drop(unheard);
    return behind ? size / 2 + behind : 0;
}

uint64_t csv_middle(const struct csv_source *source, const struct csv_dialect *dialect, uint64_t size)
{
    return csv_middle_blocks(source, dialect, size, CSV_MIDDLE_LEAST, CSV_BLOCK);
}
