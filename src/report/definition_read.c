/* Values of report.yaml by their kinds. Knows nodes and messages; must not know which keys there are. */
#include "report/definition_read.h"

#include "base/name.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "report/letters.h"
#include "report/markdown.h"

#include <string.h>

static const char *const language_keys[] = { "en", "ar", NULL };

static bool check_reserved(struct definition_reader *reader, const struct rich_text *text)
{
    bool good = true;

    for (const char *p = text->utf8; *p;) {
        const char *start = p;
        uint32_t code_point = utf8_next(&p);

        if (!letters_is_reserved(code_point))
            continue;
        good = false;
        diag_add(reader->diags, DIAG_TEXT_BIDI, rich_place(text, (uint32_t)(start - text->utf8)),
                 "U+%04X stands in the text; take it out, the program isolates values and breaks lines itself",
                 (unsigned)code_point);
    }
    return good;
}

/* A footnote belongs to the texts: here "[^a]" would be printed as it stands. */
static bool check_notes(struct definition_reader *reader, const struct rich_text *text)
{
    bool good = true;

    for (const char *p = text->utf8; (p = strstr(p, "[^")); p += 2) {
        size_t length = strcspn(p + 2, "] ");

        if (length == 0 || p[2 + length] != ']')
            continue;
        good = false;
        diag_add(reader->diags, DIAG_NOTE_PLACE, rich_place(text, (uint32_t)(p - text->utf8)),
                 "the footnote '%.*s' is referred to in report.yaml; refer to it in en.md and ar.md",
                 (int)length, p + 2);
    }
    return good;
}

/* Of a key that takes no marks. */
static void refuse_marks(struct definition_reader *reader, const char *key, struct rich_text *text)
{
    for (size_t i = 0; i < text->span_count; i++)
        if (!rich_is_address(text, &text->spans[i]))
            diag_add(reader->diags, DIAG_TEXT_UNSUPPORTED, rich_place(text, text->spans[i].start),
                     "'%s' is plain text, without emphasis, links or code; take the marks away, or write \\ before a "
                     "sign that is printed", key);
    text->span_count = 0;
}

/* Lines of a block scalar are joined by spaces, each with its place. */
static struct rich_text scalar_text(struct definition_reader *reader, const struct node *node, const struct key *key)
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
    if (check_reserved(reader, &text) && check_notes(reader, &text))
        text = markdown_line(arena_copy(reader->arena, &text, sizeof text), reader->arena, reader->diags);
    if (!key->marks)
        refuse_marks(reader, key->name, &text);
    return text;
}

/* A text in one language. False when it is no scalar or empty. */
static bool read_phrase(struct definition_reader *reader, const struct node *node, const struct key *rule,
                        struct phrase *out)
{
    const char *key = rule->name;

    if (node->kind != NODE_SCALAR) {
        diag_add(reader->diags, DIAG_VALUE_KIND, node->at, "'%s' is no text; write a text", key);
        return false;
    }
    out->text = scalar_text(reader, node, rule);
    if (out->text.length > 0 && !node_is_null(node)) {
        phrase_parse(out, reader->arena, reader->diags);
        return true;
    }
    diag_add(reader->diags, DIAG_LANGUAGE_MISSING, node->at,
             "the text of '%s' is empty; write one, or leave '%s' out", key, key);
    return false;
}

static void read_pair(struct definition_reader *reader, const struct node *pair, const struct key *rule,
                      struct phrases *out)
{
    const char *key = rule->name;
    bool complete = true;

    node_check_keys(pair, language_keys, key, reader->diags);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        const struct node *node = node_get(pair, lang_tag(lang));

        if (!node) {
            diag_add(reader->diags, DIAG_LANGUAGE_MISSING, pair->at, "'%s' has no %s text; add %s: ...", key,
                     phrase_language(lang), lang_tag(lang));
            complete = false;
        } else if (!read_phrase(reader, node, rule, &out->in[lang])) {
            complete = false;
        }
    }
    out->given = complete;
}

static void read_phrases(struct definition_reader *reader, const struct node *node, const struct key *rule,
                         struct phrases *out)
{
    const char *key = rule->name;

