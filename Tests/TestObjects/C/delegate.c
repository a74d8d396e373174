// Runs a command in a user name space of its own, for which a bpf file system with all rights delegated was made:
//
//     delegate COMMAND [ARGUMENT...]
//
// The file system is given by the environment, LIBBPF_BPF_TOKEN_PATH. The process in the name space opens it, so that
// it belongs there; its parent, which has rights in the first name space, delegates them (kernel/bpf/inode.c).
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void fail(const char *what) {
  fprintf(stderr, "delegate: %s: %s\n", what, strerror(errno));
  _exit(99);
}

static void send_descriptor(int socket, int descriptor) {
  char byte = 0, control[CMSG_SPACE(sizeof descriptor)] = {0};
  struct iovec part = {&byte, 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof descriptor);
  memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
  if (sendmsg(socket, &message, 0) < 0) fail("sendmsg");
}

static int receive_descriptor(int socket) {
  char byte, control[CMSG_SPACE(sizeof(int))];
  struct iovec part = {&byte, 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  int descriptor;
  if (recvmsg(socket, &message, 0) <= 0 || !CMSG_FIRSTHDR(&message)) fail("recvmsg");
  memcpy(&descriptor, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof descriptor);
  return descriptor;
}

static void write_file(pid_t process, const char *name, const char *text) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", process, name);
  int file = open(path, O_WRONLY);
  if (file < 0 || write(file, text, strlen(text)) < 0) fail(path);
  close(file);
}

static void inside(int socket, char **words) {
  char byte, path[64];
  // File systems are made with rights over the name space of mounts.
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS)) fail("unshare");
  if (write(socket, "u", 1) != 1 || read(socket, &byte, 1) != 1) fail("socket");
  int context = fsopen("bpf", 0);
  if (context < 0) fail("fsopen");
  send_descriptor(socket, context);
  int root = receive_descriptor(socket);
  snprintf(path, sizeof path, "/proc/self/fd/%d", root);
  setenv("LIBBPF_BPF_TOKEN_PATH", path, 1);
  close(socket);
  execvp(words[0], words);
  fail(words[0]);
}

int main(int count, char **words) {
  static const char *const options[] = {"delegate_cmds", "delegate_maps", "delegate_progs", "delegate_attachs"};
  int ends[2], status;
  char byte;
  if (count < 2) return 98;
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends)) fail("socketpair");
  pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    inside(ends[1], words + 1);
  }
  close(ends[1]);
  if (read(ends[0], &byte, 1) != 1) fail("the other process");
  write_file(child, "setgroups", "deny");
  write_file(child, "uid_map", "0 0 1");
  write_file(child, "gid_map", "0 0 1");
  if (write(ends[0], "m", 1) != 1) fail("socket");
  int context = receive_descriptor(ends[0]);
  for (int index = 0; index < 4; index++)
    if (fsconfig(context, FSCONFIG_SET_STRING, options[index], "any", 0)) fail(options[index]);
  if (fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL, 0)) fail("fsconfig");
  int root = fsmount(context, 0, 0);
  if (root < 0) fail("fsmount");
  send_descriptor(ends[0], root);
  if (waitpid(child, &status, 0) != child) fail("waitpid");
  return WIFEXITED(status) ? WEXITSTATUS(status) : 97;
}
