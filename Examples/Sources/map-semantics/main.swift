// map-semantics: what a map says to creating, updating and removing elements, in the kernel's words.
//
//     insert 1: done
//     insert 1 again: File exists
//     replace 2: No such file or directory
//
// Needs root, and no program in the kernel.
import BPF
import Glibc

/// Prints what was tried, and what the kernel said.
func attempt(_ what: String, _ action: () throws -> Void) {
  do {
    try action()
    print("\(what): done")
  } catch BPFError.mapElement(let error) {
    print("\(what): \(String(cString: strerror(error.errno.rawValue)))")
  } catch {
    print("\(what): \(error)")
  }
}

do {
  let ages = try HashMap<UInt32, UInt64>(name: "ages", maxEntries: 2)
  attempt("insert 1") { try ages.set(30, for: 1, .onlyNew) }
  attempt("insert 1 again") { try ages.set(31, for: 1, .onlyNew) }
  attempt("replace 2") { try ages.set(40, for: 2, .onlyExisting) }
  attempt("store 2") { try ages.set(40, for: 2) }
  attempt("replace 2") { try ages.set(41, for: 2, .onlyExisting) }
  attempt("store 3, which is one too many") { try ages.set(50, for: 3) }
  print(
    "1 is \(try ages.value(for: 1) ?? 0), 2 is \(try ages.value(for: 2) ?? 0), 3 is \(try ages.value(for: 3).map(String.init) ?? "not there")"
  )
  print("1 was removed: \(try ages.removeValue(for: 1)), and again: \(try ages.removeValue(for: 1))")
} catch {
  print("map-semantics: \(error)")
  exit(1)
}
