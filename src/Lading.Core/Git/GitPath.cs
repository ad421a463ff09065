using System.Text;

namespace Lading.Git;

/// <summary>Git's paths are bytes. As text, a byte that is not UTF-8 is the lone surrogate U+DC00 + byte, so that nothing is lost.</summary>
internal static class GitPath
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Strict.GetString(bytes);
        }

        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
                bytes = bytes[length..];
            }
            else
            {
                text.Append((char)(0xDC00 + bytes[0]));
                bytes = bytes[1..];
            }
        }

        return text.ToString();
    }

    /// <summary>Writes a path as text.</summary>
    /// <param name="bytes">The path.</param>
    /// <param name="text">At least as long.</param>
    /// <returns>The number of characters.</returns>
    public static int Decode(ReadOnlySpan<byte> bytes, Span<char> text)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Strict.GetChars(bytes, text);
        }

        var decoded = Decode(bytes);
        decoded.CopyTo(text);
        return decoded.Length;
    }

    public static byte[] Encode(string path)
    {
        if (IsUtf8(path))
        {
            return Strict.GetBytes(path);
        }

        var bytes = new List<byte>(path.Length);
        for (var i = 0; i < path.Length; i++)
        {
            if (char.IsLowSurrogate(path[i]))
            {
                bytes.Add((byte)(path[i] - 0xDC00));
            }
            else
            {
                var length = char.IsHighSurrogate(path[i]) ? 2 : 1;
                bytes.AddRange(Strict.GetBytes(path.Substring(i, length)));
                i += length - 1;
            }
        }

        return [.. bytes];
    }

    /// <summary>True if every byte of the path was UTF-8.</summary>
    public static bool IsUtf8(string path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            if (char.IsHighSurrogate(path[i]))
            {
                i++;
            }
            else if (char.IsLowSurrogate(path[i]))
            {
                return false;
            }
        }

        return true;
    }
}
