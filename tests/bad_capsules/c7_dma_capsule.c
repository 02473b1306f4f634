/* A capsule with DMA.
 *
 * EXPECT: refuse C7 "DMA_CHANNEL"
 */

#include "bad.h"

#include <kernel/dma.h>

DMA_CHANNEL(bad, send, source, count, control, start, status, busy);
