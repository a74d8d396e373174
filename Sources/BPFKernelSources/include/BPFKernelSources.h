// BPFKernelSources: the text of Sources/BPFKernel, carried in the binary so that an installed `bpf` can compile it.
#pragma once

#include <stddef.h>

/// A source file: its path below Sources/BPFKernel, and its text.
struct bpf_kernel_source {
  const char *path;
  const unsigned char *text;
  size_t size;
};

extern const int bpf_kernel_source_count;
/// The file of this index, from 0.
struct bpf_kernel_source bpf_kernel_source(int index);
