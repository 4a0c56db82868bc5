/* Style: reads layouts/NAME.yaml into typed settings. Every key is required; one table says what there is. */
#include "layout/style.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/node.h"

#include <stdio.h>
#include <string.h>

static const float POINTS_PER_MM = 72.0f / 25.4f;

enum setting_kind { SETTING_POINTS, SETTING_MM, SETTING_RATIO, SETTING_COLOUR, SETTING_CHOICE };

struct setting {
    const char *group, *key; /* group NULL: at the top level */
    enum setting_kind kind;
    size_t offset; /* of the member in struct style */
    const char *const *choices; /* ended by NULL */
};

static const char *const table_looks[] = { "rules", "zebra", NULL };

#define SETTING(group, key, kind, member) { group, key, kind, offsetof(struct style, member), NULL }
static const struct setting settings[] = {
    SETTING("page_mm", "width", SETTING_MM, page_width),
    SETTING("page_mm", "height", SETTING_MM, page_height),
    SETTING("margins_mm", "top", SETTING_MM, margin_top),
    SETTING("margins_mm", "bottom", SETTING_MM, margin_bottom),
    SETTING("margins_mm", "inner", SETTING_MM, margin_inner),
    SETTING("margins_mm", "outer", SETTING_MM, margin_outer),
    SETTING(NULL, "gutter_mm", SETTING_MM, gutter),
    SETTING(NULL, "measure_mm", SETTING_MM, measure),
    SETTING(NULL, "grid_pt", SETTING_POINTS, grid),
    SETTING("sizes_pt", "title", SETTING_POINTS, size_title),
    SETTING("sizes_pt", "h2", SETTING_POINTS, size_h2),
    SETTING("sizes_pt", "h3", SETTING_POINTS, size_h3),
    SETTING("sizes_pt", "body", SETTING_POINTS, size_body),
    SETTING("sizes_pt", "small", SETTING_POINTS, size_small),
    SETTING("sizes_pt", "figure", SETTING_POINTS, size_figure),
    SETTING("arabic_scale", "reading", SETTING_RATIO, arabic_scale[FONT_READING]),
    SETTING("arabic_scale", "heading", SETTING_RATIO, arabic_scale[FONT_HEADING]),
    SETTING("arabic_scale", "data", SETTING_RATIO, arabic_scale[FONT_DATA]),
    SETTING("colours", "ink", SETTING_COLOUR, ink),
    SETTING("colours", "muted", SETTING_COLOUR, muted),
    SETTING("colours", "faint", SETTING_COLOUR, faint),
    SETTING("colours", "accent", SETTING_COLOUR, accent),
    SETTING("colours", "accent_soft", SETTING_COLOUR, accent_soft),
    SETTING("colours", "shade", SETTING_COLOUR, shade),
    SETTING(NULL, "hairline_pt", SETTING_POINTS, hairline),
    { "tables", "look", SETTING_CHOICE, offsetof(struct style, table_look), table_looks },
};
enum { SETTING_COUNT = sizeof settings / sizeof settings[0] };

static bool same_group(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Complains of keys that no setting has, at the top level and in each group. */
static void check_keys(const struct node *root, struct diags *diags)
{
    const char *top[SETTING_COUNT + 2] = { "fonts" };
    size_t top_count = 1;
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const char *group = settings[i].group;
        if (!group) {
            top[top_count++] = settings[i].key;
            continue;
        }
        if (i && same_group(settings[i - 1].group, group))
            continue;
        top[top_count++] = group;
        const char *keys[SETTING_COUNT + 1] = { 0 };
        size_t count = 0;
        for (size_t k = i; k < SETTING_COUNT && same_group(settings[k].group, group); k++)
            keys[count++] = settings[k].key;
        const struct node *map = node_get(root, group);
        if (map && map->kind == NODE_MAP)
            node_check_keys(map, keys, group, diags);
    }
    node_check_keys(root, top, "layout", diags);
}

