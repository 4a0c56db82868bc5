/*
 * Parser of messages. Errors are placed at the exact character. Knows the syntax only: figures' values and
 * languages are message_format.c's.
 */
#include "report/message.h"

#include "base/nearest.h"
#include "base/utf8.h"
#include "report/letters.h"

#include <string.h>

enum { DEEPEST = 8 }; /* messages inside one another */

struct parser {
    const struct rich_text *source;
    const char *text;
    uint32_t at, length;
    struct arena *arena;
    struct diags *diags;
    struct message_use *uses;
    size_t use_count;
    const char *plural; /* figure that # stands for, or NULL */
    int depth;
    bool failed;
};

struct part_list {
    struct message_part *first, *last;
};

static void parse_parts(struct parser *, struct part_list *, bool nested);

#define fail_at(parser, offset, id, ...)                                                                     \
    (diag_add((parser)->diags, id, rich_place((parser)->source, offset), __VA_ARGS__),                       \
     (parser)->failed = true)

static char peek(const struct parser *parser)
{
    return parser->at < parser->length ? parser->text[parser->at] : '\0';
}

/* White space between the parts of the syntax; a hard break (U+2028) may stand there too. */
static void skip_space(struct parser *parser)
{
    for (;;) {
        char c = peek(parser);

        if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            parser->at++;
        else if (parser->length - parser->at >= 3 &&
                 memcmp(parser->text + parser->at, "\xE2\x80\xA8", 3) == 0)
            parser->at += 3;
        else
            return;
    }
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* A name as [A-Za-z_][A-Za-z0-9_]*, or NULL when none stands here. */
static const char *read_name(struct parser *parser)
{
    uint32_t start = parser->at;

    if (peek(parser) >= '0' && peek(parser) <= '9')
        return NULL;
    while (is_name_byte(peek(parser)))
        parser->at++;
    if (parser->at == start)
        return NULL;
    return arena_string_n(parser->arena, parser->text + start, parser->at - start);
}

/* A figure's, with what is asked of its past: attacks.change. */
static const char *read_figure_name(struct parser *parser)
{
    const char *name = read_name(parser), *behind;
    uint32_t dot = parser->at;

    if (!name || peek(parser) != '.')
        return name;
    parser->at++;
    behind = read_name(parser);
    if (!behind)
        parser->at = dot; /* a full stop: what is missing is the brace before it */
    return behind ? arena_printf(parser->arena, "%s.%s", name, behind) : name;
}

/* The character at the parser, for a message; "the end of the text" at the end. */
static const char *here(const struct parser *parser)
{
    const char *start = parser->text + parser->at, *end = start;

    if (parser->at >= parser->length)
        return "the end of the text";
    utf8_next(&end);
    return arena_printf(parser->arena, "'%.*s'", (int)(end - start), start);
}

static struct message_part *add_part(struct parser *parser, struct part_list *list, enum message_kind kind,
                                     uint32_t start)
{
    struct message_part *part = arena_alloc(parser->arena, sizeof *part);

    part->kind = kind;
    part->start = start;
    part->end = parser->at;
    if (list->last)
        list->last->next = part;
    else
        list->first = part;
    list->last = part;
    return part;
}

static void add_text(struct parser *parser, struct part_list *list, uint32_t start)
{
    if (parser->at > start)
        add_part(parser, list, MESSAGE_TEXT, start);
}

/* Behind the apostrophe that opened it, up to the one that closes it; two of them are one. */
static void parse_quoted(struct parser *parser, struct part_list *list, uint32_t opened)
{
    uint32_t start = parser->at;

    while (parser->at < parser->length) {
        if (parser->text[parser->at++] != '\'')
            continue;
        if (peek(parser) == '\'') {
            add_text(parser, list, start);
            start = ++parser->at;
            continue;
        }
        parser->at--;
        add_text(parser, list, start);
        parser->at++;
        return;
    }
    fail_at(parser, opened, DIAG_MESSAGE_SYNTAX,
            "this apostrophe opens quoted text that never ends; close it with another, or write '' for one");
}

/* At an apostrophe, with the text before it added. Returns where the next text starts. */
static uint32_t parse_apostrophe(struct parser *parser, struct part_list *list)
{
    uint32_t opened = parser->at++;
    char next = peek(parser);

    if (next == '\'') {
        add_text(parser, list, opened);
        return ++parser->at;
    }
    if (next != '{' && next != '}' && !(next == '#' && parser->plural))
        return opened; /* stands for itself */
    parse_quoted(parser, list, opened);
    return parser->at;
}

static enum value_format parse_style(struct parser *parser, uint32_t start, const char *type,
                                     const char *style)
{
    static const char *const numbers[] = { "integer", "percent",  "percent1", "percent2", "points", "points1" };
    static const char *const dates[] = { "long", "medium", "month_year", "day_month", "year" };
    bool number = strcmp(type, "date") != 0;
    const char *const *known = number ? numbers : dates;
    size_t count = number ? 6 : 5;
    const char *near;

    for (size_t i = 0; i < count; i++)
        if (strcmp(known[i], style) == 0)
            return (enum value_format)((number ? FORMAT_INTEGER : FORMAT_DATE) + i);
    near = nearest_known(style, known, count);
    fail_at(parser, start, DIAG_MESSAGE_SYNTAX, "unknown %s style '%s'; %s%s%s", type, style,
            near ? "did you mean '" : "known are ",
            near     ? near
            : number ? "integer, percent, percent1, percent2, points, points1"
                     : "long, medium, month_year, day_month, year",
            near ? "'?" : "");
    return FORMAT_DEFAULT;
}

/* Behind {name, number, {name, hedged, {name, low or {name, date: an optional style. */
static enum value_format parse_simple(struct parser *parser, const char *type)
{
    enum value_format plain = strcmp(type, "date") == 0 ? FORMAT_DATE : FORMAT_NUMBER;
    const char *style;
    uint32_t start;

    skip_space(parser);
    if (peek(parser) != ',')
        return plain;
    parser->at++;
    skip_space(parser);
    start = parser->at;
    style = read_name(parser);
    if (!style) {
        fail_at(parser, start, DIAG_MESSAGE_SYNTAX, "%s stands where a %s style must be; write its name",
                here(parser), type);
        return plain;
    }
    return parse_style(parser, start, type, style);
}

static bool branch_known(const struct message_branch *branches, const char *key)
{
    for (; branches; branches = branches->next)
        if (strcmp(branches->key, key) == 0)
            return true;
    return false;
}

/* The key of a branch: a plural's category or =number, any name in a select. */
static bool parse_key(struct parser *parser, bool select, struct message_branch *branch)
{
    static const char *const known[] = { "zero", "one", "two", "few", "many", "other" };
    uint32_t start = parser->at;
    const char *near;

    if (!select && peek(parser) == '=') {
        parser->at++;
        while ((peek(parser) >= '0' && peek(parser) <= '9') || peek(parser) == '.')
            parser->at++;
        branch->exact = true;
        branch->key = arena_string_n(parser->arena, parser->text + start, parser->at - start);
        if (num_parse(branch->key + 1, strlen(branch->key) - 1, &branch->number))
            return true;
        fail_at(parser, start, DIAG_MESSAGE_SYNTAX, "'%s' is no exact number; write it as =0", branch->key);
        return false;
    }
    branch->key = read_name(parser);
    if (!branch->key) {
        fail_at(parser, start, DIAG_MESSAGE_SYNTAX, "%s stands where a branch must start; write key {text}",
                here(parser));
        return false;
    }
    for (size_t i = 0; !select && i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i], branch->key) == 0)
            return true;
    if (select)
        return true;
    near = nearest_known(branch->key, known, sizeof known / sizeof *known);
    fail_at(parser, start, DIAG_MESSAGE_SYNTAX, "'%s' is no plural form; %s%s%s", branch->key,
            near ? "did you mean '" : "known are zero, one, two, few, many, other and =number",
            near ? near : "", near ? "'?" : "");
    return false;
}

