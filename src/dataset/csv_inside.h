/*
 * What csv.c, csv_input.c and csv_middle.c share: the window over a file. Knows bytes and encodings, no records.
 */
#ifndef MUJAZ_DATASET_CSV_INSIDE_H
#define MUJAZ_DATASET_CSV_INSIDE_H

#include "dataset/csv.h"

enum {
    CSV_BLOCK = 256 * 1024,       /* bytes asked of the file at once: they stay in the processor's cache */
    CSV_MIDDLE_LEAST = 4 << 20,   /* a smaller file is read before a second thread has started */
    CSV_END_MARK = 0x1A,
};

enum csv_trouble { CSV_FINE, CSV_READ_ERROR, CSV_SHORTER, CSV_BAD_BYTE, CSV_CUT_CHARACTER };

/* The bytes from a place that the reader still needs to `end`, in UTF-8. The reader moves on in them; once it asks
 * for more, they are moved to the front. */
struct csv_input {
    char *bytes, *end;       /* owned; at least CSV_INPUT_PAD zeros, or `last`, behind `end` */
    bool ended;              /* nothing follows `end` but `last` */
    enum csv_trouble trouble; /* why nothing follows `end`, though the file has not ended */

    const char *encoding, *last; /* `last`: a line end, which ends the last record like every other */
    size_t room, block;
    int fd, error;           /* of CSV_READ_ERROR */
    uint64_t from, at, to;   /* in the file: the begin, what is read next, and the end */
    const struct diags *diags; /* told how much was read */
    bool to_file_end;
    void *decoder;           /* iconv_t; NULL: the file is UTF-8 */
    char *raw;               /* with a decoder: bytes of the file that are not yet decoded */
    size_t raw_count, raw_room;
};

enum { CSV_INPUT_PAD = 128 };

/* A byte order mark is taken off. False: diagnostic, and nothing to close. `last` lives as long as the input. */
bool csv_input_open(struct csv_input *, const struct csv_source *, const char *last, size_t block, struct diags *);
/* More bytes behind `end`; those from *keep on stay, *keep moves with them. At least doubles what is kept, so that a
 * record which is begun anew with each call costs no more than twice. False: none can be had, see `trouble`. */
bool csv_input_more(struct csv_input *, const char **keep);
/* The diagnostic of `trouble`; `at`: behind `end`. */
void csv_input_tell(const struct csv_input *, struct place at, struct diags *);
void csv_input_close(struct csv_input *);

/* csv_open and csv_middle with other sizes, for tests of what happens at the borders of blocks. */
struct csv *csv_open_blocks(const struct csv_source *, const struct csv_dialect *, size_t block, struct diags *);
uint64_t csv_middle_blocks(const struct csv_source *, const struct csv_dialect *, uint64_t size, uint64_t least,
                           size_t block);

#endif
