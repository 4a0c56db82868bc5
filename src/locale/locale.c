/*
 * Languages by ICU: numbers from decimal strings (never through a double), plural categories, dates with the
 * month names that the reader expects, normalization. Must not know who asks, nor how text is drawn.
 *
 * Formatters are opened on first use and kept: opening one costs about a hundred times as much as using it.
 * After locale_new ICU can only fail for want of memory, which ends the process, as in the arena.
 */
#include "locale/locale.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/unorm2.h>
#include <unicode/unumberformatter.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

enum { SCALE_COUNT = 19 /* struct num: scale 0 to 18 */, KNOWN_COUNT = 512 };

/* A number that was formatted: tables and charts print many of them again, and are measured before they are drawn. */
struct known_number {
    const UNumberFormatter *by;
    struct num num;
    char text[40]; /* longer ones are not kept */
};

/* What is opened on first use; behind a pointer, so that a locale stays const for those who ask. */
struct formatters {
    UNumberFormatter *number[SCALE_COUNT];  /* by scale; grouped */
    UNumberFormatter *percent[SCALE_COUNT]; /* by decimals */
    UNumberFormatter *integer;              /* ungrouped */
    UFormattedNumber *result;               /* reused */
    struct known_number known[KNOWN_COUNT]; /* by number; the last of those that share a place */
};

struct locale {
    enum lang lang;
    enum locale_digits digits;
    const char *icu_name;
    struct arena *arena; /* names of months, quarters and days */
    const char *month[12], *month_short[12], *quarter[4];
    const char *weekday[7]; /* from Monday */
    int week_start;
    UPluralRules *cardinal, *ordinal;
    struct formatters *formatters;
};

static void require(UErrorCode status)
{
    if (U_FAILURE(status))
        abort();
}

/* ICU puts these around signs and percent signs; the caller isolates the whole instead. */
static bool is_bidi_control(UChar c)
{
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

static const char *string_from_utf16(const UChar *text, int32_t length, struct arena *arena)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar *kept = arena_array(arena, (size_t)length + 1, sizeof *kept);
    char *utf8 = arena_alloc(arena, (size_t)length * 3 + 1); /* at most three bytes a UTF-16 unit */
    int32_t count = 0;

    for (int32_t i = 0; i < length; i++)
        if (!is_bidi_control(text[i]))
            kept[count++] = text[i];
    u_strToUTF8(utf8, length * 3 + 1, NULL, kept, count, &status);
    require(status);
    return utf8;
}

/* A minus sign as wide as the plus, where CLDR has the hyphen of typewriters. */
static const char *string_of_number(UChar *text, int32_t length, struct arena *arena)
{
    for (int32_t i = 0; i < length; i++)
        if (text[i] == u'-')
            text[i] = 0x2212;
    return string_from_utf16(text, length, arena);
}

/* --- opening --- */

static const char *icu_name(enum lang lang, enum locale_digits digits)
{
    if (lang == LANG_EN)
        return "en_GB@numbers=latn";
    return digits == DIGITS_ARAB ? "ar_IQ@numbers=arab" : "ar_IQ@numbers=latn";
}

/* `count` names, the first of them ICU's number `from`. */
static void read_names(const char *name, UDateFormatSymbolType type, int32_t from, int32_t count, struct arena *arena,
                       const char *names[], UErrorCode *status)
{
    static const UChar utc[] = u"UTC", pattern[] = u"d";
    UDateFormat *format = udat_open(UDAT_PATTERN, UDAT_PATTERN, name, utc, -1, pattern, -1, status);
    UChar text[64];

    for (int32_t i = 0; i < count && U_SUCCESS(*status); i++) {
        int32_t length = udat_getSymbols(format, type, from + i, text, 64, status);
        if (U_SUCCESS(*status))
            names[i] = string_from_utf16(text, length, arena);
    }
    if (format)
        udat_close(format);
}

