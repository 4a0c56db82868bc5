/*
 * What texts may name of a figure's past ({attacks.previous}, {attacks.change}): the issue before comes from its
 * ledger, and where a statement asks for :as_of, what today's data say of that day is compared with what was published.
 */
#include "report/builder.h"

#include "report/ledger.h"
#include "report/statement.h"

#include <stdlib.h>
#include <string.h>

/* ---- what was before ---- */

enum why { NO_ISSUE, NOT_KNOWN, NO_FIGURE, NOT_ALIKE, NOT_EXACT, OF_ZERO };

static void set_absent(struct figure *figure, enum why why)
{
    static const char *const words[][LANG_COUNT] = {
        [NO_ISSUE] = { "no earlier issue", "لا عدد سابق" },
        [NOT_KNOWN] = { "previous issue not known", "العدد السابق غير معروف" },
        [NO_FIGURE] = { "not in the previous issue", "غير وارد في العدد السابق" },
        [NOT_ALIKE] = { "not comparable", "غير قابل للمقارنة" },
        [NOT_EXACT] = { "not known exactly", "غير معروف بدقة" },
        [OF_ZERO] = { "no percentage of zero", "لا نسبة من الصفر" },
    };

    figure->kind = FIGURE_TEXTS;
    figure->absent = true;
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        figure->words[lang] = words[why][lang];
}

/* No issue before is known. Only of the first, or where issues have no numbers, that says that there is none. */
static enum why no_issue(const struct builder *builder)
{
    return builder->definition->has_issue && builder->definition->issue > 1 ? NOT_KNOWN : NO_ISSUE;
}

static void set_number(struct figure *figure, struct num number, enum value_format usual)
{
    figure->kind = FIGURE_VALUE;
    figure->value = (struct value){ .type = number.scale ? VALUE_NUMBER : VALUE_INTEGER, .num = number };
    figure->usual = usual;
}

static void set_choice(struct figure *figure, const char *word)
{
    figure->kind = FIGURE_VALUE;
    figure->value = (struct value){ .type = VALUE_TEXT, .text = word };
}

static void set_figure(struct figure *figure, const struct previous_figure *from)
{
    figure->kind = from->kind;
    figure->value = from->value;
    figure->hedge = from->hedge;
    memcpy(figure->words, from->words, sizeof figure->words);
}

/* Numbers with words before them, and ranges, have no difference. */
static bool is_exact(enum figure_kind kind, const struct value *value, const struct hedge *hedge)
{
    return kind != FIGURE_TEXTS && value_is_number(value)
        && (kind == FIGURE_VALUE || (hedge->has_best && !hedge->words[LANG_EN] && !hedge->joint[LANG_EN]));
}

static bool counts(enum figure_kind kind, const struct value *value)
{
    return kind == FIGURE_HEDGED || (kind == FIGURE_VALUE && value_is_number(value));
}

