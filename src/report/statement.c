/* What stands in a statement. Knows where SQLite's texts, quoted names and comments end, and no more of SQL. */
#include "report/statement.h"

#include <string.h>

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* Behind a text, a quoted name or a comment that starts here; `sql` itself when none does. */
static const char *skip_quoted(const char *sql)
{
    const char *end;

    if (*sql == '\'' || *sql == '"' || *sql == '`')
        end = strchr(sql + 1, *sql);
    else if (strncmp(sql, "--", 2) == 0)
        end = strchr(sql, '\n');
    else if (strncmp(sql, "/*", 2) == 0)
        end = (end = strstr(sql + 2, "*/")) ? end + 1 : NULL;
    else
        return sql;
    return end ? end + 1 : sql + strlen(sql);
}

bool statement_names(const char *sql, const char *parameter)
{
    size_t length = strlen(parameter);

    while (*sql) {
        const char *behind = skip_quoted(sql);

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
        const char *behind = skip_quoted(sql);

        if (behind > sql && found >= sql && found < behind)
            return true;
        sql = behind == sql ? sql + 1 : behind;
        if (sql > found)
            found = strstr(sql, text);
    }
    return false;
}
