saboteur_SOURCES := userland/apps/attack/hands.c
