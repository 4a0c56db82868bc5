/* Seats in a half circle. Must not know lists, labels or colours. */
#include "chart/seats.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"

enum { ROWS_MOST = 40 };
static const double PI = 3.14159265358979323846;
static const double INNERMOST = 0.42; /* leaves room for the number in the middle */
static const double PITCH_MOST = 0.2; /* few seats: dots do not grow beyond this */
static const double DOT = 0.42;       /* radius of a dot as a share of the pitch */
static const double PITCH_ALONE = 0.3; /* the same where there is one row only: it has all the room */

static double pitch_of(size_t rows)
{
    return rows == 1 ? PITCH_MOST : fmin((1 - INNERMOST) / (double)(rows - 1), PITCH_MOST);
}

static double radius_of(size_t rows, size_t row)
{
    return 1 - (double)row * pitch_of(rows);
}

static double radii_sum(size_t rows)
{
    double sum = 0;

    for (size_t i = 0; i < rows; i++)
        sum += radius_of(rows, i);
    return sum;
}

/* Distance between neighbours along a row; both ends of a row carry a seat. */
static double spacing(size_t rows, size_t count)
{
    return count > rows ? PI * radii_sum(rows) / (double)(count - rows) : PI;
}

static size_t rows_for(size_t count)
{
    size_t rows = 1;

    while (rows < ROWS_MOST && spacing(rows, count) < pitch_of(rows))
        rows++;
    return rows;
}

/* Seats of each row in proportion to its length; the largest remainders get what is left over. */
static void share_out(size_t rows, size_t count, size_t in_row[])
{
    double sum = radii_sum(rows), remainder[ROWS_MOST];
    size_t given = 0;

    for (size_t i = 0; i < rows; i++) {
        double share = (double)count * radius_of(rows, i) / sum;
        in_row[i] = (size_t)share;
        remainder[i] = share - (double)in_row[i];
        given += in_row[i];
    }
    for (; given < count; given++) {
        size_t best = 0;
        for (size_t i = 1; i < rows; i++)
            if (remainder[i] > remainder[best])
                best = i;
        in_row[best]++;
        remainder[best] = -1;
    }
}

/* Along the half circle; where several rows have a seat at the same turn, the outermost first. */
static int compare_seats(const void *a, const void *b)
{
    const struct seat *first = a, *second = b;

    if (fabs(first->turn - second->turn) > 1e-9)
        return first->turn < second->turn ? -1 : 1;
    return (first->radius < second->radius) - (first->radius > second->radius);
}

struct seats seats_make(size_t count, struct arena *arena)
{
    size_t rows = rows_for(count), in_row[ROWS_MOST], made = 0;
    struct seat *seats = arena_array(arena, count, sizeof *seats);

    share_out(rows, count, in_row);
    for (size_t row = 0; row < rows; row++)
        for (size_t i = 0; i < in_row[row]; i++)
            seats[made++] = (struct seat){
                .turn = in_row[row] > 1 ? (double)i / (double)(in_row[row] - 1) : 0.5,
                .radius = radius_of(rows, row),
            };
    qsort(seats, count, sizeof *seats, compare_seats);
    return (struct seats){
        .seats = seats,
        .count = count,
        .dot = DOT * fmin(rows == 1 ? PITCH_ALONE : pitch_of(rows), spacing(rows, count)),
        .inner = radius_of(rows, rows - 1),
    };
}
