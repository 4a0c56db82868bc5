/* Edit distance of short names: insert, delete, replace, swap neighbours (Damerau-Levenshtein). */
#include "base/nearest.h"

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

enum { LONGEST = 63 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t distance(const char *a, const char *b)
{
    size_t rows[3][LONGEST + 1], length_a = strlen(a), length_b = strlen(b);

    if (length_a > LONGEST || length_b > LONGEST)
        return SIZE_MAX;
    for (size_t j = 0; j <= length_b; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= length_a; i++) {
        size_t *row = rows[i % 3], *above = rows[(i - 1) % 3], *above2 = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= length_b; j++) {
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], above2[j - 2] + 1);
        }
    }
    return rows[length_a % 3][length_b];
}

const char *nearest_known(const char *word, const char *const known[], size_t count)
{
    const char *best = NULL;
    size_t allowed = (strlen(word) + 3) / 4; /* one slip in a short word, more in a long one */
    bool brief = strlen(word) < 3;           /* to which any other of two letters would be near */

    for (size_t i = 0; i < count; i++) {
        size_t far = distance(word, known[i]);
        if (far <= allowed && (!brief || strncasecmp(word, known[i], 1) == 0)) {
            best = known[i];
            if (far == 0)
                break;
            allowed = far - 1; /* only a nearer one replaces it */
        }
    }
    return best;
}

const char *nearest_hint(struct arena *arena, const char *word, const char *const known[], size_t count,
                         const char *otherwise)
{
    const char *near = nearest_known(word, known, count);
    return near ? arena_printf(arena, "did you mean '%s'?", near) : otherwise;
}

const char *nearest_or_all(struct arena *arena, const char *word, const char *const known[], size_t count,
                           const char *otherwise)
{
    enum { NAMED = 10 };

    for (size_t i = 0; i < count && i < NAMED; i++)
        otherwise = arena_printf(arena, "%s%s %s", otherwise, i ? "," : ":", known[i]);
    if (count > NAMED)
        otherwise = arena_printf(arena, "%s, ...", otherwise);
    return nearest_hint(arena, word, known, count, otherwise);
}
