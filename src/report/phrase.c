/* Texts and the figures they name. Must not know where a text stands: in Markdown or in a definition. */
#include "report/phrase.h"

#include <stdlib.h>
#include <string.h>

void phrase_parse(struct phrase *phrase, struct arena *arena, struct diags *diags)
{
    phrase->message = message_parse(&phrase->text, arena, diags);
    if (phrase->message)
        message_check_numbers(phrase->message, arena, diags);
    if (phrase->message)
        message_check_past(phrase->message, arena, diags);
}

void phrase_check_figures(struct phrase *phrase, const struct figures *figures, struct arena *arena,
                          struct diags *diags)
{
    for (size_t i = 0; phrase->message && i < phrase->message->use_count; i++) {
        const struct message_use *use = &phrase->message->uses[i];
        struct figure *figure = figures_find(figures, use->figure);
        const char *near;

        if (figure) {
            figure->used = true;
            if (figure->of)
                figures_find(figures, figure->of)->used = true;
            continue;
        }
        phrase->misnamed = true;
        if (figures->without_past && (past_of(use->figure) != PAST_NONE || strncmp(use->figure, "previous.", 9) == 0)) {
            diag_add(diags, DIAG_PREVIOUS_BURST, use->at,
                     "'%s': the packets of a burst do not know the issue before; leave it out", use->figure);
            continue;
        }
        near = figures_nearest(figures, use->figure, arena);
        diag_add(diags, DIAG_FIGURE_UNKNOWN, use->at, "unknown figure '%s'; %s%s%s", use->figure,
                 near ? "did you mean '" : "define it under figures in report.yaml", near ? near : "",
                 near ? "'?" : "");
    }
}

const char *phrase_language(enum lang lang)
{
    return lang == LANG_AR ? "Arabic" : "English";
}

/* A figure's name and where in the text it is used first. */
struct named {
    const char *figure;
    size_t first;
};

static int compare_named(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int order = strcmp(x->figure, y->figure);

    if (order != 0)
        return order;
    return x->first < y->first ? -1 : x->first > y->first;
}

static int compare_figure(const void *key, const void *element)
{
    return strcmp(key, ((const struct named *)element)->figure);
}

static int compare_first(const void *a, const void *b)
{
    const struct named *x = a, *y = b;

    return x->first < y->first ? -1 : x->first > y->first;
}

/* The set of figures that a message names, sorted. */
static struct named *named_figures(const struct message *message, struct arena *arena, size_t *count)
{
    struct named *named = arena_array(arena, message->use_count, sizeof *named);

    for (size_t i = 0; i < message->use_count; i++)
        named[i] = (struct named){ message->uses[i].figure, i };
    if (message->use_count > 1)
        qsort(named, message->use_count, sizeof *named, compare_named);
    *count = 0;
    for (size_t i = 0; i < message->use_count; i++)
        if (i == 0 || strcmp(named[i].figure, named[*count - 1].figure) != 0)
            named[(*count)++] = named[i];
    return named;
}

static void compare_one_way(const struct phrase *const in[LANG_COUNT], const struct place at[LANG_COUNT],
                            enum lang lang, struct arena *arena, struct diags *diags)
{
    enum lang other = lang == LANG_EN ? LANG_AR : LANG_EN;
    size_t count, counterparts, missing = 0;
    struct named *named = named_figures(in[lang]->message, arena, &count);
    const struct named *counterpart = named_figures(in[other]->message, arena, &counterparts);

    for (size_t i = 0; i < count; i++)
        if (counterparts == 0 ||
            !bsearch(named[i].figure, counterpart, counterparts, sizeof *counterpart, compare_figure))
            named[missing++] = named[i];
    if (missing > 1)
        qsort(named, missing, sizeof *named, compare_first);
    for (size_t i = 0; i < missing; i++)
        diag_add(diags, DIAG_FIGURE_ONE_LANGUAGE, in[lang]->message->uses[named[i].first].at,
                 "figure '%s' is not in the %s text at %s:%u; use it in both languages or in neither",
                 named[i].figure, phrase_language(other), at[other].file, at[other].line);
}

void phrases_compare(const struct phrase *const in[LANG_COUNT], const struct place at[LANG_COUNT],
                     struct arena *arena, struct diags *diags)
{
    if (!in[LANG_EN]->message || !in[LANG_AR]->message || in[LANG_EN]->misnamed || in[LANG_AR]->misnamed)
        return;
    compare_one_way(in, at, LANG_EN, arena, diags);
    compare_one_way(in, at, LANG_AR, arena, diags);
}
