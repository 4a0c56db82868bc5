/* A live report as what src/serve shows: its state as JSON, pictures of its pages, what the reader chooses. */
#ifndef MUJAZ_LIVE_SITE_H
#define MUJAZ_LIVE_SITE_H

#include "live/live.h"
#include "live/watch.h"
#include "serve/serve.h"

struct live_site {
    struct live *live;
    struct arena *arena;
    struct diags *diags;        /* of the last build; owned */
    const char **layouts;       /* of the workspace, sorted */
    size_t layout_count;
    enum edition edition;       /* that is wanted */
    const char *layout;         /* that is wanted; NULL: the report's own */
    bool chosen;                /* one of the two, since it was last looked at */
    char (*digests)[HASH_HEX];  /* of the scene's pages; heap */
};

void live_site_open(struct live_site *, struct live *);
void live_site_close(struct live_site *);
/* Builds the report after a change of these parts, as it is wanted. */
void live_site_build(struct live_site *, unsigned parts);
struct serve_site live_site_served(struct live_site *);

#endif
