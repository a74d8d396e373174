public import BTF
public import LinuxSystem

extension TypeSource {
  /// Writes types as one C header, as `bpftool btf dump … format c` does.
  ///
  /// - Parameters:
  ///   - roots: the types that are wanted, with all that they need; nil for all types.
  ///   - isSorted: by kind and name rather than by id.
  /// - Throws: ``InspectorError/failed(_:)`` for a malformed graph.
  public func writeC(
    to output: BufferedOutput, roots: [TypeID]? = nil, isSorted: Bool = true
  ) throws(InspectorError) {
    var dump = CDump(of: graph)
    do throws(SystemCallError) { try output.write(Self.opening) } catch { throw .systemCall(error) }
    let order = roots ?? (isSorted ? TypeOrder.sorted(graph) : Array(graph.ownIDs))
    for id in order {
      do throws(BTFError) { try dump.define(id) } catch { throw .failed("type \(id.rawValue): \(error)") }
      guard dump.byteCount > 1 << 14 else { continue }
      do throws(SystemCallError) { try dump.takeBytes(output.write) } catch { throw .systemCall(error) }
    }
    do throws(SystemCallError) { try dump.takeBytes(output.write) } catch { throw .systemCall(error) }
    if roots == nil { try writeKernelFunctions(&dump, to: output) }
    do throws(SystemCallError) { try output.write(Self.ending) } catch { throw .systemCall(error) }
  }

  /// Writes the kernel functions that programs may call, by their names.
  private func writeKernelFunctions(_ dump: inout CDump, to output: BufferedOutput) throws(InspectorError) {
    var functions: [TypeID] = []
    var fast: Set<TypeID> = []
    for id in graph.ownIDs where graph.kind(of: id) == .declarationTag {
      guard case .declarationTag(let tag)? = try? graph.type(id), tag.component == nil,
        graph.kind(of: tag.target) == .function
      else { continue }
      switch tag.name {
      case "bpf_kfunc": functions.append(tag.target)
      case "bpf_fastcall": fast.insert(tag.target)
      default: continue
      }
    }
    if functions.isEmpty { return }
    let sorted = functions.map { ($0, Array(graph.name(of: $0).utf8)) }.sorted {
      $0.1.lexicographicallyPrecedes($1.1)
    }
    do throws(BTFError) {
      for (id, _) in sorted {
        try dump.declareFunction(id, ending: fast.contains(id) ? " __bpf_fastcall __weak __ksym" : " __weak __ksym")
      }
    } catch { throw .failed("the kernel's functions for programs: \(error)") }
    do throws(SystemCallError) {
      try output.write("\n/* BPF kfuncs */\n#ifndef BPF_NO_KFUNC_PROTOTYPES\n\(dump.takeText())#endif\n\n")
    } catch { throw .systemCall(error) }
  }

  private static let opening = """
    #ifndef __VMLINUX_H__
    #define __VMLINUX_H__

    #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
    #pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)
    #endif

    #ifndef __ksym
    #define __ksym __attribute__((section(".ksyms")))
    #endif

    #ifndef __weak
    #define __weak __attribute__((weak))
    #endif

    #ifndef __bpf_fastcall
    #if __has_attribute(bpf_fastcall)
    #define __bpf_fastcall __attribute__((bpf_fastcall))
    #else
    #define __bpf_fastcall
    #endif
    #endif


    """

  private static let ending = """
    #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
    #pragma clang attribute pop
    #endif

    #endif /* __VMLINUX_H__ */

    """
}
