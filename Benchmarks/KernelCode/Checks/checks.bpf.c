// The programs of checks.bpf.swift in C, with the checks written by hand. With -DCOUNTED a check that fails is counted.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

__u64 first, second, table[16];
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 16);
  __type(key, __u32);
  __type(value, __u64);
} entries SEC(".maps");

#ifdef COUNTED
__u64 failures[128];
#define CHECK(condition)                                   \
  if (!(condition)) {                                      \
    __sync_fetch_and_add(&failures[__COUNTER__ & 127], 1); \
    return 0;                                              \
  }
#else
#define CHECK(condition) \
  if (!(condition))      \
    return 0;
#endif

// PLAIN and CHECKED set `result` from `a` and `b`.
#define STORE(where, a_, b_, OPERATION) \
  {                                     \
    __u64 a = a_, b = b_, result;       \
    OPERATION;                          \
    where = result;                     \
  }
#define PROGRAM(name, ONE, TWO)                              \
  SEC("raw_tp") int name(struct bpf_raw_tracepoint_args *e) { \
    STORE(first, e->args[0], e->args[1], ONE)                 \
    STORE(second, e->args[2], e->args[3], TWO)                \
    return 0;                                                 \
  }
#define PROGRAMS(name, PLAIN, CHECKED)    \
  PROGRAM(name##_0, PLAIN, PLAIN)         \
  PROGRAM(name##_1, CHECKED, PLAIN)       \
  PROGRAM(name##_2, CHECKED, CHECKED)

#define OVERFLOWING(type, unsigned_type, operation)                   \
  type value;                                                         \
  CHECK(!__builtin_##operation##_overflow((type)a, (type)b, &value)); \
  result = (unsigned_type)value
#define ENTRY                                    \
  __u32 key = a;                                 \
  __u64 *entry = bpf_map_lookup_elem(&entries, &key)

PROGRAMS(addition, result = a + b, OVERFLOWING(__u64, __u64, add))
PROGRAMS(subtraction, result = a - b, OVERFLOWING(__u64, __u64, sub))
// The builtin would call __multi3 here, and clang makes the builtin of a comparison with a quotient that it can see.
PROGRAMS(multiplication, result = a * b, __u64 most = ~0ull; if ((a | b) >> 32 && b) most = ~0ull / b;
         asm("" : "+r"(most)); CHECK(a <= most); result = a * b)
PROGRAMS(addition32, result = (__u32)a + (__u32)b, OVERFLOWING(__u32, __u32, add))
PROGRAMS(multiplication32, result = (__u32)a * (__u32)b, OVERFLOWING(__u32, __u32, mul))
PROGRAMS(additionSigned, result = a + b, OVERFLOWING(__s64, __u64, add))
PROGRAMS(additionSigned32, result = (__u32)a + (__u32)b, OVERFLOWING(__s32, __u32, add))
PROGRAMS(multiplicationSigned32, result = (__u32)a * (__u32)b, OVERFLOWING(__s32, __u32, mul))
PROGRAMS(negation, result = -a, CHECK(a != 1ull << 63); result = -a)
PROGRAMS(conversion, result = (__u32)a, CHECK(a >> 32 == 0); result = (__u32)a)
PROGRAMS(sign, result = a, CHECK((__s64)a >= 0); result = a)
PROGRAMS(division, result = a / b, CHECK(b != 0); result = a / b)
PROGRAMS(index, result = table[a & 15], CHECK(a < 16); result = table[a])
PROGRAMS(unwrap, ENTRY; result = entry ? *entry : 0, ENTRY; CHECK(entry); result = *entry)
PROGRAMS(condition, result = a, CHECK(a < b); result = a)
PROGRAMS(shift, result = a << (b & 63), result = b < 64 ? a << b : 0)

char LICENSE[] SEC("license") = "GPL";
