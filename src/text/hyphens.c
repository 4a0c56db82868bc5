/* Hyphenation by libhyphen. Knows nothing of lines or glyphs. */
#include "text/hyphens.h"

#include "base/arena.h"
#include "base/file.h"

#include <hyphen.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

const char HYPHENS_ENGLISH[] = "/usr/share/hyphen/hyph_en_US.dic";

struct hyphens {
    const char *path;
    pthread_mutex_t lock; /* while they are opened; from then on they are only read */
    bool opened;
    HyphenDict *dictionary; /* NULL: none */
};

struct hyphens *hyphens_new(const char *path)
{
    struct hyphens *h = xcalloc(1, sizeof *h);
    h->path = path;
    pthread_mutex_init(&h->lock, NULL);
    return h;
}

bool hyphens_open(struct hyphens *h, struct diags *diags)
{
    struct place at = { .file = h->path };
    pthread_mutex_lock(&h->lock);
    if (!h->opened && file_exists(h->path))
        h->dictionary = hnj_hyphen_load(h->path);
    h->opened = true;
    pthread_mutex_unlock(&h->lock);
    if (!h->dictionary && !diags_have(diags, DIAG_TEXT_HYPHENS, at))
        diag_add(diags, DIAG_TEXT_HYPHENS, at,
                 "the hyphenation patterns are not there: no word is hyphenated; install the package hyphen-en-us");
    return h->dictionary;
}

void hyphens_drop(struct hyphens *h)
{
    if (!h)
        return;
    if (h->dictionary)
        hnj_hyphen_free(h->dictionary);
    pthread_mutex_destroy(&h->lock);
    free(h);
}

void hyphens_find(const struct hyphens *h, const char *letters, size_t length, bool places[HYPHENS_WORD_MAX])
{
    char word[HYPHENS_WORD_MAX + 1], marks[HYPHENS_WORD_MAX + 5] = { 0 };
    char **rep = NULL;
    int *pos = NULL, *cut = NULL;
    memset(places, 0, HYPHENS_WORD_MAX * sizeof *places);
    if (!h->dictionary || length < HYPHENS_WORD_MIN || length > HYPHENS_WORD_MAX)
        return;
    memcpy(word, letters, length); /* libhyphen reads on to a NUL */
    word[length] = '\0';
    if (hnj_hyphen_hyphenate3(h->dictionary, word, (int)length, marks, NULL, &rep, &pos, &cut, HYPHENS_LEFT_MIN,
                              HYPHENS_RIGHT_MIN, HYPHENS_LEFT_MIN, HYPHENS_RIGHT_MIN) == 0)
        for (size_t i = HYPHENS_LEFT_MIN - 1; i + HYPHENS_RIGHT_MIN < length; i++)
            places[i] = marks[i] & 1; /* odd: allowed */
    for (size_t i = 0; rep && i < length; i++)
        free(rep[i]);
    free(rep);
    free(pos);
    free(cut);
}
