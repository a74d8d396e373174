// BPFBuild: Swift or C source in, BPF object out. It drives the Swift toolchain's own compilers, rewrites the LLVM IR that
// swiftc prints into IR that clang's BPF backend takes, and explains what a kernel program cannot do at the line that
// does it. It knows nothing of loading, of tracing, or of the kernel that runs the program.
