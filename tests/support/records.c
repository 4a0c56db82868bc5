/* CSV records as text. */
#include "support/records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/mujaz-csv-XXXXXX";
static char path[sizeof folder + 16];

const char *records_file(const void *bytes, size_t length)
{
    if (!*path) {
        assert_non_null(mkdtemp(folder));
        snprintf(path, sizeof path, "%s/t.csv", folder);
    }
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    return path;
}

const char *records_folder(void)
{
    return folder;
}

void records_folder_remove(void)
{
    if (*path) {
        unlink(path);
        rmdir(folder);
    }
}

bool records_read(const struct csv_source *source, const struct csv_dialect *dialect, size_t block, bool places,
                  struct buf *out, struct diags *diags)
{
    struct csv *csv = csv_open_blocks(source, dialect, block, diags);
    enum csv_status status = CSV_FAILED;
    struct csv_record record;

    while (csv && (status = csv_next(csv, &record)) == CSV_RECORD) {
        for (size_t i = 0; i < record.count; i++) {
            struct place at = csv_place(csv, i);
            buf_add_string(out, i ? " " : "");
            if (places)
                buf_printf(out, "%u:%u", at.line, at.col);
            buf_add_char(out, '<');
            buf_add(out, record.fields[i].text, record.fields[i].length);
            buf_add_char(out, '>');
        }
        buf_add_char(out, '\n');
    }
    csv_close(csv);
    return status == CSV_END;
}
