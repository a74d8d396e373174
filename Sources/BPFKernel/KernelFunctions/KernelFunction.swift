/// A function of the kernel that programs may call, a *kfunc*, by its declaration in C.
///
///     let taskFromPID = KernelFunction("struct task_struct *bpf_task_from_pid(s32 pid)")
///     let taskRelease = KernelFunction("void bpf_task_release(struct task_struct *p)")
///     …
///     if let task: UnsafeMutablePointer<Kernel.task_struct> = taskFromPID(pid) {
///       …
///       taskRelease(task)
///     }
///
/// The declaration must be a literal, and agree with the function that the running kernel has: the loader compares them.
/// They agree when integers, pointers, structs, unions and enumerations stand in the same places; `const`, names, and the
/// sizes of integers do not count. The functions that many programs need are declared already, under their own names, as
/// ``bpf_task_from_pid(_:)``.
///
/// A program that calls a function which the kernel does not have is refused when it is loaded. One that must run
/// on several kernels asks first (``exists``), which makes the function one that may be missing.
///
/// The kernel allows each function to some types of programs. *First kernel*: 5.13; for tracing programs 6.0.
@frozen
public struct KernelFunction: Sendable {
  /// The declaration in C, without `extern`.
  public let declaration: StaticString

  /// The function of this declaration.
  @_alwaysEmitIntoClient @_transparent
  public init(_ declaration: StaticString) { self.declaration = declaration }

  /// Whether the running kernel has the function, with these types of arguments and result.
  ///
  /// The loader answers, so the branch that cannot run costs nothing. `bpf_ksym_exists`. Of functions that are there only
  /// kernels from 6.4 on can be told so.
  @_alwaysEmitIntoClient public var exists: Bool {
    @_transparent get { swift_bpf_function_exists(declaration.utf8Start) != 0 }
  }
}

extension KernelFunction {
  /// Calls the function.
  @_alwaysEmitIntoClient @_transparent
  public func callAsFunction() { _ = swift_bpf_call0(declaration.utf8Start) }

  /// Calls the function.
  @_alwaysEmitIntoClient @_transparent
  public func callAsFunction<Result: RegisterValue>() -> Result {
    Result(registerWord: swift_bpf_call0(declaration.utf8Start))
  }

  /// Calls the function with its argument.
  @_alwaysEmitIntoClient @_transparent
  public func callAsFunction(_ a: some RegisterValue) { _ = swift_bpf_call1(declaration.utf8Start, a.registerWord) }

  /// Calls the function with its argument.
  @_alwaysEmitIntoClient @_transparent
  public func callAsFunction<Result: RegisterValue>(_ a: some RegisterValue) -> Result {
    Result(registerWord: swift_bpf_call1(declaration.utf8Start, a.registerWord))
  }

  /// Calls the function with its arguments.
  @_alwaysEmitIntoClient @_transparent
  public func callAsFunction(_ a: some RegisterValue, _ b: some RegisterValue) {
    _ = swift_bpf_call2(declaration.utf8Start, a.registerWord, b.registerWord)
  }

  /// Calls the function with its arguments.
  @_alwaysEmitIntoClient @_transparent
  public func callAsFunction<Result: RegisterValue>(_ a: some RegisterValue, _ b: some RegisterValue) -> Result {
    Result(registerWord: swift_bpf_call2(declaration.utf8Start, a.registerWord, b.registerWord))
  }

  /// Calls the function with its arguments.
  @_alwaysEmitIntoClient @_transparent
  public func callAsFunction(_ a: some RegisterValue, _ b: some RegisterValue, _ c: some RegisterValue) {
    _ = swift_bpf_call3(declaration.utf8Start, a.registerWord, b.registerWord, c.registerWord)
  }

  /// Calls the function with its arguments.
  @_alwaysEmitIntoClient @_transparent
  public func callAsFunction<Result: RegisterValue>(
    _ a: some RegisterValue, _ b: some RegisterValue, _ c: some RegisterValue
  ) -> Result {
    Result(registerWord: swift_bpf_call3(declaration.utf8Start, a.registerWord, b.registerWord, c.registerWord))
  }

  /// Calls the function with its arguments.
  @_alwaysEmitIntoClient @_transparent
  public func callAsFunction(
    _ a: some RegisterValue, _ b: some RegisterValue, _ c: some RegisterValue, _ d: some RegisterValue
  ) {
    _ = swift_bpf_call4(declaration.utf8Start, a.registerWord, b.registerWord, c.registerWord, d.registerWord)
  }

  /// Calls the function with its arguments.
  @_alwaysEmitIntoClient @_transparent
  public func callAsFunction<Result: RegisterValue>(
    _ a: some RegisterValue, _ b: some RegisterValue, _ c: some RegisterValue, _ d: some RegisterValue
  ) -> Result {
    Result(
      registerWord: swift_bpf_call4(
        declaration.utf8Start, a.registerWord, b.registerWord, c.registerWord, d.registerWord))
  }

  /// Calls the function with its arguments.
  @_alwaysEmitIntoClient @_transparent
  public func callAsFunction(
    _ a: some RegisterValue, _ b: some RegisterValue, _ c: some RegisterValue, _ d: some RegisterValue,
    _ e: some RegisterValue
  ) {
    _ = swift_bpf_call5(
      declaration.utf8Start, a.registerWord, b.registerWord, c.registerWord, d.registerWord, e.registerWord)
  }

  /// Calls the function with its arguments.
  @_alwaysEmitIntoClient @_transparent
  public func callAsFunction<Result: RegisterValue>(
    _ a: some RegisterValue, _ b: some RegisterValue, _ c: some RegisterValue, _ d: some RegisterValue,
    _ e: some RegisterValue
  ) -> Result {
    Result(
      registerWord: swift_bpf_call5(
        declaration.utf8Start, a.registerWord, b.registerWord, c.registerWord, d.registerWord, e.registerWord))
  }
}
