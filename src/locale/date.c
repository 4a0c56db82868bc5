/*
 * Gregorian days: parsing ISO 8601 and counting. Knows neither ICU nor languages.
 */
#include "locale/locale.h"

#include <string.h>

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_length(int year, int month)
{
    static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && is_leap(year) ? 29 : length[month - 1];
}

int date_month_length(struct date date)
{
    return month_length(date.year, date.month);
}

/* The number written by `count` ASCII digits, or -1. */
static int digits_value(const char *text, int count)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool date_parse(const char *iso, struct date *out)
{
    int year, month, day;

    if (!iso || strlen(iso) != 10 || iso[4] != '-' || iso[7] != '-')
        return false;
    year = digits_value(iso, 4);
    month = digits_value(iso + 5, 2);
    day = digits_value(iso + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > month_length(year, month))
        return false;
    *out = (struct date){.year = (int16_t)year, .month = (uint8_t)month, .day = (uint8_t)day};
    return true;
}

/* Counts in years that begin on 1 March, so that the leap day is the last of its year; eras of 400 years
 * (146,097 days) keep the division exact before year 0 too. 719,468 days lie between 0000-03-01 and the epoch. */
int32_t date_days(struct date date)
{
    int year = date.year - (date.month <= 2);
    int era = (year >= 0 ? year : year - 399) / 400;
    int year_of_era = year - era * 400;
    int month_from_march = (date.month + 9) % 12;
    int day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;

    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

struct date date_of_days(int32_t days)
{
    int32_t from_march = days + 719468; /* since 0000-03-01 */
    int32_t era = (from_march >= 0 ? from_march : from_march - 146096) / 146097;
    int32_t day_of_era = from_march - era * 146097;
    int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t month_from_march = (5 * day_of_year + 2) / 153;
    int32_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;

    return (struct date){ .year = (int16_t)(year_of_era + era * 400 + (month <= 2)),
                          .month = (uint8_t)month,
                          .day = (uint8_t)(day_of_year - (153 * month_from_march + 2) / 5 + 1) };
}
