/* The types of a query's result, settled column by column when all of its rows are there. */
#ifndef MUJAZ_DATASET_RESULT_H
#define MUJAZ_DATASET_RESULT_H

#include "dataset/table.h"

/* A column of one type is of it; integers among numbers become numbers; texts that all are ISO days become
 * dates; anything else is mixed (VALUE_NULL) and its cells keep their own types. */
void result_settle_types(struct table *);

#endif
