/// The versions that the command tells.
enum BPFVersion {
  /// This package's own.
  static let package = "0.1.0"

  /// The release of bpftrace whose language and options `bpf trace` follows; scripts ask for it.
  static let bpftrace = "0.26.0"
}