static struct message_branch *parse_branch(struct parser *parser, bool select,
                                           const struct message_branch *before)
{
    struct message_branch *branch = arena_alloc(parser->arena, sizeof *branch);
    struct part_list parts = { 0 };
    uint32_t start = parser->at;

    if (!parse_key(parser, select, branch))
        return NULL;
    if (branch_known(before, branch->key)) {
        fail_at(parser, start, DIAG_MESSAGE_SYNTAX, "the branch '%s' stands here twice; keep one",
                branch->key);
        return NULL;
    }
    skip_space(parser);
    if (peek(parser) != '{') {
        fail_at(parser, parser->at, DIAG_MESSAGE_SYNTAX, "%s stands where '{' must open the text of '%s'",
                here(parser), branch->key);
        return NULL;
    }
    parser->at++;
    parse_parts(parser, &parts, true);
    branch->first = parts.first;
    return branch;
}

/* A direction is one of four words, so that a select which has them all needs no other. */
static bool is_complete(const struct message_branch *branches, const char *figure)
{
    if (past_of(figure) == PAST_DIRECTION)
        return branch_known(branches, "up") && branch_known(branches, "down") && branch_known(branches, "same") &&
               branch_known(branches, "none");
    return past_of(figure) == PAST_REVISED && branch_known(branches, "yes") && branch_known(branches, "no");
}

