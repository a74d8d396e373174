// BTF: the type graph of a kernel or an object: read lazily from mapped bytes, queried for layouts, encoded,
// and printed. It knows nothing of programs and does no system call: whoever holds the bytes hands them over.
//
// Where to begin: `TypeGraph` reads, `TypeGraphBuilder` writes, `TypeGraph.declaration(of:named:)` prints as C,
// `CTypeName` parses C type text, `TypeGraph.formatValue(_:as:)` prints a value of a type, `BTFExtension` reads what
// an object says about its instructions, `COREResolver` finds a kernel's offsets for it, `TypeGraph.deduplicated()` and
// `TypeGraphBuilder.append(_:)` put graphs together, `TypeGraph.bytes(ofTyped:as:)` reads values that people type.
// Facts: the kernel's Documentation/bpf/btf.rst and include/uapi/linux/btf.h.
