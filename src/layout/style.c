/* Style: reads layouts/NAME.yaml, and the layout that it extends, into typed settings, by the table of all. */
#include "layout/style.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/nearest.h"
#include "base/node.h"
#include "base/share.h"
#include "base/utf8.h"
#include "chart/colour.h"
#include "scene/cmyk.h"

#include <stdio.h>
#include <string.h>

static const float POINTS_PER_MM = 72.0f / 25.4f;
static const float LEAST_ROOM = 144; /* for the text, points: 2 inches either way */
static const float LEAST_PITCH = 1.1f; /* of lines, to the size of their letters: closer ones touch */
enum { LONGEST_MARK = 3, LONGEST_FIELD = 31, PROFILE_BYTES = 16 << 20 };

struct reader {
    struct style *style;
    const struct node *own, *base; /* base: of the layout that is extended; NULL: this one gives every key */
    const struct style_setting *settings;
    size_t count;
    const char *workspace;
    struct arena *arena;
    struct diags *diags;
};

static bool same_group(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* --- keys --- */

/* Complains of keys that no setting has, at the top level and in each group. */
static void check_keys(const struct reader *r, const struct node *root)
{
    const char **top = arena_array(r->arena, r->count + 2, sizeof *top);
    const char **keys = arena_array(r->arena, r->count + 1, sizeof *keys);
    size_t top_count = 0;
    top[top_count++] = "extends";
    for (size_t i = 0; i < r->count; i++) {
        const char *group = r->settings[i].group;
        if (!group) {
            top[top_count++] = r->settings[i].key;
            continue;
        }
        if (i && same_group(r->settings[i - 1].group, group))
            continue;
        top[top_count++] = group;
        size_t count = 0;
        for (size_t k = i; k < r->count && same_group(r->settings[k].group, group); k++)
            keys[count++] = r->settings[k].key;
        keys[count] = NULL;
        const struct node *map = node_get(root, group);
        node_check_keys(map, keys, group, r->diags);
        if (map && map->kind != NODE_MAP)
            diag_add(r->diags, DIAG_VALUE_KIND, map->at, "'%s' is no map; write {%s: ...}", group, keys[0]);
    }
    top[top_count] = NULL;
    node_check_keys(root, top, "layout", r->diags);
}

/* The map that gives a setting: the layout's own, else that of the layout which it extends. When neither does, the
 * one that should. */
static const struct node *map_of(const struct reader *r, const struct style_setting *s)
{
    const struct node *own = s->group ? node_get(r->own, s->group) : r->own;
    if (!r->base || (own && node_get(own, s->key)))
        return own;
    return s->group ? node_get(r->base, s->group) : r->base;
}

static const struct node *value_of(const struct reader *r, const struct style_setting *s)
{
    const struct node *map = map_of(r, s);
    return map ? node_get(map, s->key) : NULL;
}

/* --- names of files --- */

static const char *path_of(const struct reader *r, const char *folder, const char *name)
{
    return share_find(r->arena, r->workspace, arena_printf(r->arena, "%s/%s.yaml", folder, name));
}

/* What a misspelt name of a file may have meant: "did you mean 'plain'?", or what else is right. */
static const char *hint_of(const struct reader *r, const char *folder, const char *name)
{
    size_t count;
    const char **names = share_list(r->arena, r->workspace, folder, ".yaml", &count);
    return nearest_hint(r->arena, name, names, count,
                        arena_printf(r->arena, "name a file in %s/, without .yaml", folder));
}

static bool is_there(const struct reader *r, const char *folder, const char *name)
{
    return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(name)
        && file_exists(path_of(r, folder, name));
}

/* --- values --- */

static bool refuse(const struct reader *r, const struct node *value, const char *key, const char *right)
{
    diag_add(r->diags, DIAG_LAYOUT_VALUE, value->at, "'%s' of '%s' is not understood; %s", value->text, key, right);
    return false;
}

static bool read_number(const struct reader *r, const struct node *map, const struct style_setting *s, void *member)
{
    struct num num;
    int64_t whole = 0;
    if (s->kind == SETTING_COUNT ? !node_int(map, s->key, true, &whole, r->diags)
                                 : !node_num(map, s->key, true, &num, r->diags))
        return false;
    double value = s->kind == SETTING_COUNT ? (double)whole : num_to_double(num);
    if (value < s->least || value > s->most) {
        diag_add(r->diags, DIAG_LAYOUT_VALUE, node_get(map, s->key)->at,
                 "'%s' is %g; it must be from %g to %g", s->key, value, s->least, s->most);
        return false;
    }
    if (s->kind == SETTING_COUNT)
        *(int *)member = (int)whole;
    else
        *(float *)member = (float)(s->kind == SETTING_MM ? value * POINTS_PER_MM : value);
    return true;
}

static bool read_choice(const struct reader *r, const struct node *map, const struct style_setting *s, unsigned *out)
{
    const char *text;
    size_t count = 0;
    if (!node_text(map, s->key, true, &text, r->diags))
        return false;
    for (; s->choices[count]; count++) {
        if (strcmp(text, s->choices[count]) != 0)
            continue;
        *out = (unsigned)count;
        return true;
    }
    const char *near = nearest_known(text, s->choices, count), *list = s->choices[0];
    for (size_t i = 1; i < count; i++)
        list = arena_printf(r->arena, "%s, %s", list, s->choices[i]);
    return refuse(r, node_get(map, s->key), s->key,
                  near ? arena_printf(r->arena, "did you mean '%s'?", near)
                       : arena_printf(r->arena, "there are %s", list));
}

static bool is_hex_colour(const char *text, uint32_t *out)
{
    unsigned rgb;
    if (strlen(text) != 7 || text[0] != '#' || strspn(text + 1, "0123456789abcdefABCDEF") != 6)
        return false;
    sscanf(text + 1, "%6x", &rgb);
    *out = rgb;
    return true;
}

/* Outside `colours` a colour may be one of these by its key, so that a layout which changes it changes all. */
static bool read_colour(const struct reader *r, const struct node *map, const struct style_setting *s, uint32_t *out)
{
    const char *text;
    if (!node_text(map, s->key, true, &text, r->diags))
        return false;
    if (is_hex_colour(text, out))
        return true;
    bool named = strcmp(s->group, "colours") != 0;
    const char **keys = arena_array(r->arena, r->count, sizeof *keys);
    size_t count = 0;
    for (size_t i = 0; named && i < r->count; i++) {
        const struct style_setting *colour = &r->settings[i];
        if (!same_group(colour->group, "colours"))
            continue;
        keys[count++] = colour->key;
        if (strcmp(colour->key, text) != 0)
            continue;
        *out = *(uint32_t *)((char *)r->style + colour->offset); /* read before: `colours` stands first */
        return true;
    }
    return refuse(r, node_get(map, s->key), s->key,
                  named ? nearest_hint(r->arena, text, keys, count,
                                       "write it as \"#0B5563\", quoted, or name one of 'colours'")
                        : "write it as \"#0B5563\", quoted");
}

static bool read_name(const struct reader *r, const struct node *map, const struct style_setting *s, const char **out)
{
    return node_text(map, s->key, true, out, r->diags)
        && (is_there(r, s->key, *out) || refuse(r, node_get(map, s->key), s->key,
                                                hint_of(r, s->key, *out)));
}

static bool read_path(const struct reader *r, const struct node *map, const struct style_setting *s, const char **out)
{
    const char *text;
    if (!node_text(map, s->key, true, &text, r->diags))
        return false;
    if (*text != '/' && !file_path_is_inside(text))
        return refuse(r, node_get(map, s->key), s->key, "write a path in the workspace, or one that begins with /");
    *out = *text == '/' || strcmp(r->workspace, ".") == 0 ? text : file_join(r->arena, r->workspace, text);
    return true;
}

static bool read_mark(const struct reader *r, const struct node *map, const struct style_setting *s, const char **out)
{
    if (!node_text(map, s->key, true, out, r->diags))
        return false;
    size_t length = utf8_count(*out, strlen(*out));
    return (length > 0 && length <= LONGEST_MARK)
        || refuse(r, node_get(map, s->key), s->key, "write one to three characters");
}

/* Each {field} is one that is known. */
static bool check_fields(const struct reader *r, const struct node *value)
{
    for (const char *open = value->text; (open = strpbrk(open, "{}")); open++) {
        struct place at = value->at;
        at.col += (uint32_t)utf8_count(value->text, (size_t)(open - value->text));
        size_t length = strcspn(open + 1, "{}");
        if (*open == '}' || open[1 + length] != '}' || length > LONGEST_FIELD) {
            diag_add(r->diags, DIAG_LAYOUT_FIELD, at,
                     "this brace belongs to no field; write {page}, {title} and so on");
            return false;
        }
        const char *name = arena_string_n(r->arena, open + 1, length);
        size_t known = 0;
        while (known < FIELD_COUNT && strcmp(style_field_names[known], name) != 0)
            known++;
        if (known == FIELD_COUNT) {
            const char *near = nearest_known(name, style_field_names, FIELD_COUNT);
            diag_add(r->diags, DIAG_LAYOUT_FIELD, at, "there is no field '%s'; %s", name,
                     near ? arena_printf(r->arena, "did you mean '%s'?", near) : "docs/layouts.md lists them");
            return false;
        }
        open += length + 1;
    }
    return true;
}

static bool read_words(const struct reader *r, const struct node *map, const struct style_setting *s,
                       const char *out[LANG_COUNT])
{
    static const char *const keys[] = { "en", "ar", NULL };
    const struct node *value = node_get(map, s->key);
    bool each = value && value->kind == NODE_MAP;
    if (each)
        node_check_keys(value, keys, s->key, r->diags);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        const struct node *from = each ? value : map;
        const char *key = each ? lang_tag((enum lang)lang) : s->key;
        if (!node_text(from, key, true, &out[lang], r->diags) || !check_fields(r, node_get(from, key)))
            return false;
    }
    return true;
}

