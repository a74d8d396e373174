// ELF: object files of either byte order and class, read from bytes: sections, symbols, notes, build ids, debug
// links, program headers. It never trusts a size or an offset that it reads. It knows nothing of BPF and opens
// no file itself.
