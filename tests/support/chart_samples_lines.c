#include "support/chart_samples_lines.h"

#define AT(row) { "samples.csv", row, 1 }
#define COUNT(array) (sizeof(array) / sizeof *(array))
#define MONTH(y, m, v) { .start = { y, m, 1 }, .value = { v, 0 }, .at = AT(m) }

static const struct chart_row months[] = {
    MONTH(2023, 3, 12),
    MONTH(2023, 4, 15),
    MONTH(2023, 5, 11),
    MONTH(2023, 6, 19),
    { .start = { 2023, 7, 1 }, .missing = true, .at = AT(7) },
    MONTH(2023, 8, 24),
    MONTH(2023, 9, 22),
    { .start = { 2023, 10, 1 }, .value = { 61, 0 }, .label = { "War in Gaza begins", "بدء الحرب في غزة" }, .at = AT(10) },
    MONTH(2023, 11, 72),
    MONTH(2023, 12, 58),
    { .start = { 2024, 1, 1 }, .value = { 79, 0 }, .emphasis = true, .at = AT(1) },
    MONTH(2024, 2, 31),
};

static const struct chart_note line_notes[] = {
    { .kind = NOTE_VALUE, .value = { 40, 0 }, .label = { "Mean of 2022: 40", "معدل 2022: 40" }, .at = AT(20) },
    { .kind = NOTE_DAY, .day = { 2024, 1, 28 }, .label = { "Attack on Tower 22", "الهجوم على البرج 22" }, .at = AT(21) },
    { .kind = NOTE_DAYS, .day = { 2023, 5, 10 }, .until = { 2023, 6, 20 },
      .label = { "Truce, as its makers announced it", "هدنة كما أعلنها أصحابها" }, .at = AT(22) },
    { .kind = NOTE_POINT, .day = { 2023, 12, 1 }, .value = { 58, 0 },
      .label = { "Counted anew in March", "أُعيد العدّ في آذار" }, .at = AT(23) },
};

const struct chart_spec sample_line = {
    .id = "line",
    .type = CHART_LINE,
    .at = { "report.yaml", 10, 5 },
    .title = { "Attacks grew sixfold within a year", "ازدادت الهجمات ستة أضعاف خلال سنة" },
    .unit = { "attacks a month", "هجمات في الشهر" },
    .notes = line_notes,
    .note_count = COUNT(line_notes),
    .rows = months,
    .row_count = COUNT(months),
};

#define BASRA .series = { "Basra", "البصرة" }
#define BAGHDAD .series = { "Baghdad", "بغداد" }
#define NINEVEH .series = { "Nineveh", "نينوى" }
#define KIRKUK .series = { "Kirkuk and Salah al-Din", "كركوك وصلاح الدين" }
#define OF(place, y, v) { .start = { y, 1, 1 }, .value = { v, 0 }, place, .at = AT(y - 2000) }
#define FOUND(place, y, v) { .start = { y, 1, 1 }, .value = { v, 0 }, place, .emphasis = true, .at = AT(y - 2000) }

static const struct chart_row years[] = {
    FOUND(BASRA, 2015, 210),  FOUND(BASRA, 2016, 250),  FOUND(BASRA, 2017, 330),  FOUND(BASRA, 2018, 480),
    FOUND(BASRA, 2019, 470),  FOUND(BASRA, 2020, 520),  FOUND(BASRA, 2021, 610),  OF(BAGHDAD, 2015, 540),
    OF(BAGHDAD, 2016, 560),   OF(BAGHDAD, 2017, 500),   OF(BAGHDAD, 2018, 420),   OF(BAGHDAD, 2019, 380),
    OF(BAGHDAD, 2020, 300),   OF(BAGHDAD, 2021, 310),   OF(NINEVEH, 2015, 400),   OF(NINEVEH, 2016, 370),
    OF(NINEVEH, 2017, 350),   { .start = { 2018, 1, 1 }, .missing = true, NINEVEH, .at = AT(18) },
    OF(NINEVEH, 2019, 290),   OF(NINEVEH, 2020, 285),   OF(NINEVEH, 2021, 295),   OF(KIRKUK, 2015, 120),
    OF(KIRKUK, 2016, 180),    OF(KIRKUK, 2017, 160),    OF(KIRKUK, 2018, 150),    OF(KIRKUK, 2019, 190),
    OF(KIRKUK, 2020, 280),    OF(KIRKUK, 2021, 300),
};

const struct chart_spec sample_line_series = {
    .id = "line-series",
    .type = CHART_LINE,
    .at = { "report.yaml", 20, 5 },
    .title = { "Basra overtook Baghdad", "البصرة تتقدم على بغداد" },
    .unit = { "cases a year", "حالات في السنة" },
    .rows = years,
    .row_count = COUNT(years),
};

