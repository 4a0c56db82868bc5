/* The words of the page and the feed, in both languages. Private to src/publish. */
#ifndef MUJAZ_PUBLISH_SITE_WORDS_H
#define MUJAZ_PUBLISH_SITE_WORDS_H

#include "base/arena.h"
#include "locale/locale.h"
#include "publish/site.h"

struct site_words {
    const char *language, *briefings, *briefings_of, *published, *at_hour, *none;
    const char *as_of, *stale, *stale_since, *stale_count, *absent, *absent_why, *absent_count;
    const char *picture_of, *archive, *no_archive, *newest, *feed;
    const char *colon, *comma;
    const char *languages[SITE_LANGUAGES];
};

extern const struct site_words site_words[LANG_COUNT];

enum site_counted { SITE_PAGES, SITE_FILES, SITE_BRIEFINGS, SITE_COUNTED };

/* "12 pages", with the plural that the number asks for. All of these are in the arena. */
const char *site_count(const struct locale *, enum site_counted, size_t, struct arena *);
const char *site_size(const struct locale *, uint64_t bytes, struct arena *); /* "1.2 MB": of 1,000,000 bytes */
const char *site_day(const struct locale *, const char *iso, struct arena *); /* of "2024-04-03", in full */

#endif
