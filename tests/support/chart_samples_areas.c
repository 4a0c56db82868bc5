#include "chart_samples_areas.h"

#define AT(row) { "samples.csv", row, 1 }
#define COUNT(rows) sizeof rows / sizeof *rows
#define NOTE(...) &(const struct chart_note){ __VA_ARGS__, .at = { "report.yaml", 44, 13 } }, .note_count = 1

#define LIST_A .label = { "We Build Coalition", "ائتلاف نبني" }, .emphasis = true
#define LIST_B .label = { "State of Law Coalition", "ائتلاف دولة القانون" }, .emphasis = true
#define LIST_C .label = { "Progress Party", "حزب تقدم" }
#define LIST_D .label = { "Other lists", "قوائم أخرى" }
#define BASRA .panel = { "Basra", "البصرة" }
#define DIYALA .panel = { "Diyala", "ديالى" }
#define KIRKUK .panel = { "Kirkuk", "كركوك" }

static const struct chart_row seats[] = {
    { LIST_A, BASRA, .value = { 5, 0 }, .at = AT(2) },   { LIST_B, BASRA, .value = { 4, 0 }, .at = AT(3) },
    { LIST_D, BASRA, .value = { 13, 0 }, .at = AT(4) },  { LIST_A, DIYALA, .value = { 4, 0 }, .at = AT(5) },
    { LIST_B, DIYALA, .value = { 4, 0 }, .at = AT(6) },  { LIST_C, DIYALA, .value = { 3, 0 }, .at = AT(7) },
    { LIST_D, DIYALA, .value = { 4, 0 }, .at = AT(8) },  { LIST_C, KIRKUK, .value = { 2, 0 }, .at = AT(9) },
    { LIST_D, KIRKUK, .value = { 14, 0 }, .at = AT(10) },
};

const struct chart_spec sample_councils = {
    .id = "councils",
    .type = CHART_COUNCILS,
    .at = { "report.yaml", 40, 5 },
    .unit = { "seats", "مقعدًا" },
    .rows = seats,
    .row_count = COUNT(seats),
};

static const struct chart_row framework[] = {
    { .label = { "Framework lists", "قوائم الإطار" }, .value = { 101, 0 }, .emphasis = true, .at = AT(2) },
    { .label = { "Progress Party", "حزب تقدم" }, .value = { 30, 0 }, .at = AT(3) },
};

const struct chart_spec sample_waffle = {
    .id = "waffle",
    .type = CHART_WAFFLE,
    .at = { "report.yaml", 40, 5 },
    .unit = { "seats", "مقعدًا" },
    .has_total = true,
    .total = { 285, 0 },
    .notes = NOTE(.kind = NOTE_VALUE, .value = { 143, 0 }, .label = { "Halfway mark: 143", "علامة النصف: 143" }),
    .rows = framework,
    .row_count = COUNT(framework),
};

#define IN(year) .series = { year, year }
#define ROCKETS .label = { "Rockets and mortars", "صواريخ وقذائف هاون" }
#define DRONES .label = { "Drones", "مسيّرات" }
#define CONVOYS .label = { "Convoys", "قوافل" }

static const struct chart_row years[] = {
    { ROCKETS, IN("2021"), .value = { 12, 0 }, .at = AT(2) }, { ROCKETS, IN("2022"), .value = { 40, 0 }, .at = AT(3) },
    { ROCKETS, IN("2023"), .missing = true, .at = AT(4) },    { DRONES, IN("2021"), .value = { 0, 0 }, .at = AT(5) },
    { DRONES, IN("2022"), .value = { 27, 0 }, .at = AT(6) },  { DRONES, IN("2023"), .value = { 99, 0 }, .emphasis = true,
      .at = AT(7) },
    { CONVOYS, IN("2021"), .value = { 66, 0 }, .at = AT(8) }, { CONVOYS, IN("2022"), .value = { 20, 0 }, .at = AT(9) },
};

const struct chart_spec sample_matrix = {
    .id = "matrix",
    .type = CHART_MATRIX,
    .at = { "report.yaml", 40, 5 },
    .unit = { "attacks", "هجومًا" },
    .rows = years,
    .row_count = COUNT(years),
};

#define DAY(month, day, count, line) { .start = { 2023, month, day }, .value = { count, 0 }, .at = AT(line) }

static const struct chart_row days[] = {
    DAY(10, 6, 0, 2),   DAY(10, 7, 1, 3),   DAY(10, 8, 3, 4),   DAY(10, 9, 2, 5),   DAY(10, 10, 0, 6),
    DAY(10, 11, 0, 7),  DAY(10, 12, 7, 8),  DAY(10, 14, 1, 9),  DAY(10, 15, 1, 10), DAY(10, 16, 0, 11),
    DAY(10, 17, 9, 12), DAY(10, 18, 5, 13), DAY(10, 19, 4, 14), DAY(10, 20, 2, 15), DAY(10, 21, 2, 16),
    { .start = { 2023, 10, 22 }, .missing = true, .at = AT(17) }, DAY(11, 1, 2, 18), DAY(11, 7, 8, 19),
};

const struct chart_spec sample_calendar = {
    .id = "calendar",
    .type = CHART_CALENDAR,
    .at = { "report.yaml", 40, 5 },
    .unit = { "attacks", "هجومًا" },
    .notes = NOTE(.kind = NOTE_DAYS, .day = { 2023, 10, 17 }, .until = { 2023, 10, 19 },
                  .label = { "first drone attacks", "أولى هجمات المسيّرات" }),
    .rows = days,
    .row_count = COUNT(days),
};

static const struct chart_row governorates[] = {
    { .place = "IQ-BG", .value = { 60, 0 }, .at = AT(2) },
    { .place = "IQ-AN", .value = { 184, 0 }, .emphasis = true, .at = AT(3) },
    { .place = "IQ-HA", .missing = true, .at = AT(4) },
    { .place = "IQ-BA", .value = { 100, 0 }, .value_text = { "more than 100", "أكثر من 100" }, .at = AT(5) },
};

const struct chart_spec sample_tile_map = {
    .id = "tile_map",
    .type = CHART_TILE_MAP,
    .at = { "report.yaml", 40, 5 },
    .unit = { "attacks", "هجومًا" },
    .notes = NOTE(.kind = NOTE_CATEGORY, .category = "Baghdad", .label = { "the capital", "العاصمة" }),
    .rows = governorates,
    .row_count = COUNT(governorates),
};

static const struct chart_row panels[] = {
    { ROCKETS, BASRA, .value = { 8, 0 }, .at = AT(2) },   { DRONES, BASRA, .value = { 3, 0 }, .at = AT(3) },
    { ROCKETS, DIYALA, .value = { 80, 0 }, .at = AT(4) }, { DRONES, DIYALA, .value = { 40, 0 }, .emphasis = true,
      .at = AT(5) },
};

const struct chart_spec sample_panels = {
    .id = "panels",
    .type = CHART_RANGE_BARS,
    .at = { "report.yaml", 40, 5 },
    .unit = { "attacks", "هجومًا" },
    .rows = panels,
    .row_count = COUNT(panels),
};