/* ICU counts from Sunday, and from 1. */
static void open_week(struct locale *locale, UErrorCode *status)
{
    const char *days[7];
    UCalendar *calendar = ucal_open(NULL, 0, locale->icu_name, UCAL_GREGORIAN, status);

    read_names(locale->icu_name, UDAT_STANDALONE_SHORT_WEEKDAYS, UCAL_SUNDAY, 7, locale->arena, days, status);
    if (U_SUCCESS(*status)) {
        locale->week_start = (ucal_getAttribute(calendar, UCAL_FIRST_DAY_OF_WEEK) + 5) % 7;
        for (int i = 0; i < 7; i++)
            locale->weekday[i] = days[(i + 1) % 7];
    }
    if (calendar)
        ucal_close(calendar);
}

/* The Levant's names (كانون الثاني) come from CLDR's ar-IQ, the borrowed ones (يناير) from ar-EG; Arabic has no
 * short ones. */
static void open_months(struct locale *locale, enum locale_months months, UErrorCode *status)
{
    const char *egyptian[12];

    if (locale->lang == LANG_EN) {
        read_names("en_GB", UDAT_MONTHS, 0, 12, locale->arena, locale->month, status);
        read_names("en_GB", UDAT_SHORT_MONTHS, 0, 12, locale->arena, locale->month_short, status);
        read_names("en_GB", UDAT_SHORT_QUARTERS, 0, 4, locale->arena, locale->quarter, status);
        return;
    }
    read_names("ar_IQ", UDAT_SHORT_QUARTERS, 0, 4, locale->arena, locale->quarter, status);
    read_names(months == MONTHS_EGYPTIAN ? "ar_EG" : "ar_IQ", UDAT_MONTHS, 0, 12, locale->arena, locale->month, status);
    if (months == MONTHS_BOTH) {
        read_names("ar_EG", UDAT_MONTHS, 0, 12, locale->arena, egyptian, status);
        for (int i = 0; i < 12 && U_SUCCESS(*status); i++)
            locale->month[i] = arena_printf(locale->arena, "%s/%s", locale->month[i], egyptian[i]);
    }
    memcpy(locale->month_short, locale->month, sizeof locale->month);
}

struct locale *locale_new(enum lang lang, enum locale_digits digits, enum locale_months months,
                          struct diags *diags)
{
    struct locale *locale = xcalloc(1, sizeof *locale);
    UErrorCode status = U_ZERO_ERROR;

    locale->lang = lang;
    locale->digits = lang == LANG_EN ? DIGITS_LATN : digits;
    locale->icu_name = icu_name(lang, digits);
    locale->arena = arena_new();
    locale->formatters = xcalloc(1, sizeof *locale->formatters);
    locale->formatters->result = unumf_openResult(&status);
    locale->cardinal = uplrules_openForType(locale->icu_name, UPLURAL_TYPE_CARDINAL, &status);
    locale->ordinal = uplrules_openForType(locale->icu_name, UPLURAL_TYPE_ORDINAL, &status);
    open_months(locale, months, &status);
    open_week(locale, &status);
    if (U_SUCCESS(status))
        return locale;
    diag_add(diags, DIAG_LOCALE_DATA, (struct place){0},
             "ICU has no data for '%s' (%s); the library's data package must be installed", lang_tag(lang),
             u_errorName(status));
    locale_drop(locale);
    return NULL;
}

void locale_drop(struct locale *locale)
{
    if (!locale)
        return;
    for (int i = 0; i < SCALE_COUNT; i++) {
        unumf_close(locale->formatters->number[i]);
        unumf_close(locale->formatters->percent[i]);
    }
    unumf_close(locale->formatters->integer);
    unumf_closeResult(locale->formatters->result);
    free(locale->formatters);
    if (locale->cardinal)
        uplrules_close(locale->cardinal);
    if (locale->ordinal)
        uplrules_close(locale->ordinal);
    arena_drop(locale->arena);
    free(locale);
}

enum lang locale_lang(const struct locale *locale)
{
    return locale->lang;
}

enum locale_digits locale_digits_of(const struct locale *locale)
{
    return locale->digits;
}

/* --- numbers --- */

