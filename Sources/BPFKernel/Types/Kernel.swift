/// The kernel's types: declare the structs that you read in an extension, with only the fields that you use.
///
///     extension Kernel {
///       struct task_struct { var tgid: Int32; var real_parent: UnsafePointer<task_struct>? }
///     }
///
/// Only names matter: the order of the fields, and fields that are left out, do not. Where each field lies is looked
/// up in the running kernel's types when the program is loaded (CO-RE), so one object fits every kernel that has the
/// fields. A nested struct is declared as another struct of the extension.
public enum Kernel {}

extension Kernel {
  /// Whether the running kernel has the field; its memory is not touched.
  ///
  ///     if Kernel.hasField(&task.pointee.__state) { … } else { … }
  ///
  /// The loader answers, so the branch that cannot run costs nothing. `BPF_CORE_FIELD_EXISTS`.
  @_alwaysEmitIntoClient @_transparent
  public static func hasField(_ field: UnsafeRawPointer) -> Bool { swift_bpf_field_info(field, 2) != 0 }

  /// How many bytes the field has in the running kernel.
  ///
  /// `BPF_CORE_FIELD_SIZE`.
  @_alwaysEmitIntoClient @_transparent
  public static func sizeOfField(_ field: UnsafeRawPointer) -> UInt32 {
    UInt32(bitPattern: swift_bpf_field_info(field, 1))
  }

  /// At how many bytes from its struct's start the field lies in the running kernel.
  ///
  /// `BPF_CORE_FIELD_BYTE_OFFSET`.
  @_alwaysEmitIntoClient @_transparent
  public static func offsetOfField(_ field: UnsafeRawPointer) -> UInt32 {
    UInt32(bitPattern: swift_bpf_field_info(field, 0))
  }

  /// Whether the running kernel has a type of that name.
  ///
  /// `BPF_CORE_TYPE_EXISTS`.
  @_alwaysEmitIntoClient @_transparent
  public static func hasType(_ name: StaticString) -> Bool { swift_bpf_type_info(name.utf8Start, 0) != 0 }

  /// How many bytes the type has in the running kernel, 0 when there is none.
  ///
  /// `BPF_CORE_TYPE_SIZE`.
  @_alwaysEmitIntoClient @_transparent
  public static func sizeOfType(_ name: StaticString) -> UInt64 {
    UInt64(truncatingIfNeeded: swift_bpf_type_info(name.utf8Start, 1))
  }

  /// The value that the running kernel gives to an enumerator, or nil when it has none of that name.
  ///
  ///     if let id = Kernel.value(of: "memory_cgrp_id", in: "cgroup_subsys_id") { … }
  ///
  /// `BPF_CORE_ENUMVAL_EXISTS` and `BPF_CORE_ENUMVAL_VALUE`.
  @_alwaysEmitIntoClient @_transparent
  public static func value(of enumerator: StaticString, in enumeration: StaticString) -> UInt64? {
    guard swift_bpf_enum_info(enumeration.utf8Start, enumerator.utf8Start, 0) != 0 else { return nil }
    return UInt64(truncatingIfNeeded: swift_bpf_enum_info(enumeration.utf8Start, enumerator.utf8Start, 1))
  }
}
