/* Reading ledgers for the figures in them, and choosing that of the issue before. Knows no texts. */
#include "report/previous.h"

#include "base/file.h"
#include "base/json_read.h"
#include "report/definition.h"

#include <string.h>

enum { LARGEST = 256 << 20 }; /* bytes of a ledger */

/* ---- a figure ---- */

static const char *const kinds[] = { "value", "texts", "hedged" };
static const char *const types[] = { "null", "text", "integer", "number", "boolean", "date" };

static size_t choice(struct json_reader *r, const char *const *names, size_t count)
{
    const char *word = json_read_string(r);

    for (size_t i = 0; word && i < count; i++)
        if (strcmp(word, names[i]) == 0)
            return i;
    json_refuse(r, "a ledger has another word before this place");
    return 0;
}

static void read_texts(struct json_reader *r, const char *out[LANG_COUNT])
{
    if (!json_read_object(r))
        return;
    for (const char *key; (key = json_read_key(r));)
        for (enum lang lang = 0; lang < LANG_COUNT; lang++)
            if (strcmp(key, lang_tag(lang)) == 0) {
                if (json_next(r) == JSON_NULL)
                    json_skip(r);
                else
                    out[lang] = json_read_string(r);
            }
}

/* The type may come behind it. */
static void read_value(struct json_reader *r, struct previous_figure *out)
{
    switch (json_next(r)) {
    case JSON_OBJECT:
        read_texts(r, out->words);
        break;
    case JSON_STRING:
        out->value.text = json_read_string(r);
        break;
    case JSON_NUMBER:
        json_read_number(r, &out->value.num);
        break;
    case JSON_TRUE:
        out->value.num = num_from_int(1);
        json_skip(r);
        break;
    default:
        json_skip(r);
    }
}

static void read_bound(struct json_reader *r, bool *has, struct num *out)
{
    *has = json_read_number(r, out);
}

static bool is_whole(const struct previous_figure *f)
{
    bool text = f->value.type == VALUE_TEXT || f->value.type == VALUE_DATE;

    if (f->kind == FIGURE_TEXTS)
        return f->words[LANG_EN] && f->words[LANG_AR];
    return !text || f->value.text;
}

static void read_figure(struct json_reader *r, struct previous_figure *out)
{
    if (!json_read_object(r))
        return;
    for (const char *key; (key = json_read_key(r));) {
        if (strcmp(key, "name") == 0)
            out->name = json_read_string(r);
        else if (strcmp(key, "kind") == 0)
            out->kind = (enum figure_kind)choice(r, kinds, sizeof kinds / sizeof *kinds);
        else if (strcmp(key, "type") == 0)
            out->value.type = (enum value_type)choice(r, types, sizeof types / sizeof *types);
        else if (strcmp(key, "value") == 0)
            read_value(r, out);
        else if (strcmp(key, "low") == 0)
            read_bound(r, &out->hedge.has_low, &out->hedge.low);
        else if (strcmp(key, "high") == 0)
            read_bound(r, &out->hedge.has_high, &out->hedge.high);
        else if (strcmp(key, "hedge") == 0)
            read_texts(r, out->hedge.words);
        else if (strcmp(key, "joint") == 0)
            read_texts(r, out->hedge.joint);
        else
            json_skip(r);
    }
    if (!out->name || !is_whole(out))
        json_refuse(r, "the figure that ends here has no name, or no value");
    out->hedge.has_best = out->kind == FIGURE_HEDGED && value_is_number(&out->value);
    out->hedge.best = out->value.num;
}

/* ---- a ledger ---- */

static void read_figures(struct json_reader *r, struct previous_issue *out)
{
    for (bool more = json_read_array(r); more && json_read_item(r);) {
        out->figures = arena_grow(r->arena, out->figures, out->count, sizeof *out->figures);
        read_figure(r, &out->figures[out->count++]);
    }
}

/* Keys that a ledger has of its own issue, and of the one before. */
static bool read_issue(struct json_reader *r, const char *key, struct previous_issue *out)
{
    struct num number;
    struct date day;

    if (strcmp(key, "issue") == 0) {
        if (json_next(r) == JSON_NULL)
            json_skip(r);
        else if (json_read_number(r, &number) && num_is_whole(number) && number.scale == 0)
            out->issue = number.coefficient;
        out->has_issue = out->issue > 0;
    } else if (strcmp(key, "as_of") == 0) {
        out->as_of = json_read_string(r);
        if (out->as_of && !date_parse(out->as_of, &day))
            json_refuse(r, "the day before this place is none");
    } else if (strcmp(key, "figures") == 0) {
        read_figures(r, out);
    } else {
        return false;
    }
    return true;
}

static const struct previous_issue *read_before(struct json_reader *r)
{
    struct previous_issue *before = arena_alloc(r->arena, sizeof *before);

    if (json_next(r) == JSON_NULL) {
        json_skip(r);
        return NULL;
    }
    if (!json_read_object(r))
        return NULL;
    for (const char *key, *hex; (key = json_read_key(r));) {
        if (strcmp(key, "ledger_sha256") == 0) {
            if ((hex = json_read_string(r)) && strlen(hex) == HASH_HEX - 1)
                memcpy(before->sha256, hex, HASH_HEX);
        } else if (!read_issue(r, key, before)) {
            json_skip(r);
        }
    }
    if (!before->as_of || !before->sha256[0])
        json_refuse(r, "the issue before has no day or digest");
    return before;
}

