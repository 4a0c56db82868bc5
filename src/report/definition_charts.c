/* Charts as report.yaml declares them: which roles, choices and notes each type takes. Asks no dataset. */
#include "report/definition_read.h"

#include <stddef.h>
#include <string.h>

static const char *const role_names[ROLE_COUNT] = {
    "category", "label", "value", "low",    "high",  "hedge", "x",        "start",
    "end",      "open",  "date",  "series", "panel", "place", "emphasis",
};
static const char *const type_names[CHART_TYPE_COUNT] = {
    "bar",      "dot",    "range_bars", "pyramid",  "line",     "slope",  "scatter",  "hemicycle",
    "councils", "waffle", "number",     "timeline", "calendar", "matrix", "tile_map",
};

/* --- choices --- */

static const char *const directions[] = { "horizontal", "vertical", NULL };
static const char *const stacks[] = { "beside", "on_top", "shares", NULL };
static const char *const orders[] = { "data", "value", NULL };
static const char *const scales[] = { "linear", "log", NULL };
static const char *const shapes[] = { "line", "steps", NULL };
static const char *const legends[] = { "auto", "direct", "box", NULL };
static const char *const periods[] = { "auto", "day", "week", "month", "quarter", "year", NULL };
static const char *const times[] = { "ltr", "reading", NULL };
static const char *const parallels[] = { "layout", "together", "apart", "beside", NULL };

enum choice { DIRECTION, STACK, ORDER, MOST, SCALE, SHAPE, AREA, STEMS, PERIOD, TIME, KEEP_SIDES, LEGEND, COLUMNS,
              OWN_SCALES, PARALLEL, CHOICE_COUNT };
enum choice_kind { CHOICE_SWITCH, CHOICE_FLAG, CHOICE_NAME, CHOICE_NUMBER }; /* FLAG: the second of two names */

static const struct choice_rule {
    const char *key;
    enum choice_kind kind;
    const char *const *names;
    size_t member;
} choices[CHOICE_COUNT] = {
    [DIRECTION] = { "direction", CHOICE_FLAG, directions, offsetof(struct chart_look, vertical) },
    [STACK] = { "stack", CHOICE_NAME, stacks, offsetof(struct chart_look, stack) },
    [ORDER] = { "order", CHOICE_NAME, orders, offsetof(struct chart_look, order) },
    [MOST] = { "most", CHOICE_NUMBER, NULL, offsetof(struct chart_look, most) },
    [SCALE] = { "scale", CHOICE_FLAG, scales, offsetof(struct chart_look, logarithmic) },
    [SHAPE] = { "shape", CHOICE_FLAG, shapes, offsetof(struct chart_look, steps) },
    [AREA] = { "area", CHOICE_SWITCH, NULL, offsetof(struct chart_look, area) },
    [STEMS] = { "stems", CHOICE_SWITCH, NULL, offsetof(struct chart_look, stems) },
    [PERIOD] = { "period", CHOICE_NAME, periods, offsetof(struct chart_look, period) },
    [TIME] = { "time", CHOICE_NAME, times, offsetof(struct chart_look, time) },
    [KEEP_SIDES] = { "keep_sides", CHOICE_SWITCH, NULL, offsetof(struct chart_look, keep_sides) },
    [LEGEND] = { "legend", CHOICE_NAME, legends, offsetof(struct chart_look, legend) },
    [COLUMNS] = { "columns", CHOICE_NUMBER, NULL, offsetof(struct chart_look, columns) },
    [OWN_SCALES] = { "own_scales", CHOICE_SWITCH, NULL, offsetof(struct chart_look, own_scales) },
    [PARALLEL] = { "parallel", CHOICE_NAME, parallels, offsetof(struct chart_look, languages) },
};

/* --- types --- */

#define R(role) (1u << ROLE_##role)
#define L(choice) (1u << (choice))
#define N(kind) (1u << NOTE_##kind)

