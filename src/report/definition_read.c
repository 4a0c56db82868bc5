/* Values of report.yaml by their kinds. Knows nodes and messages; must not know which keys there are. */
#include "report/definition_read.h"

#include "base/nearest.h"
#include "base/utf8.h"
#include "report/letters.h"

#include <string.h>

static const char *const language_keys[] = { "en", "ar", NULL };

const struct node *read_node(struct definition_reader *reader, const struct node *map, const char *key,
                             enum node_kind kind, bool required, const char *what)
{
    const struct node *node = node_get(map, key);

    if (node && node->kind == kind)
        return node;
    if (node)
        diag_add(reader->diags, DIAG_VALUE_KIND, node->at, "'%s' is of the wrong kind; write %s", key, what);
    else if (required)
        diag_add(reader->diags, DIAG_KEY_MISSING, map->at, "'%s' is missing; write %s", key, what);
    return NULL;
}

static void check_reserved(struct definition_reader *reader, const struct rich_text *text)
{
    for (const char *p = text->utf8; *p;) {
        const char *start = p;
        uint32_t code_point = utf8_next(&p);

        if (letters_is_reserved(code_point))
            diag_add(
                reader->diags, DIAG_TEXT_BIDI, rich_place(text, (uint32_t)(start - text->utf8)),
                "U+%04X stands in the text; take it out, the program isolates values and breaks lines itself",
                (unsigned)code_point);
    }
}

/* A footnote belongs to the texts: here "[^a]" would be printed as it stands. */
static void check_notes(struct definition_reader *reader, const struct rich_text *text)
{
    for (const char *p = text->utf8; (p = strstr(p, "[^")); p += 2) {
        size_t length = strcspn(p + 2, "] ");

        if (length > 0 && p[2 + length] == ']')
            diag_add(reader->diags, DIAG_NOTE_PLACE, rich_place(text, (uint32_t)(p - text->utf8)),
                     "the footnote '%.*s' is referred to in report.yaml; refer to it in en.md and ar.md",
                     (int)length, p + 2);
    }
}

/* Lines of a block scalar are joined by spaces, each with its place. */
static struct rich_text scalar_text(struct definition_reader *reader, const struct node *node)
{
    struct rich_builder builder;
    struct rich_text text;
    struct place at = node->at;
    size_t length;
    const char *line = locale_nfc(node->text, strlen(node->text), &length, reader->arena), *end;

    while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == ' '))
        length--;
    end = line + length;
    rich_begin(&builder, reader->arena);
    rich_at(&builder, at);
    for (;;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));

        rich_add(&builder, line, (size_t)((stop ? stop : end) - line));
        if (!stop)
            break;
        rich_add(&builder, " ", 1);
        at.line++;
        at.col = node->indent + 1;
        rich_at(&builder, at);
        line = stop + 1;
    }
    text = rich_finish(&builder, NULL);
    check_reserved(reader, &text);
    check_notes(reader, &text);
    return text;
}

/* A text in one language. False when it is no scalar or empty. */
static bool read_phrase(struct definition_reader *reader, const struct node *node, const char *key,
                        struct phrase *out)
{
    if (node->kind != NODE_SCALAR) {
        diag_add(reader->diags, DIAG_VALUE_KIND, node->at, "'%s' is no text; write a text", key);
        return false;
    }
    out->text = scalar_text(reader, node);
    if (out->text.length > 0) {
        phrase_parse(out, reader->arena, reader->diags);
        return true;
    }
    diag_add(reader->diags, DIAG_LANGUAGE_MISSING, node->at,
             "the text of '%s' is empty; write one, or leave '%s' out", key, key);
    return false;
}

static void read_pair(struct definition_reader *reader, const struct node *pair, const char *key,
                      struct phrases *out)
{
    bool complete = true;

    node_check_keys(pair, language_keys, key, reader->diags);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        const struct node *node = node_get(pair, lang_tag(lang));

        if (!node) {
            diag_add(reader->diags, DIAG_LANGUAGE_MISSING, pair->at, "'%s' has no %s text; add %s: ...", key,
                     phrase_language(lang), lang_tag(lang));
            complete = false;
        } else if (!read_phrase(reader, node, key, &out->in[lang])) {
            complete = false;
        }
    }
    out->given = complete;
}

void read_phrases(struct definition_reader *reader, const struct node *map, const char *key,
                  enum phrases_form form, bool required, struct phrases *out)
{
    const struct node *node = node_get(map, key);

    if (!node) {
        if (required)
            diag_add(reader->diags, DIAG_KEY_MISSING, map->at,
                     "'%s' is missing; write %s: {en: ..., ar: ...}", key, key);
        return;
    }
    out->at = node->at;
    if (node->kind == NODE_MAP) {
        read_pair(reader, node, key, out);
    } else if (node->kind == NODE_SCALAR && form == PHRASES_SAME) {
        out->given = read_phrase(reader, node, key, &out->in[LANG_EN]);
        out->in[LANG_AR] = out->in[LANG_EN];
    } else {
        diag_add(reader->diags, DIAG_LANGUAGE_MISSING, node->at,
                 "'%s' is not given in both languages; write {en: ..., ar: ...}", key);
    }
    if (!out->given)
        return;
    reader->out->phrases = arena_grow(reader->arena, reader->out->phrases, reader->out->phrase_count,
                                      sizeof *reader->out->phrases);
    reader->out->phrases[reader->out->phrase_count++] = out;
}

