/*
 * What the layout says and the doc needs before anything is laid out: digits and months, where report.yaml leaves them
 * open. Reads these two keys only and says nothing: what is wrong with a layout is said by its own reader.
 */
#include "report/builder.h"

#include "base/name.h"
#include "base/share.h"

#include <string.h>

/* A key of the layout, or of the one that it extends. */
static const struct node *find(const struct node *own, const struct node *base, const char *group, const char *key)
{
    const struct node *files[] = { own, base };

    for (size_t i = 0; i < 2; i++) {
        const struct node *value = node_get(group ? node_get(files[i], group) : files[i], key);

        if (value)
            return value;
    }
    return NULL;
}

static bool is(const struct node *value, const char *text)
{
    return value && value->kind == NODE_SCALAR && strcmp(value->text, text) == 0;
}

static const struct node *load(struct builder *builder, const char *workspace, const char *name, struct diags *unsaid)
{
    const char *file = arena_printf(builder->reading, "layouts/%s.yaml", name);
    return node_load(share_find(builder->reading, workspace, file), builder->reading, unsaid);
}

void builder_take_defaults(struct builder *builder, const char *workspace)
{
    struct definition *definition = builder->definition;
    struct diags *unsaid = diags_new();
    const struct node *own = load(builder, workspace, definition->layout.text, unsaid);
    const struct node *extends = node_get(own, "extends"), *base = NULL;

    if (extends && extends->kind == NODE_SCALAR && name_is_good(extends->text))
        base = load(builder, workspace, extends->text, unsaid);
    diags_drop(unsaid);
    const struct node *digits = find(own, base, "digits", "ar"), *months = find(own, base, NULL, "months");
    if (!definition->has_digits && is(digits, "arab"))
        definition->digits[LANG_AR] = DIGITS_ARAB;
    if (!definition->has_months && is(months, "egyptian"))
        definition->months = MONTHS_EGYPTIAN;
    if (!definition->has_months && is(months, "both"))
        definition->months = MONTHS_BOTH;
}
