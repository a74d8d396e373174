// Bytecode: the BPF instruction set (RFC 9669): encoding, decoding, an assembler with labels, helper numbers,
// and text in the kernel's own format. It knows nothing of files, of types or of a running kernel.
