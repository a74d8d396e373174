public import BPF
internal import BTF
internal import Bytecode
internal import ELF
internal import KernelInterface
internal import LinuxSystem

/// What is in a BPF object file: what a linker's tools tell of it, and what only a BPF loader knows.
public struct ObjectFileFacts: Sendable {
  /// A section of the file.
  struct FileSection: Sendable {
    var index: Int
    var name: String
    var type: UInt32
    var offset: UInt64
    var size: UInt64
    var flags: String
  }

  /// A program, with what it needs.
  struct Code: Sendable {
    var program: ObjectProgram
    /// The program with the functions that it calls; nil when they cannot be put together.
    var linked: LinkedCode?
    /// Why not.
    var failure: String?
  }

  /// The file.
  public let path: String
  /// What a loader reads out of it.
  public let spec: ObjectSpec
  let sections: [FileSection]
  let programs: [Code]

  /// Reads a file; no kernel is asked.
  ///
  /// - Throws: ``InspectorError`` with the place in the file that is at fault.
  public init(path: String) throws(InspectorError) {
    self.path = path
    do throws(ObjectError) { spec = try ObjectSpec(path: path) } catch { throw .loading(.object(error)) }
    let file = try InspectorError.wrap { () throws(SystemCallError) in try MappedFile(path) }
    do throws(ELFError) {
      sections = try ELFFile(ByteRegion(file.bytes, keptBy: file)).sections.map { section in
        FileSection(
          index: section.index, name: section.name, type: section.type.rawValue, offset: section.fileOffset,
          size: section.size,
          flags: (section.flags.contains(.writable) ? "W" : "") + (section.flags.contains(.allocated) ? "A" : "")
            + (section.flags.contains(.executable) ? "X" : ""))
      }
    } catch { throw .failed("\(path): \(error)") }
    var programs: [Code] = []
    for program in spec.programs {
      do throws(ObjectError) {
        programs.append(Code(program: program, linked: try spec.linked(program)))
      } catch {
        programs.append(Code(program: program, linked: nil, failure: "\(error)"))
      }
    }
    self.programs = programs
  }

  /// A type's name in C, or nothing for none.
  func typeName(_ id: TypeID?) -> String? {
    guard let id, let types = spec.types else { return nil }
    return try? types.cName(of: id)
  }

  /// How many types of each kind there are, by the kinds' numbers.
  var typeCounts: [(kind: BTFKind, count: Int)] {
    guard let types = spec.types else { return [] }
    var counts: [BTFKind: Int] = [:]
    for id in types.ownIDs { if let kind = types.kind(of: id) { counts[kind, default: 0] += 1 } }
    return counts.sorted { $0.key.rawValue < $1.key.rawValue }.map { (kind: $0.key, count: $0.value) }
  }
}
