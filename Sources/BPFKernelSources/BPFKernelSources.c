// Written by Scripts/kernel-sources; a file of Sources/BPFKernel per entry, those of the simulated kernel left out.
#include "BPFKernelSources.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char source0[] = {
#embed "../BPFKernel/BPFKernel.swift" suffix(, )
0};

static const unsigned char source1[] = {
#embed "../BPFKernel/DynamicPointers/DynamicPointer.swift" suffix(, )
0};

static const unsigned char source2[] = {
#embed "../BPFKernel/Globals/Config.swift" suffix(, )
0};

static const unsigned char source3[] = {
#embed "../BPFKernel/Globals/KernelOption.swift" suffix(, )
0};

static const unsigned char source4[] = {
#embed "../BPFKernel/Helpers/HelperCall.swift" suffix(, )
0};

static const unsigned char source5[] = {
#embed "../BPFKernel/Helpers/Helpers+Administration.swift" suffix(, )
0};

static const unsigned char source6[] = {
#embed "../BPFKernel/Helpers/Helpers+Maps.swift" suffix(, )
0};

static const unsigned char source7[] = {
#embed "../BPFKernel/Helpers/Helpers+Packets.swift" suffix(, )
0};

static const unsigned char source8[] = {
#embed "../BPFKernel/Helpers/Helpers+Program.swift" suffix(, )
0};

static const unsigned char source9[] = {
#embed "../BPFKernel/Helpers/Helpers+Sockets.swift" suffix(, )
0};

static const unsigned char source10[] = {
#embed "../BPFKernel/Helpers/Helpers+Storage.swift" suffix(, )
0};

static const unsigned char source11[] = {
#embed "../BPFKernel/Helpers/Helpers+Time.swift" suffix(, )
0};

static const unsigned char source12[] = {
#embed "../BPFKernel/Helpers/Helpers+Tracing.swift" suffix(, )
0};

static const unsigned char source13[] = {
#embed "../BPFKernel/KernelFunctions/KernelFunction.swift" suffix(, )
0};

static const unsigned char source14[] = {
#embed "../BPFKernel/KernelFunctions/KernelFunctionCall.swift" suffix(, )
0};

static const unsigned char source15[] = {
#embed "../BPFKernel/KernelFunctions/KernelFunctions+CPUMasks.swift" suffix(, )
0};

static const unsigned char source16[] = {
#embed "../BPFKernel/KernelFunctions/KernelFunctions+ControlGroups.swift" suffix(, )
0};

static const unsigned char source17[] = {
#embed "../BPFKernel/KernelFunctions/KernelFunctions+DynamicPointers.swift" suffix(, )
0};

static const unsigned char source18[] = {
#embed "../BPFKernel/KernelFunctions/KernelFunctions+Iterators.swift" suffix(, )
0};

static const unsigned char source19[] = {
#embed "../BPFKernel/KernelFunctions/KernelFunctions+Sections.swift" suffix(, )
0};

static const unsigned char source20[] = {
#embed "../BPFKernel/KernelFunctions/KernelFunctions+Sockets.swift" suffix(, )
0};

static const unsigned char source21[] = {
#embed "../BPFKernel/KernelFunctions/KernelFunctions+Tasks.swift" suffix(, )
0};

static const unsigned char source22[] = {
#embed "../BPFKernel/KernelFunctions/KernelFunctions+Text.swift" suffix(, )
0};

static const unsigned char source23[] = {
#embed "../BPFKernel/KernelFunctions/NumberIterator.swift" suffix(, )
0};

static const unsigned char source24[] = {
#embed "../BPFKernel/KernelFunctions/RegisterValue.swift" suffix(, )
0};

static const unsigned char source25[] = {
#embed "../BPFKernel/Log/Log.swift" suffix(, )
0};

static const unsigned char source26[] = {
#embed "../BPFKernel/Log/LogMessage.swift" suffix(, )
0};

static const unsigned char source27[] = {
#embed "../BPFKernel/Log/LogRecord.swift" suffix(, )
0};

