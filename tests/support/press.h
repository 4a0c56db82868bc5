/* The profile of a press that tests print for: that of Debian's libgs-common (scripts/setup.sh test). */
#ifndef MUJAZ_TESTS_PRESS_H
#define MUJAZ_TESTS_PRESS_H

#define PRESS_PROFILE "/usr/share/color/icc/ghostscript/default_cmyk.icc"
#define SCREEN_PROFILE "/usr/share/color/icc/ghostscript/default_rgb.icc"

#endif
