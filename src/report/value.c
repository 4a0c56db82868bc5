/*
 * Values as readers see them. Knows figures, formats and bidi isolates; must not know messages, SQL or
 * Markdown.
 */
#include "report/value.h"

#include "base/nearest.h"
#include "base/utf8.h"
#include "report/letters.h"

#include <stdlib.h>
#include <string.h>

#define LRI "\xE2\x81\xA6" /* U+2066 */
#define RLI "\xE2\x81\xA7"
#define FSI "\xE2\x81\xA8"
#define PDI "\xE2\x81\xA9" /* U+2069 */

static int compare_figures(const void *a, const void *b)
{
    const struct figure *x = a, *y = b;

    return strcmp(x->name, y->name);
}

void figures_sort(struct figures *figures)
{
    if (figures->count > 1)
        qsort(figures->list, figures->count, sizeof *figures->list, compare_figures);
}

static struct figure *find_listed(const struct figures *figures, const char *name)
{
    struct figure key = { .name = name };

    if (figures->count == 0)
        return NULL;
    return bsearch(&key, figures->list, figures->count, sizeof key, compare_figures);
}

static void make_pasts(struct figure *figure, struct arena *arena)
{
    figure->pasts = arena_array(arena, PAST_COUNT, sizeof *figure->pasts);
    for (enum past past = PAST_NONE + 1; past < PAST_COUNT; past++) {
        struct figure *made = &figure->pasts[past];

        made->name = arena_printf(arena, "%s.%s", figure->name, past_name(past));
        made->at = figure->at;
        made->past = past;
        made->of = figure->name;
    }
}

struct figure *figures_find(const struct figures *figures, const char *name)
{
    struct figure *figure = find_listed(figures, name);
    enum past past = past_of(name);

    if (figure || figures->without_past || past == PAST_NONE)
        return figure;
    figure = find_listed(figures, arena_string_n(figures->arena, name, (size_t)(strchr(name, '.') - name)));
    if (!figure)
        return NULL;
    if (!figure->pasts)
        make_pasts(figure, figures->arena);
    return &figure->pasts[past];
}

void figure_note_use(struct figure *figure, enum lang lang, struct place at, const char *printed,
                     struct arena *arena)
{
    figure->uses = arena_grow(arena, figure->uses, figure->use_count, sizeof *figure->uses);
    figure->uses[figure->use_count++] =
        (struct figure_use){ .lang = lang, .at = at, .printed = printed ? value_clean(printed, arena) : NULL };
}

const char *figures_nearest(const struct figures *figures, const char *name, struct arena *arena)
{
    const char **names = arena_array(arena, figures->count * PAST_COUNT, sizeof *names);
    size_t count = 0;

    for (size_t i = 0; i < figures->count; i++) {
        const char *known = figures->list[i].name;

        names[count++] = known;
        for (enum past past = PAST_NONE + 1; !figures->without_past && !strchr(known, '.') && past < PAST_COUNT; past++)
            names[count++] = arena_printf(arena, "%s.%s", known, past_name(past));
    }
    if (count > 1)
        qsort(names, count, sizeof *names, utf8_compare);
    return nearest_known(name, names, count);
}

bool value_is_number(const struct value *value)
{
    return value->type == VALUE_INTEGER || value->type == VALUE_NUMBER || value->type == VALUE_BOOLEAN;
}

bool figure_is_number(const struct figure *figure)
{
    return figure->kind != FIGURE_TEXTS && value_is_number(&figure->value);
}

const char *figure_kind_name(const struct figure *figure)
{
    if (figure->kind == FIGURE_TEXTS)
        return "a text";
    if (figure->kind == FIGURE_HEDGED && !figure->hedge.has_best)
        return "a range without a best value";
    return value_kind(&figure->value);
}

static const char *print_integer(struct num num, const struct locale *locale, struct arena *arena)
{
    num = num_trim(num);
    return num.scale == 0 ? locale_integer(locale, num.coefficient, arena) : NULL;
}

