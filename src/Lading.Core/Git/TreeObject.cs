namespace Lading.Git;

/// <summary>Parses the raw bytes of a tree object: <c>mode SP name NUL id</c>, repeatedly.</summary>
/// <param name="bytes">The remaining bytes.</param>
/// <param name="idLength">20 or 32.</param>
internal ref struct TreeObject(ReadOnlySpan<byte> bytes, int idLength)
{
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>Reads the next entry.</summary>
    /// <returns>False if there is none.</returns>
    /// <exception cref="FormatException">The bytes are not a tree.</exception>
    public bool TryRead(out TreeItem item)
    {
        item = default;
        if (rest.IsEmpty)
        {
            return false;
        }

        var space = rest.IndexOf((byte)' ');
        var nul = rest.IndexOf((byte)0);
        if (space < 1 || nul < space || nul + 1 + idLength > rest.Length)
        {
            throw new FormatException("A tree object ends in the middle of an entry.");
        }

        item = new TreeItem(ModeOf(rest[..space]), rest[(space + 1)..nul], rest.Slice(nul + 1, idLength));
        rest = rest[(nul + 1 + idLength)..];
        return true;
    }

    private static EntryMode ModeOf(ReadOnlySpan<byte> octal)
    {
        if (octal.SequenceEqual("100644"u8))
        {
            return EntryMode.File;
        }

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
