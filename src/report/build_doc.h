/* The doc's tree out of two matched texts, with every value in it. */
#ifndef MUJAZ_REPORT_BUILD_DOC_H
#define MUJAZ_REPORT_BUILD_DOC_H

struct builder;
struct doc;

/* Both texts match, every figure is evaluated, tables and charts are complete. The doc takes over the
 * builder's arena and locales. A format that does not suit its value is a diagnostic; the doc is then unfit.
 */
struct doc *build_doc(struct builder *, const char *name);

#endif
