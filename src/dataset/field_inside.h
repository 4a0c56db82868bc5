/* Between field.c and the files that read the lexical forms of its types. No one else includes it. */
#ifndef MUJAZ_DATASET_FIELD_INSIDE_H
#define MUJAZ_DATASET_FIELD_INSIDE_H

#include "dataset/field.h"

struct buf;

/* Longer texts are no number, date or point. */
enum { FIELD_LEXICAL = 128 };

/* Digits of a number that a double carries unchanged, see sql.c; of a whole number (base/num.h). */
enum { FIELD_NUMBER_DIGITS = 15, FIELD_INTEGER_DIGITS = 18 };

/* Arabic-Indic (U+0660) and Extended Arabic-Indic (U+06F0) digits in ASCII, U+066B as '.'; all else stays as it
 * is. The length of `out`, which ends with a NUL; 0 when it is too long. */
size_t field_ascii(const char *text, size_t length, char out[FIELD_LEXICAL + 1]);

bool field_in_list(const struct text_list *, const char *text, size_t length);

/* field_number.c. A number without its field's signs: "-12.5E3" in ASCII. */
bool field_plain_number(const char *text, size_t length, struct num *out);
bool field_parse_number(const struct field *, const char *text, size_t length, struct value *out);

/* field_date.c */
bool field_parse_moment(const struct field *, const char *text, size_t length, struct arena *, struct value *out);
bool field_parse_duration(const char *text, size_t length, struct arena *, struct value *out);
/* Why no date, datetime or time can be read by a pattern, or NULL: it can. */
const char *field_format_fault(enum field_type, const char *format, struct arena *);
void field_format_example(const char *format, struct buf *out); /* the last minute of January 2024, so written */

/* field_text.c */
bool field_is_form(const char *format, const char *text, size_t length); /* email, uri or uuid */
bool field_parse_list(const struct field *, const char *text, size_t length, struct arena *, struct value *out);
size_t field_list_items(const struct field *, const char *text, size_t length);
bool field_parse_point(const struct field *, const char *text, size_t length, struct arena *, struct value *out);

/* field_constraints.c. `text` is the cell as it was written. */
bool field_check(const struct field *, const char *text, size_t length, struct value, struct place at,
                 struct diags *);

#endif