#define ANY_LOOK (L(COLUMNS) | L(PARALLEL))
#define WITH_SCALE (ANY_LOOK | L(OWN_SCALES))
#define ANY_ROLE (R(PANEL) | R(EMPHASIS))
#define RANGED (R(LOW) | R(HIGH) | R(HEDGE))
#define ON_VALUES (N(VALUE) | N(VALUES))
#define ON_DAYS (N(DAY) | N(DAYS))

enum { SIGNED = 1, COUNTED = 2, GAPS = 4 }; /* values may be below zero; are whole; may be missing */

/* clang-format off */
static const struct type_rule {
    uint32_t needs, takes; /* roles; what it takes is beside what it needs */
    uint32_t looks, notes;
    unsigned values;
} rules[CHART_TYPE_COUNT] = {
    [CHART_BAR] = {
        R(CATEGORY) | R(VALUE), ANY_ROLE | R(SERIES) | R(HEDGE),
        WITH_SCALE | L(LEGEND) | L(DIRECTION) | L(STACK) | L(ORDER) | L(MOST), ON_VALUES | N(CATEGORY), SIGNED | GAPS },
    [CHART_DOT] = {
        R(CATEGORY) | R(VALUE), ANY_ROLE | R(SERIES) | RANGED,
        WITH_SCALE | L(DIRECTION) | L(ORDER) | L(MOST) | L(SCALE) | L(STEMS), ON_VALUES | N(CATEGORY), SIGNED | GAPS },
    [CHART_RANGE_BARS] = {
        R(CATEGORY) | R(VALUE), ANY_ROLE | RANGED, WITH_SCALE | L(ORDER), ON_VALUES | N(CATEGORY), 0 },
    [CHART_PYRAMID] = {
        R(CATEGORY) | R(SERIES) | R(VALUE), ANY_ROLE, WITH_SCALE | L(ORDER), 0, GAPS },
    [CHART_LINE] = {
        R(START) | R(VALUE), ANY_ROLE | R(SERIES) | R(LABEL) | R(LOW) | R(HIGH),
        WITH_SCALE | L(LEGEND) | L(SCALE) | L(SHAPE) | L(AREA) | L(STACK) | L(PERIOD) | L(TIME),
        ON_VALUES | ON_DAYS | N(POINT), SIGNED | GAPS },
    [CHART_SLOPE] = {
        R(CATEGORY) | R(SERIES) | R(VALUE), ANY_ROLE, WITH_SCALE | L(TIME), 0, SIGNED | GAPS },
    [CHART_SCATTER] = {
        R(X) | R(VALUE), ANY_ROLE | R(LABEL) | R(SERIES), WITH_SCALE | L(SCALE), ON_VALUES, SIGNED },
    [CHART_HEMICYCLE] = {
        R(CATEGORY) | R(VALUE), ANY_ROLE, ANY_LOOK | L(KEEP_SIDES), N(VALUE), COUNTED },
    [CHART_COUNCILS] = {
        R(PANEL) | R(CATEGORY) | R(VALUE), R(EMPHASIS), ANY_LOOK | L(KEEP_SIDES), 0, COUNTED },
    [CHART_WAFFLE] = {
        R(CATEGORY) | R(VALUE), ANY_ROLE, ANY_LOOK, N(VALUE), COUNTED },
    [CHART_NUMBER] = {
        R(START) | R(VALUE), R(PANEL), WITH_SCALE | L(PERIOD) | L(TIME), N(POINT), SIGNED | GAPS },
    [CHART_TIMELINE] = {
        R(LABEL) | R(START), R(EMPHASIS) | R(END) | R(OPEN) | R(DATE) | R(SERIES), L(PARALLEL), 0, 0 },
    [CHART_CALENDAR] = {
        R(START) | R(VALUE), R(PANEL), WITH_SCALE | L(TIME), ON_DAYS, GAPS },
    [CHART_MATRIX] = {
        R(CATEGORY) | R(SERIES) | R(VALUE), ANY_ROLE, WITH_SCALE | L(ORDER), 0, SIGNED | GAPS },
    [CHART_TILE_MAP] = {
        R(PLACE) | R(VALUE), ANY_ROLE | R(CATEGORY) | R(HEDGE), WITH_SCALE, N(CATEGORY), GAPS },
};
/* clang-format on */

