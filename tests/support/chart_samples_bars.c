#include "support/chart_samples_bars.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define AT(row) { "samples.csv", row, 1 }
#define CHART(name, kind, ...) \
    .id = name, .type = kind, .at = { "report.yaml", 20, 5 }, .title = { "A finding", "نتيجة" }, .look = { __VA_ARGS__ }
#define SEATS .unit = { "seats", "مقاعد" }
#define OF(rows_) .rows = rows_, .row_count = COUNT(rows_)

#define BAGHDAD .label = { "Baghdad", "بغداد" }
#define NINEVEH .label = { "Nineveh", "نينوى" }
#define BASRA .label = { "Basra", "البصرة" }
#define DHI_QAR .label = { "Dhi Qar", "ذي قار" }
#define SALAH .label = { "Salah al-Din", "صلاح الدين" }
#define SULAY .label = { "Sulaymaniyah", "السليمانية" }
#define ANBAR .label = { "Anbar", "الأنبار" }
#define BABIL .label = { "Babil", "بابل" }
#define SERIES_A .series = { "October 2021", "تشرين الأول 2021" }
#define SERIES_B .series = { "December 2023", "كانون الأول 2023" }
#define SERIES_C .series = { "November 2025", "تشرين الثاني 2025" }

static const struct chart_row plain[] = {
    { BAGHDAD, .value = { 853, 0 }, .at = AT(2) },
    { NINEVEH, .value = { 400, 0 }, .low = { 400, 0 }, .has_low = true,
      .value_text = { "more than 400", "أكثر من 400" }, .emphasis = true, .at = AT(3) },
    { BASRA, .value = { 301, 0 }, .value_text = { "about 301", "نحو 301" }, .at = AT(4) },
    { DHI_QAR, .value = { 229, 0 }, .high = { 229, 0 }, .has_high = true,
      .value_text = { "up to 229", "ما يصل إلى 229" }, .at = AT(5) },
    { SALAH, .value = { 0, 0 }, .at = AT(6) },
    { .label = { "Sulaymaniyah and the disputed districts around it", "السليمانية والأقضية المتنازع عليها حولها" },
      .missing = true, .at = AT(7) },
};

const struct chart_spec sample_bars = { CHART("bars", CHART_BAR, .vertical = false), SEATS, OF(plain) };

static const struct chart_row many[] = {
    { BASRA, .value = { 301, 0 }, .at = AT(2) },   { BAGHDAD, .value = { 853, 0 }, .at = AT(3) },
    { DHI_QAR, .value = { 229, 0 }, .at = AT(4) }, { NINEVEH, .value = { 4105, 1 }, .at = AT(5) },
    { SALAH, .value = { 165, 0 }, .at = AT(6) },   { SULAY, .value = { 214, 0 }, .at = AT(7) },
    { ANBAR, .value = { 1840, 1 }, .at = AT(8) },  { BABIL, .value = { 21525, 2 }, .at = AT(9) },
};

const struct chart_spec sample_bars_rest = {
    CHART("bars-rest", CHART_BAR, .order = ORDER_VALUE, .most = 4), SEATS, OF(many),
};

static const struct chart_row beside[] = {
    { BAGHDAD, SERIES_A, .value = { 85, 0 }, .at = AT(2) },  { BAGHDAD, SERIES_B, .value = { 121, 0 }, .at = AT(3) },
    { NINEVEH, SERIES_A, .value = { 41, 0 }, .at = AT(4) },  { NINEVEH, SERIES_B, .value = { 58, 0 }, .at = AT(5) },
    { BASRA, SERIES_A, .value = { 30, 0 }, .at = AT(6) },    { BASRA, SERIES_B, .missing = true, .at = AT(7) },
    { DHI_QAR, SERIES_A, .value = { 22, 0 }, .at = AT(8) },  { DHI_QAR, SERIES_B, .value = { 32, 0 }, .at = AT(9) },
};

const struct chart_spec sample_bars_beside = {
    CHART("bars-beside", CHART_BAR, .stack = STACK_BESIDE), SEATS, OF(beside),
};

const struct chart_spec sample_bars_standing_beside = {
    CHART("bars-standing-beside", CHART_BAR, .vertical = true), SEATS, OF(beside),
};