    out->at = node->at;
    if (node->kind == NODE_MAP) {
        read_pair(reader, node, rule, out);
    } else if (node->kind == NODE_SCALAR && rule->kind == KEY_SAME) {
        out->given = read_phrase(reader, node, rule, &out->in[LANG_EN]);
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

static void read_field(struct definition_reader *reader, const struct node *node, const char *key, struct field *out)
{
    bool given = true;

    if (node->kind == NODE_MAP)
        node_check_keys(node, language_keys, key, reader->diags);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        const struct node *name = node->kind == NODE_MAP ? node_get(node, lang_tag(lang)) : node;

        if (!name) {
            diag_add(reader->diags, DIAG_LANGUAGE_MISSING, node->at,
                     "'%s' names no %s column; add %s: COLUMN", key, phrase_language(lang), lang_tag(lang));
            given = false;
        } else if (name->kind != NODE_SCALAR || !*name->text || node_is_null(name)) {
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
    if (node->kind != NODE_SCALAR || !*node->text || node_is_null(node)) {
        diag_add(reader->diags, DIAG_VALUE_KIND, node->at, "this is no statement; write a SELECT");
        return false;
    }
    out->sql = node->text;
    out->at = node->at;
    out->indent = node->indent;
    return true;
}

/* The value for a message. */
static const char *quoted(struct definition_reader *reader, const struct node *node)
{
    return node->kind == NODE_SCALAR ? arena_printf(reader->arena, "'%s'", node->text) : "this";
}

/* --- values of a choice --- */

static const char *join_choices(struct arena *arena, const struct key *key)
{
    const char *joined = key->choices[0];

    for (size_t i = 1; key->choices[i]; i++)
        joined = arena_printf(arena, "%s%s%s", joined, key->choices[i + 1] ? ", " : " or ", key->choices[i]);
    return joined;
}

/* The nearest choice, or else all of them. */
static const char *hint_choices(struct arena *arena, const struct node *node, const struct key *key)
{
    const char *all = arena_printf(arena, "write %s", join_choices(arena, key));
    size_t count = 0;

    while (key->choices[count])
        count++;
    return node->kind == NODE_SCALAR ? nearest_hint(arena, node->text, key->choices, count, all) : all;
}

static bool choice_of(struct definition_reader *reader, const struct node *node, const struct key *key, unsigned *out)
{
    for (unsigned i = 0; node->kind == NODE_SCALAR && key->choices[i]; i++)
        if (strcmp(node->text, key->choices[i]) == 0) {
            *out = key->values ? key->values[i] : i;
            return true;
        }
    diag_add(reader->diags, DIAG_DEFINITION_VALUE, node->at, "%s is no value of '%s'; %s",
             quoted(reader, node), key->name, hint_choices(reader->arena, node, key));
    return false;
}

/* bool[], by the choices' values: those that are in the list, each once. */
static void read_choices(struct definition_reader *reader, const struct node *list, const struct key *key, bool *out)
{
    for (size_t i = 0; key->choices[i]; i++)
        out[key->values ? key->values[i] : i] = false;
    for (size_t i = 0; i < list->count; i++) {
        unsigned choice;

        if (!choice_of(reader, list->items[i], key, &choice))
            continue;
        if (out[choice])
            diag_add(reader->diags, DIAG_DEFINITION_VALUE, list->items[i]->at, "'%s' is named twice; name it once",
                     list->items[i]->text);
        out[choice] = true;
    }
}

/* --- numbers and days --- */

static void read_date(struct definition_reader *reader, const struct node *node, struct date *out)
{
    if (node->kind != NODE_SCALAR || !date_parse(node->text, out))
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, node->at, "%s is no day; write it as 2024-04-03",
                 quoted(reader, node));
}

/* Whole ones to a size_t, others to a double. */
static void read_number(struct definition_reader *reader, const struct node *map, const struct key *key, void *member)
{
    struct num num = { 0 };
    int64_t whole = 0;
    bool is_whole = key->kind == KEY_WHOLE;

    if (is_whole ? !node_int(map, key->name, true, &whole, reader->diags)
                 : !node_num(map, key->name, true, &num, reader->diags))
        return;
    double value = is_whole ? (double)whole : num_to_double(num);
    if (value < key->least || (key->above && value == key->least) || (key->most > 0 && value > key->most)) {
        const char *to = key->most > 0 ? arena_printf(reader->arena, "%g to %g", key->least, key->most)
                       : key->above    ? arena_printf(reader->arena, "a number above %g", key->least)
                                       : arena_printf(reader->arena, "%g or more", key->least);
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, node_get(map, key->name)->at,
                 "%s is no value of '%s'; write %s%s", node_get(map, key->name)->text, key->name, to,
                 key->required ? "" : ", or leave it out");
    } else if (is_whole) {
        *(size_t *)member = (size_t)whole;
    } else {
        *(double *)member = value;
    }
}

bool name_of(struct definition_reader *reader, const struct node *node, const char *what, struct definition_name *out)
{
    if (node->kind != NODE_SCALAR || node_is_null(node) || !name_is_good(node->text)) {
        diag_add(reader->diags, DIAG_REPORT_NAME, node->at,
                 "this is no name of a %s; write small letters, digits and '-', as in iraq-briefing", what);
        return false;
    }
    *out = (struct definition_name){ node->text, node->at };
    return true;
}

/* --- keys --- */

static enum node_kind kind_of(const struct key *key)
{
    return key->kind == KEY_LIST || key->kind == KEY_CHOICES  ? NODE_LIST
         : key->kind == KEY_MAP || key->kind == KEY_NAMED     ? NODE_MAP
                                                              : NODE_SCALAR;
}

/* What is right where the key is missing. */
static const char *right_for(struct definition_reader *reader, const struct key *key)
{
    if (key->write)
        return arena_printf(reader->arena, "write %s", key->write);
    switch (key->kind) {
    case KEY_BOTH:
    case KEY_SAME:
        return arena_printf(reader->arena, "write %s: {en: ..., ar: ...}", key->name);
    case KEY_COLUMN:
        return "name a column";
    case KEY_STATEMENT:
        return "write a SELECT";
    case KEY_DATE:
        return "write a day, as 2024-04-03";
    case KEY_CHOICE:
        return arena_printf(reader->arena, "write %s", join_choices(reader->arena, key));
    default:
        return "give it a text";
    }
}

static const struct node *value_of(struct definition_reader *reader, const struct node *map, const struct key *key)
{
    const struct node *node = node_get(map, key->name);
    enum node_kind kind = kind_of(key);

    if (!node) {
        if (key->required)
            diag_add(reader->diags, DIAG_KEY_MISSING, map->at, "'%s' is missing; %s", key->name,
                     right_for(reader, key));
        return NULL;
    }
    for (size_t i = 0; key->kind == KEY_MAP && key->choices && node->kind == NODE_SCALAR && key->choices[i]; i++)
        if (strcmp(node->text, key->choices[i]) == 0)
            return NULL;
    if (kind != NODE_SCALAR && node->kind != kind) {
        diag_add(reader->diags, DIAG_VALUE_KIND, node->at, "'%s' is of the wrong kind; write %s", key->name,
                 key->write);
        return NULL;
    }
    if (key->some && node->count == 0) {
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, node->at, "'%s' is empty; write %s", key->name, key->write);
        return NULL;
    }
    return node;
}

