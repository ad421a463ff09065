using System.Text;

namespace Lading.Layout;

/// <summary>
/// Identifies one version of an index: a random string at its end, with its length and time, which programs that keep the string would
/// change.
/// </summary>
/// <param name="Generation">Random for each write.</param>
/// <param name="Length">The length of the file in bytes.</param>
/// <param name="Time">When it was written.</param>
internal readonly record struct IndexStamp(string Generation, long Length, DateTime Time)
{
    /// <summary>The annotation of the index with the generation.</summary>
    public const string Annotation = "land.lading.index.generation";

    /// <summary>The generation for a new write.</summary>
    public static string NewGeneration() => Guid.NewGuid().ToString("N");

    /// <summary>The stamp of a file; null if it has none, because it is small or another program wrote it.</summary>
    public static IndexStamp? Find(FileStream file)
    {
        Span<byte> end = stackalloc byte[EndLength];
        if (file.Length < EndLength)
        {
            return null;
        }

        var read = RandomAccess.Read(file.SafeFileHandle, end, file.Length - EndLength);
        return
            read == EndLength
            && end.StartsWith(Before)
            && end.EndsWith("\"}}"u8)
            && Encoding.ASCII.GetString(end[Before.Length..^3]) is var generation
            ? new IndexStamp(generation, file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle))
            : null;
    }

    private static ReadOnlySpan<byte> Before => "\"annotations\":{\"land.lading.index.generation\":\""u8;

    private static int EndLength => Before.Length + 32 + 3;
}