static const unsigned char source28[] = {
#embed "../BPFKernel/Maps/ArrayMap.swift" suffix(, )
0};

static const unsigned char source29[] = {
#embed "../BPFKernel/Maps/ArrayOfMaps.swift" suffix(, )
0};

static const unsigned char source30[] = {
#embed "../BPFKernel/Maps/AtomicNumber.swift" suffix(, )
0};

static const unsigned char source31[] = {
#embed "../BPFKernel/Maps/BloomFilter.swift" suffix(, )
0};

static const unsigned char source32[] = {
#embed "../BPFKernel/Maps/CPUMap.swift" suffix(, )
0};

static const unsigned char source33[] = {
#embed "../BPFKernel/Maps/CgroupArray.swift" suffix(, )
0};

static const unsigned char source34[] = {
#embed "../BPFKernel/Maps/CgroupLocalStorage.swift" suffix(, )
0};

static const unsigned char source35[] = {
#embed "../BPFKernel/Maps/CgroupStorage.swift" suffix(, )
0};

static const unsigned char source36[] = {
#embed "../BPFKernel/Maps/DeviceMap.swift" suffix(, )
0};

static const unsigned char source37[] = {
#embed "../BPFKernel/Maps/DeviceMapHash.swift" suffix(, )
0};

static const unsigned char source38[] = {
#embed "../BPFKernel/Maps/EventRecord.swift" suffix(, )
0};

static const unsigned char source39[] = {
#embed "../BPFKernel/Maps/FilledValue.swift" suffix(, )
0};

static const unsigned char source40[] = {
#embed "../BPFKernel/Maps/HashMap.swift" suffix(, )
0};

static const unsigned char source41[] = {
#embed "../BPFKernel/Maps/HashOfMaps.swift" suffix(, )
0};

static const unsigned char source42[] = {
#embed "../BPFKernel/Maps/IndexedMap.swift" suffix(, )
0};

static const unsigned char source43[] = {
#embed "../BPFKernel/Maps/InnerMap+Definitions.swift" suffix(, )
0};

static const unsigned char source44[] = {
#embed "../BPFKernel/Maps/InodeStorage.swift" suffix(, )
0};

static const unsigned char source45[] = {
#embed "../BPFKernel/Maps/KernelMap.swift" suffix(, )
0};

static const unsigned char source46[] = {
#embed "../BPFKernel/Maps/KeyedMap.swift" suffix(, )
0};

static const unsigned char source47[] = {
#embed "../BPFKernel/Maps/LPMTrie.swift" suffix(, )
0};

static const unsigned char source48[] = {
#embed "../BPFKernel/Maps/LRUHashMap.swift" suffix(, )
0};

static const unsigned char source49[] = {
#embed "../BPFKernel/Maps/LRUPerCPUHashMap.swift" suffix(, )
0};

static const unsigned char source50[] = {
#embed "../BPFKernel/Maps/MapDefinition.swift" suffix(, )
0};

static const unsigned char source51[] = {
#embed "../BPFKernel/Maps/MapFlags.swift" suffix(, )
0};

static const unsigned char source52[] = {
#embed "../BPFKernel/Maps/MapType.swift" suffix(, )
0};

static const unsigned char source53[] = {
#embed "../BPFKernel/Maps/NestedMapDefinition.swift" suffix(, )
0};

static const unsigned char source54[] = {
#embed "../BPFKernel/Maps/PaddedValue.swift" suffix(, )
0};

static const unsigned char source55[] = {
#embed "../BPFKernel/Maps/PerCPUArrayMap.swift" suffix(, )
0};

static const unsigned char source56[] = {
#embed "../BPFKernel/Maps/PerCPUCgroupStorage.swift" suffix(, )
0};

static const unsigned char source57[] = {
#embed "../BPFKernel/Maps/PerCPUHashMap.swift" suffix(, )
0};