static const struct chart_row three[] = {
    { BAGHDAD, SERIES_A, .value = { 85, 0 }, .at = AT(2) },  { BAGHDAD, SERIES_B, .value = { 61, 0 }, .at = AT(3) },
    { BAGHDAD, SERIES_C, .value = { 64, 0 }, .at = AT(4) },  { NINEVEH, SERIES_A, .value = { 41, 0 }, .at = AT(5) },
    { NINEVEH, SERIES_B, .value = { 27, 0 }, .at = AT(6) },  { NINEVEH, SERIES_C, .value = { 2, 0 }, .at = AT(7) },
    { BASRA, SERIES_A, .value = { 30, 0 }, .at = AT(8) },    { BASRA, SERIES_B, .value = { 30, 0 }, .at = AT(9) },
    { BASRA, SERIES_C, .value = { 31, 0 }, .at = AT(10) },
};

const struct chart_spec sample_bars_shares = { CHART("bars-shares", CHART_BAR, .stack = STACK_SHARES), SEATS, OF(three) };
const struct chart_spec sample_dots_series = { CHART("dots-series", CHART_DOT, .stems = false), SEATS, OF(three) };

static const struct chart_row gap[] = {
    { BAGHDAD, SERIES_A, .value = { 85, 0 }, .at = AT(2) },  { BAGHDAD, SERIES_B, .value = { 37, 0 }, .at = AT(3) },
    { BAGHDAD, SERIES_C, .value = { 5, 0 }, .at = AT(4) },   { NINEVEH, SERIES_A, .value = { 41, 0 }, .at = AT(5) },
    { NINEVEH, SERIES_B, .value = { 17, 0 }, .at = AT(6) },  { NINEVEH, SERIES_C, .missing = true, .at = AT(7) },
    { BASRA, SERIES_A, .value = { 30, 0 }, .at = AT(8) },    { BASRA, SERIES_C, .value = { 31, 0 }, .at = AT(9) },
};

const struct chart_spec sample_bars_stacked = { CHART("bars-stacked", CHART_BAR, .stack = STACK_ON_TOP), SEATS, OF(gap) };

static const struct chart_row change[] = {
    { BAGHDAD, SERIES_A, .value = { 55, 1 }, .at = AT(2) },  { BAGHDAD, SERIES_B, .value = { -2, 0 }, .at = AT(3) },
    { NINEVEH, SERIES_A, .value = { -3, 0 }, .at = AT(4) },  { NINEVEH, SERIES_B, .value = { 425, 2 }, .at = AT(5) },
    { BASRA, SERIES_A, .value = { -6, 0 }, .at = AT(6) },    { BASRA, SERIES_B, .value = { -1, 0 }, .at = AT(7) },
    { DHI_QAR, SERIES_A, .value = { 2, 0 }, .at = AT(8) },   { DHI_QAR, SERIES_B, .value = { 6, 0 }, .at = AT(9) },
};

const struct chart_spec sample_bars_signed = {
    CHART("bars-signed", CHART_BAR, .stack = STACK_ON_TOP), .unit = { "thousand", "ألف" }, OF(change),
};

#define YEAR(year, number, row) { .label = { year, year }, .value = { number, 0 }, .at = AT(row) }
static const struct chart_row years[] = {
    YEAR("2016", 12, 2),  YEAR("2017", 18, 3),  YEAR("2018", 25, 4),  YEAR("2019", 22, 5),  YEAR("2020", 40, 6),
    YEAR("2021", 38, 7),  YEAR("2022", 44, 8),  YEAR("2023", 51, 9),  YEAR("2024", 47, 10),
    { .label = { "2025", "2025" }, .value = { 60, 0 }, .emphasis = true, .at = AT(11) },
};

const struct chart_spec sample_bars_standing = {
    CHART("bars-standing", CHART_BAR, .vertical = true), .unit = { "attacks", "هجمات" }, OF(years),
};

