/// The file that an iterator writes: each program of type `iter/…` finds it in the first argument.
///
///     @section("iter/task")
///     func show(_ step: IteratorContext) -> Int32 {
///       guard let task = step.pointer(1, to: Kernel.task_struct.self) else { return 0 }
///       step.print("%8d %s\n", [UInt64(task.pointee.pid), address(of: &task.pointee.comm)])
///
/// *First kernel*: 5.8.
@frozen
public struct IteratorContext: ProgramContext {
  /// The first member of the context: the metadata.
  public let arguments: UnsafePointer<UInt64>

  /// The context is at `arguments`, as in a test.
  @_alwaysEmitIntoClient @_transparent
  public init(_ arguments: UnsafePointer<UInt64>) { self.arguments = arguments }

  /// The pointer, as helpers take it.
  @_alwaysEmitIntoClient public var rawContext: UnsafeMutableRawPointer {
    @_transparent get { UnsafeMutableRawPointer(mutating: arguments) }
  }

  /// `struct bpf_iter_meta` of the kernel's `include/linux/bpf.h`.
  @frozen
  public struct Metadata {
    /// The `struct seq_file` that is written.
    public var file: UnsafeMutableRawPointer
    /// Which session of the file it is.
    public var session: UInt64
    /// How many objects were shown before.
    public var sequence: UInt64
  }

  /// What the kernel says of the walk.
  @_alwaysEmitIntoClient public var metadata: UnsafeMutablePointer<Metadata> {
    @_transparent get {
      UnsafeRawPointer(arguments).assumingMemoryBound(to: UnsafeMutablePointer<Metadata>.self).pointee
    }
  }

  /// The pointer at `index`, from 1 up: what is shown, or nil after the last one.
  @_alwaysEmitIntoClient @_transparent
  public func pointer<T>(_ index: Int, to type: T.Type = T.self) -> UnsafeMutablePointer<T>? {
    UnsafeRawPointer(arguments + index).assumingMemoryBound(to: UnsafeMutablePointer<T>?.self).pointee
  }

  /// Writes constant text.
  ///
  /// `bpf_seq_write`.
  @_alwaysEmitIntoClient @inline(__always)
  public func write(_ text: StaticString) {
    bpf_seq_write(metadata.pointee.file, text.utf8Start, UInt32(truncatingIfNeeded: text.utf8CodeUnitCount))
  }

  /// Writes a value's bytes.
  ///
  /// `bpf_seq_write`.
  @_alwaysEmitIntoClient @inline(__always)
  public func write<T: BitwiseCopyable>(bytesOf value: T) {
    _ = withPadded(value) {
      bpf_seq_write(metadata.pointee.file, $0, UInt32(truncatingIfNeeded: MemoryLayout<T>.size))
    }
  }

  /// Writes text with numbers and text in it, as `printf` formats them.
  ///
  /// `bpf_seq_printf`.
  ///
  /// For `%s` give the address of text in the kernel: `address(of: &task.pointee.comm)`.
  @_alwaysEmitIntoClient @inline(__always)
  public func print<let count: Int>(_ format: StaticString, _ values: InlineArray<count, UInt64>) {
    let size = UInt32(truncatingIfNeeded: format.utf8CodeUnitCount &+ 1)
    _ = withUnsafePointer(to: values) {
      bpf_seq_printf(
        metadata.pointee.file, format.utf8Start, size, $0, UInt32(truncatingIfNeeded: count &* 8))
    }
  }
}

/// The address of a field of the kernel's memory, as text formats take it for `%s`.
@_alwaysEmitIntoClient @_transparent
public func address(of field: UnsafeRawPointer) -> UInt64 { word(field) }
