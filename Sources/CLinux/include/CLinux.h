// CLinux: the few things of Linux that Swift cannot call itself: variadic calls, packed structures, fork, and loads
// and stores with a memory order. Every function that can fail answers a negative error number. It knows nothing else.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// bpf(2).
int clinux_bpf(unsigned command, void *attributes, size_t size);
/// perf_event_open(2); always close-on-exec. `attributes` is a `struct perf_event_attr` that says its own size.
int clinux_perf_event_open(void *attributes, int process, int cpu, int group, unsigned long flags);
/// getdents64(2).
long clinux_directory_entries(int descriptor, void *buffer, size_t count);
/// pidfd_open(2).
int clinux_process_open(int process);
/// fsopen(2), fsconfig(FSCONFIG_CMD_CREATE) and fsmount(2): a mount of a file system that is in no name space and goes
/// with its descriptor.
int clinux_mount_detached(const char *file_system);

/// openat(2); always close-on-exec.
int clinux_openat(int directory, const char *path, int flags, unsigned mode);
int clinux_close(int descriptor);
/// fcntl(F_DUPFD_CLOEXEC): the lowest free number not below `minimum`.
int clinux_duplicate(int descriptor, int minimum);
int clinux_set_nonblocking(int descriptor, int nonblocking);
long clinux_read(int descriptor, void *buffer, size_t count);
long clinux_pread(int descriptor, void *buffer, size_t count, int64_t offset);
long clinux_write(int descriptor, const void *buffer, size_t count);
/// ioctl(2) with a third argument that is a number or a pointer.
int clinux_ioctl(int descriptor, unsigned long request, unsigned long argument);

/// socket(2); always close-on-exec.
int clinux_socket(int domain, int type, int protocol);
long clinux_send(int socket, const void *bytes, size_t count);
/// recv(2) with MSG_TRUNC: the true length of a datagram, also when `buffer` is shorter. `peek` leaves it there.
long clinux_receive(int socket, void *buffer, size_t count, int peek);
int clinux_set_socket_option(int socket, int level, int name, const void *value, size_t count);
/// setns(2) for this thread's network.
int clinux_enter_network(int descriptor);
/// unshare(2) with CLONE_NEWNET: an empty network for this thread.
int clinux_leave_network(void);

/// mmap(2); the address comes back through `address`.
int clinux_mmap(void **address, size_t length, int protection, int flags, int descriptor, int64_t offset);
int clinux_munmap(void *address, size_t length);

/// memfd_create(2); close-on-exec.
int clinux_memory_file(const char *name);

struct clinux_status {
  uint64_t device, inode, size, device_number;
  int64_t modified_seconds;
  uint32_t mode, user, modified_nanoseconds;
};
/// fstatat(2); an empty path means `directory` itself.
int clinux_status(int directory, const char *path, int follow, struct clinux_status *status);
/// major(3) and minor(3) of a device number as stat(2) gives it.
unsigned clinux_major(uint64_t device);
unsigned clinux_minor(uint64_t device);

/// eventfd(2), at 0; close-on-exec and not blocking.
int clinux_event_create(void);
int clinux_epoll_create(void);
/// `operation`: 1 add, 2 remove, 3 change.
int clinux_epoll_control(int epoll, int operation, int descriptor, uint32_t events, uint64_t token);
int clinux_epoll_wait(int epoll, uint64_t *tokens, uint32_t *events, int capacity, int milliseconds);

/// Blocks the signals in `mask` (bit n-1 is signal n) in this thread and opens a signalfd(2) for them.
int clinux_signal_descriptor(uint64_t mask);
int clinux_signal_block(uint64_t mask, int block);
/// Sets a signal's disposition to ignored (1) or default (0).
int clinux_signal_ignore(int signal, int ignore);
/// One signal from a signalfd: its number, or a negative error number (-EAGAIN when there is none).
int clinux_signal_read(int descriptor, int32_t *sender);

/// pipe2(2), close-on-exec.
int clinux_pipe(int *reading, int *writing);

int clinux_timer_create(int clock);
int clinux_timer_set(int descriptor, int64_t first_nanoseconds, int64_t period_nanoseconds, int absolute);

// The effective capabilities of the calling thread (capget(2), capset(2)); what is permitted stays.
int clinux_capabilities(uint64_t *effective);
int clinux_set_capabilities(uint64_t effective);

/// waitpid(2) status words taken apart: 1 exited (value: status), 2 killed (value: signal), 0 anything else.
int clinux_wait(int pid, int flags, int *status);
int clinux_wait_kind(int status, int *value);

struct clinux_held_child {
  int pid;
  /// Writing one byte lets the child run; closing makes it leave.
  int release;
  /// Reads the error number of a failed execve(2), or the end of file once the child has become its program.
  int failure;
};
/// Forks a child that waits to be released and then becomes `path`.
int clinux_spawn_held(const char *path, char *const arguments[], struct clinux_held_child *child);

/// Runs `body(context, i)` for every i below `count` on `threads` threads, the caller's among them.
void clinux_parallel(int count, int threads, void (*body)(void *context, int index), void *context);

/// The C library's words for an error number.
void clinux_error_text(int error, char *buffer, size_t size);
int clinux_terminal_columns(int descriptor);

static inline uint64_t clinux_load_acquire_64(const void *address) {
  return __atomic_load_n((const uint64_t *)address, __ATOMIC_ACQUIRE);
}
static inline uint32_t clinux_load_acquire_32(const void *address) {
  return __atomic_load_n((const uint32_t *)address, __ATOMIC_ACQUIRE);
}
static inline void clinux_store_release_64(void *address, uint64_t value) {
  __atomic_store_n((uint64_t *)address, value, __ATOMIC_RELEASE);
}
static inline void clinux_full_barrier(void) { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
