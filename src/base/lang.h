/* The two languages of a briefing, and directions. */
#ifndef MUJAZ_BASE_LANG_H
#define MUJAZ_BASE_LANG_H

enum lang { LANG_EN, LANG_AR, LANG_COUNT };
enum dir { DIR_LTR, DIR_RTL };

/* BCP 47 tag, also the key used in YAML ("en", "ar"). */
const char *lang_tag(enum lang);
enum dir lang_dir(enum lang);

#endif
