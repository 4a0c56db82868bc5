#include "chart_samples.h"

#define AT(row) { "samples.csv", row, 1 }

static const struct chart_row lists[] = {
    { .label = { "We Build Coalition", "ائتلاف نبني" }, .value = { 43, 0 }, .emphasis = true, .at = AT(2) },
    { .label = { "State of Law Coalition", "ائتلاف دولة القانون" }, .value = { 35, 0 }, .emphasis = true,
      .at = AT(3) },
    { .label = { "National State Forces Alliance", "تحالف قوى الدولة الوطنية" }, .value = { 23, 0 },
      .emphasis = true, .at = AT(4) },
    { .label = { "All other lists", "سائر القوائم" }, .value = { 184, 0 }, .at = AT(5) },
};

const struct chart_spec sample_hemicycle = {
    .id = "seats",
    .type = CHART_HEMICYCLE,
    .at = { "report.yaml", 40, 5 },
    .title = { "Three lists of one bloc hold a third of the seats", "ثلاث قوائم من كتلة واحدة تشغل ثلث المقاعد" },
    .unit = { "seats", "مقعدًا" },
    .notes = &(const struct chart_note){ .kind = NOTE_VALUE, .value = { 143, 0 },
                                         .label = { "Halfway mark: 143", "علامة النصف: 143" },
                                         .at = { "report.yaml", 44, 13 } },
    .note_count = 1,
    .rows = lists,
    .row_count = sizeof lists / sizeof *lists,
};

static const struct chart_row attacks[] = {
    { .label = { "January to September 2020, convoys", "من كانون الثاني إلى أيلول 2020، القوافل" },
      .value_text = { "66", "66" }, .value = { 66, 0 }, .at = AT(2) },
    { .label = { "January to September 2020, rockets and drones",
                 "من كانون الثاني إلى أيلول 2020، الصواريخ والطائرات المسيّرة" },
      .value_text = { "57", "57" }, .value = { 57, 0 }, .at = AT(3) },
    { .label = { "Early 2021 to 7 October 2023", "من مطلع 2021 إلى 7 تشرين الأول 2023" },
      .value_text = { "more than 80", "أكثر من 80" }, .value = { 80, 0 }, .low = { 80, 0 }, .has_low = true,
      .at = AT(4) },
    { .label = { "From 17 October 2023", "منذ 17 تشرين الأول 2023" },
      .value_text = { "more than 100", "أكثر من 100" }, .value = { 100, 0 }, .low = { 100, 0 }, .has_low = true,
      .emphasis = true, .at = AT(5) },
    { .label = { "October 2023 to February 2024", "من تشرين الأول 2023 إلى شباط 2024" },
      .value_text = { "around 170", "نحو 170" }, .value = { 170, 0 }, .low = { 160, 0 }, .high = { 180, 0 },
      .has_low = true, .has_high = true, .emphasis = true, .at = AT(6) },
    { .label = { "Claimed by one group", "تبنّتها جماعة واحدة" },
      .value_text = { "nearly 120", "ما يقارب 120" }, .value = { 120, 0 }, .high = { 120, 0 }, .has_high = true,
      .at = AT(7) },
};

const struct chart_spec sample_range_bars = {
    .id = "attacks",
    .type = CHART_RANGE_BARS,
    .at = { "report.yaml", 60, 5 },
    .title = { "Attacks have grown since October 2023", "ازدادت الهجمات منذ تشرين الأول 2023" },
    .unit = { "attacks", "هجومًا" },
    .rows = attacks,
    .row_count = sizeof attacks / sizeof *attacks,
};

#define STRIKE .series = { "US strike", "ضربة أمريكية" }
#define ATTACK .series = { "Attack on US forces", "هجوم على القوات الأمريكية" }
#define SANCTION .series = { "Sanction", "عقوبة" }
#define WAIVER .series = { "Waiver", "إعفاء" }

