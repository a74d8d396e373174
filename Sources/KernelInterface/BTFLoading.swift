public import LinuxSystem

/// Type information that the kernel does not take.
public struct BTFRefusal: Error, Hashable, Sendable {
  /// The failed call.
  public var error: SystemCallError
  /// What the kernel said about it.
  public var log: [UInt8]
}

extension KernelCalls {
  /// Gives type information to the kernel (`BPF_BTF_LOAD`, Linux 4.18); `token` is a descriptor of one on whose rights
  /// the call rests (Linux 6.9).
  public func loadBTF(_ btf: [UInt8], token: CInt? = nil) throws(BTFRefusal) -> OwnedDescriptor {
    var answer = attempt(btf, logSize: 0, token).answer
    var log: [UInt8] = []
    if answer < 0, answer != -SystemErrno.notPermitted.rawValue {
      (answer, log) = attempt(btf, logSize: 1 << 20, token)
    }
    do throws(SystemCallError) {
      return try OwnedDescriptor(
        adopting: SystemCallError.check(answer, "bpf(BPF_BTF_LOAD)", on: "type information"))
    } catch {
      throw BTFRefusal(error: error, log: log)
    }
  }

  private func attempt(_ btf: [UInt8], logSize: Int, _ token: CInt?) -> (answer: CInt, log: [UInt8]) {
    var log = VerifierLogBuffer(size: logSize)
    var attribute = BPFAttribute()
    if let token {
      attribute.set(MapCreation.Flags.token.rawValue, at: 32)  // btf_flags
      attribute.set(token, at: 36)  // btf_token_fd
    }
    let answer = btf.withUnsafeBytes { bytes in
      log.bytes.withUnsafeMutableBytes { log in
        attribute.set(bytes.baseAddress, at: 0)  // btf
        attribute.set(UInt32(clamping: bytes.count), at: 16)  // btf_size
        if !log.isEmpty {
          attribute.set(UnsafeRawPointer(log.baseAddress), at: 8)  // btf_log_buf
          attribute.set(UInt32(clamping: log.count), at: 20)  // btf_log_size
          attribute.set(UInt32(1), at: 24)  // btf_log_level
        }
        return create(.btfLoad, &attribute)
      }
    }
    return (answer, log.text)
  }
}
