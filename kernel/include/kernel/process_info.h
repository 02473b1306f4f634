#pragma once

#include <kernel/annotation.h>
#include <kernel/capability.h>
#include <kernel/process_id.h>
#include <kernel/span.h>

/* What can be told about a process, its faults, and an application that was not loaded: for those
 * who report to people. The kernel itself has no words. */

/* What applications may ask for with the KernelVersion element: the version of the system calls. */
enum {
	KERNEL_MAJOR = 2,
	KERNEL_MINOR = 3
};

enum process_state {
	PROCESS_RUNNING,     /* can run, or runs */
	PROCESS_YIELDED,     /* sleeps until any upcall */
	PROCESS_YIELDED_FOR, /* sleeps until one certain upcall */
	PROCESS_FAULTED,
	PROCESS_TERMINATED,
};

/* Why a process was stopped. The two architectures see differently much: where the hardware does
 * not tell reading from writing the cause is FAULT_DATA_ACCESS. */
enum fault_cause {
	FAULT_NONE,
	FAULT_DATA_ACCESS, /* read or wrote where it may not */
	FAULT_READ,        /* read where it may not */
	FAULT_WRITE,       /* wrote where it may not */
	FAULT_EXECUTE,     /* jumped to where it may not execute */
	FAULT_STACK,       /* the stack pointer was bad when the hardware or kernel used it */
	FAULT_ILLEGAL_INSTRUCTION, /* undefined or privileged */
	FAULT_ILLEGAL_STATE,       /* ARM: jumped to an address without the Thumb bit */
	FAULT_MISALIGNED,          /* an address not aligned as the instruction needs */
	FAULT_DIVIDE_BY_ZERO,      /* where the hardware traps it */
	FAULT_BREAKPOINT,          /* a breakpoint without a debugger */
	FAULT_BUS,                 /* nothing answered at an address it may use */
	FAULT_UNKNOWN_SYSTEM_CALL, /* a class above 7 or a yield variant above 2 */
	FAULT_REQUESTED,           /* somebody with the right to asked for it */
	FAULT_OTHER,
};

struct fault {
	enum fault_cause cause;
	bool address_valid;
	uint32_t address; /* the address accessed, if valid */
	uint32_t status;  /* as the hardware words it: CFSR (ARM), mcause (RISC-V) */
};

/* The registers of a process that does not run. */
enum {
	PROCESS_REGISTERS_MAX = 32
};

struct process_registers {
	uint32_t count;   /* 0: none could be read */
	uint32_t missing; /* bit i: register i was on a stack that cannot be read; its value is 0 */
	uint32_t values[PROCESS_REGISTERS_MAX]; /* in the order of process_register_name() */
};

/* The name of register `index`, up to 4 letters: "r0".."r12", "sp", "lr", "pc", "psr" on ARM; "pc",
 * "ra", "sp".. on RISC-V. Empty when there is none. */
KEEP struct read_span process_register_name(uint32_t index);

/* In place of a class: the process has made no system call yet. */
enum {
	PROCESS_NO_SYSTEM_CALL = 0xff
};

struct process_description {
	struct process_id id;
	uint32_t short_id;     /* 0: only its place tells it from others */
	struct read_span name; /* in flash; good for ever */
	enum process_state state;
	bool is_stopped; /* beside the state: not scheduled until resumed */
	/* With PROCESS_YIELDED_FOR: the upcall it sleeps for, in its own words; there may be no such. */
	uint32_t waits_driver;
	uint32_t waits_number;
	struct fault fault;
	/* Addresses. */
	uint32_t flash_start;
	uint32_t flash_app; /* end of header and protected part */
	uint32_t flash_end;
	uint32_t ram_start;
	uint32_t app_break;
	uint32_t app_reach; /* what MPU or PMP really lets it touch ends here, >= app_break */
	uint32_t kernel_break;
	uint32_t ram_end;
	uint32_t stack_pointer;
	uint32_t stack_top;  /* as the process told (memop 10); 0: it did not */
	uint32_t heap_start; /* as the process told (memop 11); 0: it did not */
	/* Counts of this life, but restarts. */
	uint64_t run_ticks; /* of the board's clock that it had the processor; 0 without a clock */
	uint32_t system_calls;
	uint32_t last_system_call;  /* class, or PROCESS_NO_SYSTEM_CALL */
	uint32_t upcalls_delivered; /* that ran, or ended a yield-wait-for */
	uint32_t upcalls_dropped;   /* because the queue was full */
	uint32_t upcalls_queued;    /* now */
	uint32_t slices_expired;
	uint32_t restarts; /* lives before this one */
	uint32_t completion_code;
	/* Grants: of the drivers that have one, how many it has used. */
	uint32_t grants_used;
	uint32_t grants_total;
};

