#pragma once

/* Debian's build of Lua makes this header: a folder in the path for modules in C, of which there are none here. */
#define DEB_HOST_MULTIARCH "none"
