/* Iraq's governorates: their ISO 3166-2 codes, their names, and tiles near their places. */
#ifndef MUJAZ_CHART_GOVERNORATES_H
#define MUJAZ_CHART_GOVERNORATES_H

#include "base/lang.h"

enum { GOVERNORATE_COUNT = 19, GOVERNORATE_COLUMNS = 4, GOVERNORATE_ROWS = 7 };

struct governorate {
    const char *code; /* "IQ-BG" */
    const char *name[LANG_COUNT];
    int column, row;  /* of its tile; from the west, from the north */
};

/* From the north to the south. */
extern const struct governorate governorates[GOVERNORATE_COUNT];

#endif