static const char *print_date(const struct value *value, enum locale_date_style style,
                              const struct locale *locale, struct arena *arena)
{
    struct date date;

    if (value->type != VALUE_DATE || !date_parse(value->text, &date))
        return NULL;
    return locale_date(locale, date, style, arena);
}

static const char *print_default(const struct value *value, const struct locale *locale, struct arena *arena)
{
    if (value_is_number(value))
        return locale_number(locale, value->num, arena);
    if (value->type == VALUE_DATE)
        return print_date(value, DATE_LONG, locale, arena);
    return value->type == VALUE_TEXT ? value_clean(value->text, arena) : NULL;
}

static const char *print_points(struct num ratio, uint8_t decimals, const struct locale *locale,
                                struct arena *arena)
{
    static const struct num hundredth = { .coefficient = 1, .scale = 2 };
    struct num points;

    return num_ratio(ratio, hundredth, decimals, &points) ? locale_number(locale, points, arena) : NULL;
}

const char *value_print(const struct value *value, enum value_format format, const struct locale *locale,
                        struct arena *arena)
{
    bool number = value_is_number(value);

    switch (format) {
    case FORMAT_DEFAULT:
    case FORMAT_TEXT:
        return print_default(value, locale, arena);
    case FORMAT_QUALIFIER:
        return value->type == VALUE_TEXT ? hedge_words(value->text, locale_lang(locale)) : NULL;
    case FORMAT_NUMBER:
        return number ? locale_number(locale, value->num, arena) : NULL;
    case FORMAT_INTEGER:
        return number ? print_integer(value->num, locale, arena) : NULL;
    case FORMAT_PERCENT:
        return number ? locale_percent(locale, value->num, 0, arena) : NULL;
    case FORMAT_PERCENT1:
        return number ? locale_percent(locale, value->num, 1, arena) : NULL;
    case FORMAT_PERCENT2:
        return number ? locale_percent(locale, value->num, 2, arena) : NULL;
    case FORMAT_POINTS:
        return number ? print_points(value->num, 0, locale, arena) : NULL;
    case FORMAT_POINTS1:
        return number ? print_points(value->num, 1, locale, arena) : NULL;
    case FORMAT_DATE:
        return print_date(value, DATE_LONG, locale, arena);
    case FORMAT_DATE_MEDIUM:
        return print_date(value, DATE_MEDIUM, locale, arena);
    case FORMAT_MONTH_YEAR:
        return print_date(value, DATE_MONTH_YEAR, locale, arena);
    case FORMAT_DAY_MONTH:
        return print_date(value, DATE_DAY_MONTH, locale, arena);
    case FORMAT_YEAR:
        return print_date(value, DATE_YEAR, locale, arena);
    }
    return NULL;
}

const char *value_signed(const char *printed, int direction, struct arena *arena)
{
    return direction > 0 ? arena_printf(arena, "+%s", printed) : printed;
}

const char *value_wanted(enum value_format format)
{
    if (format >= FORMAT_DATE)
        return "a date";
    if (format == FORMAT_INTEGER)
        return "a whole number";
    if (format == FORMAT_QUALIFIER)
        return "a qualifier, as more_than";
    return format >= FORMAT_NUMBER ? "a number" : "a value";
}

const char *value_kind(const struct value *value)
{
    switch (value->type) {
    case VALUE_TEXT:
        return "a text";
    case VALUE_INTEGER:
    case VALUE_BOOLEAN:
        return "a whole number";
    case VALUE_NUMBER:
        return "a number";
    case VALUE_DATE:
        return "a date";
    case VALUE_NULL:
        break;
    }
    return "nothing (NULL)";
}

/* The end of the first of several numbers: a comma or semicolon that parts them. A Latin one does so with a
 * blank behind it; without, it groups digits. */
static const char *item_end(const char *printed)
{
    const char *p = printed;

    while (*p) {
        const char *start = p;
        uint32_t code_point = utf8_next(&p);

        if (code_point == 0x60C || code_point == 0x61B ||
            ((code_point == ',' || code_point == ';') && *p == ' '))
            return start;
    }
    return p;
}

