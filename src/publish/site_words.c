/* Words of the page and the feed. Knows nothing of markup. */
#include "publish/site_words.h"

#include <string.h>

const struct site_words site_words[LANG_COUNT] = {
    [LANG_EN] = {
        .language = "English",
        .briefings = "Current briefings",
        .briefings_of = "Briefings of",
        .published = "Published",
        .at_hour = "",
        .none = "There are no briefings yet.",
        .as_of = "As of",
        .stale = "Not updated",
        .stale_since = "This edition was published on",
        .stale_count = "Not updated:",
        .absent = "Not available",
        .absent_why = "It could not be made, and there is no earlier edition.",
        .absent_count = "Not available:",
        .picture_of = "First page of",
        .archive = "Archive",
        .no_archive = "No earlier briefings are kept yet.",
        .newest = "Newest briefings",
        .feed = "Feed (Atom)",
        .colon = ": ",
        .comma = ", ",
        .languages = { "English and Arabic, side by side", "English", "Arabic", "English, then Arabic" },
    },
    [LANG_AR] = {
        .language = "العربية",
        .briefings = "الإحاطات الحالية",
        .briefings_of = "إحاطات يوم",
        .published = "نُشرت في",
        .at_hour = "الساعة ",
        .none = "لا توجد إحاطات بعد.",
        .as_of = "حتى",
        .stale = "غير محدَّثة",
        .stale_since = "نُشرت هذه النسخة في",
        .stale_count = "غير محدَّثة:",
        .absent = "غير متاحة",
        .absent_why = "تعذّر إعدادها، ولا توجد نسخة سابقة منها.",
        .absent_count = "غير متاحة:",
        .picture_of = "الصفحة الأولى من",
        .archive = "الأرشيف",
        .no_archive = "لا توجد إحاطات سابقة محفوظة بعد.",
        .newest = "أحدث الإحاطات",
        .feed = "خلاصة Atom",
        .colon = ": ",
        .comma = "، ",
        .languages = { "الإنجليزية والعربية جنبًا إلى جنب", "الإنجليزية", "العربية", "الإنجليزية ثم العربية" },
    },
};

/* By plural category; where one is missing, "other" is meant. %s: the number. */
enum { CATEGORIES = 6 };
static const char *const categories[CATEGORIES] = { "other", "zero", "one", "two", "few", "many" };
static const char *const counted[LANG_COUNT][SITE_COUNTED][CATEGORIES] = {
    [LANG_EN] = {
        [SITE_PAGES] = { "# pages", NULL, "# page", NULL, NULL, NULL },
        [SITE_FILES] = { "# files", NULL, "# file", NULL, NULL, NULL },
        [SITE_BRIEFINGS] = { "# briefings", NULL, "# briefing", NULL, NULL, NULL },
    },
    [LANG_AR] = {
        [SITE_PAGES] = { "# صفحة", "لا صفحات", "صفحة واحدة", "صفحتان", "# صفحات", "# صفحة" },
        [SITE_FILES] = { "# ملف", "لا ملفات", "ملف واحد", "ملفان", "# ملفات", "# ملفًا" },
        [SITE_BRIEFINGS] = { "# إحاطة", "لا إحاطات", "إحاطة واحدة", "إحاطتان", "# إحاطات", "# إحاطة" },
    },
};

const char *site_count(const struct locale *locale, enum site_counted what, size_t count, struct arena *arena)
{
    struct num n = num_from_int((int64_t)count);
    const char *category = locale_plural(locale, n), *number = locale_number(locale, n, arena);
    const char *const *forms = counted[locale_lang(locale)][what], *form = forms[0];
    for (int i = 1; i < CATEGORIES; i++)
        if (forms[i] && strcmp(category, categories[i]) == 0)
            form = forms[i];
    const char *mark = strchr(form, '#');
    return mark ? arena_printf(arena, "%.*s%s%s", (int)(mark - form), form, number, mark + 1) : form;
}

const char *site_size(const struct locale *locale, uint64_t bytes, struct arena *arena)
{
    static const char *const units[LANG_COUNT][2] = { { "kB", "MB" }, { "كيلوبايت", "ميغابايت" } };
    bool mega = bytes >= 999500;
    struct num n = mega ? (struct num){ (int64_t)((bytes + 50000) / 100000), 1 }
                        : num_from_int(bytes < 1000 ? 1 : (int64_t)((bytes + 500) / 1000));
    return arena_printf(arena, "%s %s", locale_number(locale, n, arena), units[locale_lang(locale)][mega]);
}

const char *site_day(const struct locale *locale, const char *iso, struct arena *arena)
{
    struct date day;
    return date_parse(iso, &day) ? locale_date(locale, day, DATE_LONG, arena) : iso;
}
