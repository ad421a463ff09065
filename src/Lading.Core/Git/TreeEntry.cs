namespace Lading.Git;

/// <summary>An entry of a tree, or a file in a tree and its subtrees.</summary>
/// <param name="Mode">Its mode.</param>
/// <param name="Id">Its object.</param>
/// <param name="Path">With <c>/</c>, relative to the tree. Bytes that are not UTF-8 are lone surrogates (<see cref="GitPath"/>).</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct TreeEntry(EntryMode Mode, ObjectId Id, string Path);
