/* Where cells were read: the files once more, up to the last row that is asked for. Places cost nothing until then. */
#include "dataset/relation_inside.h"

#include "base/arena.h"
#include "dataset/package.h"
#include "dataset/records.h"

#include <stdlib.h>

/* A cell that is asked for, and where the answer goes. */
struct wanted {
    struct relation_cell cell;
    struct place *out;
};

static int compare_wanted(const void *a, const void *b)
{
    size_t x = ((const struct wanted *)a)->cell.row, y = ((const struct wanted *)b)->cell.row;
    return (x > y) - (x < y);
}

/* Fills in the cells of one file, which are the first of the list; their number, or SIZE_MAX when it failed. */
static size_t find_in_file(const struct relation *r, size_t file, size_t rows_end, struct wanted *list, size_t count,
                           struct diags *diags)
{
    struct records_part whole = { file, 0, UINT64_MAX };
    struct diags *said = diags_new(); /* the reader's warnings were given before */
    struct records *records = records_open(r->resource, whole, said);
    struct csv_record record;
    size_t done = 0;

    for (size_t row = r->first_rows[file]; done < count && list[done].cell.row < rows_end; row++) {
        if (!records || records_next(records, &record) != CSV_RECORD) {
            diag_add(diags, DIAG_FILE_READ, (struct place){ .file = r->resource->paths[file] },
                     "the file has changed while it was read; try again");
            done = SIZE_MAX;
            break;
        }
        for (; done < count && list[done].cell.row == row; done++)
            *list[done].out = records_place(records, r->columns[list[done].cell.column].field);
    }
    records_close(records);
    diags_drop(said);
    return done;
}

bool relation_places(const struct relation *r, const struct relation_cell *cells, size_t count, struct place *out,
                     struct diags *diags)
{
    struct wanted *list = xcalloc(count, sizeof *list);
    size_t done = 0;

    for (; r->places && done < count; done++)
        out[done] = r->places[cells[done].row];
    for (size_t i = 0; i < count; i++)
        list[i] = (struct wanted){ .cell = cells[i], .out = &out[i] };
    if (count)
        qsort(list, count, sizeof *list, compare_wanted);
    for (size_t file = 0; done < count && file < r->resource->path_count; file++) {
        size_t end = file + 1 < r->resource->path_count ? r->first_rows[file + 1] : r->rows;
        size_t found = find_in_file(r, file, end, list + done, count - done, diags);
        if (found == SIZE_MAX)
            break;
        done += found;
    }
    free(list);
    return done == count;
}
