/* The reports that stand behind another in its file: `packet` of report.yaml. */
#ifndef MUJAZ_PIPELINE_FOLLOWING_H
#define MUJAZ_PIPELINE_FOLLOWING_H

#include "pipeline/pipeline.h"

/* Sets the pipeline's parts: its doc and the docs that this names. False with a diagnostic, at the name, when one
 * cannot be made or does not fit; following_close all the same. */
bool following_open(struct pipeline *, struct diags *);
void following_close(struct pipeline *); /* before the doc is dropped */

#endif
