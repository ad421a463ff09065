using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;

namespace Lading.Git;

/// <summary>Git's header before an object's bytes.</summary>
/// <param name="Id">The object.</param>
/// <param name="Type">Null if the object does not exist.</param>
/// <param name="Size">The number of bytes that follow.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ObjectHeader(ObjectId Id, string? Type, long Size)
{
    /// <summary><c>id SP type SP size</c>; anything else (<c>… missing</c>) is not an object.</summary>
    public static ObjectHeader Parse(ReadOnlySpan<byte> line)
    {
        var first = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        return
            last > first
            && ObjectId.TryParse(line[..first], out var id)
            && Utf8Parser.TryParse(line[(last + 1)..], out long size, out var used)
            && used == line.Length - last - 1
            ? new ObjectHeader(id, TypeOf(line[(first + 1)..last]), size)
            : default;
    }

    private static string TypeOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("tree"u8) ? "tree"
        : name.SequenceEqual("blob"u8) ? "blob"
        : Encoding.ASCII.GetString(name);
}
