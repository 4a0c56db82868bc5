/* Charts as report.yaml declares them: which roles, choices and notes each type takes. Asks no dataset. */
#include "report/definition_read.h"

#include <stddef.h>
#include <string.h>

#define ROLE(role, id, said) \
    [ROLE_##role] = { id, KEY_COLUMN, false, offsetof(struct definition_chart, roles[ROLE_##role]), .meaning = said }
static const struct key role_keys[ROLE_COUNT + 1] = {
    ROLE(CATEGORY, "category", "what a row shows: a bar, a row of a matrix, a list of seats"),
    ROLE(LABEL, "label", "the words of an event or point"),
    ROLE(VALUE, "value", "the number"),
    ROLE(LOW, "low", "its lower bound"),
    ROLE(HIGH, "high", "its upper bound"),
    ROLE(HEDGE, "hedge", "a qualifier: about, more than, at least"),
    ROLE(X, "x", "the number along the other axis"),
    ROLE(START, "start", "the day, or the first of several"),
    ROLE(END, "end", "the last day"),
    ROLE(OPEN, "open", "whether it goes on"),
    ROLE(DATE, "date", "the date in words, as the source gives it"),
    ROLE(SERIES, "series", "which of several lines, groups or sides"),
    ROLE(PANEL, "panel", "which of several small charts"),
    ROLE(PLACE, "place", "a governorate, by its ISO 3166-2 code as IQ-BG"),
    ROLE(EMPHASIS, "emphasis", "whether the row is the finding"),
};
static const char *const type_names[CHART_TYPE_COUNT + 1] = {
    "bar",      "dot",    "range_bars", "pyramid",  "line",     "slope",  "scatter",  "hemicycle",
    "councils", "waffle", "number",     "timeline", "calendar", "matrix", "tile_map", NULL,
};

/* --- keys --- */

static const char *const directions[] = { "horizontal", "vertical", NULL };
static const char *const stacks[] = { "beside", "on_top", "shares", NULL };
static const char *const orders[] = { "data", "value", NULL };
static const char *const scales[] = { "linear", "log", NULL };
static const char *const shapes[] = { "line", "steps", NULL };
static const char *const legends[] = { "auto", "direct", "box", NULL };
static const char *const periods[] = { "auto", "day", "week", "month", "quarter", "year", NULL };
static const char *const times[] = { "ltr", "reading", NULL };
static const char *const parallels[] = { "layout", "together", "apart", "beside", NULL };

/* In the order of chart_keys. */
enum chart_key { TYPE, DATA, ROLES, NOTES, TOTAL, X_UNIT, UNIT, SUBTITLE, SOURCE, ALT, DIRECTION, STACK, ORDER, MOST,
                 SCALE, SHAPE, AREA, STEMS, PERIOD, TIME, KEEP_SIDES, LEGEND, COLUMNS, OWN_SCALES, PARALLEL,
                 KEY_COUNT };

#define NOTE(name) offsetof(struct definition_note, name)
static const struct key note_keys[] = {
    { "value", KEY_SAME, false, NOTE(value), .meaning = "a figure: \"{name}\"" },
    { "to", KEY_SAME, false, NOTE(to), .meaning = "with value: a band from one to the other" },
    { "day", KEY_SAME, false, NOTE(day), .meaning = "a figure that is a day" },
    { "until", KEY_SAME, false, NOTE(until), .meaning = "with day: a band from one to the other" },
    { "category", KEY_TEXT, false, NOTE(category), .meaning = "a category, by its English label" },
    { "label", KEY_BOTH, true, NOTE(label), .meaning = "its words" },
    { 0 },
};

#define CHART(name) offsetof(struct definition_chart, name)
#define CHOICE(nth, id, how, names, to, said) \
    [nth] = { id, KEY_##how, false, CHART(look.to), .meaning = said, .choices = names }
#define COUNT(nth, id, to, said) \
    [nth] = { id, KEY_WHOLE, false, CHART(look.to), .meaning = said, .least = 1, .most = 100 }

const struct key chart_keys[KEY_COUNT + 1] = {
    [TYPE] = { "type", KEY_CHOICE, true, CHART(type), .meaning = "how it is drawn", .choices = type_names },
    [DATA] = { "data", KEY_STATEMENT, true, CHART(statement), .meaning = "a SELECT that gives its rows" },
    [ROLES] = { "roles", KEY_MAP, true, 0,
                .meaning = "which columns of the rows show what", "{category: ..., value: ...}",
                .of = role_keys },
    [NOTES] = { "notes", KEY_LIST, .meaning = "lines, bands and points with words, on top of the data",
                .write = "[{value: \"{name}\", label: ...}]", .of = note_keys },
    [TOTAL] = { "total", KEY_SAME, false, CHART(total),
                .meaning = "the figure of which the values are shares: \"{name}\"" },
    [X_UNIT] = { "x_unit", KEY_BOTH, false, CHART(x_unit), .meaning = "what x counts" },
    [UNIT] = { "unit", KEY_BOTH, false, CHART(unit), .meaning = "what the values count" },
    [SUBTITLE] = { "subtitle", KEY_BOTH, false, CHART(subtitle), .meaning = "what is measured, where and when" },
    [SOURCE] = { "source", KEY_BOTH, false, CHART(source), .meaning = "which publication the numbers are from",
                 .marks = true },
    [ALT] = { "alt", KEY_BOTH, false, CHART(alt),
              .meaning = "what it shows, for who cannot see it; else made from the data" },
    CHOICE(DIRECTION, "direction", FLAG, directions, vertical, "whether bars lie or stand"),
    CHOICE(STACK, "stack", CHOICE, stacks, stack, "how series stand: bars, areas of a line"),
    CHOICE(ORDER, "order", CHOICE, orders, order, "of categories: as they come, or the largest first"),
    COUNT(MOST, "most", most, "so many categories; the others are summed as one"),
    CHOICE(SCALE, "scale", FLAG, scales, logarithmic, "of the values' axis"),
    CHOICE(SHAPE, "shape", FLAG, shapes, steps, "of a line"),
    CHOICE(AREA, "area", SWITCH, NULL, area, "whether the area below a line is filled"),
    CHOICE(STEMS, "stems", SWITCH, NULL, stems, "whether dots have stems"),
    CHOICE(PERIOD, "period", CHOICE, periods, period, "from tick to tick of the time axis"),
    CHOICE(TIME, "time", CHOICE, times, time, "whether time runs left to right always, or as the language reads"),
    CHOICE(KEEP_SIDES, "keep_sides", SWITCH, NULL, keep_sides, "whether left stays left in Arabic"),
    CHOICE(LEGEND, "legend", CHOICE, legends, legend, "names of series at the lines, or in a box"),
    COUNT(COLUMNS, "columns", columns, "panels side by side; else as many as fit"),
    CHOICE(OWN_SCALES, "own_scales", SWITCH, NULL, own_scales, "whether each panel has its own axis"),
    CHOICE(PARALLEL, "parallel", CHOICE, parallels, languages, "in the parallel edition"),
};

/* --- types --- */

#define R(role) (1u << ROLE_##role)
#define L(key) (1u << (key))
#define N(kind) (1u << NOTE_##kind)

#define ANY_KEY (L(TYPE) | L(DATA) | L(ROLES) | L(NOTES) | L(SUBTITLE) | L(SOURCE) | L(ALT) | L(PARALLEL))
#define ANY_LOOK (ANY_KEY | L(UNIT) | L(COLUMNS))
#define WITH_SCALE (ANY_LOOK | L(OWN_SCALES))
#define ANY_ROLE (R(PANEL) | R(EMPHASIS))
#define RANGED (R(LOW) | R(HIGH) | R(HEDGE))
#define ON_VALUES (N(VALUE) | N(VALUES))
#define ON_DAYS (N(DAY) | N(DAYS))

enum { SIGNED = 1, COUNTED = 2, GAPS = 4 }; /* values may be below zero; are whole; may be missing */

/* clang-format off */
static const struct type_rule {
    uint32_t needs, takes; /* roles; what it takes is beside what it needs */
    uint32_t keys, notes;
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
        R(X) | R(VALUE), ANY_ROLE | R(LABEL) | R(SERIES), WITH_SCALE | L(SCALE) | L(X_UNIT), ON_VALUES, SIGNED },
    [CHART_HEMICYCLE] = {
        R(CATEGORY) | R(VALUE), ANY_ROLE, ANY_LOOK | L(KEEP_SIDES), N(VALUE), COUNTED },
    [CHART_COUNCILS] = {
        R(PANEL) | R(CATEGORY) | R(VALUE), R(EMPHASIS), ANY_LOOK | L(KEEP_SIDES), 0, COUNTED },
    [CHART_WAFFLE] = {
        R(CATEGORY) | R(VALUE), ANY_ROLE, ANY_LOOK | L(TOTAL), N(VALUE), COUNTED },
    [CHART_NUMBER] = {
        R(START) | R(VALUE), R(PANEL), WITH_SCALE | L(PERIOD) | L(TIME), N(POINT), SIGNED | GAPS },
    [CHART_TIMELINE] = {
        R(LABEL) | R(START), R(EMPHASIS) | R(END) | R(OPEN) | R(DATE) | R(SERIES), ANY_KEY, 0, 0 },
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
    return role_keys[role].name;
}

const char *chart_type_name(enum chart_type type)
{
    return type_names[type];
}

bool chart_type_takes(enum chart_type type, enum chart_role role)
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

bool chart_type_has_key(enum chart_type type, const char *key)
{
    return rules[type].keys >> (keys_find(chart_keys, key) - chart_keys) & 1;
}

/* --- reading --- */

static void read_roles(struct definition_reader *reader, const struct node *map, struct definition_chart *out)
{
    const struct node *roles = read_items(reader, map, chart_keys, "roles");
    const char *known[ROLE_COUNT + 1] = { NULL };
    size_t count = 0;

    if (!roles)
        return;
    for (enum chart_role role = 0; role < ROLE_COUNT; role++)
        if (!out->type_known || chart_type_takes(out->type, role))
            known[count++] = role_keys[role].name;
    node_check_keys(roles, known,
                    out->type_known ? arena_printf(reader->arena, "the roles of a %s", type_names[out->type])
                                    : "a chart's roles",
                    reader->diags);
    for (enum chart_role role = 0; role < ROLE_COUNT; role++) {
        definition_read_key(reader, roles, &role_keys[role], out);
        if (out->type_known && chart_type_needs(out->type, role) && !node_get(roles, role_keys[role].name))
            diag_add(reader->diags, DIAG_CHART_ROLE, roles->at,
                     "the %s '%s' has no role '%s'; name the column that gives it", type_names[out->type],
                     out->object.id, role_keys[role].name);
    }
}

/* What not every type has is read when the type is known. */
static void read_chart_keys(struct definition_reader *reader, const struct node *map, struct definition_chart *out)
{
    out->type = CHART_TYPE_COUNT;
    keys_check(map, chart_keys, "a chart", reader->diags);
    definition_read_key(reader, map, &chart_keys[TYPE], out);
    out->type_known = out->type != CHART_TYPE_COUNT;
    for (enum chart_key i = TYPE + 1; i < KEY_COUNT; i++) {
        const struct node *node = node_get(map, chart_keys[i].name);

        if (i == ROLES)
            read_roles(reader, map, out);
        else if (L(i) & ANY_KEY || (out->type_known && rules[out->type].keys & L(i)))
            definition_read_key(reader, map, &chart_keys[i], out);
        else if (out->type_known && node)
            diag_add(reader->diags, DIAG_DEFINITION_VALUE, node->at, "a chart of type %s has no '%s'; take it out",
                     type_names[out->type], chart_keys[i].name);
    }
}

/* Choices that say how panels or series stand, which the chart may not have. */
static void check_look(struct definition_reader *reader, const struct node *map, const struct definition_chart *out)
{
    static const struct { enum chart_key key; enum chart_role role; } needs[] = {
        { COLUMNS, ROLE_PANEL }, { OWN_SCALES, ROLE_PANEL }, { LEGEND, ROLE_SERIES }, { STACK, ROLE_SERIES },
    };
    const struct node *roles = node_get(map, "roles"), *stack = node_get(map, "stack");

    for (size_t i = 0; i < sizeof needs / sizeof *needs && roles && roles->kind == NODE_MAP; i++) {
        const struct node *node = node_get(map, chart_keys[needs[i].key].name);
        if (node && rules[out->type].keys & L(needs[i].key) && !node_get(roles, role_keys[needs[i].role].name))
            diag_add(reader->diags, DIAG_DEFINITION_VALUE, node->at,
                     "'%s' is for charts with %s; give the role '%s', or take it out", chart_keys[needs[i].key].name,
                     needs[i].role == ROLE_PANEL ? "panels" : "series", role_keys[needs[i].role].name);
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
    size_t given = 0;

    out->at = map->at;
    if (map->kind != NODE_MAP) {
        diag_add(reader->diags, DIAG_VALUE_KIND, map->at, "this is no note; write {value: \"{name}\", label: ...}");
        return;
    }
    read_keys(reader, map, note_keys, "a chart's note", out);
    for (const struct key *key = note_keys; key->name; key++)
        given += !key->required && node_get(map, key->name);
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
    const struct node *list = read_items(reader, map, chart_keys, "notes");

    if (!list)
        return;
    out->notes = arena_array(reader->arena, list->count, sizeof *out->notes);
    out->note_count = list->count;
    for (size_t i = 0; i < list->count; i++)
        read_note(reader, list->items[i], out, &out->notes[i]);
}

/* --- a chart --- */

static void read_chart(struct definition_reader *reader, const struct node *map, void *object)
{
    struct definition_chart *out = object;

    if (map->kind != NODE_MAP) {
        diag_add(reader->diags, DIAG_VALUE_KIND, map->at, "'%s' is no chart; write type, data and roles",
                 out->object.id);
        return;
    }
    read_chart_keys(reader, map, out);
    if (!out->type_known)
        out->type = 0;
    if (out->type_known) {
        check_look(reader, map, out);
        read_notes(reader, map, out);
    }
    if (!node_get(map, "subtitle"))
        diag_add(reader->diags, DIAG_CHART_INCOMPLETE, out->object.at,
                 "the chart '%s' has no subtitle; say what is measured, where and when", out->object.id);
    if (!node_get(map, "source"))
        diag_add(reader->diags, DIAG_CHART_INCOMPLETE, out->object.at,
                 "the chart '%s' has no source; say which publication its numbers are from", out->object.id);
}

void read_charts(struct definition_reader *reader, const struct node *map)
{
    struct definition *out = reader->out;

    out->charts = read_objects(reader, map, sizeof *out->charts, &out->chart_count, read_chart);
}