static const struct chart_row ranges[] = {
    { BAGHDAD, .value = { 853, 0 }, .low = { 820, 0 }, .high = { 900, 0 }, .has_low = true, .has_high = true,
      .value_text = { "about 853", "نحو 853" }, .at = AT(2) },
    { NINEVEH, .value = { 410, 0 }, .low = { 410, 0 }, .has_low = true,
      .value_text = { "more than 410", "أكثر من 410" }, .emphasis = true, .at = AT(3) },
    { BASRA, .value = { 330, 0 }, .low = { 250, 0 }, .high = { 330, 0 }, .has_low = true, .has_high = true,
      .ranged = true, .value_text = { "250 to 330", "250 إلى 330" }, .at = AT(4) },
    { DHI_QAR, .value = { 229, 0 }, .high = { 229, 0 }, .has_high = true,
      .value_text = { "up to 229", "ما يصل إلى 229" }, .at = AT(5) },
    { SULAY, .missing = true, .at = AT(6) },
};

const struct chart_spec sample_dots = { CHART("dots", CHART_DOT, .order = ORDER_DATA), SEATS, OF(ranges) };

const struct chart_spec sample_dots_stems = {
    CHART("dots-stems", CHART_DOT, .vertical = true, .stems = true, .most = 5), SEATS, OF(many),
};

static const struct chart_row powers[] = {
    { BAGHDAD, .value = { 3, 0 }, .at = AT(2) },      { NINEVEH, .value = { 12, 0 }, .at = AT(3) },
    { BASRA, .value = { 150, 0 }, .at = AT(4) },      { DHI_QAR, .value = { 2200, 0 }, .at = AT(5) },
    { SALAH, .value = { 31000, 0 }, .at = AT(6) },    { SULAY, .value = { 450000, 0 }, .at = AT(7) },
};

const struct chart_spec sample_dots_log = { CHART("dots-log", CHART_DOT, .logarithmic = true), SEATS, OF(powers) };

#define MEN .series = { "Men", "الرجال" }
#define WOMEN .series = { "Women", "النساء" }
#define AGE(age, men, women, row) \
    { .label = { age, age }, MEN, .value = { men, 0 }, .at = AT(row) }, \
    { .label = { age, age }, WOMEN, .value = { women, 0 }, .at = AT((row) + 1) }
static const struct chart_row ages[] = {
    AGE("70+", 240, 310, 2),      AGE("60–69", 660, 740, 4),    AGE("50–59", 1320, 1400, 6),
    AGE("40–49", 2180, 2230, 8),  AGE("30–39", 3000, 2980, 10), AGE("20–29", 3950, 3830, 12),
    AGE("10–19", 4950, 4740, 14), AGE("0–9", 5750, 5460, 16),
};

const struct chart_spec sample_pyramid = {
    CHART("pyramid", CHART_PYRAMID, .order = ORDER_DATA), .unit = { "thousand", "ألف" }, OF(ages),
};

static const struct chart_row voters[] = {
    { BAGHDAD, MEN, .value = { 2559, 0 }, .at = AT(2) },  { BAGHDAD, WOMEN, .value = { 1706, 0 }, .at = AT(3) },
    { NINEVEH, MEN, .value = { 1230, 0 }, .emphasis = true, .at = AT(4) },
    { NINEVEH, WOMEN, .value = { 820, 0 }, .emphasis = true, .at = AT(5) },
    { BASRA, MEN, .value = { 903, 0 }, .at = AT(6) },     { BASRA, WOMEN, .missing = true, .at = AT(7) },
    { SULAY, MEN, .value = { 642, 0 }, .at = AT(8) },     { SULAY, WOMEN, .value = { 428, 0 }, .at = AT(9) },
};

const struct chart_spec sample_pyramid_words = {
    CHART("pyramid-words", CHART_PYRAMID, .order = ORDER_DATA), .unit = { "thousand voters", "ألف ناخب" }, OF(voters),
};

const struct chart_spec *const bars_samples[BARS_SAMPLES] = {
    &sample_bars,          &sample_bars_rest,            &sample_bars_beside, &sample_bars_stacked, &sample_bars_shares,
    &sample_bars_signed,   &sample_bars_standing,        &sample_bars_standing_beside,              &sample_dots,
    &sample_dots_stems,    &sample_dots_series,          &sample_dots_log,    &sample_pyramid,      &sample_pyramid_words,
};
