// TraceCompiler: from a syntax tree to loadable bytecode: names and types, a small typed SSA form, passes over
// it, registers, and the layout of the events that programs send. It does no system call: what it needs to know
// of the machine it asks a CompilationTarget.
