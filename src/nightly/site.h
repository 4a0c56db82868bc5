/* The index page and the feed of a nightly run, from its manifest. */
#ifndef MUJAZ_NIGHTLY_SITE_H
#define MUJAZ_NIGHTLY_SITE_H

#include "nightly/night.h"

/* Writes index.html, issue.html and feed.xml into the run and tells the manifest, whose reports must be done. False
 * with a diagnostic. */
bool night_site(struct night *, struct diags *);

#endif
