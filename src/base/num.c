/* Exact decimals, on 128-bit integers inside. Knows nothing of locales: digits are ASCII here. */
#include "base/num.h"

#include "base/buf.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { DIGITS = 18, SCALE_MAX = 18 };

__extension__ typedef __int128 wide;

static const int64_t LARGEST = 999999999999999999; /* 18 digits */

static int64_t power10(unsigned exponent) /* to SCALE_MAX */
{
    static const int64_t powers[SCALE_MAX + 1] = {
        1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
        1000000000000, 10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000,
        1000000000000000000,
    };
    return powers[exponent];
}

/* False when the value needs more than 18 digits; zeros at the end of the fraction are given up first. */
static bool narrow(wide coefficient, uint8_t scale, struct num *out)
{
    while ((coefficient > LARGEST || coefficient < -LARGEST) && scale > 0 && coefficient % 10 == 0) {
        coefficient /= 10;
        scale--;
    }
    if (coefficient > LARGEST || coefficient < -LARGEST)
        return false;
    *out = (struct num){ .coefficient = (int64_t)coefficient, .scale = scale };
    return true;
}

struct num num_from_int(int64_t value)
{
    return (struct num){ .coefficient = value };
}

bool num_parse(const char *text, size_t length, struct num *out)
{
    size_t i = 0, digits = 0, significant = 0, scale = 0;
    bool negative = false, point = false;
    int64_t coefficient = 0;

    if (length && (text[0] == '-' || text[0] == '+'))
        negative = text[i++] == '-';
    for (; i < length; i++) {
        if (text[i] == '.' && !point && digits) {
            point = true;
            continue;
        }
        if (text[i] < '0' || text[i] > '9')
            return false;
        digits++;
        scale += point;
        significant += significant || text[i] != '0';
        if (significant > DIGITS || scale > SCALE_MAX)
            return false;
        coefficient = coefficient * 10 + (text[i] - '0');
    }
    if (!digits || (point && scale == 0))
        return false;
    *out = (struct num){ .coefficient = negative ? -coefficient : coefficient, .scale = (uint8_t)scale };
    return true;
}

bool num_ratio(struct num a, struct num b, uint8_t scale, struct num *out)
{
    if (b.coefficient == 0)
        return false;
    bool negative = (a.coefficient < 0) != (b.coefficient < 0);
    wide dividend = a.coefficient < 0 ? -(wide)a.coefficient : a.coefficient;
    wide divisor = b.coefficient < 0 ? -(wide)b.coefficient : b.coefficient;
    int shift = (int)b.scale - (int)a.scale + (int)scale; /* -18 to 36 */

    if (shift < 0)
        divisor *= power10((unsigned)-shift);
    wide quotient = dividend / divisor, rest = dividend % divisor;
    for (; shift > 0; shift--) { /* digit by digit, as by hand: no product can overflow */
        quotient = quotient * 10 + rest * 10 / divisor;
        rest = rest * 10 % divisor;
        if (quotient > LARGEST)
            return false;
    }
    quotient += rest * 2 > divisor || (rest * 2 == divisor && quotient % 2 == 1);
    if (quotient > LARGEST)
        return false;
    *out = (struct num){ .coefficient = (int64_t)(negative ? -quotient : quotient), .scale = scale };
    return true;
}

/* Both coefficients at the larger of the two scales. */
static uint8_t align(struct num a, struct num b, wide *left, wide *right)
{
    uint8_t scale = a.scale > b.scale ? a.scale : b.scale;
    *left = (wide)a.coefficient * power10((unsigned)(scale - a.scale));
    *right = (wide)b.coefficient * power10((unsigned)(scale - b.scale));
    return scale;
}

bool num_add(struct num a, struct num b, struct num *out)
{
    wide left, right;
    uint8_t scale = align(a, b, &left, &right);
    return narrow(left + right, scale, out);
}

bool num_subtract(struct num a, struct num b, struct num *out)
{
    wide left, right;
    uint8_t scale = align(a, b, &left, &right);
    return narrow(left - right, scale, out);
}

struct num num_trim(struct num num)
{
    for (; num.scale > 0 && num.coefficient % 10 == 0; num.scale--)
        num.coefficient /= 10;
    return num;
}

bool num_is_whole(struct num num)
{
    return num_trim(num).scale == 0;
}

int num_compare(struct num a, struct num b)
{
    wide left, right;
    align(a, b, &left, &right);
    return (left > right) - (left < right);
}

double num_to_double(struct num n)
{
    return (double)n.coefficient / (double)power10(n.scale);
}

bool num_from_double(double value, struct num *out)
{
    char text[40];
    if (!isfinite(value) || fabs(value) >= 1e18)
        return false;
    snprintf(text, sizeof text, "%+.14e", value); /* "+d.dddddddddddddde-xx" */
    int exponent = (int)strtol(text + 18, NULL, 10);
    int64_t coefficient = text[1] - '0';
    for (const char *p = text + 3; p < text + 17; p++)
        coefficient = coefficient * 10 + (*p - '0');

    int scale = 14 - exponent; /* the value is coefficient * 10^-scale */
    while (coefficient && coefficient % 10 == 0) {
        coefficient /= 10;
        scale--;
    }
    for (; scale < 0 && coefficient; scale++)
        coefficient *= 10;
    for (; scale > SCALE_MAX && coefficient; scale--) /* below 1e-18 nothing is printed: cut off */
        coefficient /= 10;
    if (coefficient == 0)
        scale = 0;
    *out = (struct num){ text[0] == '-' ? -coefficient : coefficient, (uint8_t)scale };
    return true;
}

void num_format(struct num n, struct buf *out)
{
    uint64_t magnitude = n.coefficient < 0 ? 0 - (uint64_t)n.coefficient : (uint64_t)n.coefficient;
    char digits[48], *end = digits + sizeof digits, *start = end; /* from the last digit on */

    for (int place = 0; place <= n.scale || magnitude; place++, magnitude /= 10) {
        if (place > 0 && place == n.scale)
            *--start = '.';
        *--start = (char)('0' + magnitude % 10);
    }
    if (n.coefficient < 0)
        *--start = '-';
    buf_add(out, start, (size_t)(end - start));
}