static bool read_setting(const struct reader *r, const struct style_setting *s)
{
    const struct node *map = map_of(r, s);
    void *member = (char *)r->style + s->offset;
    if (!map || map->kind != NODE_MAP || (s->optional && !node_get(map, s->key)))
        return s->optional;
    switch (s->kind) {
    case SETTING_NAME:
        return read_name(r, map, s, member);
    case SETTING_PATH:
        return read_path(r, map, s, member);
    case SETTING_SWITCH:
        return node_bool(map, s->key, true, member, r->diags);
    case SETTING_CHOICE:
        return read_choice(r, map, s, member);
    case SETTING_COLOUR:
        return read_colour(r, map, s, member);
    case SETTING_MARK:
        return read_mark(r, map, s, member);
    case SETTING_WORDS:
        return read_words(r, map, s, member);
    case SETTING_POINTS:
    case SETTING_MM:
    case SETTING_RATIO:
    case SETTING_COUNT:
        break;
    }
    return read_number(r, map, s, member);
}

static bool read_settings(const struct reader *r)
{
    bool ok = true;
    for (size_t i = 0; i < r->count; i++) {
        const struct style_setting *s = &r->settings[i];
        if (!map_of(r, s) && !(i && same_group(r->settings[i - 1].group, s->group)))
            diag_add(r->diags, DIAG_KEY_MISSING, (r->base ? r->base : r->own)->at,
                     "the key '%s' is missing; give it {%s: ...}, or extend a layout that has it", s->group, s->key);
        ok &= read_setting(r, s);
    }
    return ok;
}

