/* Reading files. Writing is publish's. */
#ifndef MUJAZ_BASE_FILE_H
#define MUJAZ_BASE_FILE_H

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diags;

/* A regular file opened for reading, and its size as it is now; -1 with a diagnostic. The caller closes it. */
int file_open(const char *path, uint64_t *size, struct diags *);

/* From then on this process is kept from reading outside the folder, and what a link in it leads to is told as such. */
void file_confine(const char *folder);

/* Reads a regular file into the arena, NUL-terminated behind `*length` bytes. NULL with a diagnostic when it
 * cannot be read or is larger than `limit` bytes. */
char *file_read(const char *path, size_t limit, struct arena *, size_t *length, struct diags *);

/* As file_read, and the bytes are valid UTF-8 without refused code points (see utf8.h), a BOM taken off. */
char *file_read_text(const char *path, size_t limit, struct arena *, size_t *length, struct diags *);

/* What file_read_text asks of a text that came another way; `path` is only named. */
bool file_check_text(const char *path, const char *text, size_t length, struct diags *);

/* The next name in an open folder but "." and ".."; NULL at its end, or with errno when it cannot be read on. */
const char *folder_next(DIR *);

/* Gives back the memory that a file's mapping takes; what is asked for again is read again. */
void file_unload(const char *mapping, size_t length);

bool file_exists(const char *path);
bool file_is_absent(const char *path); /* surely: false when that cannot be told, too */

/* The names in a folder that end in `suffix` ("": all) and begin with no dot, without it, sorted; NULL when there are
 * none. `names` is grown: those of an earlier call, *count of them, stay before it; a name that is among them comes
 * once. */
const char **file_list(struct arena *, const char *folder, const char *suffix, const char **names, size_t *count);

/* "folder/name" in the arena. A definition's own path must be relative and stay inside its folder:
 * file_path_is_inside says whether it does (no leading '/', no ".." part, no empty part, no backslash). */
char *file_join(struct arena *, const char *folder, const char *name);
bool file_path_is_inside(const char *path);

#endif