#define WEEK(s, m, d, v) { .start = { 2024, m, d }, .value = { v, 0 }, s, .at = AT(d) }
#define ROCKETS .series = { "Rockets", "صواريخ" }
#define DRONES .series = { "Drones", "مسيّرات" }
#define MINES .series = { "Roadside bombs", "عبوات ناسفة" }

static const struct chart_row weeks[] = {
    WEEK(ROCKETS, 1, 6, 5),  WEEK(ROCKETS, 1, 13, 8), WEEK(ROCKETS, 1, 20, 6), WEEK(ROCKETS, 1, 27, 11),
    WEEK(ROCKETS, 2, 3, 14), WEEK(ROCKETS, 2, 10, 9), WEEK(ROCKETS, 2, 17, 4), WEEK(ROCKETS, 2, 24, 6),
    WEEK(DRONES, 1, 6, 2),   WEEK(DRONES, 1, 13, 3),  WEEK(DRONES, 1, 20, 9),  WEEK(DRONES, 1, 27, 16),
    WEEK(DRONES, 2, 3, 12),  WEEK(DRONES, 2, 10, 7),  WEEK(DRONES, 2, 17, 8),  WEEK(DRONES, 2, 24, 10),
    WEEK(MINES, 1, 6, 7),    WEEK(MINES, 1, 13, 6),   WEEK(MINES, 1, 20, 6),   WEEK(MINES, 1, 27, 5),
    WEEK(MINES, 2, 3, 4),    WEEK(MINES, 2, 10, 6),   WEEK(MINES, 2, 17, 7),   WEEK(MINES, 2, 24, 3),
};

const struct chart_spec sample_line_area = {
    .id = "line-area",
    .type = CHART_LINE,
    .look = { .area = true },
    .at = { "report.yaml", 30, 5 },
    .title = { "Drones made the peak of January", "المسيّرات صنعت ذروة كانون الثاني" },
    .unit = { "attacks a week", "هجمات في الأسبوع" },
    .rows = weeks,
    .row_count = COUNT(weeks),
};

#define DAY(d, low_, v, high_)                                                                                        \
    { .start = { 2024, 2, d }, .value = { v, 1 }, .low = { low_, 1 }, .high = { high_, 1 }, .has_low = true,         \
      .has_high = true, .at = AT(d) }

static const struct chart_row days[] = {
    DAY(1, 90, 120, 150),   DAY(2, 100, 131, 165),  DAY(3, 120, 142, 170),  DAY(4, 112, 139, 168),  DAY(5, 118, 147, 171),
    DAY(6, 125, 151, 190),  DAY(7, 130, 162, 205),  DAY(8, 128, 158, 200),  DAY(9, 121, 149, 184),  DAY(10, 117, 140, 171),
    DAY(11, 110, 133, 160), DAY(12, 104, 127, 155),
};

const struct chart_spec sample_line_range = {
    .id = "line-range",
    .type = CHART_LINE,
    .at = { "report.yaml", 40, 5 },
    .title = { "Estimates peaked on 7 February", "بلغت التقديرات ذروتها في 7 شباط" },
    .unit = { "thousand people", "ألف شخص" },
    .rows = days,
    .row_count = COUNT(days),
};

const struct chart_spec sample_number = {
    .id = "number",
    .type = CHART_NUMBER,
    .at = { "report.yaml", 50, 5 },
    .title = { "Attacks fell in February", "تراجعت الهجمات في شباط" },
    .unit = { "attacks a month", "هجمات في الشهر" },
    .rows = months,
    .row_count = COUNT(months),
};

#define AT_2018 .series = { "2018", "2018" }
#define AT_2021 .series = { "2021", "2021" }
#define SEATS(en, ar, moment, v, row) { .label = { en, ar }, .value = { v, 0 }, moment, .at = AT(row) }

static const struct chart_row moments[] = {
    SEATS("Sadrist Movement", "التيار الصدري", AT_2018, 54, 2),
    { .label = { "Sadrist Movement", "التيار الصدري" }, .value = { 73, 0 }, AT_2021, .emphasis = true, .at = AT(3) },
    SEATS("Fatah Alliance", "تحالف الفتح", AT_2018, 48, 4),
    SEATS("Fatah Alliance", "تحالف الفتح", AT_2021, 17, 5),
    SEATS("Victory, with the State Forces", "ائتلاف النصر مع قوى الدولة", AT_2018, 42, 6),
    SEATS("Victory, with the State Forces", "ائتلاف النصر مع قوى الدولة", AT_2021, 4, 7),
    SEATS("State of Law", "دولة القانون", AT_2018, 25, 8),
    SEATS("State of Law", "دولة القانون", AT_2021, 33, 9),
    SEATS("Kurdistan Democratic Party", "الحزب الديمقراطي الكردستاني", AT_2018, 25, 10),
    SEATS("Kurdistan Democratic Party", "الحزب الديمقراطي الكردستاني", AT_2021, 31, 11),
    SEATS("Taqaddum", "تقدم", AT_2021, 37, 12),
    SEATS("Patriotic Union of Kurdistan", "الاتحاد الوطني الكردستاني", AT_2018, 18, 13),
    SEATS("Patriotic Union of Kurdistan", "الاتحاد الوطني الكردستاني", AT_2021, 17, 14),
};