const char *chart_role_name(enum chart_role role)
{
    return role_names[role];
}

const char *chart_type_name(enum chart_type type)
{
    return type_names[type];
}

static bool chart_type_takes(enum chart_type type, enum chart_role role)
{
    return (rules[type].needs | rules[type].takes) >> role & 1;
}

bool chart_type_needs(enum chart_type type, enum chart_role role)
{
    return rules[type].needs >> role & 1;
}

bool chart_type_is_signed(enum chart_type type)
{
    return rules[type].values & SIGNED;
}

bool chart_type_is_counted(enum chart_type type)
{
    return rules[type].values & COUNTED;
}

bool chart_type_shows_gaps(enum chart_type type)
{
    return rules[type].values & GAPS;
}

bool chart_type_has_note(enum chart_type type, enum chart_note_kind kind)
{
    return rules[type].notes >> kind & 1;
}

bool chart_type_has_choice(enum chart_type type, const char *key)
{
    for (enum choice i = 0; i < CHOICE_COUNT; i++)
        if (strcmp(choices[i].key, key) == 0)
            return rules[type].looks >> i & 1;
    return false;
}

/* --- reading --- */

static void read_roles(struct definition_reader *reader, const struct node *map, struct definition_chart *out)
{
    const struct node *roles = read_node(reader, map, "roles", NODE_MAP, true, "{category: ..., value: ...}");
    const char *known[ROLE_COUNT + 1] = { NULL };
    size_t count = 0;

    if (!roles)
        return;
    for (enum chart_role role = 0; role < ROLE_COUNT; role++)
        if (!out->type_known || chart_type_takes(out->type, role))
            known[count++] = role_names[role];
    node_check_keys(roles, known,
                    out->type_known ? arena_printf(reader->arena, "the roles of a %s", type_names[out->type])
                                    : "a chart's roles",
                    reader->diags);
    for (enum chart_role role = 0; role < ROLE_COUNT; role++) {
        read_field(reader, roles, role_names[role], false, &out->roles[role]);
        if (out->type_known && chart_type_needs(out->type, role) && !node_get(roles, role_names[role]))
            diag_add(reader->diags, DIAG_CHART_ROLE, roles->at,
                     "the %s '%s' has no role '%s'; name the column that gives it", type_names[out->type],
                     out->object.id, role_names[role]);
    }
}

static size_t name_count(const char *const names[])
{
    size_t count = 0;

    while (names[count])
        count++;
    return count;
}

static void read_count(struct definition_reader *reader, const struct node *map, const char *key, size_t *out)
{
    int64_t number;

    if (!node_int(map, key, true, &number, reader->diags))
        return;
    if (number < 1 || number > 100)
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, node_get(map, key)->at,
                 "%lld is no value of '%s'; write 1 to 100, or leave it out", (long long)number, key);
    else
        *out = (size_t)number;
}

static void read_look(struct definition_reader *reader, const struct node *map, struct definition_chart *out)
{
    for (enum choice i = 0; i < CHOICE_COUNT; i++) {
        const struct choice_rule *rule = &choices[i];
        const struct node *node = node_get(map, rule->key);
        void *member = (char *)&out->look + rule->member;
        size_t nth;

        if (!node)
            continue;
        if (!chart_type_has_choice(out->type, rule->key)) {
            diag_add(reader->diags, DIAG_DEFINITION_VALUE, node->at,
                     "a chart of type %s has no '%s'; take it out", type_names[out->type], rule->key);
        } else if (rule->kind == CHOICE_SWITCH) {
            node_bool(map, rule->key, true, member, reader->diags);
        } else if (rule->kind == CHOICE_NUMBER) {
            read_count(reader, map, rule->key, member);
        } else if (choice_of(reader, node, rule->key, rule->names, name_count(rule->names), &nth)) {
            if (rule->kind == CHOICE_FLAG)
                *(bool *)member = nth == 1;
            else
                *(unsigned *)member = (unsigned)nth; /* enums of chart_look: each unsigned int with this compiler */
        }
    }
}

