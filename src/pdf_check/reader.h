/*
 * A finished PDF file by its objects: cross-reference tables and streams, object streams (ISO 32000-1, 7.5). Strict:
 * what does not stand where the file says is not there. Private to src/pdf_check.
 */
#ifndef MUJAZ_PDF_CHECK_READER_H
#define MUJAZ_PDF_CHECK_READER_H

#include "pdf_check/cos.h"

struct reader;

/* NULL when the file cannot be read at all; *why then says why, a literal. The bytes must outlive the reader;
 * `mapped`: they are a file's, and only those that were read lately need be in memory. */
struct reader *reader_new(const char *bytes, size_t length, bool mapped, const char **why);
void reader_drop(struct reader *);

struct cursor reader_file(const struct reader *); /* all its bytes */
struct cos reader_trailer(const struct reader *);
unsigned reader_size(const struct reader *); /* object numbers are below */
bool reader_has_streams(const struct reader *); /* cross-reference or object streams */

/* An object; COS_NONE when the number is free, COS_BAD when it is not where the file says. A stream is its
 * dictionary. Its values last until reader_trim, or longer while it is held. */
struct cos reader_object(struct reader *, unsigned number);
/* Forgets object streams when there are many, those first that were asked for least lately. Nothing else does. */
void reader_trim(struct reader *);
/* Keeps an object's values until they are released as often; nothing to do for one that stands in the file, or none. */
void reader_hold(struct reader *, unsigned number);
void reader_release(struct reader *, unsigned number);
/* Whether the number is in use; its object is not read. */
bool reader_is_there(const struct reader *, unsigned number);
/* Where it stands in the file ("12 0 obj" at the cursor's begin); false for one in an object stream, or none. */
bool reader_place(struct reader *, unsigned number, struct cursor *);

/* Number of the object stream that an object stands in; 0: in none. */
unsigned reader_packed_in(const struct reader *, unsigned number);

/* What a value refers to, or the value itself. */
struct cos reader_resolve(struct reader *, struct cos);
/* The same of a dictionary's entry. */
struct cos reader_get(struct reader *, struct cos dict, const char *key);

/* The bytes behind a stream's dictionary as they stand there; false when it has none. */
bool reader_raw(struct reader *, struct cos dict, struct cursor *);
/* Its decoded bytes (FlateDecode with predictors, or no filter), in `out`, which is emptied; false when they cannot be
 * had. */
bool reader_stream(struct reader *, struct cos dict, struct buf *out);
/* Whether reader_stream had them once. */
bool reader_had(const struct reader *, struct cos dict);

#endif
