// The peers of map-iteration: the loops that one writes in C on bpf(2) itself.
//
//     map-iteration next-key ID     a key at a time, as bpftool does
//     map-iteration batch ID        4096 elements at a time
// Both print the nanoseconds that one walk over the map takes; its keys and values are 8 bytes.
#include <errno.h>
#include <linux/bpf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int bpf(int command, union bpf_attr *attr) { return syscall(SYS_bpf, command, attr, sizeof *attr); }

static int element(int command, int map, const void *key, void *value) {
  union bpf_attr attr;
  memset(&attr, 0, sizeof attr);
  attr.map_fd = map;
  attr.key = (uintptr_t)key;
  attr.value = (uintptr_t)value;
  return bpf(command, &attr);
}

static uint64_t sum, seen;

static int by_keys(int map) {
  uint64_t key, next, value;
  const void *place = NULL;
  while (element(BPF_MAP_GET_NEXT_KEY, map, place, &next) == 0) {
    key = next;
    place = &key;
    if (element(BPF_MAP_LOOKUP_ELEM, map, &key, &value)) return 1;
    sum += value - key;
    seen++;
  }
  return errno != ENOENT;
}

static int by_batches(int map) {
  enum { capacity = 4096 };
  static uint64_t keys[capacity], values[capacity];
  uint32_t position = 0;
  union bpf_attr attr;
  for (int first = 1;; first = 0) {
    memset(&attr, 0, sizeof attr);
    attr.batch.map_fd = map;
    attr.batch.in_batch = first ? 0 : (uintptr_t)&position;
    attr.batch.out_batch = (uintptr_t)&position;
    attr.batch.keys = (uintptr_t)keys;
    attr.batch.values = (uintptr_t)values;
    attr.batch.count = capacity;
    int answer = bpf(BPF_MAP_LOOKUP_BATCH, &attr);
    if (answer && errno != ENOENT) return 1;
    for (uint32_t i = 0; i < attr.batch.count; i++) sum += values[i] - keys[i];
    seen += attr.batch.count;
    if (answer) return 0;
  }
}

int main(int count, char **words) {
  if (count != 3) return 2;
  union bpf_attr attr;
  memset(&attr, 0, sizeof attr);
  attr.map_id = atoi(words[2]);
  int map = bpf(BPF_MAP_GET_FD_BY_ID, &attr);
  if (map < 0) return perror("map"), 1;
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  if (strcmp(words[1], "batch") ? by_keys(map) : by_batches(map)) return perror(words[1]), 1;
  clock_gettime(CLOCK_MONOTONIC, &end);
  if (sum != seen || !seen) return fprintf(stderr, "saw %lu elements, sum %lu\n", seen, sum), 1;
  printf("%ld\n", (end.tv_sec - start.tv_sec) * 1000000000L + end.tv_nsec - start.tv_nsec);
  return 0;
}
