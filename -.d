-: kernel/system_call.c kernel/process.h kernel/kernel.h \
 kernel/include/kernel/board.h kernel/include/kernel/capability.h \
 kernel/include/kernel/annotation.h kernel/include/kernel/clock.h \
 kernel/include/kernel/binding.h \
 kernel/include/kernel/credential_checker.h kernel/include/kernel/span.h \
 kernel/include/kernel/buffer.h kernel/include/kernel/driver.h \
 kernel/include/kernel/error.h kernel/include/kernel/process_id.h \
 kernel/include/kernel/execution_context.h \
 kernel/include/kernel/fault_policy.h \
 kernel/include/kernel/process_info.h kernel/include/kernel/interrupt.h \
 kernel/include/kernel/observer.h kernel/include/kernel/panic_reporter.h \
 kernel/include/kernel/panic_writer.h \
 kernel/include/kernel/resume_client.h kernel/include/kernel/grant.h \
 kernel/include/kernel/slice_timer.h \
 kernel/include/kernel/system_call_filter.h \
 kernel/include/kernel/deferred_call.h kernel/include/kernel/entry.h \
 arch/include/arch/arch.h arch/rv32/include/arch/context.h \
 arch/rv32/include/arch/protection.h
kernel/process.h:
kernel/kernel.h:
kernel/include/kernel/board.h:
kernel/include/kernel/capability.h:
kernel/include/kernel/annotation.h:
kernel/include/kernel/clock.h:
kernel/include/kernel/binding.h:
kernel/include/kernel/credential_checker.h:
kernel/include/kernel/span.h:
kernel/include/kernel/buffer.h:
kernel/include/kernel/driver.h:
kernel/include/kernel/error.h:
kernel/include/kernel/process_id.h:
kernel/include/kernel/execution_context.h:
kernel/include/kernel/fault_policy.h:
kernel/include/kernel/process_info.h:
kernel/include/kernel/interrupt.h:
kernel/include/kernel/observer.h:
kernel/include/kernel/panic_reporter.h:
kernel/include/kernel/panic_writer.h:
kernel/include/kernel/resume_client.h:
kernel/include/kernel/grant.h:
kernel/include/kernel/slice_timer.h:
kernel/include/kernel/system_call_filter.h:
kernel/include/kernel/deferred_call.h:
kernel/include/kernel/entry.h:
arch/include/arch/arch.h:
arch/rv32/include/arch/context.h:
arch/rv32/include/arch/protection.h:
