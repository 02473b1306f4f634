/* More than names.
 *
 * EXPECT: refuse C8 "DMA_CHANNEL"
 * PROFILE: chip
 */

#include "bad_dma.h"

DMA_CHANNEL(bad, again, source, count, control, start, status, busy || true);