/* The initiator that keeps a printed value in its own order in a paragraph of the language. */
static const char *isolate_for(const char *printed, enum lang lang)
{
    enum letters_script own = lang == LANG_AR ? LETTERS_RIGHT_TO_LEFT : LETTERS_LEFT_TO_RIGHT;
    enum letters_script first = LETTERS_NONE;
    bool has_own = false, arabic_digits = false;

    for (const char *p = printed; *p;) {
        uint32_t code_point = utf8_next(&p);
        enum letters_script script = letters_script(code_point);

        if (first == LETTERS_NONE)
            first = script;
        has_own |= script == own;
        arabic_digits |= letters_is_arabic_digit(code_point);
    }
    if (first == LETTERS_NONE)
        return arabic_digits || (lang == LANG_AR && *item_end(printed)) ? RLI : LRI;
    if (first != own && has_own)
        return lang == LANG_AR ? RLI : LRI;
    return FSI;
}

void value_open(struct rich_builder *builder, const char *printed, enum lang lang)
{
    const char *isolate = isolate_for(printed, lang);

    rich_add_string(builder, isolate);
}

void value_close(struct rich_builder *builder)
{
    rich_add_string(builder, PDI);
}

static bool has_letters(const char *printed)
{
    while (*printed)
        if (letters_script(utf8_next(&printed)) != LETTERS_NONE)
            return true;
    return false;
}

bool value_is_digits(const char *printed)
{
    return *printed && strcmp(isolate_for(printed, LANG_AR), LRI) == 0;
}

/* Several numbers that run from right to left, each in isolates of its own: a sign or a dash keeps its side. */
static void add_numbers(struct rich_builder *builder, const char *printed, enum lang lang)
{
    while (*printed) {
        const char *end = item_end(printed), *next = end;

        value_add(builder, arena_string_n(builder->arena, printed, (size_t)(end - printed)), lang);
        if (*next)
            utf8_next(&next);
        while (*next == ' ')
            next++;
        rich_add(builder, end, (size_t)(next - end));
        printed = next;
    }
}

void value_add(struct rich_builder *builder, const char *printed, enum lang lang)
{
    if (!*printed)
        return;
    value_open(builder, printed, lang);
    if (lang == LANG_AR && !has_letters(printed) && *item_end(printed))
        add_numbers(builder, printed, lang);
    else
        rich_add_string(builder, printed);
    value_close(builder);
}

bool value_add_hedged(struct rich_builder *builder, const struct hedge *hedge, enum value_format format,
                      const struct locale *locale)
{
    enum lang lang = locale_lang(locale);
    const char *words = hedge->words[lang], *joint = hedge->joint[lang];
    const struct value first = { .type = VALUE_NUMBER, .num = joint ? hedge->low : hedge->best };
    const struct value second = { .type = VALUE_NUMBER, .num = hedge->high };
    const char *printed = value_print(&first, format, locale, builder->arena);
    const char *last = joint ? value_print(&second, format, locale, builder->arena) : "";
    size_t span;

    if (!printed || !last)
        return false;
    if (words || joint)
        value_open(builder, words ? words : joint, lang);
    if (words) {
        span = rich_open(builder, INLINE_HEDGE, NULL, 0);
        rich_add_string(builder, words);
        rich_close(builder, span);
        rich_add(builder, " ", 1);
    }
    value_add(builder, printed, lang);
    if (joint) {
        rich_add_string(builder, joint);
        value_add(builder, last, lang);
    }
    if (words || joint)
        value_close(builder);
    return true;
}

const char *value_clean(const char *text, struct arena *arena)
{
    struct buf out;
    const char *cleaned;
    size_t length;

    buf_init(&out);
    for (const char *p = text; *p;) {
        uint32_t code_point = utf8_next(&p);

        if (letters_is_isolate(code_point))
            continue;
        if (code_point == '\n' || code_point == '\r' || code_point == '\t' || code_point == 0x2028 ||
            code_point == 0x2029)
            code_point = ' ';
        buf_add_utf8(&out, code_point);
    }
    cleaned = locale_nfc(out.data, out.length, &length, arena);
    buf_drop(&out);
    return cleaned;
}
