import KernelTesting

/// Whether the running kernel is of this version or newer.
func runs(_ major: Int, _ minor: Int) -> Bool { KernelTesting.runs(major, minor) }
