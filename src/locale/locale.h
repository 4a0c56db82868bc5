/*
 * Numbers, dates, plural categories and the order of the alphabet in a language, by ICU (CLDR). The only room that
 * knows ICU.
 *
 * A room of its own because three others need it: report (messages), chart (axes) and layout (page numbers).
 * Everything returned lives in the given arena and carries no bidi controls; the caller isolates it: numbers
 * in European digits left to right (LRI), in Arabic-Indic digits right to left (RLI), so that signs and percent
 * signs stand on the right side of the digits. Numbers below zero begin with U+2212. A locale serves one thread.
 */
#ifndef MUJAZ_LOCALE_LOCALE_H
#define MUJAZ_LOCALE_LOCALE_H

#include "base/diag.h"
#include "base/lang.h"
#include "base/num.h"

enum locale_digits { DIGITS_LATN, DIGITS_ARAB }; /* 0-9 or U+0660..U+0669, with their separators */
enum locale_months { MONTHS_IRAQI, MONTHS_EGYPTIAN, MONTHS_BOTH }; /* كانون الثاني; يناير; both */
enum locale_date_style { DATE_LONG, DATE_MEDIUM, DATE_MONTH_YEAR, DATE_DAY_MONTH, DATE_YEAR, DATE_MONTH,
                         DATE_MONTH_SHORT /* Arabic has none: in full */, DATE_QUARTER /* "Q1", without the year */ };

struct date {
    int16_t year;
    uint8_t month, day; /* 1-based */
};

struct arena;
struct locale;

struct locale *locale_new(enum lang, enum locale_digits, enum locale_months, struct diags *);
void locale_drop(struct locale *);
enum lang locale_lang(const struct locale *);
enum locale_digits locale_digits_of(const struct locale *);

const char *locale_number(const struct locale *, struct num, struct arena *);   /* grouped, keeps its scale */
const char *locale_integer(const struct locale *, int64_t, struct arena *);     /* ungrouped: pages, years */
/* The ratio 0.354 as "35.4%" ("٣٥٫٤٪" in Arabic-Indic digits), `decimals` digits, rounded half to even. */
const char *locale_percent(const struct locale *, struct num ratio, int decimals, struct arena *);
const char *locale_date(const struct locale *, struct date, enum locale_date_style, struct arena *);
/* Days of the week, 0: Monday. */
int locale_week_start(const struct locale *); /* Saturday in Iraq */
const char *locale_weekday(const struct locale *, int weekday, struct arena *); /* "Sat", "السبت" */

/* CLDR plural category: "zero", "one", "two", "few", "many", "other". */
const char *locale_plural(const struct locale *, struct num);
const char *locale_ordinal(const struct locale *, struct num);

/* Indices of the texts in the language's alphabetical order; equal ones stay as they are. */
void locale_sort(const struct locale *, const char *const texts[], size_t count, size_t order[]);

/* The text in Unicode NFC, NUL-terminated behind *out_length bytes. NULL when it is not well-formed UTF-8 or
 * longer than 128 MiB. */
const char *locale_nfc(const char *utf8, size_t length, size_t *out_length, struct arena *);

/* Cells that the text takes on a terminal: marks and format characters none, wide East Asian letters two. */
size_t locale_text_width(const char *utf8);
/* Bytes of the longest start of the text that fits in so many cells; marks stay with their letter. */
size_t locale_text_fit(const char *utf8, size_t cells);
/* Whether a character of the text asks for right to left, Arabic-Indic digits included. */
bool locale_text_has_rtl(const char *utf8);

int date_month_length(struct date); /* days in the date's month */
bool date_parse(const char *iso /* "2024-01-04" */, struct date *out); /* a real Gregorian day */
int32_t date_days(struct date); /* days since 1970-01-01, proleptic Gregorian */
struct date date_of_days(int32_t days); /* the other way */

#endif
