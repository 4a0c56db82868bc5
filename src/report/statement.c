/* What stands in a statement: inside and outside of its texts, quoted names and comments. */
#include "report/statement.h"

#include "dataset/sql.h"

#include <string.h>

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

bool statement_names(const char *sql, const char *parameter)
{
    size_t length = strlen(parameter);

    while (*sql) {
        const char *behind = sql_behind_quoted(sql);

        if (behind == sql && *sql == ':' && strncmp(sql + 1, parameter, length) == 0 && !is_word(sql[1 + length]))
            return true;
        sql = behind == sql ? sql + 1 : behind;
    }
    return false;
}

bool statement_quotes(const char *sql, const char *text)
{
    const char *found = strstr(sql, text);

    while (found && *sql) {
        const char *behind = sql_behind_quoted(sql);

        if (behind > sql && found >= sql && found < behind)
            return true;
        sql = behind == sql ? sql + 1 : behind;
        if (sql > found)
            found = strstr(sql, text);
    }
    return false;
}
