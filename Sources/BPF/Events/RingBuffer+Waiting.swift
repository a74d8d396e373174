public import LinuxSystem

extension RingBuffer {
  /// The map's name.
  public var name: String { map.spec.name }

  /// Adds the map's descriptor, which reports when a record has been written while all before it were consumed.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func watch(with epoll: borrowing Epoll, token: UInt64) throws(BPFError) {
    // Without edges a record that is still being written would be reported again and again.
    do throws(SystemCallError) {
      try epoll.add(map.descriptor, token: token, for: [.readable, .edgeTriggered])
    } catch { throw .systemCall(error) }
  }

  /// Adds the map's descriptor.
  ///
  /// - Throws: ``BPFError/systemCall(_:)``.
  public func watch(with watch: ReadinessWatch) throws(BPFError) {
    do throws(SystemCallError) { try watch.add(map.descriptor) } catch { throw .systemCall(error) }
  }
}
