/* Diagnostics as text, for tests. */
#include "support/said.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

char *said(const struct diags *diags, const char *folder)
{
    struct buf all, out;
    buf_init(&all);
    buf_init(&out);
    for (size_t i = 0; i < diags_count(diags); i++)
        diag_format(diags_get(diags, i), &all);
    size_t n = folder ? strlen(folder) : 0;
    for (const char *p = all.data; *p; p++) {
        if (n && strncmp(p, folder, n) == 0 && p[n] == '/')
            p += n + 1;
        buf_add_char(&out, *p);
    }
    char *text = xstrdup(out.data);
    buf_drop(&all);
    buf_drop(&out);
    return text;
}

void assert_said(struct diags *diags, const char *folder, const char *want)
{
    char *text = said(diags, folder);
    assert_string_equal(text, want);
    free(text);
    diags_drop(diags);
}