void definition_read_key(struct definition_reader *reader, const struct node *map, const struct key *key, void *out)
{
    const struct node *node = value_of(reader, map, key);
    void *member = (char *)out + key->member;
    unsigned choice;

    if (!node)
        return;
    switch (key->kind) {
    case KEY_BOTH:
    case KEY_SAME:
        read_phrases(reader, node, key, member);
        break;
    case KEY_COLUMN:
        read_field(reader, node, key->name, member);
        break;
    case KEY_STATEMENT:
        read_statement_node(reader, node, member);
        break;
    case KEY_NAME:
        name_of(reader, node, key->name, member);
        break;
    case KEY_DATE:
        read_date(reader, node, member);
        break;
    case KEY_WHOLE:
    case KEY_NUMBER:
        read_number(reader, map, key, member);
        break;
    case KEY_SWITCH:
        node_bool(map, key->name, true, member, reader->diags);
        break;
    case KEY_TEXT:
        node_text(map, key->name, true, member, reader->diags);
        break;
    case KEY_CHOICE: /* enums: each unsigned int with this compiler */
        choice_of(reader, node, key, member);
        break;
    case KEY_FLAG:
        if (choice_of(reader, node, key, &choice))
            *(bool *)member = choice == 1;
        break;
    case KEY_CHOICES:
        read_choices(reader, node, key, member);
        break;
    case KEY_MAP:
        read_keys(reader, node, key->of, key->name, member);
        break;
    case KEY_LIST:
    case KEY_NAMED:
        break;
    }
}

void read_keys(struct definition_reader *reader, const struct node *map, const struct key keys[], const char *what,
               void *out)
{
    keys_check(map, keys, what, reader->diags);
    for (; keys->name; keys++)
        if (keys->kind != KEY_LIST && keys->kind != KEY_NAMED)
            definition_read_key(reader, map, keys, out);
}

const struct node *read_items(struct definition_reader *reader, const struct node *map, const struct key keys[],
                              const char *name)
{
    return value_of(reader, map, keys_find(keys, name));
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

void *read_objects(struct definition_reader *reader, const struct node *map, size_t size, size_t *count,
                   void (*read)(struct definition_reader *, const struct node *, void *object))
{
    char *all = map ? arena_array(reader->arena, map->count, size) : NULL;

    for (size_t i = 0; map && i < map->count; i++) {
        struct definition_object *object = (void *)(all + *count * size);

        if (!check_identifier(reader, map->keys[i], map->key_at[i], true))
            continue;
        ++*count;
        object->id = map->keys[i];
        object->at = map->key_at[i];
        read(reader, map->items[i], object);
    }
    return all;
}
