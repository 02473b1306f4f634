# Host tests of the applications' library, against a made-up kernel (fake_kernel.h), GCC with address and undefined
# sanitizers. Included by tests/tests.mk. The library keeps addresses in 32 bits: the programs are linked low.

USERLAND_TEST_CFLAGS := -std=gnu17 -D_GNU_SOURCE -O1 -g -Wall -Wextra -Werror -fno-pie \
	-Wno-pointer-to-int-cast -Wno-int-to-pointer-cast -fsanitize=address,undefined -fno-sanitize-recover=all \
	-I tests/unit/userland -I userland/lib

USERLAND_TIMERS := timer timer_queue clock alarm

# Each NAME is tests/unit/userland/NAME_test.c with these parts of the library.
USERLAND_TESTS := timer timer_without_state event_loop heap
USERLAND_TEST_timer               := $(USERLAND_TIMERS)
USERLAND_TEST_timer_without_state := $(USERLAND_TIMERS)
USERLAND_TEST_event_loop          := event_loop $(USERLAND_TIMERS)
USERLAND_TEST_heap                := heap

build/tests/unit/userland/timer_test: USERLAND_TEST_EXTRA := -DHAS_STATE=1
build/tests/unit/userland/timer_without_state_test: USERLAND_TEST_EXTRA := -DHAS_STATE=0

# $(call userland_test,NAME)
define userland_test
build/tests/unit/userland/$(1)_test: tests/unit/userland/$(1:%_without_state=%)_test.c \
		tests/unit/userland/fake_kernel.c $(USERLAND_TEST_$(1):%=userland/lib/%.c) \
		$(wildcard userland/lib/*.h tests/unit/userland/*.h) tests/unit/userland/tests.mk
	@mkdir -p $$(@D)
	$$(call say,UNIT,$$@)
	$$(Q)gcc $$(USERLAND_TEST_CFLAGS) $$(USERLAND_TEST_EXTRA) -no-pie -o $$@ $$(filter %.c,$$^) -lcmocka
endef
$(foreach test,$(USERLAND_TESTS),$(eval $(call userland_test,$(test))))

##   test-unit-userland  the applications' library on the host: timers, event loop, heap
.PHONY: test-unit-userland
test-unit-userland: $(USERLAND_TESTS:%=build/tests/unit/userland/%_test)
	@tests/unit/run.sh $^
