/*
 * The decimal that a double means which SQL computed from decimals. At 15 digits it is the right one after + and *, but
 * not when almost all of two numbers goes away: 54.3 - 54.2 is 0.0999999999999943, what the doubles of the two lack.
 */
#ifndef MUJAZ_DATASET_DECIMALS_H
#define MUJAZ_DATASET_DECIMALS_H

#include "base/num.h"

enum { RATIO_DECIMALS = 9 }; /* what ratio() and avg() give at most */

/*
 * `read` is the value at 15 digits and has more than `decimals`, the most that the data have. It becomes the nearest
 * decimal of that many, or of up to 9, when it is as near as errors of doubles are. `largest` is the largest sum that
 * the data give: what is left of such numbers may have their errors.
 *
 * What may change beside errors: a quotient by `/`, which can be anywhere. One that is by chance less than 5e-10 from
 * such a decimal becomes it, and so does one that is less than 9e-16 of `largest` from one of `decimals`, and less
 * than 1/2000 of that one's last place. What ratio() and avg() give has 9 decimals and never changes for the first
 * reason; for the second only where it ends as what is left of larger numbers does: with data of two decimals one in
 * a million, by less than 1e-9 of it.
 *
 * What stays as read: a - b + c, where c is small and a and b are not. Up to 10^6 none stays, with 8 to 12 digits in
 * a and b one or two in a hundred, with more digits many. a - b itself is right up to 14 digits.
 */
void decimals_mend(double value, uint8_t decimals, double largest, struct num *read);

#endif
