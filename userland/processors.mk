# What archives call the processors that applications are compiled for, by architecture. Included before userland.mk, and
# by application.mk.

USERLAND_PROCESSOR_armv7m := cortex-m3
USERLAND_PROCESSOR_rv32   := rv32imac
