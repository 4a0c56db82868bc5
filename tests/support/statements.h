/* Two tables by chance, t and u, and statements about them: of every kind that SQL has, and of values of every kind. */
#ifndef MUJAZ_TESTS_STATEMENTS_H
#define MUJAZ_TESTS_STATEMENTS_H

#include "dataset/sql.h"
#include "support/made.h"

struct buf;

enum { STATEMENT_PARAMETERS = 7 };
extern const struct sql_parameter statement_parameters[STATEMENT_PARAMETERS];

struct dataset *statement_tables(struct made *, struct chance *);
/* True: its ORDER BY leaves no two rows equal. */
bool statement_by_chance(struct chance *, struct buf *out);

#endif
