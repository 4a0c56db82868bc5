/* The order of the alphabet, as CLDR has it for a language; punctuation and bidi controls do not count. */
#include "locale/locale.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

struct entry {
    size_t index;
    uint8_t *key; /* bytes that compare as the texts do, ended by 0 */
};

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = strcmp((const char *)x->key, (const char *)y->key);

    return order != 0 ? order : x->index < y->index ? -1 : 1;
}

static uint8_t *make_key(UCollator *collator, const char *text, struct arena *arena)
{
    int32_t length = (int32_t)strlen(text), units = 0, size;
    UChar *wide = arena_array(arena, (size_t)length + 1, sizeof *wide);
    UErrorCode error = U_ZERO_ERROR;
    uint8_t *key;

    u_strFromUTF8(wide, length + 1, &units, text, length, &error);
    size = ucol_getSortKey(collator, wide, units, NULL, 0);
    key = arena_alloc(arena, (size_t)size + 1);
    ucol_getSortKey(collator, wide, units, key, size);
    return key;
}

void locale_sort(const struct locale *locale, const char *const texts[], size_t count, size_t order[])
{
    struct arena *arena = arena_new();
    struct entry *entries = arena_array(arena, count, sizeof *entries);
    UErrorCode error = U_ZERO_ERROR;
    UCollator *collator = ucol_open(lang_tag(locale_lang(locale)), &error);

    if (U_SUCCESS(error))
        ucol_setAttribute(collator, UCOL_ALTERNATE_HANDLING, UCOL_SHIFTED, &error);
    for (size_t i = 0; i < count; i++) {
        entries[i].index = i;
        entries[i].key = U_SUCCESS(error) ? make_key(collator, texts[i], arena)
                                          : (uint8_t *)arena_string(arena, texts[i]);
    }
    if (count > 1)
        qsort(entries, count, sizeof *entries, compare_entries);
    for (size_t i = 0; i < count; i++)
        order[i] = entries[i].index;
    ucol_close(collator);
    arena_drop(arena);
}
