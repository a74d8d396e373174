// Uses an object through its skeleton and its subskeleton, and prints what came of it.
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct pair {
  int first, second;
};

#include "whole.h"
#include "part.h"

int main(void) {
  size_t size = 0;
  struct whole *whole = whole__open();
  if (!whole || memcmp(whole__elf_bytes(&size), "\177ELF", 4)) return 1;
  whole->rodata->wanted_pid = getpid();
  whole->rodata->wanted_call = SYS_getppid;
  whole->data->step = 5;
  whole->data_custom->pairs[1].second = 7;
  whole->bss->unnamed.flag = 1;
  if (whole__load(whole)) return 2;
  struct part *part = part__open(whole->obj);
  if (!part || part->progs.count_calls != whole->progs.count_calls || part->maps.counts != whole->maps.counts) return 3;
  if (whole__attach(whole) || !whole->links.count_calls || whole->links.never_loaded) return 4;
  syscall(SYS_getppid);
  syscall(SYS_getppid);
  whole__detach(whole);
  syscall(SYS_getppid);
  (*part->data_custom.pairs)[0].first = 9;
  printf("%llu %ld %d %d %s %d\n", whole->bss->total, whole->bss->unnamed.inner, *part->bss.total == whole->bss->total,
         whole->data_custom->pairs[0].first, whole->rodata->greeting,
         whole->bss->version == whole->kconfig->LINUX_KERNEL_VERSION && whole->bss->version > 0);
  part__destroy(part);
  whole__destroy(whole);
  return 0;
}