void read_field(struct definition_reader *reader, const struct node *map, const char *key, bool required,
                struct field *out)
{
    const struct node *node = node_get(map, key);
    bool given = true;

    if (!node) {
        if (required)
            diag_add(reader->diags, DIAG_KEY_MISSING, map->at, "'%s' is missing; name a column", key);
        return;
    }
    if (node->kind == NODE_MAP)
        node_check_keys(node, language_keys, key, reader->diags);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        const struct node *name = node->kind == NODE_MAP ? node_get(node, lang_tag(lang)) : node;

        if (!name) {
            diag_add(reader->diags, DIAG_LANGUAGE_MISSING, node->at,
                     "'%s' names no %s column; add %s: COLUMN", key, phrase_language(lang), lang_tag(lang));
            given = false;
        } else if (name->kind != NODE_SCALAR || !*name->text) {
            if (lang == LANG_EN || node->kind == NODE_MAP)
                diag_add(reader->diags, DIAG_VALUE_KIND, name->at, "'%s' is no column's name; name one", key);
            given = false;
        } else {
            out->column[lang] = name->text;
            out->at[lang] = name->at;
        }
    }
    out->given = given;
}

bool read_statement_node(struct definition_reader *reader, const struct node *node, struct statement *out)
{
    if (node->kind != NODE_SCALAR || !*node->text) {
        diag_add(reader->diags, DIAG_VALUE_KIND, node->at, "this is no statement; write a SELECT");
        return false;
    }
    out->sql = node->text;
    out->at = node->at;
    out->indent = node->indent;
    return true;
}

void read_statement(struct definition_reader *reader, const struct node *map, const char *key,
                    struct statement *out)
{
    const struct node *node = node_get(map, key);

    if (node)
        read_statement_node(reader, node, out);
    else
        diag_add(reader->diags, DIAG_KEY_MISSING, map->at, "'%s' is missing; write a SELECT", key);
}

/* The value for a message. */
static const char *quoted(struct definition_reader *reader, const struct node *node)
{
    return node->kind == NODE_SCALAR ? arena_printf(reader->arena, "'%s'", node->text) : "this";
}

static const char *join_names(struct arena *arena, const char *const names[], size_t count)
{
    const char *joined = names[0];

    for (size_t i = 1; i < count; i++)
        joined = arena_printf(arena, "%s%s%s", joined, i + 1 == count ? " or " : ", ", names[i]);
    return joined;
}

bool choice_of(struct definition_reader *reader, const struct node *node, const char *key,
               const char *const names[], size_t count, size_t *out)
{
    for (size_t i = 0; node->kind == NODE_SCALAR && i < count; i++)
        if (strcmp(node->text, names[i]) == 0) {
            *out = i;
            return true;
        }
    diag_add(reader->diags, DIAG_DEFINITION_VALUE, node->at, "%s is no value of '%s'; write %s",
             quoted(reader, node), key, join_names(reader->arena, names, count));
    return false;
}

bool read_choice(struct definition_reader *reader, const struct node *map, const char *key, bool required,
                 const char *const names[], size_t count, size_t *out)
{
    const struct node *node = node_get(map, key);

    if (node)
        return choice_of(reader, node, key, names, count, out);
    if (required)
        diag_add(reader->diags, DIAG_KEY_MISSING, map->at, "'%s' is missing; write %s", key,
                 join_names(reader->arena, names, count));
    return false;
}

bool read_date(struct definition_reader *reader, const struct node *map, const char *key, bool required,
               struct date *out, const char **text)
{
    const struct node *node = node_get(map, key);

    if (!node) {
        if (required)
            diag_add(reader->diags, DIAG_KEY_MISSING, map->at, "'%s' is missing; write a day, as 2024-04-03",
                     key);
        return false;
    }
    if (node->kind != NODE_SCALAR || !date_parse(node->text, out)) {
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, node->at, "%s is no day; write it as 2024-04-03",
                 quoted(reader, node));
        return false;
    }
    if (text)
        *text = node->text;
    return true;
}

bool check_identifier(struct definition_reader *reader, const char *name, struct place at, bool hyphen)
{
    const char *p = name;

    while ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || *p == '_' ||
           (p > name && ((*p >= '0' && *p <= '9') || (hyphen && *p == '-'))))
        p++;
    if (!*p && p > name)
        return true;
    diag_add(reader->diags, DIAG_DEFINITION_VALUE, at,
             "'%s' is no name that a text can refer to; write letters, digits and '_', a letter first", name);
    return false;
}
