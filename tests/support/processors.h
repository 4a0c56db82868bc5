/* How many processors this process may use, and the programs that it runs. */
#ifndef MUJAZ_TESTS_PROCESSORS_H
#define MUJAZ_TESTS_PROCESSORS_H

/* Skips the test where there are not so many, and says so. */
void processors_use(int count);
void processors_use_all(void); /* that there were before the first was called */

#endif
