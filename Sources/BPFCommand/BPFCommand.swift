// BPFCommand: the words and options of the bpf command, turned into calls of the rooms below. Nothing below
// knows that there is a command line.
