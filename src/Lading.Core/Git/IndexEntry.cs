namespace Lading.Git;

/// <summary>Parses the output of <c>git ls-files --stage -z</c>: <c>mode SP id SP stage TAB path</c>.</summary>
internal static class IndexEntry
{
    public static IReadOnlyList<TreeEntry> Parse(ReadOnlySpan<byte> output)
    {
        var entries = new List<TreeEntry>();
        while (output.IndexOf((byte)0) is >= 0 and var end)
        {
            var line = output[..end];
            var tab = line.IndexOf((byte)'\t');
            var fields = GitPath.Decode(line[..tab]).Split(' ');
            entries.Add(new TreeEntry(ModeOf(fields[0]), ObjectId.Parse(fields[1]), GitPath.Decode(line[(tab + 1)..])));
            output = output[(end + 1)..];
        }

        return entries;
    }

    /// <summary>The mode of an index, in octal digits.</summary>
    public static EntryMode ModeOf(string octal) =>
        octal switch
        {
            "000000" => EntryMode.None,
            "100755" => EntryMode.Executable,
            "120000" => EntryMode.SymbolicLink,
            "160000" => EntryMode.Submodule,
            _ => EntryMode.File,
        };
}