static const unsigned char source58[] = {
#embed "../BPFKernel/Maps/PerfEventArray.swift" suffix(, )
0};

static const unsigned char source59[] = {
#embed "../BPFKernel/Maps/PrefixKey.swift" suffix(, )
0};

static const unsigned char source60[] = {
#embed "../BPFKernel/Maps/ProgramArray.swift" suffix(, )
0};

static const unsigned char source61[] = {
#embed "../BPFKernel/Maps/QueueMap.swift" suffix(, )
0};

static const unsigned char source62[] = {
#embed "../BPFKernel/Maps/ReuseportSocketArray.swift" suffix(, )
0};

static const unsigned char source63[] = {
#embed "../BPFKernel/Maps/RingBuffer.swift" suffix(, )
0};

static const unsigned char source64[] = {
#embed "../BPFKernel/Maps/SocketHash.swift" suffix(, )
0};

static const unsigned char source65[] = {
#embed "../BPFKernel/Maps/SocketMap.swift" suffix(, )
0};

static const unsigned char source66[] = {
#embed "../BPFKernel/Maps/SocketStorage.swift" suffix(, )
0};

static const unsigned char source67[] = {
#embed "../BPFKernel/Maps/StackMap.swift" suffix(, )
0};

static const unsigned char source68[] = {
#embed "../BPFKernel/Maps/StackTraceMap.swift" suffix(, )
0};

static const unsigned char source69[] = {
#embed "../BPFKernel/Maps/TaskStorage.swift" suffix(, )
0};

static const unsigned char source70[] = {
#embed "../BPFKernel/Maps/UserRingBuffer.swift" suffix(, )
0};

static const unsigned char source71[] = {
#embed "../BPFKernel/Maps/XSKMap.swift" suffix(, )
0};

static const unsigned char source72[] = {
#embed "../BPFKernel/Programs/ARM64Registers.swift" suffix(, )
0};

static const unsigned char source73[] = {
#embed "../BPFKernel/Programs/AnyContext.swift" suffix(, )
0};

static const unsigned char source74[] = {
#embed "../BPFKernel/Programs/CPU.swift" suffix(, )
0};

static const unsigned char source75[] = {
#embed "../BPFKernel/Programs/CgroupSocketContext.swift" suffix(, )
0};

static const unsigned char source76[] = {
#embed "../BPFKernel/Programs/Clock.swift" suffix(, )
0};

static const unsigned char source77[] = {
#embed "../BPFKernel/Programs/DeviceContext.swift" suffix(, )
0};

static const unsigned char source78[] = {
#embed "../BPFKernel/Programs/FunctionContext.swift" suffix(, )
0};

static const unsigned char source79[] = {
#embed "../BPFKernel/Programs/IteratorContext.swift" suffix(, )
0};

static const unsigned char source80[] = {
#embed "../BPFKernel/Programs/MessageContext.swift" suffix(, )
0};

static const unsigned char source81[] = {
#embed "../BPFKernel/Programs/NetworkHeaders.swift" suffix(, )
0};

static const unsigned char source82[] = {
#embed "../BPFKernel/Programs/PacketCursor.swift" suffix(, )
0};

static const unsigned char source83[] = {
#embed "../BPFKernel/Programs/PerfEventContext.swift" suffix(, )
0};

static const unsigned char source84[] = {
#embed "../BPFKernel/Programs/ProbeContext.swift" suffix(, )
0};

static const unsigned char source85[] = {
#embed "../BPFKernel/Programs/Process.swift" suffix(, )
0};

static const unsigned char source86[] = {
#embed "../BPFKernel/Programs/ProgramContext.swift" suffix(, )
0};

static const unsigned char source87[] = {
#embed "../BPFKernel/Programs/RawTracepointContext.swift" suffix(, )
0};

static const unsigned char source88[] = {
#embed "../BPFKernel/Programs/Registers.swift" suffix(, )
0};

static const unsigned char source89[] = {
#embed "../BPFKernel/Programs/SocketAddressContext.swift" suffix(, )
0};

