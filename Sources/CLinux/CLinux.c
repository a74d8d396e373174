#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define ANSWER(call)                   \
  __typeof__(call) answer = (call);    \
  return answer < 0 ? -errno : answer;

int clinux_bpf(unsigned command, void *attributes, size_t size) {
  ANSWER((int)syscall(SYS_bpf, command, attributes, size))
}

// PERF_FLAG_FD_CLOEXEC, include/uapi/linux/perf_event.h.
#define CLOSE_ON_EXEC (1ul << 3)

int clinux_perf_event_open(void *attributes, int process, int cpu, int group, unsigned long flags) {
  ANSWER((int)syscall(SYS_perf_event_open, attributes, process, cpu, group, flags | CLOSE_ON_EXEC))
}

long clinux_directory_entries(int descriptor, void *buffer, size_t count) {
  ANSWER(syscall(SYS_getdents64, descriptor, buffer, count))
}

// System calls since 5.1 have one number on all architectures (include/uapi/asm-generic/unistd.h); older headers of
// the C library lack their names.
enum { PIDFD_OPEN = 434, FSOPEN = 430, FSCONFIG = 431, FSMOUNT = 432 };

int clinux_process_open(int process) { ANSWER((int)syscall(PIDFD_OPEN, process, 0)) }

int clinux_mount_detached(const char *file_system) {
  // FSOPEN_CLOEXEC, FSCONFIG_CMD_CREATE, FSMOUNT_CLOEXEC, MOUNT_ATTR_*: include/uapi/linux/mount.h.
  enum { CLOEXEC = 1, CMD_CREATE = 6, NOSUID = 2, NODEV = 4, NOEXEC = 8 };
  int context = (int)syscall(FSOPEN, file_system, CLOEXEC);
  if (context < 0) return -errno;
  int mount = -1, error = 0;
  if (syscall(FSCONFIG, context, CMD_CREATE, NULL, NULL, 0) < 0) {
    error = errno;
  } else {
    mount = (int)syscall(FSMOUNT, context, CLOEXEC, NOSUID | NODEV | NOEXEC);
    if (mount < 0) error = errno;
  }
  close(context);
  return mount < 0 ? -error : mount;
}

int clinux_openat(int directory, const char *path, int flags, unsigned mode) {
  int answer;
  do answer = openat(directory, path, flags | O_CLOEXEC, mode);
  while (answer < 0 && errno == EINTR);
  return answer < 0 ? -errno : answer;
}

int clinux_close(int descriptor) { ANSWER(close(descriptor)) }

int clinux_duplicate(int descriptor, int minimum) { ANSWER(fcntl(descriptor, F_DUPFD_CLOEXEC, minimum)) }

int clinux_set_nonblocking(int descriptor, int nonblocking) {
  int flags = fcntl(descriptor, F_GETFL);
  if (flags < 0) return -errno;
  ANSWER(fcntl(descriptor, F_SETFL, nonblocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK))
}

long clinux_read(int descriptor, void *buffer, size_t count) {
  long answer;
  do answer = read(descriptor, buffer, count);
  while (answer < 0 && errno == EINTR);
  return answer < 0 ? -errno : answer;
}

long clinux_pread(int descriptor, void *buffer, size_t count, int64_t offset) {
  long answer;
  do answer = pread(descriptor, buffer, count, offset);
  while (answer < 0 && errno == EINTR);
  return answer < 0 ? -errno : answer;
}

long clinux_write(int descriptor, const void *buffer, size_t count) {
  long answer;
  do answer = write(descriptor, buffer, count);
  while (answer < 0 && errno == EINTR);
  return answer < 0 ? -errno : answer;
}

int clinux_ioctl(int descriptor, unsigned long request, unsigned long argument) {
  ANSWER(ioctl(descriptor, request, argument))
}

int clinux_socket(int domain, int type, int protocol) { ANSWER(socket(domain, type | SOCK_CLOEXEC, protocol)) }

long clinux_send(int socket, const void *bytes, size_t count) {
  long answer;
  do answer = send(socket, bytes, count, MSG_NOSIGNAL);
  while (answer < 0 && errno == EINTR);
  return answer < 0 ? -errno : answer;
}

long clinux_receive(int socket, void *buffer, size_t count, int peek) {
  long answer;
  do answer = recv(socket, buffer, count, MSG_TRUNC | (peek ? MSG_PEEK : 0));
  while (answer < 0 && errno == EINTR);
  return answer < 0 ? -errno : answer;
}

int clinux_set_socket_option(int socket, int level, int name, const void *value, size_t count) {
  ANSWER(setsockopt(socket, level, name, value, (socklen_t)count))
}

int clinux_enter_network(int descriptor) { ANSWER(setns(descriptor, CLONE_NEWNET)) }

int clinux_leave_network(void) { ANSWER(unshare(CLONE_NEWNET)) }

