// KernelInterface: the kernel's BPF doors: bpf(2), perf_event_open(2), tracefs, kallsyms, capabilities and
// feature probes, behind one small protocol, KernelCalls, that is passed as a value so that tests can script
// it. It knows nothing of ELF files or of languages.
