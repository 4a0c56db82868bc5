/* Whose a value is. Knows no SQL and no report. */
#include "report/burst.h"

#include "base/buf.h"
#include "report/statement.h"

#include <stdlib.h>
#include <string.h>

enum { WRITTEN = 32 }; /* bytes of the longest number */

/* As a mark has it; NULL: nothing, which marks nobody. */
static const char *written(const struct value *value, char number[WRITTEN])
{
    struct buf out;

    if (value->type == VALUE_TEXT || value->type == VALUE_DATE)
        return value->text[0] ? value->text : NULL;
    if (value->type != VALUE_INTEGER && value->type != VALUE_NUMBER)
        return NULL;
    buf_init(&out);
    num_format(value->num, &out);
    strncpy(number, out.data, WRITTEN - 1);
    number[WRITTEN - 1] = '\0';
    buf_drop(&out);
    return number;
}

static int compare_mark(const void *text, const void *mark)
{
    return strcmp(text, ((const struct burst_mark *)mark)->text);
}

static bool applies(const struct burst_mark *mark, const char *column, bool text, bool sure)
{
    if (!mark->column)
        return text;
    return !text && strcmp(mark->column, column) == 0 && (mark->key || !sure);
}

size_t burst_owner(const struct burst *burst, size_t packet, const char *column, const struct value *value, bool sure)
{
    char number[WRITTEN];
    const char *text = written(value, number);
    const struct burst_mark *end = burst->marks + burst->mark_count;
    const struct burst_mark *mark =
        text && end > burst->marks ? bsearch(text, burst->marks, burst->mark_count, sizeof *mark, compare_mark) : NULL;
    size_t owner = SIZE_MAX;

    while (mark && mark > burst->marks && strcmp(mark[-1].text, text) == 0)
        mark--;
    for (; mark && mark < end && strcmp(mark->text, text) == 0; mark++) {
        if (!applies(mark, column, value->type == VALUE_TEXT, sure))
            continue;
        if (mark->packet == packet)
            return SIZE_MAX;
        owner = mark->packet;
    }
    return owner;
}

bool burst_statement_tells(const struct burst *burst, size_t packet, const char *sql)
{
    if (!strpbrk(sql, "'\"`[-/"))
        return false;
    for (size_t i = 0; i < burst->mark_count; i++)
        if (!burst->marks[i].column && burst->marks[i].packet != packet && statement_quotes(sql, burst->marks[i].text))
            return true;
    return false;
}
