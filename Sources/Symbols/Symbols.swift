// Symbols: from an address to a name and back, for the kernel (kallsyms) and for processes (mapped files and
// their symbol tables). It knows nothing of BPF programs.