static const unsigned char source90[] = {
#embed "../BPFKernel/Programs/SocketBufferContext.swift" suffix(, )
0};

static const unsigned char source91[] = {
#embed "../BPFKernel/Programs/SocketLookupContext.swift" suffix(, )
0};

static const unsigned char source92[] = {
#embed "../BPFKernel/Programs/SocketOperationContext.swift" suffix(, )
0};

static const unsigned char source93[] = {
#embed "../BPFKernel/Programs/SocketOptionContext.swift" suffix(, )
0};

static const unsigned char source94[] = {
#embed "../BPFKernel/Programs/SystemCallContext.swift" suffix(, )
0};

static const unsigned char source95[] = {
#embed "../BPFKernel/Programs/SystemControlContext.swift" suffix(, )
0};

static const unsigned char source96[] = {
#embed "../BPFKernel/Programs/TracepointContext.swift" suffix(, )
0};

static const unsigned char source97[] = {
#embed "../BPFKernel/Programs/Tracing.swift" suffix(, )
0};

static const unsigned char source98[] = {
#embed "../BPFKernel/Programs/X86Registers.swift" suffix(, )
0};

static const unsigned char source99[] = {
#embed "../BPFKernel/Programs/XDPContext.swift" suffix(, )
0};

static const unsigned char source100[] = {
#embed "../BPFKernel/StructOps/StructOps.swift" suffix(, )
0};

static const unsigned char source101[] = {
#embed "../BPFKernel/Types/BitFields.swift" suffix(, )
0};

static const unsigned char source102[] = {
#embed "../BPFKernel/Types/Characters.swift" suffix(, )
0};

static const unsigned char source103[] = {
#embed "../BPFKernel/Types/Kernel.swift" suffix(, )
0};

static const unsigned char source104[] = {
#embed "../BPFKernel/Types/KernelFieldTypes.swift" suffix(, )
0};

static const unsigned char source105[] = {
#embed "../BPFKernel/Types/Loops.swift" suffix(, )
0};

static const unsigned char source106[] = {
#embed "../BPFKernel/Types/Reading.swift" suffix(, )
0};

static const unsigned char source107[] = {
#embed "../BPFKernel/Types/Relocations.swift" suffix(, )
0};

static const unsigned char source108[] = {
#embed "../BPFKernel/Types/SpinLock.swift" suffix(, )
0};

static const unsigned char source109[] = {
#embed "../BPFKernel/Types/Timer.swift" suffix(, )
0};

