// The peer of object-load: libbpf.
//
//     object-load OBJECT     prints the nanoseconds that it takes to open and load the object for the first time
#include <bpf/libbpf.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

int main(int count, char **words) {
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  struct bpf_object *object = count == 2 ? bpf_object__open_file(words[1], NULL) : NULL;
  if (!object || bpf_object__load(object)) {
    fprintf(stderr, "object-load: cannot load\n");
    return 1;
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  printf("%lld\n", (end.tv_sec - start.tv_sec) * 1000000000LL + end.tv_nsec - start.tv_nsec);
  bpf_object__close(object);
  return 0;
}