/* --- what settings say together --- */

static const struct style_setting *find(const struct reader *r, const char *group, const char *key)
{
    for (size_t i = 0; i < r->count; i++)
        if (same_group(r->settings[i].group, group) && strcmp(r->settings[i].key, key) == 0)
            return &r->settings[i];
    return NULL;
}

/* Where to complain of a setting. */
static struct place place_of(const struct reader *r, const char *group, const char *key)
{
    const struct node *value = value_of(r, find(r, group, key));
    return value ? value->at : r->own->at;
}

static struct place words_place(const struct reader *r, const char *group, const char *key, enum lang lang)
{
    const struct node *value = value_of(r, find(r, group, key));
    return value->kind == NODE_MAP ? node_get(value, lang_tag(lang))->at : value->at;
}

/* Of what is printed: a character without a glyph is found when the text is set. */
static void keep_places(const struct reader *r)
{
    static const char *const positions[] = { "start", "centre", "end" };
    static const char *const marks[] = { "first", "second", "third" };
    r->style->most_pages_at = place_of(r, NULL, "most_pages");
    for (int i = 0; i < POSITION_COUNT; i++) {
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            r->style->header.at[i][lang] = words_place(r, "header", positions[i], (enum lang)lang);
            r->style->footer.at[i][lang] = words_place(r, "footer", positions[i], (enum lang)lang);
        }
    }
    for (int i = 0; i < LIST_MARKS; i++)
        r->style->list_mark_at[i] = place_of(r, "list_marks", marks[i]);
}

