#pragma once

/* What the library's headers declare is C's, in C++ as well: functions between these two. */

#ifdef __cplusplus
#define LINKAGE_C_BEGIN extern "C" {
#define LINKAGE_C_END   }
#else
#define LINKAGE_C_BEGIN
#define LINKAGE_C_END
#endif
