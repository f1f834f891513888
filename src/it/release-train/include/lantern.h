/* The C interface of Lantern; link with -llantern_native, or ask pkg-config for "lantern". */
#ifndef LANTERN_H
#define LANTERN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What was counted in a text. */
typedef struct {
  uint64_t lines;
  uint64_t words;
  uint64_t bytes;
} lantern_text;

/* The version as a string that lives as long as the library. */
const char *lantern_version(void);

/* Counts length bytes at bytes into out. Returns 0, or -1 when a pointer is null. */
int32_t lantern_count(const uint8_t *bytes, size_t length, lantern_text *out);

#ifdef __cplusplus
}
#endif

#endif