/* Opens `*slot` on first use: `stem` and a fixed number of decimals, as ICU's number skeletons have it. */
static UNumberFormatter *formatter(const struct locale *locale, UNumberFormatter **slot, const char *stem,
                                   int decimals)
{
    UErrorCode status = U_ZERO_ERROR;
    char skeleton[96];
    UChar wide[96];
    size_t length = strlen(stem);

    if (*slot)
        return *slot;
    memcpy(skeleton, stem, length);
    if (decimals > 0) {
        skeleton[length++] = ' ';
        skeleton[length++] = '.';
        memset(skeleton + length, '0', (size_t)decimals);
        length += (size_t)decimals;
    } else {
        memcpy(skeleton + length, " precision-integer", 18);
        length += 18;
    }
    skeleton[length] = '\0';
    u_uastrcpy(wide, skeleton);
    *slot = unumf_openForSkeletonAndLocale(wide, (int32_t)length, locale->icu_name, &status);
    require(status);
    return *slot;
}

static const UFormattedNumber *format(const struct locale *locale, const UNumberFormatter *formatter_used,
                                      struct num num)
{
    UErrorCode status = U_ZERO_ERROR;
    UFormattedNumber *result = locale->formatters->result;
    struct buf decimal;

    buf_init(&decimal);
    num_format(num, &decimal);
    unumf_formatDecimal(formatter_used, decimal.data, (int32_t)decimal.length, result, &status);
    buf_drop(&decimal);
    require(status);
    return result;
}

static const char *format_string(const struct locale *locale, const UNumberFormatter *formatter_used,
                                 struct num num, struct arena *arena)
{
    struct known_number *known =
        &locale->formatters->known[((uint64_t)num.coefficient * SCALE_COUNT + num.scale) % KNOWN_COUNT];
    if (known->by == formatter_used && known->num.coefficient == num.coefficient && known->num.scale == num.scale)
        return arena_string(arena, known->text);

    UErrorCode status = U_ZERO_ERROR;
    const UFormattedNumber *result = format(locale, formatter_used, num);
    UChar text[128]; /* 18 digits, separators, signs, controls */
    int32_t length = unumf_resultToString(result, text, 128, &status);

    require(status);
    const char *utf8 = string_of_number(text, length, arena);
    const size_t size = strlen(utf8) + 1;
    if (size <= sizeof known->text) {
        known->by = formatter_used;
        known->num = num;
        memcpy(known->text, utf8, size);
    }
    return utf8;
}

static UNumberFormatter *number_formatter(const struct locale *locale, int scale)
{
    return formatter(locale, &locale->formatters->number[scale], "rounding-mode-half-even", scale);
}

const char *locale_number(const struct locale *locale, struct num num, struct arena *arena)
{
    return format_string(locale, number_formatter(locale, num.scale), num, arena);
}

const char *locale_integer(const struct locale *locale, int64_t value, struct arena *arena)
{
    UNumberFormatter *used = formatter(locale, &locale->formatters->integer, "group-off", 0);
    UErrorCode status = U_ZERO_ERROR;
    UChar text[128];
    int32_t length;

    unumf_formatInt(used, value, locale->formatters->result, &status);
    length = unumf_resultToString(locale->formatters->result, text, 128, &status);
    require(status);
    return string_of_number(text, length, arena);
}

const char *locale_percent(const struct locale *locale, struct num ratio, int decimals, struct arena *arena)
{
    int kept = decimals < 0 ? 0 : decimals >= SCALE_COUNT ? SCALE_COUNT - 1 : decimals;
    UNumberFormatter *used = formatter(locale, &locale->formatters->percent[kept],
                                       "percent scale/100 rounding-mode-half-even", kept);

    return format_string(locale, used, ratio, arena);
}

/* The category of the number as printed: in English 1 is "one" but 1.0 is "other". */
static const char *plural(const struct locale *locale, const UPluralRules *rules, struct num num)
{
    static const char *const names[] = {"zero", "one", "two", "few", "many"};
    UErrorCode status = U_ZERO_ERROR;
    const UFormattedNumber *shown = format(locale, number_formatter(locale, num.scale), num);
    UChar keyword[16];
    char ascii[16];

    uplrules_selectFormatted(rules, shown, keyword, 16, &status);
    require(status);
    u_austrcpy(ascii, keyword);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(ascii, names[i]) == 0)
            return names[i];
    return "other";
}

