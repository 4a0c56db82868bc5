/*
 * The table of governorates: ISO 3166-2:IQ, and Halabja, which became one after the standard's list, as IQ-HA. Each
 * tile touches those of most of its neighbours; names as Iraq's press writes them.
 */
#include "chart/governorates.h"

const struct governorate governorates[GOVERNORATE_COUNT] = {
    {"IQ-DA", {"Dohuk", "دهوك"}, 1, 0},
    {"IQ-NI", {"Nineveh", "نينوى"}, 1, 1},
    {"IQ-AR", {"Erbil", "أربيل"}, 2, 1},
    {"IQ-SU", {"Sulaymaniyah", "السليمانية"}, 3, 1},
    {"IQ-SD", {"Salah al-Din", "صلاح الدين"}, 1, 2},
    {"IQ-KI", {"Kirkuk", "كركوك"}, 2, 2},
    {"IQ-HA", {"Halabja", "حلبجة"}, 3, 2},
    {"IQ-AN", {"Anbar", "الأنبار"}, 0, 3},
    {"IQ-BG", {"Baghdad", "بغداد"}, 1, 3},
    {"IQ-DI", {"Diyala", "ديالى"}, 2, 3},
    {"IQ-KA", {"Karbala", "كربلاء"}, 0, 4},
    {"IQ-BB", {"Babil", "بابل"}, 1, 4},
    {"IQ-WA", {"Wasit", "واسط"}, 2, 4},
    {"IQ-NA", {"Najaf", "النجف"}, 0, 5},
    {"IQ-QA", {"Qadisiyah", "القادسية"}, 1, 5},
    {"IQ-MA", {"Maysan", "ميسان"}, 2, 5},
    {"IQ-MU", {"Muthanna", "المثنى"}, 1, 6},
    {"IQ-DQ", {"Dhi Qar", "ذي قار"}, 2, 6},
    {"IQ-BA", {"Basra", "البصرة"}, 3, 6},
};