static void read_ledger(struct json_reader *r, struct previous *all, const char *sha256)
{
    struct previous_ledger ledger = { .path = r->path };
    size_t index = all->count;

    if (!json_read_object(r))
        return;
    all->ledgers = arena_grow(r->arena, all->ledgers, all->count++, sizeof *all->ledgers);
    memcpy(ledger.own.sha256, sha256, HASH_HEX);
    for (const char *key; (key = json_read_key(r));) {
        if (strcmp(key, "report") == 0) {
            ledger.report = json_read_string(r);
        } else if (strcmp(key, "previous") == 0) {
            ledger.before = read_before(r);
            ledger.tells = true;
        } else if (strcmp(key, "following") == 0) {
            for (bool more = json_read_array(r); more && json_read_item(r);)
                read_ledger(r, all, sha256);
        } else if (!read_issue(r, key, &ledger.own)) {
            json_skip(r);
        }
    }
    if (!ledger.report || !ledger.own.as_of)
        json_refuse(r, "this is no ledger of a report: it has no 'report' or 'as_of'");
    all->ledgers[index] = ledger;
}

bool previous_add(struct previous *all, const char *path, const char *text, size_t length, struct arena *arena,
                  struct diags *diags)
{
    struct json_reader r;
    uint8_t digest[HASH_BYTES];
    char sha256[HASH_HEX];
    size_t count = all->count;

    hash_sha256(text, length, digest);
    hash_hex(digest, sha256);
    json_read_begin(&r, arena_string(arena, path), text, length, DIAG_PREVIOUS_LEDGER, arena, diags);
    read_ledger(&r, all, sha256);
    if (json_read_end(&r))
        return true;
    all->count = count;
    return false;
}

bool previous_load(struct previous *all, const char *path, struct arena *arena, struct diags *diags)
{
    size_t length;
    const char *text = file_read_text(path, LARGEST, arena, &length, diags);

    return text && previous_add(all, path, text, length, arena, diags);
}

/* ---- the issue before ---- */

/* Below 0: the ledger's issue is earlier. By the numbers of the issues, where both have one, else by their days. */
static int compare_issue(const struct previous_issue *own, const struct definition *definition)
{
    struct date day = { 0 };
    int32_t days, now = date_days(definition->as_of);

    if (own->has_issue && definition->has_issue)
        return own->issue < definition->issue ? -1 : own->issue > definition->issue;
    date_parse(own->as_of, &day);
    days = date_days(day);
    return days < now ? -1 : days > now;
}

static const char *describe(const struct previous_issue *issue, struct arena *arena)
{
    if (issue->has_issue)
        return arena_printf(arena, "issue %lld of %s", (long long)issue->issue, issue->as_of);
    return issue->as_of;
}

/* False with a diagnostic when the ledger cannot be meant; *out is left alone when it does not know. */
static bool ask(const struct previous_ledger *ledger, const struct definition *definition,
                const struct previous_issue **out, bool *known, struct diags *diags)
{
    int order = compare_issue(&ledger->own, definition);
    struct arena *arena = arena_new();

    if (order > 0)
        diag_add(diags, DIAG_PREVIOUS_LEDGER, (struct place){ .file = ledger->path, .line = 1, .col = 1 },
                 "this ledger is of %s, which is later than what is made now (%s, as of %s); give that of an earlier "
                 "issue", describe(&ledger->own, arena), definition->path, definition->as_of_text);
    *known = order < 0 || (order == 0 && ledger->tells);
    if (*known)
        *out = order < 0 ? &ledger->own : ledger->before;
    arena_drop(arena);
    return order <= 0;
}

bool previous_has(const struct previous *previous, const char *report)
{
    for (size_t i = 0; i < previous->count; i++)
        if (strcmp(previous->ledgers[i].report, report) == 0)
            return true;
    return false;
}

const struct previous_issue *previous_of(const struct previous *previous, const char *report,
                                         const struct definition *definition, struct diags *diags)
{
    const struct previous_issue *issue = NULL;
    bool known = false;

    for (size_t i = 0; previous && !known && i < previous->count; i++)
        if (strcmp(previous->ledgers[i].report, report) == 0
            && !ask(&previous->ledgers[i], definition, &issue, &known, diags))
            return NULL;
    if (!issue && definition->has_issue && definition->issue > 1)
        diag_add(diags, DIAG_PREVIOUS_UNKNOWN, definition->issue_at,
                 "this is issue %lld, and no ledger of an earlier one is known; texts say so: give it by "
                 "--previous=FILE.ledger.json", (long long)definition->issue);
    return issue;
}

const struct previous_figure *previous_find(const struct previous_issue *issue, const char *figure)
{
    for (size_t i = 0; issue && i < issue->count; i++)
        if (strcmp(issue->figures[i].name, figure) == 0)
            return &issue->figures[i];
    return NULL;
}
