namespace Lading.Git;

/// <summary>Reads the raw bytes of a tree object: <c>mode SP name NUL id</c>, over and over.</summary>
internal static class TreeObject
{
    /// <param name="bytes">The object's content.</param>
    /// <param name="idLength">20 or 32.</param>
    /// <exception cref="FormatException">The bytes are no tree.</exception>
    public static List<TreeEntry> Parse(ReadOnlySpan<byte> bytes, int idLength)
    {
        var entries = new List<TreeEntry>();
        while (!bytes.IsEmpty)
        {
            var space = bytes.IndexOf((byte)' ');
            var nul = bytes.IndexOf((byte)0);
            if (space < 1 || nul < space || nul + 1 + idLength > bytes.Length)
            {
                throw new FormatException("A tree object ends in the middle of an entry.");
            }

            entries.Add(
                new TreeEntry(
                    Mode(bytes[..space]),
                    new ObjectId(bytes.Slice(nul + 1, idLength)),
                    GitPath.Decode(bytes[(space + 1)..nul])
                )
            );
            bytes = bytes[(nul + 1 + idLength)..];
        }

        return entries;
    }

    private static EntryMode Mode(ReadOnlySpan<byte> octal)
    {
        var mode = 0;
        foreach (var digit in octal)
        {
            mode = (mode * 8) + (digit - '0');
        }

        return (mode & 0xF000) switch
        {
            0x4000 => EntryMode.Folder,
            0xA000 => EntryMode.SymbolicLink,
            0xE000 => EntryMode.Submodule,
            0x8000 => (mode & 0x40) != 0 ? EntryMode.Executable : EntryMode.File,
            _ => throw new FormatException("A tree object has an entry of a kind that git does not know."),
        };
    }
}
