// LinuxSystem: files, mappings, processes, signals, epoll and terminals as owned values. Together with
// KernelInterface it is the only room that imports Glibc or CLinux. It knows nothing of BPF.