/* Slots in the process table. */
BOUNDED(255) uint32_t process_slots(void);

/* Describes the process in a slot; false if there is none. */
bool process_describe(uint32_t slot, const struct process_inspect_capability *capability,
		      struct process_description *description);

/* The same by name of life. */
bool process_describe_id(struct process_id id, const struct process_inspect_capability *capability,
			 struct process_description *description);

bool process_registers_read(struct process_id id,
			    const struct process_inspect_capability *capability,
			    struct process_registers *registers);

/* What a process keeps for one driver. */
struct process_grant {
	uint32_t driver;  /* number */
	uint32_t address; /* in the process's RAM; 0: it has not used the driver yet */
	uint32_t size;    /* bytes it takes, or would take */
};

/* Describes grant `index` of process_description.grants_total; false if there is none. */
bool process_grant_describe(struct process_id id, uint32_t index,
			    const struct process_inspect_capability *capability,
			    struct process_grant *grant);

/* Of the whole system, since processes were loaded. */
struct kernel_statistics {
	uint32_t clock_hz;    /* ticks a second; 0: the board has no clock, and tells no times */
	uint64_t total_ticks; /* passed */
	uint64_t sleep_ticks; /* of these, while no process had the processor */
	uint32_t sleeps;      /* times that the kernel went to sleep */
	uint32_t slices_expired;
	uint32_t processes; /* loaded */
};

void kernel_statistics_read(const struct process_inspect_capability *capability,
			    struct kernel_statistics *statistics);

/* What became of one entry of the application flash. */
enum load_outcome {
	LOAD_STARTED,
	LOAD_PADDING,     /* an entry without a program */
	LOAD_DISABLED,    /* its enable flag is off */
	LOAD_BAD_LENGTHS, /* header and total size contradict each other */
	LOAD_BAD_CHECKSUM,
	LOAD_BAD_TLV,           /* an element of the header is malformed */
	LOAD_NO_PROGRAM,        /* neither Main nor Program element */
	LOAD_BAD_ENTRY,         /* the entry point lies outside the program */
	LOAD_BAD_REGION,        /* a writeable flash region lies outside the program */
	LOAD_NO_KERNEL_VERSION, /* does not say which kernel it needs */
	LOAD_WRONG_KERNEL_VERSION,
	LOAD_WRONG_FLASH_ADDRESS, /* linked for another place in flash */
	LOAD_WRONG_RAM_ADDRESS,   /* linked for RAM that is taken or does not exist */
	LOAD_NO_CREDENTIAL,       /* the board wants one */
	LOAD_WRONG_CREDENTIAL,    /* a credential does not match the application */
	LOAD_SHORT_ID_TAKEN,      /* another application goes before it under its short id */
	LOAD_FLASH_UNPROTECTABLE, /* MPU or PMP cannot express its flash range */
	LOAD_NO_RAM,              /* wants more RAM than is left */
	LOAD_NO_SLOT,             /* the process table is full; loading ends */
	LOAD_BEYOND_FLASH,        /* the entry is longer than the flash; the list ends */
	LOAD_ENDLESS,             /* total size 0; the list ends */
};

struct load_result {
	enum load_outcome outcome;
	uint32_t flash_start;
	uint32_t detail;       /* by outcome: RAM wanted, address wanted, version wanted, format of
				* the credential, short id; or 0 */
	uint32_t detail_found; /* what there is instead, or who is, by flash address; or 0 */
	struct read_span name; /* empty when the header is too damaged to tell */
	struct process_id id;  /* with LOAD_STARTED */
};
