/*
 * What can be told from a statement's words. For sql_trace.c: whether the rows that stand when an aggregate takes one,
 * or when a row of the result is there, are all of those behind it. A word too many (a column named "over") only
 * makes a trace less exact, or a statement slower; what is quoted is no word.
 */
#include "dataset/sql_inside.h"

#include <string.h>
#include <strings.h>

enum { DEPTH_MAX = 64, WORD_MAX = 32 };

/* What stands between two parentheses, or outside of all. */
struct level {
    bool select, from, nested; /* it is a SELECT; its FROM came; another SELECT is in it */
    bool taken;                /* inside what a traced aggregate takes */
    bool list;                 /* before the FROM of its SELECT, or in parentheses there */
    bool comma;
};

struct scan {
    struct sql_shape *shape;
    struct level levels[DEPTH_MAX];
    size_t depth;
    bool several; /* parentheses with a comma were closed by the token before */
    char word[WORD_MAX], before[WORD_MAX]; /* this token and the one before it: a word, or one sign */
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool sql_is_keyword(const char *word)
{
    return sqlite3_keyword_check(word, (int)strlen(word));
}

const char *sql_behind_quoted(const char *sql)
{
    char close = *sql == '[' ? ']' : *sql == '\'' || *sql == '"' || *sql == '`' ? *sql : '\0';
    if (close) { /* but for ']' it is written twice to stand for itself */
        for (sql++; *sql && (*sql != close || (close != ']' && sql[1] == close)); sql++)
            sql += *sql == close;
        return sql + (*sql != '\0');
    }
    bool line = strncmp(sql, "--", 2) == 0;
    if (!line && strncmp(sql, "/*", 2) != 0)
        return sql;
    const char *end = line ? strchr(sql, '\n') : strstr(sql + 2, "*/");
    return !end ? sql + strlen(sql) : end + (line ? 1 : 2);
}

/* The next token into `word`: a word, "\"" for a quoted name, "0" for a value, or a sign. NULL at the end. */
static const char *next_token(const char *p, char word[WORD_MAX])
{
    while (*p && (strchr(" \t\r\n\f", *p) || (strchr("-/", *p) && sql_behind_quoted(p) > p)))
        p = strchr(" \t\r\n\f", *p) ? p + 1 : sql_behind_quoted(p);
    const char *from = p, *behind = sql_behind_quoted(p);
    memset(word, 0, WORD_MAX);
    word[0] = *p;
    if (!*p)
        return NULL;
    if (behind > p) {
        word[0] = *p == '\'' ? '0' : '"';
        return behind;
    }
    bool named = *p == ':' || *p == '@' || *p == '$' || *p == '?', value = named || is_digit(*p);
    if (!value && !is_letter(*p))
        return p + 1;
    for (p += named; is_letter(*p) || is_digit(*p) || *p == '$' || (value && !named && *p == '.'); p++)
        ;
    if (value) {
        word[0] = '0';
        return p > from ? p : p + 1;
    }
    memcpy(word, from, (size_t)(p - from) < WORD_MAX ? (size_t)(p - from) : WORD_MAX - 1);
    return p;
}

static bool is_one_of(const char *word, const char *const list[])
{
    for (; *list; list++)
        if ((word[0] | 0x20) == ((*list)[0] | 0x20) && strcasecmp(word, *list) == 0)
            return true;
    return false;
}

static void take_select(struct scan *s)
{
    struct level *own = &s->levels[s->depth];
    s->shape->simple &= !own->select;
    own->select = own->list = true;
    own->taken = false;
    for (size_t i = s->depth; i-- > 0;)
        if (s->levels[i].select) {
            s->levels[i].nested = true;
            s->shape->simple &= !s->levels[i].from;
            return;
        }
}

static void take_keyword(struct scan *s)
{
    static const char *const blur[] = { "DISTINCT", "HAVING", "UNION", "INTERSECT", "EXCEPT", "OVER", "WINDOW", "WITH",
                                        "RECURSIVE", NULL };
    struct level *own = &s->levels[s->depth];
    if (strcasecmp(s->word, "SELECT") == 0) {
        take_select(s);
    } else if (strcasecmp(s->word, "FROM") == 0) {
        own->from = true;
        own->list = false;
        s->shape->simple &= own->select && !own->nested;
    }
    s->shape->simple &= !is_one_of(s->word, blur);
    s->shape->rows_in |= s->before[0] == ')' && s->several && strcasecmp(s->word, "IN") == 0;
    s->shape->limited |= strcasecmp(s->word, "LIMIT") == 0;
    s->shape->grouped |= strcasecmp(s->word, "GROUP") == 0;
    s->shape->filtered |= strcasecmp(s->word, "FILTER") == 0;
}

/* A token of a SELECT's list outside of what an aggregate takes. */
static void take_outside(struct scan *s, char next)
{
    static const char *const harmless[] = { "SELECT", "ALL", "AS",  "CASE", "WHEN", "THEN", "ELSE",   "END",   "NULL",
                                            "AND",    "OR",  "NOT", "IS",   "TRUE", "FALSE", "FILTER", "WHERE", NULL };
    static const char *const others[] = { "min", "max", "group_concat", "string_agg", "json_group_array",
                                          "json_group_object", NULL };
    bool name = is_letter(s->word[0]) || s->word[0] == '"';
    if (name && next == '(')
        s->shape->pure &= !is_one_of(s->word, others);
    else if (name)
        s->shape->pure &= is_one_of(s->word, harmless) || strcasecmp(s->before, "AS") == 0;
    else if (s->word[0] == '*') /* all columns, or a product */
        s->shape->pure &= s->before[0] != ',' && s->before[0] != '.' && strcasecmp(s->before, "SELECT") != 0;
}

static void take_token(struct scan *s, char next)
{
    static const char *const traced[] = { "count", "sum", "total", "avg", "FILTER", NULL };
    if (s->word[0] == '(') {
        struct level *outer = &s->levels[s->depth];
        if (s->depth + 1 == DEPTH_MAX) {
            s->shape->simple = false;
            return;
        }
        s->levels[++s->depth] = (struct level){ .list = outer->list,
                                                .taken = outer->taken || is_one_of(s->before, traced) };
    } else if (s->word[0] == ')') {
        s->several = s->levels[s->depth].comma;
        s->depth -= s->depth > 0;
    } else {
        s->levels[s->depth].comma |= s->word[0] == ',';
        if (is_letter(s->word[0]))
            take_keyword(s);
        if (s->levels[s->depth].list && !s->levels[s->depth].taken)
            take_outside(s, next);
    }
}

void sql_shape_of(const char *sql, struct sql_shape *out)
{
    struct scan s = { .shape = out };
    char ahead[WORD_MAX];
    *out = (struct sql_shape){ .simple = true, .pure = true };
    for (const char *p = sql; (p = next_token(p, s.word)); memcpy(s.before, s.word, WORD_MAX)) {
        next_token(p, ahead);
        take_token(&s, ahead[0]);
    }
}