const char *locale_plural(const struct locale *locale, struct num num)
{
    return plural(locale, locale->cardinal, num);
}

const char *locale_ordinal(const struct locale *locale, struct num num)
{
    return plural(locale, locale->ordinal, num);
}

/* --- dates --- */

/* Day, month, year: British English and Arabic agree on the order. */
const char *locale_date(const struct locale *locale, struct date date, enum locale_date_style style,
                        struct arena *arena)
{
    const char *year = locale_integer(locale, date.year, arena);
    const char *day = locale_integer(locale, date.day, arena);
    const char *month = arena_string(arena, locale->month[date.month - 1]);

    switch (style) {
    case DATE_YEAR:
        return year;
    case DATE_MONTH:
        return month;
    case DATE_MONTH_SHORT:
        return arena_string(arena, locale->month_short[date.month - 1]);
    case DATE_QUARTER:
        return arena_string(arena, locale->quarter[(date.month - 1) / 3]);
    case DATE_DAY_MONTH:
        return arena_printf(arena, "%s %s", day, month);
    case DATE_MONTH_YEAR:
        return arena_printf(arena, "%s %s", month, year);
    case DATE_MEDIUM:
        return arena_printf(arena, "%s %s %s", day, locale->month_short[date.month - 1], year);
    case DATE_LONG:
        break;
    }
    return arena_printf(arena, "%s %s %s", day, month, year);
}

int locale_week_start(const struct locale *locale)
{
    return locale->week_start;
}

const char *locale_weekday(const struct locale *locale, int weekday, struct arena *arena)
{
    return arena_string(arena, locale->weekday[weekday]);
}

/* --- normalization --- */

/* Whether NFC leaves the text alone by a look at its characters: nothing in it combines with what is before it, and
 * nothing has another form. So are English, Arabic without marks, their punctuation and bidi isolates. */
static bool is_surely_nfc(const char *utf8, size_t length)
{
    const char *p = utf8, *end = utf8 + length;
    while (p < end) {
        if (!((unsigned char)*p & 0x80)) {
            p++;
            continue;
        }
        uint32_t c = utf8_next(&p);
        bool latin = c < 0x0300, arabic = (c >= 0x0620 && c <= 0x064A) || (c >= 0x0660 && c <= 0x066F),
             mark = c == 0x060C || c == 0x061B || c == 0x061C || c == 0x061F,
             general = (c >= 0x200B && c <= 0x2027) || (c >= 0x2030 && c <= 0x205E) || (c >= 0x2066 && c <= 0x2069);
        if (!latin && !arabic && !mark && !general)
            return false;
    }
    return p == end;
}

const char *locale_nfc(const char *utf8, size_t length, size_t *out_length, struct arena *arena)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    int32_t source_length, target_length, bytes;
    UChar *source, *target;
    char *room, *out;

    require(status);
    if (length > INT32_MAX / 16)
        return NULL;
    if (utf8_check(utf8, length) == length && is_surely_nfc(utf8, length)) {
        *out_length = length;
        return arena_string_n(arena, utf8, length);
    }
    source = xcalloc(length + 1, sizeof *source);
    u_strFromUTF8(source, (int32_t)length + 1, &source_length, utf8, (int32_t)length, &status);
    if (U_FAILURE(status)) {
        free(source);
        return NULL;
    }
    /* NFC grows UTF-16 threefold at most (Unicode, normalization FAQ). */
    target = xcalloc((size_t)source_length * 3 + 1, sizeof *target);
    target_length = unorm2_normalize(nfc, source, source_length, target, source_length * 3 + 1, &status);
    room = xcalloc((size_t)target_length * 3 + 1, 1);
    u_strToUTF8(room, target_length * 3 + 1, &bytes, target, target_length, &status);
    free(source);
    free(target);
    require(status);
    *out_length = (size_t)bytes;
    out = arena_string_n(arena, room, *out_length);
    free(room);
    return out;
}
