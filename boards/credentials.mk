# Which applications a board loads. Included by each board.mk behind KERNEL and CAPSULES.
#
#   CREDENTIALS=none     all of them
#   CREDENTIALS=sha256   those with a SHA-256 credential that matches
#
# boards/credentials_NAME.c wires what is needed; here is what has to be linked for it.

CREDENTIALS_KERNEL_none     := credential_none
CREDENTIALS_KERNEL_sha256   := credential_board
CREDENTIALS_CAPSULES_sha256 := sha256 sha256_checker

ifeq ($(CREDENTIALS_KERNEL_$(CREDENTIALS)),)
$(error There is no CREDENTIALS=$(CREDENTIALS). There are: none sha256)
endif

KERNEL   += $(CREDENTIALS_KERNEL_$(CREDENTIALS))
CAPSULES += $(CREDENTIALS_CAPSULES_$(CREDENTIALS))