/* Behind {name, plural: the branches, up to the closing brace. */
static const struct message_branch *parse_branches(struct parser *parser, const struct message_part *part,
                                                   const char *type)
{
    bool select = strcmp(type, "select") == 0;
    struct message_branch *first = NULL, *last = NULL;

    skip_space(parser);
    if (peek(parser) != ',') {
        fail_at(parser, parser->at, DIAG_MESSAGE_SYNTAX,
                "%s stands where a comma must be; write {name, %s, other {text}}", here(parser), type);
        return NULL;
    }
    parser->at++;
    for (skip_space(parser); peek(parser) != '}' && parser->at < parser->length; skip_space(parser)) {
        struct message_branch *branch = parse_branch(parser, select, first);

        if (!branch || parser->failed)
            return NULL;
        if (last)
            last->next = branch;
        else
            first = branch;
        last = branch;
    }
    if (parser->at < parser->length && !branch_known(first, "other") &&
        !(select && is_complete(first, part->figure)))
        fail_at(parser, part->start, DIAG_MESSAGE_OTHER, "this %s has no branch 'other'; add other {text}", type);
    return first;
}

static const struct message_type {
    const char *name;
    enum message_kind kind;
    enum message_aspect aspect;
} types[] = {
    { "number", MESSAGE_VALUE, ASPECT_PLAIN },
    { "hedged", MESSAGE_VALUE, ASPECT_HEDGED },
    { "low", MESSAGE_VALUE, ASPECT_LOW },
    { "high", MESSAGE_VALUE, ASPECT_HIGH },
    { "qualifier", MESSAGE_VALUE, ASPECT_QUALIFIER },
    { "date", MESSAGE_VALUE, ASPECT_PLAIN },
    { "plural", MESSAGE_PLURAL, ASPECT_PLAIN },
    { "selectordinal", MESSAGE_ORDINAL, ASPECT_PLAIN },
    { "select", MESSAGE_SELECT, ASPECT_PLAIN },
};

enum { TYPES = sizeof types / sizeof *types };

/* The name of a type; NULL with a diagnostic when there is none. */
static const struct message_type *read_type(struct parser *parser)
{
    const char *names[TYPES], *name, *near;
    uint32_t start = parser->at;

    name = read_name(parser);
    for (size_t i = 0; i < TYPES; i++) {
        names[i] = types[i].name;
        if (name && strcmp(name, types[i].name) == 0)
            return &types[i];
    }
    near = name ? nearest_known(name, names, TYPES) : NULL;
    fail_at(parser, start, DIAG_MESSAGE_SYNTAX, "%s%s%s is no type of a message; %s%s%s", name ? "'" : "",
            name ? name : here(parser), name ? "'" : "",
            near ? "did you mean '"
                 : "known are number, hedged, low, high, qualifier, date, plural, selectordinal, select",
            near ? near : "", near ? "'?" : "");
    return NULL;
}

/* Behind {name and a comma: the type and all that follows it, up to the closing brace. */
static void parse_type(struct parser *parser, struct message_part *part)
{
    const struct message_type *type;
    const char *plural = parser->plural;

    skip_space(parser);
    type = read_type(parser);
    if (!type)
        return;
    part->kind = type->kind;
    part->aspect = type->aspect;
    if (part->aspect == ASPECT_QUALIFIER)
        return;
    if (part->kind == MESSAGE_VALUE) {
        part->format = parse_simple(parser, type->name);
        return;
    }
    if (part->kind != MESSAGE_SELECT)
        parser->plural = part->figure;
    part->branches = parse_branches(parser, part, type->name);
    parser->plural = plural;
}

static void add_use(struct parser *parser, const char *figure, uint32_t offset)
{
    parser->uses = arena_grow(parser->arena, parser->uses, parser->use_count, sizeof *parser->uses);
    parser->uses[parser->use_count].figure = figure;
    parser->uses[parser->use_count].at = rich_place(parser->source, offset);
    parser->use_count++;
}