const struct chart_spec sample_slope = {
    .id = "slope",
    .type = CHART_SLOPE,
    .at = { "report.yaml", 60, 5 },
    .title = { "The Sadrists gained, Fatah lost two thirds", "التيار الصدري يكسب والفتح يخسر ثلثي مقاعده" },
    .unit = { "seats", "مقعدًا" },
    .rows = moments,
    .row_count = COUNT(moments),
};

#define PLACE(en, ar, x_, y_, row) { .label = { en, ar }, .x = { x_, 0 }, .value = { y_, 1 }, .at = AT(row) }

static const struct chart_row governorates[] = {
    PLACE("Baghdad", "بغداد", 8126, 125, 2),     PLACE("Nineveh", "نينوى", 3729, 377, 3),
    { .label = { "Basra", "البصرة" }, .x = { 2908, 0 }, .value = { 148, 1 }, .emphasis = true, .at = AT(4) },
    PLACE("Sulaymaniyah", "السليمانية", 2220, 90, 5), PLACE("Dhi Qar", "ذي قار", 2095, 409, 6),
    PLACE("Babil", "بابل", 2065, 110, 7),        PLACE("Erbil", "أربيل", 1932, 67, 8),
    PLACE("Anbar", "الأنبار", 1771, 240, 9),     PLACE("Diyala", "ديالى", 1637, 209, 10),
    PLACE("Kirkuk", "كركوك", 1597, 138, 11),     PLACE("Salah al-Din", "صلاح الدين", 1595, 180, 12),
    PLACE("Najaf", "النجف", 1471, 125, 13),      PLACE("Wasit", "واسط", 1378, 195, 14),
    PLACE("Qadisiyah", "القادسية", 1291, 479, 15), PLACE("Dohuk", "دهوك", 1292, 85, 16),
    PLACE("Karbala", "كربلاء", 1218, 121, 17),   PLACE("Maysan", "ميسان", 1112, 455, 18),
    PLACE("Muthanna", "المثنى", 814, 524, 19),
};

static const struct chart_note scatter_notes[] = {
    { .kind = NOTE_VALUE, .value = { 200, 1 }, .label = { "All of Iraq: 20", "العراق كله: 20" }, .at = AT(20) },
};

const struct chart_spec sample_scatter = {
    .id = "scatter",
    .type = CHART_SCATTER,
    .at = { "report.yaml", 70, 5 },
    .title = { "Small governorates are the poorest", "المحافظات الصغيرة هي الأفقر" },
    .unit = { "poor, per cent", "نسبة الفقر بالمئة" },
    .x_unit = { "people, thousands", "السكان بالآلاف" },
    .notes = scatter_notes,
    .note_count = COUNT(scatter_notes),
    .rows = governorates,
    .row_count = COUNT(governorates),
};

#define PAIR(s, x_, y_) { .x = { x_, 0 }, .value = { y_, 0 }, s, .at = AT(x_) }

static const struct chart_row pairs[] = {
    PAIR(ROCKETS, 12, 3),  PAIR(ROCKETS, 25, 9),  PAIR(ROCKETS, 31, 4), PAIR(ROCKETS, 44, 17), PAIR(DRONES, 18, 40),
    PAIR(DRONES, 22, 110), PAIR(DRONES, 35, 170), PAIR(DRONES, 47, 90), PAIR(MINES, 10, 1),    PAIR(MINES, 29, 30),
    PAIR(MINES, 38, 22),   PAIR(MINES, 52, 60),
};

const struct chart_spec sample_scatter_series = {
    .id = "scatter-series",
    .type = CHART_SCATTER,
    .look = { .logarithmic = true },
    .at = { "report.yaml", 80, 5 },
    .title = { "Drones hurt the most people", "المسيّرات تصيب أكثر الناس" },
    .unit = { "wounded", "جريحًا" },
    .x_unit = { "attacks", "هجمات" },
    .rows = pairs,
    .row_count = COUNT(pairs),
};

const struct chart_spec *const samples_over_days[] = { &sample_line, &sample_line_series, &sample_line_area,
                                                       &sample_line_range,     &sample_number,      &sample_slope,
                                                       &sample_scatter,       &sample_scatter_series };
const size_t samples_over_days_count = COUNT(samples_over_days);