static const struct chart_row events[] = {
    { .label = { "Rocket attack on the K1 base", "هجوم صاروخي على قاعدة K1" }, .start = { 2019, 12, 27 }, ATTACK,
      .at = AT(2) },
    { .label = { "Strikes on five militia sites", "ضربات على خمسة مواقع للفصائل" }, .start = { 2019, 12, 29 },
      STRIKE, .at = AT(3) },
    { .label = { "Strike at Baghdad airport", "ضربة قرب مطار بغداد" }, .start = { 2020, 1, 3 }, STRIKE,
      .emphasis = true, .at = AT(4) },
    { .label = { "Designation of a militia leader", "إدراج قائد فصيل على قائمة العقوبات" },
      .start = { 2020, 2, 1 }, .end = { 2020, 2, 29 }, .has_end = true, SANCTION, .at = AT(5) },
    { .label = { "An answer in kind", "رد بالمثل" }, .start = { 2020, 2, 29 }, .open = true,
      .date_text = { "after 29 February", "بعد 29 شباط" }, SANCTION, .at = AT(18) },
    { .label = { "Waiver of 120 days for electricity imports", "إعفاء مدته 120 يومًا لاستيراد الكهرباء" },
      .start = { 2020, 5, 7 }, .end = { 2020, 9, 4 }, .has_end = true, WAIVER, .at = AT(6) },
    { .label = { "Waiver of 60 days", "إعفاء مدته 60 يومًا" }, .start = { 2020, 9, 24 }, .end = { 2020, 11, 23 },
      .has_end = true, WAIVER, .at = AT(7) },
    { .label = { "Waiver of 45 days", "إعفاء مدته 45 يومًا" }, .start = { 2020, 11, 20 }, .end = { 2021, 1, 4 },
      .has_end = true, WAIVER, .at = AT(8) },
    { .label = { "Dollar transfers forbidden to 14 private banks", "منع 14 مصرفًا أهليًا من التعامل بالدولار" },
      .start = { 2023, 7, 19 }, SANCTION, .at = AT(9) },
    { .label = { "First drone attacks after the outbreak of the war in Gaza, on the Ain al-Asad base",
                 "أولى هجمات المسيّرات بعد اندلاع الحرب في غزة، على قاعدة عين الأسد" },
      .start = { 2023, 10, 17 }, .end = { 2023, 10, 19 }, .has_end = true, ATTACK, .at = AT(10) },
    { .label = { "Six people designated", "إدراج ستة أشخاص" }, .start = { 2023, 11, 17 }, SANCTION,
      .at = AT(11) },
    { .label = { "Strike that killed a militia commander", "ضربة قتلت قائد فصيل" }, .start = { 2024, 1, 4 },
      STRIKE, .emphasis = true, .at = AT(12) },
    { .label = { "An airline and its owner designated", "إدراج شركة طيران ومالكها" }, .start = { 2024, 1, 22 },
      SANCTION, .at = AT(13) },
    { .label = { "Tower 22: three dead", "البرج 22: ثلاثة قتلى" }, .start = { 2024, 1, 28 }, ATTACK,
      .emphasis = true, .at = AT(14) },
    { .label = { "Strikes on more than 85 targets", "ضربات على أكثر من 85 هدفًا" }, .start = { 2024, 2, 2 },
      STRIKE, .at = AT(15) },
    { .label = { "Strike in Baghdad", "ضربة في بغداد" }, .start = { 2024, 2, 7 }, STRIKE, .at = AT(16) },
    { .label = { "Talks resume", "استئناف المحادثات" }, .start = { 2024, 2, 7 }, SANCTION, .at = AT(17) },
};

const struct chart_spec sample_timeline = {
    .id = "timeline",
    .type = CHART_TIMELINE,
    .at = { "report.yaml", 80, 5 },
    .title = { "Strikes and sanctions come closer together", "الضربات والعقوبات تتقارب" },
    .rows = events,
    .row_count = sizeof events / sizeof *events,
};
