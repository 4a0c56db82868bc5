/* The names of all figures that texts may name: the definition's, the burst's, and those of the issue before. */
#include "report/builder.h"

static size_t past_count(const struct builder *builder)
{
    return builder->burst ? 0 : 2;
}

static void name_past(struct builder *builder, struct figure *out)
{
    builder->figures.without_past = builder->burst != NULL;
    builder->figures.arena = builder->traces;
    if (builder->burst)
        return;
    out[0].name = PAST_ISSUE;
    out[1].name = PAST_AS_OF;
    out[0].at = out[1].at = builder->definition->issue_at;
}

void builder_name_figures(struct builder *builder)
{
    const struct definition *definition = builder->definition;
    struct figures *figures = &builder->figures;

    size_t of_burst = builder->burst ? builder->burst->figure_count : 0;

    figures->count = definition->figure_count + of_burst + past_count(builder);
    figures->list = arena_array(builder->traces, figures->count, sizeof *figures->list);
    for (size_t i = 0; i < definition->figure_count; i++) {
        figures->list[i].name = arena_string(builder->arena, definition->figures[i].name);
        figures->list[i].at = definition->figures[i].at;
    }
    for (size_t i = 0; i < of_burst; i++) {
        figures->list[definition->figure_count + i].name = builder->burst->figures[i].name;
        figures->list[definition->figure_count + i].at = definition->burst.statement.at;
    }
    name_past(builder, &figures->list[definition->figure_count + of_burst]);
    figures_sort(figures);
}
