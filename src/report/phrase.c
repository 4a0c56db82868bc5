/* Texts and the figures they name. Must not know where a text stands: in Markdown or in a definition. */
#include "report/phrase.h"

#include <stdlib.h>
#include <string.h>

void phrase_parse(struct phrase *phrase, struct arena *arena, struct diags *diags)
{
    phrase->message = message_parse(&phrase->text, arena, diags);
    if (phrase->message)
        message_check_numbers(phrase->message, arena, diags);
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
            continue;
        }
        phrase->misnamed = true;
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

static int compare_uses(const void *a, const void *b)
{
    const struct message_use *x = a, *y = b;

    return strcmp(x->figure, y->figure);
}

static struct message_use *sorted_uses(const struct message *message, struct arena *arena)
{
    struct message_use *uses = arena_copy(arena, message->uses, message->use_count * sizeof *uses);

    if (message->use_count > 1)
        qsort(uses, message->use_count, sizeof *uses, compare_uses);
    return uses;
}

/* Whether an earlier use in the text names the same figure: one diagnostic a figure is enough. */
static bool named_before(const struct message *message, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (strcmp(message->uses[i].figure, message->uses[index].figure) == 0)
            return true;
    return false;
}

static void compare_one_way(const struct phrase *const in[LANG_COUNT], const struct place at[LANG_COUNT],
                            enum lang lang, struct arena *arena, struct diags *diags)
{
    enum lang other = lang == LANG_EN ? LANG_AR : LANG_EN;
    const struct message *message = in[lang]->message, *counterpart = in[other]->message;
    const struct message_use *uses = sorted_uses(counterpart, arena);

    for (size_t i = 0; i < message->use_count; i++) {
        if (counterpart->use_count > 0 &&
            bsearch(&message->uses[i], uses, counterpart->use_count, sizeof *uses, compare_uses))
            continue;
        if (named_before(message, i))
            continue;
        diag_add(diags, DIAG_FIGURE_ONE_LANGUAGE, message->uses[i].at,
                 "figure '%s' is not in the %s text at %s:%u; use it in both languages or in neither",
                 message->uses[i].figure, phrase_language(other), at[other].file, at[other].line);
    }
}

void phrases_compare(const struct phrase *const in[LANG_COUNT], const struct place at[LANG_COUNT],
                     struct arena *arena, struct diags *diags)
{
    if (!in[LANG_EN]->message || !in[LANG_AR]->message || in[LANG_EN]->misnamed || in[LANG_AR]->misnamed)
        return;
    compare_one_way(in, at, LANG_EN, arena, diags);
    compare_one_way(in, at, LANG_AR, arena, diags);
}
