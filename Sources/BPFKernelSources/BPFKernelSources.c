// Written by Scripts/kernel-sources; a file of Sources/BPFKernel per entry, those of the simulated kernel left out.
#include "BPFKernelSources.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const struct bpf_kernel_source sources[] = {
    {0, 0, 0},
};

const int bpf_kernel_source_count = sizeof sources / sizeof sources[0] - 1;

struct bpf_kernel_source bpf_kernel_source(int index) { return sources[index]; }
