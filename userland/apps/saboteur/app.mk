# The attack that saboteur ends with: a file of userland/apps/attack.
saboteur_ATTACK  ?= write_kernel_ram
saboteur_SOURCES := userland/apps/attack/hands.c userland/apps/attack/$(saboteur_ATTACK).c