/* Choices that say how panels or series stand, which the chart may not have. */
static void check_look(struct definition_reader *reader, const struct node *map, const struct definition_chart *out)
{
    static const struct { enum choice choice; enum chart_role role; } needs[] = {
        { COLUMNS, ROLE_PANEL }, { OWN_SCALES, ROLE_PANEL }, { LEGEND, ROLE_SERIES }, { STACK, ROLE_SERIES },
    };
    const struct node *roles = node_get(map, "roles"), *stack = node_get(map, "stack");

    for (size_t i = 0; i < sizeof needs / sizeof *needs && roles && roles->kind == NODE_MAP; i++) {
        const struct node *node = node_get(map, choices[needs[i].choice].key);
        if (node && rules[out->type].looks >> needs[i].choice & 1 && !node_get(roles, role_names[needs[i].role]))
            diag_add(reader->diags, DIAG_DEFINITION_VALUE, node->at,
                     "'%s' is for charts with %s; give the role '%s', or take it out", choices[needs[i].choice].key,
                     needs[i].role == ROLE_PANEL ? "panels" : "series", role_names[needs[i].role]);
    }
    if (stack && out->type == CHART_LINE && (!out->look.area || out->look.stack == STACK_BESIDE))
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, stack->at,
                 "'stack' of a line is how its areas stand on one another; write on_top or shares, with area: true, or "
                 "take it out");
}

/* --- notes --- */

static const struct note_rule {
    enum chart_note_kind kind;
    const char *keys[2]; /* that make it one */
} note_rules[] = {
    { NOTE_VALUES, { "value", "to" } }, { NOTE_POINT, { "day", "value" } }, { NOTE_DAYS, { "day", "until" } },
    { NOTE_VALUE, { "value", NULL } },  { NOTE_DAY, { "day", NULL } },      { NOTE_CATEGORY, { "category", NULL } },
};

static void read_note(struct definition_reader *reader, const struct node *map, const struct definition_chart *chart,
                      struct definition_note *out)
{
    static const char *const keys[] = { "value", "to", "day", "until", "category", "label", NULL };
    size_t given = 0;

    out->at = map->at;
    if (map->kind != NODE_MAP) {
        diag_add(reader->diags, DIAG_VALUE_KIND, map->at, "this is no note; write {value: \"{name}\", label: ...}");
        return;
    }
    node_check_keys(map, keys, "a chart's note", reader->diags);
    for (size_t i = 0; keys[i]; i++)
        given += node_get(map, keys[i]) && strcmp(keys[i], "label") != 0;
    read_phrases(reader, map, "value", PHRASES_SAME, false, &out->value);
    read_phrases(reader, map, "to", PHRASES_SAME, false, &out->to);
    read_phrases(reader, map, "day", PHRASES_SAME, false, &out->day);
    read_phrases(reader, map, "until", PHRASES_SAME, false, &out->until);
    node_text(map, "category", false, &out->category, reader->diags);
    read_phrases(reader, map, "label", PHRASES_PAIR, true, &out->label);
    for (size_t i = 0; i < sizeof note_rules / sizeof *note_rules; i++) {
        const struct note_rule *rule = &note_rules[i];

        if (!node_get(map, rule->keys[0]) || (rule->keys[1] && !node_get(map, rule->keys[1])) ||
            given != (rule->keys[1] ? 2 : 1))
            continue;
        out->kind = rule->kind;
        if (!chart_type_has_note(chart->type, rule->kind))
            diag_add(reader->diags, DIAG_DEFINITION_VALUE, map->at,
                     "a chart of type %s has no note of '%s%s%s'; take it out", type_names[chart->type],
                     rule->keys[0], rule->keys[1] ? "' and '" : "", rule->keys[1] ? rule->keys[1] : "");
        return;
    }
    diag_add(reader->diags, DIAG_DEFINITION_VALUE, map->at,
             "a note stands at a value, from value to another, on a day, from day until another, at a value on a day "
             "or at a category; write the one or two keys of one of these, and label");
}

