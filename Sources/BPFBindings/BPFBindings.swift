// BPFBindings: Swift and C sources for the user side of an object, made from what the object itself says of its types.
// It knows objects and types, and neither compilers nor the kernel.
