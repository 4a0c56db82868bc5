/*
 * What reading a CSV file costs at least: libcsv over the whole file, its callbacks only count. No field is kept,
 * checked or placed, and libcsv is lax, which is a little faster than strict. Usage: csv_floor FILE
 */
#include <csv.h>
#include <stdint.h>
#include <stdio.h>

enum { CHUNK = 1 << 18 };

struct counts {
    uint64_t fields, records;
};

static void on_field(void *text, size_t length, void *context)
{
    struct counts *counts = context;
    (void)text;
    (void)length;
    counts->fields++;
}

static void on_record(int end, void *context)
{
    struct counts *counts = context;
    (void)end;
    counts->records++;
}

static int parse(FILE *file, struct csv_parser *parser, struct counts *counts)
{
    static char chunk[CHUNK];
    size_t length;
    while ((length = fread(chunk, 1, sizeof chunk, file)) > 0)
        if (csv_parse(parser, chunk, length, on_field, on_record, counts) != length)
            return -1;
    return ferror(file) ? -1 : csv_fini(parser, on_field, on_record, counts);
}

int main(int argc, char **argv)
{
    struct counts counts = { 0, 0 };
    struct csv_parser parser;
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;

    if (!file || csv_init(&parser, 0) != 0) {
        fputs("usage: csv_floor FILE\n", stderr);
        return 2;
    }
    int failed = parse(file, &parser, &counts);
    csv_free(&parser);
    fclose(file);
    if (failed) {
        fprintf(stderr, "csv_floor: %s cannot be read to its end\n", argv[1]);
        return 1;
    }
    printf("%ju records, %ju fields\n", (uintmax_t)counts.records, (uintmax_t)counts.fields);
    return 0;
}