static void read_notes(struct definition_reader *reader, const struct node *map, struct definition_chart *out)
{
    const struct node *list = read_node(reader, map, "notes", NODE_LIST, false, "[{value: \"{name}\", label: ...}]");

    if (!list)
        return;
    out->notes = arena_array(reader->arena, list->count, sizeof *out->notes);
    out->note_count = list->count;
    for (size_t i = 0; i < list->count; i++)
        read_note(reader, list->items[i], out, &out->notes[i]);
}

/* --- a chart --- */

/* What not every type has. */
static void read_only_of(struct definition_reader *reader, const struct node *map, const char *key, bool has,
                         enum phrases_form form, const struct definition_chart *chart, struct phrases *out)
{
    const struct node *node = node_get(map, key);

    if (node && !has)
        diag_add(reader->diags, DIAG_DEFINITION_VALUE, node->at, "a chart of type %s has no '%s'; take it out",
                 type_names[chart->type], key);
    else
        read_phrases(reader, map, key, form, false, out);
}

static void check_keys(struct definition_reader *reader, const struct node *map)
{
    const char *keys[10 + CHOICE_COUNT + 1] = { "type", "data",   "roles", "notes",  "total",
                                            "unit", "x_unit", "alt",   "source", "subtitle" };

    for (enum choice i = 0; i < CHOICE_COUNT; i++)
        keys[10 + i] = choices[i].key;
    node_check_keys(map, keys, "a chart", reader->diags);
}

static void read_chart(struct definition_reader *reader, const struct node *map, struct definition_chart *out)
{
    size_t type = 0;

    if (map->kind != NODE_MAP) {
        diag_add(reader->diags, DIAG_VALUE_KIND, map->at, "'%s' is no chart; write type, data and roles",
                 out->object.id);
        return;
    }
    check_keys(reader, map);
    out->type_known = read_choice(reader, map, "type", true, type_names, CHART_TYPE_COUNT, &type);
    out->type = (enum chart_type)type;
    read_statement(reader, map, "data", &out->statement);
    read_roles(reader, map, out);
    if (out->type_known) {
        read_look(reader, map, out);
        check_look(reader, map, out);
        read_notes(reader, map, out);
        read_only_of(reader, map, "total", type == CHART_WAFFLE, PHRASES_SAME, out, &out->total);
        read_only_of(reader, map, "x_unit", type == CHART_SCATTER, PHRASES_PAIR, out, &out->x_unit);
        read_only_of(reader, map, "unit", type != CHART_TIMELINE, PHRASES_PAIR, out, &out->unit);
    }
    read_phrases(reader, map, "subtitle", PHRASES_PAIR, false, &out->subtitle);
    read_phrases(reader, map, "source", PHRASES_PAIR, false, &out->source);
    read_phrases(reader, map, "alt", PHRASES_PAIR, false, &out->alt);
    if (!node_get(map, "subtitle"))
        diag_add(reader->diags, DIAG_CHART_INCOMPLETE, out->object.at,
                 "the chart '%s' has no subtitle; say what is measured, where and when", out->object.id);
    if (!node_get(map, "source"))
        diag_add(reader->diags, DIAG_CHART_INCOMPLETE, out->object.at,
                 "the chart '%s' has no source; say which publication its numbers are from", out->object.id);
}

void read_charts(struct definition_reader *reader, const struct node *root)
{
    struct definition *out = reader->out;
    const struct node *map =
        read_node(reader, root, "charts", NODE_MAP, false, "a map of name: {type, data, roles}");

    if (!map)
        return;
    out->charts = arena_array(reader->arena, map->count, sizeof *out->charts);
    for (size_t i = 0; i < map->count; i++) {
        struct definition_chart *chart = &out->charts[out->chart_count];

        if (!check_identifier(reader, map->keys[i], map->key_at[i], true))
            continue;
        out->chart_count++;
        chart->object.id = map->keys[i];
        chart->object.at = map->key_at[i];
        read_chart(reader, map->items[i], chart);
    }
}
