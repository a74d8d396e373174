// The peer of ring-buffer: libbpf's reader.
//
//     ring-buffer OBJECT     fills the ring buffer, reads it, and prints the nanoseconds that reading took
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint64_t sum, seen;

static int take(void *context, void *data, size_t size) {
  sum += *(const uint64_t *)data;
  seen++;
  return 0;
}

static void fail(const char *what) {
  fprintf(stderr, "ring-buffer: %s\n", what);
  exit(1);
}

int main(int count, char **words) {
  if (count != 2)
    fail("OBJECT");
  struct bpf_object *object = bpf_object__open_file(words[1], NULL);
  if (!object || bpf_object__load(object))
    fail("cannot load");
  uint64_t context[2] = {0, 0};
  LIBBPF_OPTS(bpf_test_run_opts, run, .ctx_in = context, .ctx_size_in = sizeof context);
  struct bpf_program *program = bpf_object__find_program_by_name(object, "fill");
  struct ring_buffer *ring =
      ring_buffer__new(bpf_object__find_map_fd_by_name(object, "records"), take, NULL, NULL);
  if (!ring || bpf_prog_test_run_opts(bpf_program__fd(program), &run))
    fail("cannot run");
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  if (ring_buffer__consume(ring) < 0)
    fail("cannot read");
  clock_gettime(CLOCK_MONOTONIC, &end);
  if (seen != 1000000 || sum != seen * (seen - 1) / 2)
    fail("records are missing");
  printf("%lld\n", (end.tv_sec - start.tv_sec) * 1000000000LL + end.tv_nsec - start.tv_nsec);
  return 0;
}