static bool read_colour(const struct node *map, const char *key, uint32_t *out, struct diags *diags)
{
    const char *text;
    unsigned rgb;
    char end;
    if (!node_text(map, key, true, &text, diags))
        return false;
    if (strlen(text) == 7 && strspn(text + 1, "0123456789abcdefABCDEF") == 6
        && sscanf(text, "#%6x%c", &rgb, &end) == 1) {
        *out = rgb;
        return true;
    }
    diag_add(diags, DIAG_LAYOUT_VALUE, node_get(map, key)->at,
             "colour \"%s\" of '%s' is not understood; write it as \"#0B5563\", quoted", text, key);
    return false;
}

static bool read_choice(const struct node *map, const struct setting *setting, int *out, struct diags *diags)
{
    const char *text;
    if (!node_text(map, setting->key, true, &text, diags))
        return false;
    for (int i = 0; setting->choices[i]; i++)
        if (strcmp(setting->choices[i], text) == 0) {
            *out = i;
            return true;
        }
    diag_add(diags, DIAG_LAYOUT_VALUE, node_get(map, setting->key)->at,
             "'%s' is no value of '%s'; write %s or %s", text, setting->key, setting->choices[0], setting->choices[1]);
    return false;
}

static bool read_length(const struct node *map, const struct setting *setting, float *out, struct diags *diags)
{
    /* limits far outside any printed page: a slip of the unit shows itself */
    static const double most[] = { [SETTING_POINTS] = 500, [SETTING_MM] = 2000, [SETTING_RATIO] = 4 };
    struct num num;
    if (!node_num(map, setting->key, true, &num, diags))
        return false;
    double value = num_to_double(num);
    if (value <= 0 || value > most[setting->kind]) {
        diag_add(diags, DIAG_LAYOUT_VALUE, node_get(map, setting->key)->at,
                 "'%s' is %g; it must be above 0 and at most %g", setting->key, value, most[setting->kind]);
        return false;
    }
    *out = (float)(setting->kind == SETTING_MM ? value * POINTS_PER_MM : value);
    return true;
}

static bool read_settings(const struct node *root, struct style *style, struct diags *diags)
{
    bool ok = true;
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const struct setting *setting = &settings[i];
        const struct node *map = setting->group ? node_get(root, setting->group) : root;
        void *member = (char *)style + setting->offset;
        if (!map || map->kind != NODE_MAP) {
            if (i == 0 || !same_group(settings[i - 1].group, setting->group))
                diag_add(diags, DIAG_LAYOUT_VALUE, map ? map->at : root->at,
                         "'%s' is missing; it must be a map of its settings", setting->group);
            ok = false;
        } else if (setting->kind == SETTING_COLOUR) {
            ok &= read_colour(map, setting->key, member, diags);
        } else if (setting->kind == SETTING_CHOICE) {
            ok &= read_choice(map, setting, member, diags);
        } else {
            ok &= read_length(map, setting, member, diags);
        }
    }
    return ok;
}

const struct style *style_load(const char *workspace, const char *name, struct arena *arena, struct diags *diags)
{
    size_t errors = diags_errors(diags);
    const char *file = arena_printf(arena, "layouts/%s.yaml", name);
    if (strcmp(workspace, ".") != 0)
        file = file_join(arena, workspace, file);
    const struct node *root = node_load(file, arena, diags);
    if (!root)
        return NULL;
    struct style *style = arena_alloc(arena, sizeof *style);
    style->name = arena_string(arena, name);
    check_keys(root, diags);
    node_text(root, "fonts", true, &style->fonts, diags);
    if (!read_settings(root, style, diags) || diags_errors(diags) > errors)
        return NULL;
    if (style->page_width - style->margin_inner - style->margin_outer - style->gutter < 144
        || style->page_height - style->margin_top - style->margin_bottom < 144) {
        diag_add(diags, DIAG_LAYOUT_VALUE, node_get(root, "margins_mm")->at,
                 "the margins leave less than 2 inches for the text; make them smaller or the page larger");
        return NULL;
    }
    return style;
}