/* At an opening brace. */
static void parse_argument(struct parser *parser, struct part_list *list)
{
    uint32_t opened = parser->at++, name_at;
    struct message_part *part = add_part(parser, list, MESSAGE_VALUE, opened);

    skip_space(parser);
    name_at = parser->at;
    part->figure = read_figure_name(parser);
    if (!part->figure) {
        fail_at(parser, name_at, DIAG_MESSAGE_SYNTAX,
                "%s stands where a figure's name must be; write {name}, or '{' for a brace", here(parser));
        return;
    }
    add_use(parser, part->figure, name_at);
    skip_space(parser);
    if (peek(parser) == ',') {
        parser->at++;
        parse_type(parser, part);
    }
    if (parser->failed)
        return;
    skip_space(parser);
    if (parser->at >= parser->length) {
        fail_at(parser, opened, DIAG_MESSAGE_SYNTAX, "this brace is never closed; close it with '}'");
        return;
    }
    if (peek(parser) != '}') {
        fail_at(parser, parser->at, DIAG_MESSAGE_SYNTAX, "%s stands where '}' must close the message",
                here(parser));
        return;
    }
    part->end = ++parser->at;
}

static void parse_hash(struct parser *parser, struct part_list *list)
{
    uint32_t start = parser->at++;

    add_part(parser, list, MESSAGE_HASH, start)->figure = parser->plural;
}

/* Texts and arguments up to the end, or nested up to and with the brace that closes them. */
static void parse_parts(struct parser *parser, struct part_list *list, bool nested)
{
    uint32_t start = parser->at, opened = parser->at - nested;

    if (++parser->depth > DEEPEST)
        fail_at(parser, opened, DIAG_MESSAGE_SYNTAX,
                "messages are nested more than %d deep; use figures instead", DEEPEST);
    while (!parser->failed && parser->at < parser->length) {
        char c = peek(parser);

        if (c != '\'' && c != '{' && c != '}' && !(c == '#' && parser->plural)) {
            parser->at++;
            continue;
        }
        add_text(parser, list, start);
        if (c == '}' && nested) {
            parser->at++;
            parser->depth--;
            return;
        }
        if (c == '\'') {
            start = parse_apostrophe(parser, list);
            continue;
        }
        if (c == '}')
            fail_at(parser, parser->at, DIAG_MESSAGE_SYNTAX,
                    "this brace closes nothing; write '}' in apostrophes");
        else if (c == '{')
            parse_argument(parser, list);
        else
            parse_hash(parser, list);
        start = parser->at;
    }
    if (!parser->failed)
        add_text(parser, list, start);
    if (!parser->failed && nested)
        fail_at(parser, opened, DIAG_MESSAGE_SYNTAX, "this brace is never closed; close it with '}'");
    parser->depth--;
}

/* Whether `offset` lies strictly inside a replaced part; the parts are an array in the text's order. */
static const struct message_part *part_around(const struct message_part *const *parts, size_t count,
                                              uint32_t offset)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (parts[middle]->end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && parts[low]->start < offset ? parts[low] : NULL;
}

/* A message stands in one stretch of text: emphasis, links and notes neither start nor end inside it. */
static void check_borders(struct parser *parser, const struct part_list *list)
{
    const struct message_part **parts = NULL;
    size_t count = 0;

    for (const struct message_part *part = list->first; part; part = part->next) {
        if (part->kind == MESSAGE_TEXT)
            continue;
        parts = arena_grow(parser->arena, parts, count, sizeof *parts);
        parts[count++] = part;
    }
    for (size_t i = 0; i < parser->source->span_count; i++) {
        const struct inline_span *span = &parser->source->spans[i];
        const struct message_part *part = part_around(parts, count, span->start);

        if (!part)
            part = part_around(parts, count, span->end);
        if (part)
            fail_at(parser, part->start, DIAG_MESSAGE_CROSSES,
                    "this message holds or crosses the border of emphasis, code, a link or a note; "
                    "put the markup around the whole message");
    }
}

const struct message *message_parse(const struct rich_text *source, struct arena *arena, struct diags *diags)
{
    struct parser parser = {
        .source = source, .text = source->utf8, .length = source->length, .arena = arena, .diags = diags
    };
    struct part_list list = { 0 };
    struct message *message;

    parse_parts(&parser, &list, false);
    if (!parser.failed)
        check_borders(&parser, &list);
    if (parser.failed)
        return NULL;
    message = arena_alloc(arena, sizeof *message);
    message->source = *source;
    message->first = list.first;
    message->uses = parser.uses;
    message->use_count = parser.use_count;
    return message;
}

const char *message_reference(const struct message *message)
{
    const struct message_part *part = message->first;

    if (!part || part->next || part->kind != MESSAGE_VALUE || part->format != FORMAT_DEFAULT)
        return NULL;
    return part->figure;
}
