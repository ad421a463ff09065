using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Lading.Layout;

/// <summary>
/// The files of a tar archive on disk, read in place, by several readers concurrently and without unpacking (POSIX.1-2001 pax, ustar
/// and GNU names). Links are followed; other entries are ignored.
/// </summary>
internal sealed class TarContents : IDisposable
{
    private const int Block = 512;
    private const int MaxNameLength = 1024 * 1024;
    private const int MaxLinks = 8;

    private readonly SafeFileHandle file;
    private readonly Dictionary<string, (long Offset, long Size)> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> links = new(StringComparer.Ordinal);

    private TarContents(SafeFileHandle file) => this.file = file;

    /// <summary>Reads the entries of an archive.</summary>
    /// <exception cref="LadingException">The file does not exist, or is not a tar archive.</exception>
    public static TarContents Open(string path)
    {
        SafeFileHandle file;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // For a folder, the system reports that access is denied.
            var why = Directory.Exists(path) ? "it is a folder" : e.Message;
            throw new LadingException($"Could not read the archive {path}", why, innerException: e);
        }

        var contents = new TarContents(file);
        try
        {
            contents.ReadHeaders();
            return contents;
        }
        catch (FormatException e)
        {
            file.Dispose();
            throw new LadingException(
                $"Could not read the archive {path}",
                e.Message,
                "It must be a tar file that is not compressed as a whole.",
                innerException: e
            );
        }
    }

    /// <summary>The size of a file in bytes; null if it does not exist.</summary>
    public long? SizeOf(string name) => Find(name)?.Size;

    /// <summary>Opens a file; null if it does not exist.</summary>
    public Stream? OpenFile(string name) =>
        Find(name) is { } found ? new FilePart(file, found.Offset, found.Size) : null;

    /// <summary>Reads a small file; null if it does not exist.</summary>
    /// <exception cref="FormatException">It is larger than the limit.</exception>
    public async Task<byte[]?> FindBytesAsync(string name, int limit, CancellationToken cancellationToken)
    {
        if (Find(name) is not { } found)
        {
            return null;
        }

        if (found.Size > limit)
        {
            throw new FormatException($"{name} is larger than {limit} bytes");
        }

        var bytes = new byte[found.Size];
        var part = new FilePart(file, found.Offset, found.Size);
        await using (part.ConfigureAwait(false))
        {
            await part.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        }

        return bytes;
    }

    public void Dispose() => file.Dispose();

    private (long Offset, long Size)? Find(string name)
    {
        var key = Normalized(name);
        for (var followed = 0; followed < MaxLinks && links.TryGetValue(key, out var target); followed++)
        {
            key = target;
        }

        return files.TryGetValue(key, out var found) ? found : null;
    }

    private void ReadHeaders()
    {
        var header = new byte[Block];
        var length = RandomAccess.GetLength(file);
        if (length < Block)
        {
            // It would read as an archive that holds nothing.
            throw new FormatException("it is not a tar archive");
        }

        string? longName = null;
        string? longLink = null;
        long? longSize = null;
        long position = 0;
        while (position + Block <= length)
        {
            ReadExactly(header, position);
            if (header.AsSpan().IndexOfAnyExcept((byte)0) < 0)
            {
                break;
            }

            var entry = TarEntryHeader.Parse(header);
            var size = longSize ?? entry.Size;
            var offset = position + Block;
            if (size < 0 || offset + size > length)
            {
                throw new FormatException("it ends in the middle of a file");
            }

            switch (entry.Kind)
            {
                case 'L' or 'K':
                    var text = TextAt(offset, size).TrimEnd('\0');
                    (longName, longLink) = entry.Kind == 'L' ? (text, longLink) : (longName, text);
                    break;
                case 'x':
                    foreach (var (key, value) in TarEntryHeader.PaxRecords(TextAt(offset, size)))
                    {
                        longName = key == "path" ? value : longName;
                        longLink = key == "linkpath" ? value : longLink;
                        longSize = key == "size" ? long.Parse(value, CultureInfo.InvariantCulture) : longSize;
                    }

                    break;
                default:
                    Add(entry with { Name = longName ?? entry.Name, Link = longLink ?? entry.Link }, offset, size);
                    (longName, longLink, longSize) = (null, null, null);
                    break;
            }

            position = offset + ((size + Block - 1) / Block * Block);
        }
    }

    private void Add(TarEntryHeader entry, long offset, long size)
    {
        var key = Normalized(entry.Name);
        switch (entry.Kind)
        {
            case '0' or '\0' or '7':
                files[key] = (offset, size);
                links.Remove(key);
                break;
            case '1':
                links[key] = Normalized(entry.Link);
                break;
            case '2':
                links[key] = Normalized(Path.Combine(Path.GetDirectoryName(key) ?? "", entry.Link));
                break;
            default:
                break;
        }
    }

    /// <summary>Without <c>.</c> and <c>..</c>; a path that would leave the archive stays within.</summary>
    private static string Normalized(string name)
    {
        var parts = new List<string>();
        foreach (var part in name.Replace('\\', '/').Split('/'))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "." or ".."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    private string TextAt(long offset, long size)
    {
        if (size > MaxNameLength)
        {
            throw new FormatException("it names a file by more than a megabyte");
        }

        var bytes = new byte[size];
        ReadExactly(bytes, offset);
        return Encoding.UTF8.GetString(bytes);
    }

    private void ReadExactly(Span<byte> buffer, long offset)
    {
        while (buffer.Length > 0)
        {
            var read = RandomAccess.Read(file, buffer, offset);
            if (read == 0)
            {
                throw new FormatException("it ends early");
            }

            buffer = buffer[read..];
            offset += read;
        }
    }
}
