// BPFKernel: what a kernel program in Swift imports.
//
//     import BPFKernel
//     public let license: StaticString = "GPL"
//
//     let calls = HashMap<UInt32, UInt64>(maxEntries: 1024)
//
//     @section("raw_tp/sys_enter")
//     func called(_ event: RawTracepointContext) { calls[Process.user, default: 0] &+= 1 }
//
// The folder has two forms. `bpf build` compiles all but `Simulation/` in Embedded Swift, and programs with it. SwiftPM
// compiles all of it for the machine, where a simulated kernel answers helpers, so that `swift test` tries a program's
// logic without a kernel.
//
// Names on which `bpf build` relies, for it finds them in what the compiler prints:
// - `MapDefinition`, `NestedMapDefinition`: a global of such a type is a map, its initial bytes say which. The map type's
//   parameters are the key's and value's types; one alone is the value's, with `UInt32` keys where the key size is 4.
//   The types of a `RingBuffer` and of a `PerfEventArray` name the event.
// - `Config`: a global of this type goes to `.rodata`, and nothing is known of its value.
// - `Log`: a ring buffer of log records, laid out as `LogRecord` says.
// - `Kernel`: structs declared in an extension of it are the kernel's; accesses to their fields are relocated.
// - `swift_bpf_field_info`, `swift_bpf_type_info`, `swift_bpf_enum_info`, `swift_bpf_opaque`: see `Relocations.swift`.
// - `license`: a global of the program that is a `StaticString`; the section of that name.
// - `bpf_spin_lock`, `bpf_timer`: fields of map values that the kernel knows by these names.
