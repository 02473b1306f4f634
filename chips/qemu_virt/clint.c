#include <chips/qemu_virt/clint.h>

/* Two deadlines, one comparator. Deadlines are kept in the counter's own 64 bits, which do not wrap
 * in the life of a machine (58,000 years); the 32-bit moments of struct alarm become such deadlines
 * when they are set, and nothing later needs to think about wrapping. The interrupt is up while
 * mtime >= mtimecmp, so a deadline already past interrupts by itself.
 *
 * Invariant: between calls the comparator holds the earlier deadline, and `compare` what the
 * comparator holds. */

static const uint64_t NEVER = UINT64_MAX;

enum {
	TICKS_PER_MICROSECOND = QEMU_VIRT_CLINT_HZ / 1000000,
};

/* The counter's two halves cannot be read at once. If a carry fell between the reads, it was at
 * some instant during them that the low half was 0: that instant is the answer. */
static uint64_t counter_read(const struct qemu_virt_clint_counter_registers *counter)
{
	uint32_t high_before = clint_time_high_read(&counter->time_high);
	uint32_t low = clint_time_low_read(&counter->time_low);
	uint32_t high = clint_time_high_read(&counter->time_high);

	if (high != high_before) {
		low = 0;
	}
	return (uint64_t)high << 32 | low;
}

/* In an order that never leaves the comparator, for an instant, earlier than both the old deadline
 * and the new one (RISC-V privileged specification, "Machine Timer Registers"). */
static void compare_write(struct qemu_virt_clint *self, uint64_t deadline)
{
	struct qemu_virt_clint_registers *registers = self->registers;

	if (deadline == self->compare) {
		return;
	}
	if (deadline >> 32 != self->compare >> 32) {
		clint_compare_low_write(&registers->compare_low, UINT32_MAX);
		clint_compare_high_write(&registers->compare_high, (uint32_t)(deadline >> 32));
	}
	clint_compare_low_write(&registers->compare_low, (uint32_t)deadline);
	self->compare = deadline;
}

static void compare_update(struct qemu_virt_clint *self)
{
	compare_write(self, self->alarm_deadline < self->slice_deadline ? self->alarm_deadline
									: self->slice_deadline);
}

static uint32_t clint_now(struct qemu_virt_clint *self)
{
	return clint_time_low_read(&self->counter->time_low);
}

static uint32_t clint_frequency(struct qemu_virt_clint *self)
{
	(void)self;
	return QEMU_VIRT_CLINT_HZ;
}

static uint64_t clint_time(struct qemu_virt_clint *self)
{
	return counter_read(self->counter);
}

static void clint_set(struct qemu_virt_clint *self, uint32_t reference, uint32_t dt)
{
	uint64_t now = counter_read(self->counter);

	self->alarm_deadline = now + alarm_ticks_left(reference, dt, (uint32_t)now);
	compare_update(self);
}

static void clint_disarm(struct qemu_virt_clint *self)
{
	self->alarm_deadline = NEVER;
	compare_update(self);
}

static bool clint_is_armed(struct qemu_virt_clint *self)
{
	return self->alarm_deadline != NEVER;
}

static void clint_slice_start(struct qemu_virt_clint *self, uint32_t microseconds)
{
	uint32_t ticks = microseconds * TICKS_PER_MICROSECOND;

	self->slice_deadline = counter_read(self->counter) + ticks;
	compare_update(self);
}

/* Mostly the alarm comes first. */
static void clint_slice_stop(struct qemu_virt_clint *self)
{
	if (self->slice_deadline != self->compare) {
		self->slice_deadline = NEVER;
		return;
	}
	self->slice_deadline = NEVER;
	compare_update(self);
}

static void clint_service(struct qemu_virt_clint *self)
{
	uint64_t now = counter_read(self->counter);

	if (self->slice_deadline <= now) {
		self->slice_deadline = NEVER;
		kernel_slice_expired();
	}
	if (self->alarm_deadline <= now) {
		self->alarm_deadline = NEVER;
		alarm_fired(&self->alarm, (uint32_t)now);
		if (self->alarm_deadline != NEVER) {
			return; /* who set it again has set the comparator */
		}
	}
	compare_update(self);
}

ALARM_IMPLEMENT(clint, struct qemu_virt_clint, alarm, .now = clint_now,
		.frequency = clint_frequency, .set = clint_set, .disarm = clint_disarm,
		.is_armed = clint_is_armed);
CLOCK_IMPLEMENT(clint, struct qemu_virt_clint, clock, .now = clint_time,
		.frequency = clint_frequency);
SLICE_TIMER_IMPLEMENT(clint, struct qemu_virt_clint, slice_timer, .start = clint_slice_start,
		      .stop = clint_slice_stop);
INTERRUPT_HANDLER_IMPLEMENT(clint, struct qemu_virt_clint, interrupt, .service = clint_service);

void qemu_virt_clint_init(struct qemu_virt_clint *self, struct qemu_virt_clint_registers *registers,
			  struct qemu_virt_clint_counter_registers *counter)
{
	self->registers = registers;
	self->counter = counter;
	self->alarm_deadline = NEVER;
	self->slice_deadline = NEVER;
	self->compare = NEVER;
	alarm_bind(&self->alarm, &clint_alarm_operations);
	clock_bind(&self->clock, &clint_clock_operations);
	slice_timer_bind(&self->slice_timer, &clint_slice_timer_operations);
	interrupt_handler_bind(&self->interrupt, &clint_interrupt_operations);
	/* In whatever state the comparator is (it has no reset value). */
	clint_compare_low_write(&registers->compare_low, UINT32_MAX);
	clint_compare_high_write(&registers->compare_high, UINT32_MAX);
}