static const struct bpf_kernel_source sources[] = {
    {"BPFKernel.swift", source0, sizeof source0 - 1},
    {"DynamicPointers/DynamicPointer.swift", source1, sizeof source1 - 1},
    {"Globals/Config.swift", source2, sizeof source2 - 1},
    {"Globals/KernelOption.swift", source3, sizeof source3 - 1},
    {"Helpers/HelperCall.swift", source4, sizeof source4 - 1},
    {"Helpers/Helpers+Administration.swift", source5, sizeof source5 - 1},
    {"Helpers/Helpers+Maps.swift", source6, sizeof source6 - 1},
    {"Helpers/Helpers+Packets.swift", source7, sizeof source7 - 1},
    {"Helpers/Helpers+Program.swift", source8, sizeof source8 - 1},
    {"Helpers/Helpers+Sockets.swift", source9, sizeof source9 - 1},
    {"Helpers/Helpers+Storage.swift", source10, sizeof source10 - 1},
    {"Helpers/Helpers+Time.swift", source11, sizeof source11 - 1},
    {"Helpers/Helpers+Tracing.swift", source12, sizeof source12 - 1},
    {"KernelFunctions/KernelFunction.swift", source13, sizeof source13 - 1},
    {"KernelFunctions/KernelFunctionCall.swift", source14, sizeof source14 - 1},
    {"KernelFunctions/KernelFunctions+CPUMasks.swift", source15, sizeof source15 - 1},
    {"KernelFunctions/KernelFunctions+ControlGroups.swift", source16, sizeof source16 - 1},
    {"KernelFunctions/KernelFunctions+DynamicPointers.swift", source17, sizeof source17 - 1},
    {"KernelFunctions/KernelFunctions+Iterators.swift", source18, sizeof source18 - 1},
    {"KernelFunctions/KernelFunctions+Sections.swift", source19, sizeof source19 - 1},
    {"KernelFunctions/KernelFunctions+Sockets.swift", source20, sizeof source20 - 1},
    {"KernelFunctions/KernelFunctions+Tasks.swift", source21, sizeof source21 - 1},
    {"KernelFunctions/KernelFunctions+Text.swift", source22, sizeof source22 - 1},
    {"KernelFunctions/NumberIterator.swift", source23, sizeof source23 - 1},
    {"KernelFunctions/RegisterValue.swift", source24, sizeof source24 - 1},
    {"Log/Log.swift", source25, sizeof source25 - 1},
    {"Log/LogMessage.swift", source26, sizeof source26 - 1},
    {"Log/LogRecord.swift", source27, sizeof source27 - 1},
    {"Maps/ArrayMap.swift", source28, sizeof source28 - 1},
    {"Maps/ArrayOfMaps.swift", source29, sizeof source29 - 1},
    {"Maps/AtomicNumber.swift", source30, sizeof source30 - 1},
    {"Maps/BloomFilter.swift", source31, sizeof source31 - 1},
    {"Maps/CPUMap.swift", source32, sizeof source32 - 1},
    {"Maps/CgroupArray.swift", source33, sizeof source33 - 1},
    {"Maps/CgroupLocalStorage.swift", source34, sizeof source34 - 1},
    {"Maps/CgroupStorage.swift", source35, sizeof source35 - 1},
    {"Maps/DeviceMap.swift", source36, sizeof source36 - 1},
    {"Maps/DeviceMapHash.swift", source37, sizeof source37 - 1},
    {"Maps/EventRecord.swift", source38, sizeof source38 - 1},
    {"Maps/FilledValue.swift", source39, sizeof source39 - 1},
    {"Maps/HashMap.swift", source40, sizeof source40 - 1},
    {"Maps/HashOfMaps.swift", source41, sizeof source41 - 1},
    {"Maps/IndexedMap.swift", source42, sizeof source42 - 1},
    {"Maps/InnerMap+Definitions.swift", source43, sizeof source43 - 1},
    {"Maps/InodeStorage.swift", source44, sizeof source44 - 1},
    {"Maps/KernelMap.swift", source45, sizeof source45 - 1},
    {"Maps/KeyedMap.swift", source46, sizeof source46 - 1},
    {"Maps/LPMTrie.swift", source47, sizeof source47 - 1},
    {"Maps/LRUHashMap.swift", source48, sizeof source48 - 1},
    {"Maps/LRUPerCPUHashMap.swift", source49, sizeof source49 - 1},
    {"Maps/MapDefinition.swift", source50, sizeof source50 - 1},
    {"Maps/MapFlags.swift", source51, sizeof source51 - 1},
    {"Maps/MapType.swift", source52, sizeof source52 - 1},
    {"Maps/NestedMapDefinition.swift", source53, sizeof source53 - 1},
    {"Maps/PaddedValue.swift", source54, sizeof source54 - 1},
    {"Maps/PerCPUArrayMap.swift", source55, sizeof source55 - 1},
    {"Maps/PerCPUCgroupStorage.swift", source56, sizeof source56 - 1},
    {"Maps/PerCPUHashMap.swift", source57, sizeof source57 - 1},
    {"Maps/PerfEventArray.swift", source58, sizeof source58 - 1},
    {"Maps/PrefixKey.swift", source59, sizeof source59 - 1},
    {"Maps/ProgramArray.swift", source60, sizeof source60 - 1},
    {"Maps/QueueMap.swift", source61, sizeof source61 - 1},
    {"Maps/ReuseportSocketArray.swift", source62, sizeof source62 - 1},
    {"Maps/RingBuffer.swift", source63, sizeof source63 - 1},
    {"Maps/SocketHash.swift", source64, sizeof source64 - 1},
    {"Maps/SocketMap.swift", source65, sizeof source65 - 1},
    {"Maps/SocketStorage.swift", source66, sizeof source66 - 1},
    {"Maps/StackMap.swift", source67, sizeof source67 - 1},
    {"Maps/StackTraceMap.swift", source68, sizeof source68 - 1},
    {"Maps/TaskStorage.swift", source69, sizeof source69 - 1},
    {"Maps/UserRingBuffer.swift", source70, sizeof source70 - 1},
    {"Maps/XSKMap.swift", source71, sizeof source71 - 1},
    {"Programs/ARM64Registers.swift", source72, sizeof source72 - 1},
    {"Programs/AnyContext.swift", source73, sizeof source73 - 1},
    {"Programs/CPU.swift", source74, sizeof source74 - 1},
    {"Programs/CgroupSocketContext.swift", source75, sizeof source75 - 1},
    {"Programs/Clock.swift", source76, sizeof source76 - 1},
    {"Programs/DeviceContext.swift", source77, sizeof source77 - 1},
    {"Programs/FunctionContext.swift", source78, sizeof source78 - 1},
    {"Programs/IteratorContext.swift", source79, sizeof source79 - 1},
    {"Programs/MessageContext.swift", source80, sizeof source80 - 1},
    {"Programs/NetworkHeaders.swift", source81, sizeof source81 - 1},
    {"Programs/PacketCursor.swift", source82, sizeof source82 - 1},
    {"Programs/PerfEventContext.swift", source83, sizeof source83 - 1},
    {"Programs/ProbeContext.swift", source84, sizeof source84 - 1},
    {"Programs/Process.swift", source85, sizeof source85 - 1},
    {"Programs/ProgramContext.swift", source86, sizeof source86 - 1},
    {"Programs/RawTracepointContext.swift", source87, sizeof source87 - 1},
    {"Programs/Registers.swift", source88, sizeof source88 - 1},
    {"Programs/SocketAddressContext.swift", source89, sizeof source89 - 1},
    {"Programs/SocketBufferContext.swift", source90, sizeof source90 - 1},
    {"Programs/SocketLookupContext.swift", source91, sizeof source91 - 1},
    {"Programs/SocketOperationContext.swift", source92, sizeof source92 - 1},
    {"Programs/SocketOptionContext.swift", source93, sizeof source93 - 1},
    {"Programs/SystemCallContext.swift", source94, sizeof source94 - 1},
    {"Programs/SystemControlContext.swift", source95, sizeof source95 - 1},
    {"Programs/TracepointContext.swift", source96, sizeof source96 - 1},
    {"Programs/Tracing.swift", source97, sizeof source97 - 1},
    {"Programs/X86Registers.swift", source98, sizeof source98 - 1},
    {"Programs/XDPContext.swift", source99, sizeof source99 - 1},
    {"StructOps/StructOps.swift", source100, sizeof source100 - 1},
    {"Types/BitFields.swift", source101, sizeof source101 - 1},
    {"Types/Characters.swift", source102, sizeof source102 - 1},
    {"Types/Kernel.swift", source103, sizeof source103 - 1},
    {"Types/KernelFieldTypes.swift", source104, sizeof source104 - 1},
    {"Types/Loops.swift", source105, sizeof source105 - 1},
    {"Types/Reading.swift", source106, sizeof source106 - 1},
    {"Types/Relocations.swift", source107, sizeof source107 - 1},
    {"Types/SpinLock.swift", source108, sizeof source108 - 1},
    {"Types/Timer.swift", source109, sizeof source109 - 1},
    {0, 0, 0},
};

const int bpf_kernel_source_count = sizeof sources / sizeof sources[0] - 1;

struct bpf_kernel_source bpf_kernel_source(int index) { return sources[index]; }
