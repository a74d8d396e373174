/// Types of fields of map values that the kernel looks after, under the names by which it knows them.
public enum KernelFieldTypes {}
