/* CSV cells. Knows no tables. */
#include "base/csv_write.h"

#include <string.h>

#include "base/buf.h"

bool csv_is_formula(const char *text)
{
    return *text && strchr("=+-@\t\r", *text);
}

void csv_add_text(struct buf *out, const char *text)
{
    bool quoted = !*text || text[strcspn(text, ",\"\r\n")];

    if (quoted)
        buf_add_char(out, '"');
    if (csv_is_formula(text))
        buf_add_char(out, '\'');
    for (const char *p = text; *p; p++)
        buf_add_string(out, *p == '"' ? "\"\"" : (char[]){ *p, '\0' });
    if (quoted)
        buf_add_char(out, '"');
}
