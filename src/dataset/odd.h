/* What is no error in any cell and may still make a number wrong: warnings over a whole relation. */
#ifndef MUJAZ_DATASET_ODD_H
#define MUJAZ_DATASET_ODD_H

struct diags;
struct relation;

/*
 * Texts of one column that differ in nothing that can be seen, so that they are counted apart; rows without any value,
 * which are counted; a file whose last line has no end, so that its last number may be cut. One warning for each
 * column, table and file.
 */
void odd_check(const struct relation *, struct diags *);

#endif