int clinux_mmap(void **address, size_t length, int protection, int flags, int descriptor, int64_t offset) {
  void *mapped = mmap(*address, length, protection, flags, descriptor, offset);
  if (mapped == MAP_FAILED) return -errno;
  *address = mapped;
  return 0;
}

int clinux_memory_file(const char *name) { ANSWER(memfd_create(name, MFD_CLOEXEC)) }

int clinux_munmap(void *address, size_t length) { ANSWER(munmap(address, length)) }

int clinux_status(int directory, const char *path, int follow, struct clinux_status *status) {
  struct stat found;
  int flags = (follow ? 0 : AT_SYMLINK_NOFOLLOW) | (path[0] == '\0' ? AT_EMPTY_PATH : 0);
  if (fstatat(directory, path, &found, flags) < 0) return -errno;
  *status = (struct clinux_status){
    .device = found.st_dev,
    .inode = found.st_ino,
    .size = found.st_size < 0 ? 0 : (uint64_t)found.st_size,
    .device_number = found.st_rdev,
    .modified_seconds = found.st_mtim.tv_sec,
    .mode = found.st_mode,
    .user = found.st_uid,
    .modified_nanoseconds = (uint32_t)found.st_mtim.tv_nsec,
  };
  return 0;
}

unsigned clinux_major(uint64_t device) { return major(device); }
unsigned clinux_minor(uint64_t device) { return minor(device); }

int clinux_event_create(void) { ANSWER(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) }

int clinux_epoll_create(void) { ANSWER(epoll_create1(EPOLL_CLOEXEC)) }

int clinux_epoll_control(int epoll, int operation, int descriptor, uint32_t events, uint64_t token) {
  struct epoll_event event = {.events = events, .data.u64 = token};
  ANSWER(epoll_ctl(epoll, operation, descriptor, &event))
}

int clinux_epoll_wait(int epoll, uint64_t *tokens, uint32_t *events, int capacity, int milliseconds) {
  struct epoll_event ready[32];
  int count = epoll_wait(epoll, ready, capacity < 32 ? capacity : 32, milliseconds);
  if (count < 0) return -errno;
  for (int i = 0; i < count; i++) {
    tokens[i] = ready[i].data.u64;
    events[i] = ready[i].events;
  }
  return count;
}

static void signal_set(uint64_t mask, sigset_t *set) {
  sigemptyset(set);
  for (int i = 0; i < 64; i++)
    if (mask >> i & 1) sigaddset(set, i + 1);
}

int clinux_signal_block(uint64_t mask, int block) {
  sigset_t set;
  signal_set(mask, &set);
  return -pthread_sigmask(block ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

int clinux_signal_descriptor(uint64_t mask) {
  sigset_t set;
  signal_set(mask, &set);
  int error = pthread_sigmask(SIG_BLOCK, &set, NULL);
  if (error) return -error;
  ANSWER(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK))
}

int clinux_signal_ignore(int signal_number, int ignore) {
  return signal(signal_number, ignore ? SIG_IGN : SIG_DFL) == SIG_ERR ? -errno : 0;
}

int clinux_signal_read(int descriptor, int32_t *sender) {
  struct signalfd_siginfo information;
  long count = clinux_read(descriptor, &information, sizeof information);
  if (count < 0) return (int)count;
  if (count != sizeof information) return -EAGAIN;
  *sender = (int32_t)information.ssi_pid;
  return (int)information.ssi_signo;
}

int clinux_pipe(int *reading, int *writing) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) < 0) return -errno;
  *reading = ends[0];
  *writing = ends[1];
  return 0;
}

int clinux_timer_create(int clock) { ANSWER(timerfd_create(clock, TFD_CLOEXEC | TFD_NONBLOCK)) }

