/* The vocabulary of hedges and what its codes demand of the numbers. Knows no figure, chart, SQL or format. */
#include "report/hedge.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/nearest.h"

#include <string.h>

/* What the words say of the bounds: a code that the numbers deny would print what is not true. */
enum claim {
    CLAIM_NEAR,  /* nothing: the bounds are the data's */
    CLAIM_EXACT, /* there is one number */
    CLAIM_ABOVE, /* best is the low bound */
    CLAIM_BELOW, /* best is the high bound */
    CLAIM_RANGE, /* low and high are what is known */
};

struct qualifier {
    const char *code;
    enum claim claim;
    const char *words[LANG_COUNT];
};

static const struct qualifier vocabulary[] = {
    { "exact", CLAIM_EXACT, { NULL, NULL } },
    { "about", CLAIM_NEAR, { "about", "نحو" } },
    { "around", CLAIM_NEAR, { "around", "نحو" } },
    { "approximately", CLAIM_NEAR, { "approximately", "ما يقارب" } },
    { "some", CLAIM_NEAR, { "some", "زهاء" } },
    { "nearly", CLAIM_NEAR, { "nearly", "قرابة" } },
    { "more_than", CLAIM_ABOVE, { "more than", "أكثر من" } },
    { "at_least", CLAIM_ABOVE, { "at least", "ما لا يقل عن" } },
    { "fewer_than", CLAIM_BELOW, { "fewer than", "أقل من" } },
    { "less_than", CLAIM_BELOW, { "less than", "أقل من" } },
    { "at_most", CLAIM_BELOW, { "at most", "ما لا يزيد على" } },
    { "up_to", CLAIM_BELOW, { "up to", "ما يصل إلى" } },
    { "between", CLAIM_RANGE, { "between", "بين" } },
};

enum { CODES = sizeof vocabulary / sizeof *vocabulary };

static const struct qualifier *find(const char *code)
{
    for (size_t i = 0; i < CODES; i++)
        if (strcmp(vocabulary[i].code, code) == 0)
            return &vocabulary[i];
    return NULL;
}

static const char *unknown(const char *code, struct arena *arena)
{
    const char *codes[CODES], *near, *list = "";

    for (size_t i = 0; i < CODES; i++) {
        codes[i] = vocabulary[i].code;
        list = arena_printf(arena, "%s%s%s", list, i > 0 ? ", " : "", codes[i]);
    }
    near = nearest_known(code, codes, CODES);
    return near ? arena_printf(arena, "has the qualifier '%s', which is none; did you mean '%s'?", code, near)
                : arena_printf(arena, "has the qualifier '%s', which is none; known are %s", code, list);
}

static const char *digits(struct num num, struct arena *arena)
{
    struct buf out;
    const char *text;

    buf_init(&out);
    num_format(num, &out);
    text = arena_string_n(arena, out.data, out.length);
    buf_drop(&out);
    return text;
}

/* Whether the first is above the second, both being there: an error of their order. */
static const char *disorder(bool has, const char *less, struct num low, const char *more, struct num high,
                            struct arena *arena)
{
    if (!has || num_compare(low, high) <= 0)
        return NULL;
    return arena_printf(arena, "has a %s of %s above its %s of %s; give low, best and high in order", less,
                        digits(low, arena), more, digits(high, arena));
}

static const char *check_order(const struct hedge *h, struct arena *arena)
{
    const char *wrong = disorder(h->has_low && h->has_best, "low", h->low, "best", h->best, arena);

    if (!wrong)
        wrong = disorder(h->has_best && h->has_high, "best", h->best, "high", h->high, arena);
    if (!wrong)
        wrong = disorder(h->has_low && h->has_high, "low", h->low, "high", h->high, arena);
    return wrong;
}

static bool same(bool has, struct num bound, struct num best)
{
    return !has || num_compare(bound, best) == 0;
}

/* Whether the code and the numbers say the same; the order is known to be right. */
static const char *check_claim(const struct hedge *h, const struct qualifier *qualifier, struct arena *arena)
{
    enum claim claim = qualifier->claim;
    const char *code = qualifier->code;

    if (claim == CLAIM_RANGE && (!h->has_low || !h->has_high || num_compare(h->low, h->high) == 0))
        return "is 'between' without two bounds; give low and high, the high above the low";
    if (claim != CLAIM_RANGE && !h->has_best)
        return arena_printf(arena, "is '%s' and has no best; give one, or leave the qualifier out", code);
    if (claim == CLAIM_EXACT && !(same(h->has_low, h->low, h->best) && same(h->has_high, h->high, h->best)))
        return "is 'exact' and has a low or high that is not its best; leave them out, or say about";
    if (claim == CLAIM_ABOVE && !(same(h->has_low, h->low, h->best) && (!h->has_high || !same(true, h->high, h->best))))
        return arena_printf(arena, "is '%s' %s; then low is that number too, and high above it or left out", code,
                            digits(h->best, arena));
    if (claim == CLAIM_BELOW && !(same(h->has_high, h->high, h->best) && (!h->has_low || !same(true, h->low, h->best))))
        return arena_printf(arena, "is '%s' %s; then high is that number too, and low below it or left out", code,
                            digits(h->best, arena));
    return NULL;
}

static void join(struct hedge *h, const char *en, const char *ar)
{
    h->joint[LANG_EN] = en;
    h->joint[LANG_AR] = ar;
}

const char *hedge_settle(struct hedge *h, const char *code, struct arena *arena)
{
    const struct qualifier *qualifier = NULL;
    const char *wrong;

    if (code && *code && !(qualifier = find(code)))
        return unknown(code, arena);
    if (!h->has_best && !(h->has_low && h->has_high))
        return "has no best value; give best, or both low and high";
    wrong = check_order(h, arena);
    if (!wrong && qualifier)
        wrong = check_claim(h, qualifier, arena);
    else if (!wrong && !h->has_best && num_compare(h->low, h->high) == 0)
        wrong = "has a low and a high that are the same and no best; give the number as best";
    if (wrong)
        return wrong;
    for (enum lang lang = 0; qualifier && lang < LANG_COUNT; lang++)
        h->words[lang] = qualifier->words[lang];
    if (qualifier && qualifier->claim == CLAIM_RANGE)
        join(h, " and ", " و"); /* written together with the number behind it */
    else if (!h->has_best)
        join(h, " to ", " إلى ");
    if (qualifier && qualifier->claim == CLAIM_ABOVE && !h->has_low) {
        h->low = h->best;
        h->has_low = true;
    }
    if (qualifier && qualifier->claim == CLAIM_BELOW && !h->has_high) {
        h->high = h->best;
        h->has_high = true;
    }
    return NULL;
}

const char *hedge_words(const char *code, enum lang lang)
{
    const struct qualifier *qualifier = find(code);

    if (!qualifier)
        return NULL;
    return qualifier->words[lang] ? qualifier->words[lang] : "";
}

struct num hedge_counted(const struct hedge *h)
{
    return h->joint[LANG_EN] ? h->high : h->best;
}
