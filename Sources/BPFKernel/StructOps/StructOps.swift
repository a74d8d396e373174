internal import Builtin

/// A struct of the kernel whose functions are programs: what the kernel calls `struct_ops`.
///
///     extension Kernel {
///       public struct tcp_congestion_ops {
///         var ssthresh, cong_avoid, undo_cwnd: Operation
///         var name: Characters<16>
///       }
///     }
///     public let reno = StructOps<Kernel.tcp_congestion_ops>(name: "swift_reno")
///
///     @section("struct_ops/ssthresh")
///     func threshold(_ call: FunctionContext) -> UInt32 { … }
///
/// The struct is declared with the fields that are used, in any order. Each program fills the field that its section
/// names: `struct_ops/FIELD`, or `struct_ops/VARIABLE.FIELD` where several structs have it; `struct_ops.s/…` is a program
/// that may sleep. Fields that nothing fills are 0. The variable must be `public`, for nothing in the source uses it.
///
/// User space loads the object and attaches the map of the variable's name, which is in force as long as its link is open.
/// *First kernel*: 5.6, with a link 6.4.
@frozen @_rawLayout(like: StructOpsDefinition)
public struct StructOps<Table>: ~Copyable, @unchecked Sendable {
  @_alwaysEmitIntoClient @_transparent
  var definition: UnsafeMutablePointer<StructOpsDefinition> { .init(Builtin.addressOfRawLayout(self)) }

  /// The struct with `name` in its field `name` (or `id`).
  ///
  /// Without a link the kernel takes the struct over when the map is attached, until its element is deleted, as kernels
  /// before 6.4 must be asked to.
  @_alwaysEmitIntoClient @_transparent
  public init(name: StaticString = "", usesLink: Bool = true) {
    definition.initialize(to: StructOpsDefinition(usesLink: usesLink ? 1 : 0, name: name))
  }
}

/// The initial bytes of a variable that is a ``StructOps``.
@frozen
public struct StructOpsDefinition: Sendable {
  /// 1 when the struct is in force as long as its link.
  public var usesLink: UInt64
  /// The text of the field `name`.
  public var name: StaticString

  @_alwaysEmitIntoClient @_transparent
  init(usesLink: UInt64, name: StaticString) {
    self.usesLink = usesLink
    self.name = name
  }
}

/// A field of a ``StructOps`` that the kernel calls; which program it is say the programs' sections.
@frozen
public struct Operation: BitwiseCopyable, Sendable {
  @usableFromInline var address: UInt
}
