/* Languages. */
#include "base/lang.h"

const char *lang_tag(enum lang lang)
{
    return lang == LANG_AR ? "ar" : "en";
}

enum dir lang_dir(enum lang lang)
{
    return lang == LANG_AR ? DIR_RTL : DIR_LTR;
}
