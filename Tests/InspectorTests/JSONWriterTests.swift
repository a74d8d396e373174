import Foundation
import LinuxSystem
import Testing

@testable import Inspector

@Suite struct JSONWriterTests {
  /// What `body` writes.
  private func written(
    isPretty: Bool = false, _ body: (inout JSONWriter) throws(SystemCallError) -> Void
  ) throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let output = BufferedOutput(try FileSystem.open(path, .create), subject: path, buffering: .full)
    var json = JSONWriter(to: output, isPretty: isPretty)
    try body(&json)
    try output.flush()
    return try FileSystem.text(of: path)
  }

  @Test func nests() throws {
    let text = try written { json throws(SystemCallError) in
      try json.array { json throws(SystemCallError) in
        try json.object { json throws(SystemCallError) in
          try json.member("id", 5)
          try json.name("empty")
          try json.array { _ in }
          try json.name("nothing")
          try json.null()
        }
        try json.object { _ in }
        try json.value(true)
        try json.value(UInt64.max)
      }
    }
    #expect(text == #"[{"id":5,"empty":[],"nothing":null},{},true,18446744073709551615]"# + "\n")
  }

  @Test func breaksLines() throws {
    let text = try written(isPretty: true) { json throws(SystemCallError) in
      try json.object { json throws(SystemCallError) in
        try json.member("id", 5)
        try json.name("ids")
        try json.array { json throws(SystemCallError) in for id in 1...2 { try json.value(id) } }
        try json.name("bytes")
        try json.bytes([0, 255])
        try json.name("pairs")
        try json.array { json throws(SystemCallError) in
          try json.object { json throws(SystemCallError) in
            try json.name("empty")
            try json.array { _ in }
          }
          try json.object { _ in }
        }
      }
    }
    #expect(
      text == """
        {
            "id": 5,
            "ids": [1,2
            ],
            "bytes": ["0x00","0xff"
            ],
            "pairs": [{
                    "empty": []
                },{}
            ]
        }

        """)
  }

  /// Every string of two bytes survives, as far as it is text.
  @Test func everyTextParses() throws {
    for first in UInt8.min...UInt8.max {
      for second in [0, 9, 10, 31, 34, 47, 92, 117, 127, 128, 195, 255] as [UInt8] {
        let text = String(decoding: [first, second], as: UTF8.self)
        let parsed = try JSONSerialization.jsonObject(
          with: Data(JSONWriter.quoted(text).utf8), options: .fragmentsAllowed)
        #expect(parsed as? String == text)
      }
    }
  }
}
