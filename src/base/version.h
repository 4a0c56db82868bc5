/* The program's version, as --version, the PDFs and the manifest say it. The Makefile reads it here. */
#ifndef MUJAZ_BASE_VERSION_H
#define MUJAZ_BASE_VERSION_H

#define MUJAZ_VERSION "0.1"

#endif