static bool complain(const struct reader *r, const char *group, const char *key, const char *what)
{
    diag_add(r->diags, DIAG_LAYOUT_VALUE, place_of(r, group, key), "%s", what);
    return false;
}

static bool set_page(const struct reader *r)
{
    static const float sizes[][2] = { /* millimetres */
        [PAGE_A4] = { 210, 297 }, [PAGE_A5] = { 148, 210 }, [PAGE_LETTER] = { 215.9f, 279.4f } };
    struct style *style = r->style;
    const struct node *own = node_get(r->own, "page");
    if (style->page_size != PAGE_OWN) {
        for (int i = 0; i < 2; i++)
            if (node_get(own, i ? "height_mm" : "width_mm"))
                return complain(r, "page", i ? "height_mm" : "width_mm",
                                "a length is given for a page of a named size; write size: own, or leave it out");
        style->page_width = sizes[style->page_size][0] * POINTS_PER_MM;
        style->page_height = sizes[style->page_size][1] * POINTS_PER_MM;
    } else if (!(style->page_width > 0 && style->page_height > 0)) {
        return complain(r, "page", "size", "the page's own size is missing; give it width_mm and height_mm");
    }
    if (style->orientation == ORIENTATION_LANDSCAPE) {
        float width = style->page_width;
        style->page_width = style->page_height;
        style->page_height = width;
    }
    return true;
}

/* Said of a key of this file where it has one that matters: of its page when the margins are another's. */
static bool check_length(const struct reader *r, const char *group, const char *key, float room, const char *leave)
{
    const struct node *page = node_get(r->own, "page");
    if (group && page && !node_get(r->own, group)) {
        group = "page";
        key = node_get(page, "size") ? "size" : "orientation";
    }
    return room >= LEAST_ROOM
        || complain(r, group, key,
                    arena_printf(r->arena, "%s %.1f mm for the text, less than %.1f mm; make them smaller or fewer, or "
                                           "the page larger",
                                 leave, (double)(room / POINTS_PER_MM), (double)(LEAST_ROOM / POINTS_PER_MM)));
}

static bool check_room(const struct reader *r)
{
    const struct style *s = r->style;
    float width = s->page_width - s->margin_inner - s->margin_outer;
    float height = s->page_height - s->margin_top - s->margin_bottom;
    float column = (width - s->gutter * (float)(s->columns - 1)) / (float)s->columns;
    return check_length(r, "margins_mm", "inner", width - s->gutter, "margins and gutter leave a width of")
        && check_length(r, "margins_mm", "top", height, "the margins leave a height of")
        && (s->columns == 1 || check_length(r, NULL, "columns", column, "the columns leave a width of"));
}

/* Of the script whose letters are larger. */
static bool check_pitch(const struct reader *r)
{
    const struct style *s = r->style;
    float scale = s->arabic_scale[FONT_READING], least = s->size_body * (scale > 1 ? scale : 1) * LEAST_PITCH;
    if (s->grid >= least)
        return true;
    return complain(r, NULL, "grid_pt",
                    arena_printf(r->arena, "the lines of running text are %g pt apart and touch; make grid_pt %.1f or "
                                           "more, or sizes_pt.body smaller", (double)s->grid, (double)least));
}

