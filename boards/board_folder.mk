# What `make` does inside a board's folder: that board's kernel.

BOARD := $(notdir $(CURDIR))

.PHONY: all
all:
	@$(MAKE) -C ../.. BOARD=$(BOARD) kernel

%:
	@$(MAKE) -C ../.. BOARD=$(BOARD) $@
