namespace Lading.Git;

/// <summary>Writes requests for <c>git cat-file --batch-command --buffer</c>.</summary>
internal static class ObjectCommands
{
    /// <summary>The commands that request objects by id and flush the output.</summary>
    public static ReadOnlyMemory<byte> Contents(IReadOnlyList<ObjectId> ids)
    {
        var contents = "contents "u8;
        var flush = "flush\n"u8;
        var commands = new byte[ids.Sum(id => id.HexLength + 10) + flush.Length];
        Span<byte> raw = stackalloc byte[32];
        var at = 0;
        foreach (var id in ids)
        {
            contents.CopyTo(commands.AsSpan(at));
            id.CopyTo(raw);
            ObjectId.WriteHex(raw[..(id.HexLength / 2)], commands.AsSpan(at + contents.Length));
            at += contents.Length + id.HexLength;
            commands[at++] = (byte)'\n';
        }

        flush.CopyTo(commands.AsSpan(at));
        return commands;
    }
}