static struct timespec timespec_of(int64_t nanoseconds) {
  return (struct timespec){.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
}

int clinux_timer_set(int descriptor, int64_t first, int64_t period, int absolute) {
  struct itimerspec value = {.it_value = timespec_of(first), .it_interval = timespec_of(period)};
  ANSWER(timerfd_settime(descriptor, absolute ? TFD_TIMER_ABSTIME : 0, &value, NULL))
}

int clinux_wait(int pid, int flags, int *status) {
  int answer;
  do answer = waitpid(pid, status, flags);
  while (answer < 0 && errno == EINTR);
  return answer < 0 ? -errno : answer;
}

int clinux_wait_kind(int status, int *value) {
  if (WIFEXITED(status)) {
    *value = WEXITSTATUS(status);
    return 1;
  }
  if (WIFSIGNALED(status)) {
    *value = WTERMSIG(status);
    return 2;
  }
  return 0;
}

extern char **environ;

// Closes what execve(2) would close, but for the two ends of pipes that are still needed: a child that waits must not
// keep alive what its parent closes meanwhile. Without /proc the descriptors stay until then.
static void close_early(int released, int failure) {
  int directory = open("/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return;
  char buffer[4096] __attribute__((aligned(8)));
  long length;
  while ((length = syscall(SYS_getdents64, directory, buffer, sizeof buffer)) > 0)
    // struct linux_dirent64: inode (8 bytes), offset (8), length (2), kind (1), name.
    for (long at = 0; at + 19 < length;) {
      unsigned short record;
      memcpy(&record, buffer + at + 16, sizeof record);
      int descriptor = 0;
      const char *digit = buffer + at + 19;
      while (*digit >= '0' && *digit <= '9') descriptor = descriptor * 10 + (*digit++ - '0');
      int flags = *digit ? -1 : fcntl(descriptor, F_GETFD);
      if (flags >= 0 && flags & FD_CLOEXEC && descriptor != released && descriptor != failure && descriptor != directory)
        close(descriptor);
      at += record;
    }
  close(directory);
}

// Runs in the child after fork: only calls that are safe in a process whose other threads are gone.
static void become(const char *path, char *const arguments[], int released, int failure, pid_t parent) {
  // A tracer that is killed takes its child along, as bpftrace does.
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(127);
  // The kernel's own call and a `struct sigaction` of zeros (SIG_DFL): the C library's refuses the two signals that it
  // keeps for itself, which may have come ignored from whoever started us.
  static const char default_action[64];
  for (int i = 1; i <= 64; i++) syscall(SYS_rt_sigaction, i, default_action, NULL, 8);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);

  close_early(released, failure);
  char byte;
  ssize_t count;
  do count = read(released, &byte, 1);
  while (count < 0 && errno == EINTR);
  if (count != 1) _exit(127);

  execve(path, arguments, environ);
  int error = errno;
  ssize_t ignored = write(failure, &error, sizeof error);
  (void)ignored;
  _exit(127);
}

int clinux_spawn_held(const char *path, char *const arguments[], struct clinux_held_child *child) {
  int release[2], failure[2];
  if (pipe2(release, O_CLOEXEC) < 0) return -errno;
  if (pipe2(failure, O_CLOEXEC) < 0) {
    int error = errno;
    close(release[0]);
    close(release[1]);
    return -error;
  }
  pid_t parent = getpid();
  // Signals stay blocked from before the fork until the child has put them back to their defaults, so that none
  // of the tracer's own handling runs in the child.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t pid = fork();
  int error = errno;
  if (pid == 0) {
    close(release[1]);
    close(failure[0]);
    become(path, arguments, release[0], failure[1], parent);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(release[0]);
  close(failure[1]);
  if (pid < 0) {
    close(release[1]);
    close(failure[0]);
    return -error;
  }
  *child = (struct clinux_held_child){.pid = pid, .release = release[1], .failure = failure[0]};
  return 0;
}

struct parallel_work {
  int count;
  void (*body)(void *, int);
  void *context;
  atomic_int next;
};

static void *parallel_worker(void *argument) {
  struct parallel_work *work = argument;
  for (;;) {
    int index = atomic_fetch_add(&work->next, 1);
    if (index >= work->count) return NULL;
    work->body(work->context, index);
  }
}

void clinux_parallel(int count, int threads, void (*body)(void *, int), void *context) {
  struct parallel_work work = {.count = count, .body = body, .context = context};
  if (threads > count) threads = count;
  pthread_t *others = threads > 1 ? calloc((size_t)threads, sizeof *others) : NULL;
  int started = 0;
  if (others) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 64 * 1024);
    while (started < threads - 1 && pthread_create(&others[started], &attributes, parallel_worker, &work) == 0)
      started++;
    pthread_attr_destroy(&attributes);
  }
  parallel_worker(&work);
  for (int i = 0; i < started; i++) pthread_join(others[i], NULL);
  free(others);
}

// _LINUX_CAPABILITY_VERSION_3, include/uapi/linux/capability.h; 0 is the calling thread.
struct capability_header {
  uint32_t version;
  int thread;
};
struct capability_words {
  uint32_t effective, permitted, inheritable;
};
enum { CAPABILITY_VERSION = 0x20080522 };

int clinux_capabilities(uint64_t *effective) {
  struct capability_header header = {CAPABILITY_VERSION, 0};
  struct capability_words words[2];
  if (syscall(SYS_capget, &header, words) < 0) return -errno;
  *effective = words[0].effective | (uint64_t)words[1].effective << 32;
  return 0;
}

int clinux_set_capabilities(uint64_t effective) {
  struct capability_header header = {CAPABILITY_VERSION, 0};
  struct capability_words words[2];
  if (syscall(SYS_capget, &header, words) < 0) return -errno;
  words[0].effective = (uint32_t)effective;
  words[1].effective = (uint32_t)(effective >> 32);
  return syscall(SYS_capset, &header, words) < 0 ? -errno : 0;
}

void clinux_error_text(int error, char *buffer, size_t size) {
  if (size == 0) return;
  const char *text = strerror_r(error, buffer, size);
  if (text != buffer) {
    strncpy(buffer, text, size - 1);
    buffer[size - 1] = '\0';
  }
}

int clinux_terminal_columns(int descriptor) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) < 0) return -errno;
  return size.ws_col;
}