/* Whether one can stand for the other in a sentence. */
static bool alike(const struct figure *now, const struct previous_figure *before)
{
    if (counts(now->kind, &now->value))
        return counts(before->kind, &before->value);
    return now->kind == before->kind && (now->kind == FIGURE_TEXTS || now->value.type == before->value.type);
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_bound(bool has_a, struct num a, bool has_b, struct num b)
{
    return has_a == has_b && (!has_a || num_compare(a, b) == 0);
}

static bool same_value(const struct previous_figure *a, const struct previous_figure *b)
{
    const struct hedge *x = &a->hedge, *y = &b->hedge;
    bool same = a->kind == b->kind && value_is_number(&a->value) == value_is_number(&b->value);

    if (value_is_number(&a->value))
        same = same && num_compare(a->value.num, b->value.num) == 0;
    else if (a->kind == FIGURE_VALUE)
        same = same && same_text(a->value.text, b->value.text);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        same = same && same_text(a->words[lang], b->words[lang]) && same_text(x->words[lang], y->words[lang]);
    return same && same_bound(x->has_low, x->low, y->has_low, y->low)
        && same_bound(x->has_high, x->high, y->has_high, y->high);
}

/* What today's data say of the day of the issue before. False when the statement does not ask for the day, or has no
 * answer for that one: nothing is said of it then. */
static bool ask_again(struct builder *builder, const struct definition_figure *asked, struct previous_figure *out)
{
    struct definition *all = builder->definition, own = *all;
    struct figure figure = { .name = asked->name };
    struct diags *diags = builder->diags;
    bool good;

    if (!statement_names(asked->statement.sql, "as_of"))
        return false;
    own.parameters = arena_array(builder->reading, all->parameter_count, sizeof *own.parameters);
    memcpy(own.parameters, all->parameters, all->parameter_count * sizeof *own.parameters);
    own.parameters[0].value.text = builder->previous->as_of; /* as_of is first */
    builder->definition = &own;
    builder->diags = diags_new();
    good = builder_evaluate(builder, &asked->statement, &figure);
    diags_drop(builder->diags);
    builder->diags = diags;
    builder->definition = all;
    *out = (struct previous_figure){ .name = arena_string(builder->arena, asked->name), .kind = figure.kind,
                                     .value = figure.value, .hedge = figure.hedge };
    memcpy(out->words, figure.words, sizeof out->words);
    return good;
}

static const char *tell(struct builder *builder, const struct previous_figure *figure)
{
    const struct value *value = &figure->value;
    const struct hedge *hedge = &figure->hedge;
    const char *words = hedge->words[LANG_EN];
    struct buf out;
    const char *told;

    if (figure->kind == FIGURE_TEXTS)
        return figure->words[LANG_EN];
    if (figure->kind == FIGURE_VALUE && !value_is_number(value))
        return value->text;
    buf_init(&out);
    if (words)
        buf_printf(&out, "%s ", words);
    num_format(hedge->joint[LANG_EN] ? hedge->low : value->num, &out);
    if (hedge->joint[LANG_EN]) {
        buf_add_string(&out, hedge->joint[LANG_EN]);
        num_format(hedge->high, &out);
    }
    told = arena_string_n(builder->arena, out.data, out.length);
    buf_drop(&out);
    return told;
}

static void keep_revision(struct builder *builder, const struct figure *now, const struct previous_figure *published,
                          const struct previous_figure *today)
{
    builder->revised = arena_grow(builder->arena, builder->revised, builder->revised_count, sizeof *builder->revised);
    builder->revised[builder->revised_count++] = *today;
    diag_add(builder->diags, DIAG_PREVIOUS_REVISED, now->at,
             "figure '%s' was published as %s as of %s, and is %s by today's data; texts print what it is, and what "
             "was published", now->name, tell(builder, published), builder->previous->as_of, tell(builder, today));
}

/* ---- the pasts of a figure ---- */

static void compare(struct figure *const of[PAST_COUNT], struct num now, struct num before)
{
    static const char *const directions[] = { "down", "same", "up" };
    static const struct num zero = { 0 };
    struct num change, percent;
    int direction = num_compare(now, before);

    set_choice(of[PAST_DIRECTION], directions[(direction > 0) - (direction < 0) + 1]);
    if (!num_subtract(now, before, &change)) {
        for (enum past past = PAST_CHANGE; past <= PAST_BY_PERCENT; past++)
            set_absent(of[past], NOT_EXACT);
        return;
    }
    set_number(of[PAST_CHANGE], change, FORMAT_DEFAULT);
    of[PAST_CHANGE]->is_signed = true;
    if (num_compare(before, zero) > 0 && num_ratio(change, before, 6, &percent)) {
        set_number(of[PAST_CHANGE_PERCENT], percent, FORMAT_PERCENT);
        of[PAST_CHANGE_PERCENT]->is_signed = true;
        percent.coefficient = percent.coefficient < 0 ? -percent.coefficient : percent.coefficient;
        set_number(of[PAST_BY_PERCENT], percent, FORMAT_PERCENT);
    } else {
        set_absent(of[PAST_CHANGE_PERCENT], OF_ZERO);
        set_absent(of[PAST_BY_PERCENT], OF_ZERO);
    }
    change.coefficient = change.coefficient < 0 ? -change.coefficient : change.coefficient;
    set_number(of[PAST_BY], change, FORMAT_DEFAULT);
}

static void set_none(struct figure *const of[PAST_COUNT], enum past first, enum why why)
{
    for (enum past past = first; past < PAST_DIRECTION; past++)
        set_absent(of[past], why);
    set_choice(of[PAST_DIRECTION], "none");
}

static void refuse_changes(struct builder *builder, const struct figure *now, struct figure *const of[PAST_COUNT])
{
    for (enum past past = PAST_CHANGE; past <= PAST_DIRECTION; past++)
        of[past]->wrong = arena_printf(builder->arena, "is of %s, and a change is that of an exact number; write {%s} "
                                       "and {%s.previous}",
                                       figure_kind_name(now), now->name, now->name);
}

static void take_pasts(struct builder *builder, const struct definition_figure *asked, const struct figure *now,
                       struct figure *const of[PAST_COUNT])
{
    const struct previous_figure *before = previous_find(builder->previous, asked->name);
    struct previous_figure today;
    bool exact = is_exact(now->kind, &now->value, &now->hedge);

    set_choice(of[PAST_REVISED], "no");
    if (!before || !alike(now, before)) {
        if (builder->previous)
            diag_add(builder->diags, DIAG_PREVIOUS_FIGURE, now->at,
                     "figure '%s' %s; texts say so", asked->name,
                     before ? "was of another kind in the issue before, and cannot be compared"
                            : "is not in the issue before");
        set_none(of, PAST_PREVIOUS, !builder->previous ? no_issue(builder) : before ? NOT_ALIKE : NO_FIGURE);
    } else {
        set_figure(of[PAST_PUBLISHED], before);
        if (ask_again(builder, asked, &today) && alike(now, &today) && !same_value(before, &today)) {
            keep_revision(builder, now, before, &today);
            before = arena_copy(builder->arena, &today, sizeof today);
            of[PAST_PREVIOUS]->revised = true;
            set_choice(of[PAST_REVISED], "yes");
        }
        set_figure(of[PAST_PREVIOUS], before);
        if (exact && is_exact(before->kind, &before->value, &before->hedge))
            compare(of, now->value.num, before->value.num);
        else
            set_none(of, PAST_CHANGE, NOT_EXACT);
    }
    if (!exact && (now->kind != FIGURE_HEDGED))
        refuse_changes(builder, now, of);
}

static void take_issue(struct builder *builder)
{
    struct figure *number = figures_find(&builder->figures, PAST_ISSUE);
    struct figure *day = figures_find(&builder->figures, PAST_AS_OF);

    if (builder->previous && builder->previous->has_issue)
        set_number(number, num_from_int(builder->previous->issue), FORMAT_INTEGER);
    else
        set_absent(number, builder->previous ? NO_FIGURE : no_issue(builder));
    if (builder->previous)
        day->value = (struct value){ .type = VALUE_DATE, .text = builder->previous->as_of };
    else
        set_absent(day, no_issue(builder));
    number->evaluated = day->evaluated = true;
}

void builder_take_past(struct builder *builder)
{
    const struct definition *definition = builder->definition;
    const struct figures *figures = &builder->figures;

    for (size_t i = 0; i < figures->count; i++) {
        const struct figure *figure = &figures->list[i];

        builder->compares |= figure->used && strchr(figure->name, '.');
        for (enum past past = PAST_NONE + 1; figure->pasts && past < PAST_COUNT; past++)
            builder->compares |= figure->pasts[past].used;
    }
    if (!builder->compares)
        return;
    builder->previous = previous_of(builder->given, builder->name, definition, builder->diags);
    take_issue(builder);
    for (size_t i = 0; i < definition->figure_count; i++) {
        const struct figure *now = figures_find(figures, definition->figures[i].name);
        struct figure *of[PAST_COUNT] = { 0 };
        bool used = false;

        for (enum past past = PAST_NONE + 1; now->pasts && past < PAST_COUNT; past++) {
            of[past] = &now->pasts[past];
            of[past]->evaluated = now->evaluated;
            used |= of[past]->used;
        }
        if (used && now->evaluated)
            take_pasts(builder, &definition->figures[i], now, of);
    }
}

static void add_past(struct builder *builder, const struct figure ***past, const struct figure *figure)
{
    if (figure->use_count == 0)
        return;
    *past = arena_grow(builder->arena, *past, builder->ledger->past_count, sizeof **past);
    (*past)[builder->ledger->past_count++] = figure;
}

static int compare_pasts(const void *a, const void *b)
{
    const struct figure *const *x = a, *const *y = b;

    return strcmp((*x)->name, (*y)->name);
}

void builder_finish_past(struct builder *builder)
{
    struct ledger *ledger = builder->ledger;
    const struct figure **named = NULL;

    ledger->compares = builder->compares && (builder->previous || no_issue(builder) == NO_ISSUE);
    ledger->previous = builder->previous;
    ledger->revised = builder->revised;
    ledger->revised_count = builder->revised_count;
    for (size_t i = 0; i < builder->figures.count; i++) {
        const struct figure *figure = &builder->figures.list[i];

        if (strchr(figure->name, '.'))
            add_past(builder, &named, figure);
        for (enum past past = PAST_NONE + 1; figure->pasts && past < PAST_COUNT; past++)
            add_past(builder, &named, &figure->pasts[past]);
    }
    if (ledger->past_count > 1)
        qsort(named, ledger->past_count, sizeof *named, compare_pasts);
    ledger->past = named;
}