/* Whoever reads in poor light, or a print of a print, still reads it. A colour by its name is judged where it is. */
static void check_contrast(const struct reader *r)
{
    static const struct {
        const char *group, *key;
        bool text; /* else a mark */
    } seen[] = {
        { "colours", "ink", true }, { "colours", "muted", true }, { "colours", "accent", true },
        { "colours", "accent_soft", false }, { "colours", "warning", true }, { "charts", "ink", true },
        { "charts", "muted", true }, { "charts", "accent", true }, { "charts", "accent_soft", false },
    };
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) {
        const struct style_setting *s = find(r, seen[i].group, seen[i].key);
        double contrast = colour_contrast(*(uint32_t *)((char *)r->style + s->offset), COLOUR_PAPER);
        double least = seen[i].text ? CONTRAST_TEXT : CONTRAST_MARK;
        if (contrast < least && value_of(r, s)->text[0] == '#')
            diag_add(r->diags, DIAG_STYLE_CONTRAST, value_of(r, s)->at,
                     "%s in the colour '%s' %s a contrast of %.1f to white paper; take a darker one, of %.1f or more",
                     seen[i].text ? "text" : "marks", s->key, seen[i].text ? "has" : "have", contrast, least);
    }
    double shaded = colour_contrast(r->style->ink, r->style->shade);
    if (shaded < CONTRAST_TEXT && colour_contrast(r->style->ink, COLOUR_PAPER) >= CONTRAST_TEXT)
        diag_add(r->diags, DIAG_STYLE_CONTRAST, place_of(r, "colours", "shade"),
                 "text in the colour 'ink' has a contrast of %.1f to 'shade'; take a lighter shade, of %.1f or more",
                 shaded, CONTRAST_TEXT);
}

/* --- the press --- */

static bool set_press(const struct reader *r)
{
    struct style *style = r->style;
    if (style->colour != COLOUR_CMYK)
        return true;
    if (!style->profile)
        return complain(r, NULL, "colour", "'cmyk' needs to know the press; give 'profile' with its ICC profile");
    const struct node *named = value_of(r, find(r, NULL, "profile"));
    if (!file_exists(style->profile)) {
        diag_add(r->diags, DIAG_FILE_ABSENT, named->at, "there is no file '%s'; name the press's ICC profile",
                 named->text);
        return false;
    }
    style->press.profile = file_read(style->profile, PROFILE_BYTES, r->arena, &style->press.length, r->diags);
    if (!style->press.profile)
        return false;
    const char *fault = cmyk_fault(style->press.profile, style->press.length, r->arena);
    if (fault) {
        diag_add(r->diags, DIAG_LAYOUT_PROFILE, named->at,
                 "'%s' is no profile to print with: %s; name the ICC profile of a press with four inks", named->text,
                 fault);
        return false;
    }
    style->press.name = cmyk_name(style->press.profile, style->press.length, r->arena);
    style->press.ink_limit_at = place_of(r, NULL, "ink_limit");
    return true;
}

/* --- files --- */

/* The layout that this one extends: one that itself extends none, so that a reader has two files to look at. */
static bool load_base(struct reader *r)
{
    const struct node *extends = node_get(r->own, "extends");
    const char *name;
    if (!extends)
        return true;
    if (!node_text(r->own, "extends", true, &name, r->diags))
        return false;
    if (!is_there(r, "layouts", name)) {
        diag_add(r->diags, DIAG_LAYOUT_EXTENDS, extends->at, "there is no layout '%s'; %s", name,
                 hint_of(r, "layouts", name));
        return false;
    }
    r->base = node_load(path_of(r, "layouts", name), r->arena, r->diags);
    if (!r->base)
        return false;
    if (node_get(r->base, "extends")) {
        diag_add(r->diags, DIAG_LAYOUT_EXTENDS, extends->at,
                 "'%s' extends a layout itself; extend one that gives every key, such as briefing-a4", name);
        return false;
    }
    check_keys(r, r->base);
    return true;
}

const struct style *style_load(const char *workspace, const char *name, struct arena *arena, struct diags *diags)
{
    size_t errors = diags_errors(diags);
    struct reader r = { .workspace = workspace, .arena = arena, .diags = diags };
    r.settings = style_settings(&r.count);
    r.own = node_load(path_of(&r, "layouts", name), arena, diags);
    if (!r.own)
        return NULL;
    if (r.own->kind != NODE_MAP) {
        diag_add(diags, DIAG_VALUE_KIND, r.own->at, "a layout is a map; write extends: briefing-a4 and so on");
        return NULL;
    }
    r.style = arena_alloc(arena, sizeof *r.style);
    r.style->name = arena_string(arena, name);
    r.style->breaks = TEXT_TOTAL_FIT;
    check_keys(&r, r.own);
    if (!load_base(&r) || !read_settings(&r) || diags_errors(diags) > errors)
        return NULL;
    keep_places(&r);
    check_contrast(&r);
    return set_page(&r) && check_room(&r) && check_pitch(&r) && set_press(&r) ? r.style : NULL;
}
