/* The parts of man/generate. */
#ifndef MUJAZ_MAN_GENERATE_H
#define MUJAZ_MAN_GENERATE_H

#include <stdbool.h>

#define MANUAL_DATE "2026-11-21"

/* completion.c. False when there is no such shell. */
bool put_completion(const char *shell);
/* markdown.c. False when the file cannot be read. */
bool put_markdown(const char *path);

#endif
