internal import Diagnostics
internal import LinuxSystem

extension BuildSession {
  /// Builds a C source with the toolchain's clang.
  ///
  /// Headers of the kernel and of libbpf are the system's own: <linux/bpf.h> and <bpf/bpf_helpers.h>.
  mutating func buildC(to stage: BuildStage) throws(BuildError) -> Build.Result {
    let options = build.options
    var words = [toolchain.clang, "-target", "bpfel", "-mcpu=\(options.instructionSet.rawValue)", "-O2", "-g"]
    words += [options.warns ? "-Wall" : "-w", "-fno-stack-protector", "-D__TARGET_ARCH_\(Self.machine)"]
    if let folder = Self.machineHeaders { words += ["-idirafter", folder] }
    for folder in options.searchFolders { words += ["-I", folder] }
    // Files are called as they were named, or by their place below the root; BTF quotes their lines all the same.
    words += ["-fdebug-compilation-dir=."]
    if let root = options.sourceRoot {
      words += ["-fdebug-prefix-map=\(root.hasSuffix("/") ? root : root + "/")=", "-gdwarf-5", "-gembed-source"]
    }
    words += [options.isColoured ? "-fcolor-diagnostics" : "-fno-color-diagnostics"]
    words += stage == .object ? ["-c"] : ["-S", "-emit-llvm"]
    words += [build.sources[0], "-o", "-"]
    let outcome = try run("clang", words)
    let said = String(decoding: outcome.errors, as: UTF8.self)
    report.compilerText += said
    guard outcome.isSuccess else {
      if let header = Self.missingHeader(said) { report.add(.missingHeader(header)) }
      throw .rejected(report)
    }
    let made = stage == .object ? try stripped(outcome.output) : outcome.output
    return result(made)
  }

  /// The machine whose registers `PT_REGS_PARM1` and its like mean.
  private static var machine: String {
    #if arch(x86_64)
      "x86"
    #elseif arch(arm64)
      "arm64"
    #elseif arch(s390x)
      "s390"
    #elseif arch(riscv64)
      "riscv"
    #else
      "powerpc"
    #endif
  }

  /// Where Debian and its kin keep <asm/types.h>, which clang does not seek for another machine than its own.
  static var machineHeaders: String? {
    #if arch(x86_64)
      let name = "x86_64-linux-gnu"
    #elseif arch(arm64)
      let name = "aarch64-linux-gnu"
    #elseif arch(riscv64)
      let name = "riscv64-linux-gnu"
    #else
      let name = "powerpc64le-linux-gnu"
    #endif
    let folder = "/usr/include/\(name)"
    return (try? FileStatus(of: folder)) == nil ? nil : folder
  }

  /// The header of `fatal error: 'bpf/bpf_helpers.h' file not found`.
  private static func missingHeader(_ text: String) -> String? {
    for line in text.split(separator: "\n") where line.contains(text: "file not found") {
      let parts = line.split(separator: "'")
      if parts.count >= 2 { return String(parts[1]) }
    }
    return nil
  }
}

extension BuildProblem {
  fileprivate static func missingHeader(_ name: String) -> Self {
    let hint =
      if name.hasPrefix("bpf/") {
        "<\(name)> is libbpf's: install libbpf-dev (Debian, Ubuntu), libbpf-devel (Fedora) or libbpf (Arch)"
      } else if name.hasPrefix("asm/") || name.hasPrefix("linux/") {
        "<\(name)> is the kernel's: install linux-libc-dev (Debian, Ubuntu), kernel-headers (Fedora) or linux-api-headers (Arch)"
      } else if name == "vmlinux.h" {
        "write it with: bpf btf dump file /sys/kernel/btf/vmlinux format c > vmlinux.h"
      } else {
        "name the folder of \(name) with -I"
      }
    return BuildProblem("missing-header", "the header \(name) is not there", at: nil, hints: [hint])
  }
}
