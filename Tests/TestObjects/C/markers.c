// A program with USDT probes of every kind of argument, and functions to probe.
//
// The notes are written here as <sys/sdt.h> would: note type 3 of "stapsdt" with the probe's address, that of
// .stapsdt.base, the semaphore's, and three strings.
#include <stdint.h>
#include <stdlib.h>


#define NOTE(provider, name, semaphore, arguments, ...)                                                             \
  __asm__ volatile("990: nop\n"                                                                                     \
                   ".pushsection .note.stapsdt, \"\", \"note\"\n"                                                   \
                   ".balign 4\n"                                                                                    \
                   ".4byte 992f - 991f, 994f - 993f, 3\n"                                                           \
                   "991: .asciz \"stapsdt\"\n"                                                                      \
                   "992: .balign 4\n"                                                                               \
                   "993: .8byte 990b, _.stapsdt.base, " semaphore "\n"                                              \
                   ".asciz \"" provider "\", \"" name "\", \"" arguments "\"\n"                                     \
                   "994: .balign 4\n"                                                                               \
                   ".popsection\n"                                                                                  \
                   ".ifndef _.stapsdt.base\n"                                                                       \
                   ".pushsection .stapsdt.base, \"aG\", \"progbits\", .stapsdt.base, comdat\n"                      \
                   ".weak _.stapsdt.base\n"                                                                         \
                   ".hidden _.stapsdt.base\n"                                                                       \
                   "_.stapsdt.base: .space 1\n"                                                                     \
                   ".size _.stapsdt.base, 1\n"                                                                      \
                   ".popsection\n"                                                                                  \
                   ".endif\n" ::__VA_ARGS__)

volatile uint16_t markers_guarded_semaphore __attribute__((section(".probes"), used));
volatile int64_t global = -7000000000;

__attribute__((noinline)) int64_t work(int64_t one, uint64_t two) {
  __asm__ volatile("" : "+r"(one), "+r"(two));
  return one + (int64_t)two;
}

__attribute__((noinline)) int64_t work_again(int64_t one) {
  __asm__ volatile("" : "+r"(one));
  return one * 2;
}

// Sign and size: what is above a small number's bits in its register must not count.
__attribute__((noinline)) static void sizes(void) {
  uint64_t dirty = 0xdeadbeefcafe0000;
  NOTE("markers", "sizes", "0", "-1@%b0 1@%b0 -2@%w1 2@%w1 -4@%k2 4@%k2 -8@%3 8@%3", "r"(dirty | 0xfd), "r"(dirty | 0xfb2e),
       "r"(dirty), "r"(0x8000000000000001));
}

__attribute__((noinline)) static void places(void) {
  volatile int32_t local = -123456;
  volatile uint16_t small = 65000;
  NOTE("markers", "places", "0", "-4@%0 -4@%1 2@%2 -8@%3 8@%4", "i"(-9), "m"(local), "m"(small), "m"(global),
       "i"(1 << 20));
}

__attribute__((noinline)) static void table(uint64_t index) {
  static volatile int32_t numbers[4] = {11, 22, -33, 44};
  volatile int32_t *base = numbers;
  NOTE("markers", "table", "0", "-4@(%0,%1,4)", "r"(base), "r"(index));
}

// Two places of one probe, each with its own arguments.
__attribute__((noinline)) static void twice(uint64_t value) {
  NOTE("markers", "twice", "0", "8@%0", "r"(value));
  NOTE("markers", "twice", "0", "8@%0", "i"(77));
}

__attribute__((noinline)) static void guarded(void) {
  NOTE("markers", "guarded", "markers_guarded_semaphore", "4@%0", "i"(5));
}

// The number of rounds; the exit status says how many found the semaphore raised.
int main(int count, char **words) {
  int raised = 0;
  int rounds = count > 1 ? atoi(words[1]) : 1;
  for (int round = 0; round < rounds; round++) {
    work(40, 2);
    work_again(21);
    sizes();
    places();
    table(2);
    twice(1000);
    if (markers_guarded_semaphore) {
      guarded();
      raised++;
    }
  }
  return raised;
}
