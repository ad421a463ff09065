using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lading.Git;

namespace Lading.Context;

/// <summary>
/// A folder that is repeatedly updated to the files of a git tree; files that are up to date stay. A file is up to date
/// if the last run wrote it with this mode and object, and its size and time have not changed since.
/// </summary>
internal sealed class ContextFolder
{
    private const string Prefix = "context-";
    private readonly string folder;
    private readonly Dictionary<string, string> written;

    private ContextFolder(string folder, Dictionary<string, string> written)
    {
        this.folder = folder;
        this.written = written;
    }

    private string StatePath => StateOf(folder);

    /// <summary>The folder of a context, which contains that of the build before, if there was one; named after its content.</summary>
    /// <remarks>
    /// buildx identifies a folder by its last name alone, and BuildKit does not ask for a file again whose size and
    /// time are those of a file that it was sent from that folder. All files here have the same time, so that other
    /// content of the same length would never arrive from a folder of the same name.
    /// </remarks>
    /// <param name="parent">The image's folder.</param>
    /// <param name="identity">Identifies the content.</param>
    public static string Named(string parent, string identity)
    {
        var named = Path.Combine(parent, Prefix + identity);
        if (Directory.Exists(named))
        {
            return named;
        }

        Directory.CreateDirectory(parent);
        // Without its state, a folder is written again.
        File.Delete(StateOf(named));
        if (Directory.GetDirectories(parent, $"{Prefix}*") is [var earlier, ..])
        {
            Directory.Move(earlier, named);
            if (File.Exists(StateOf(earlier)))
            {
                File.Move(StateOf(earlier), StateOf(named));
            }
        }

        return named;
    }

    /// <summary>Opens a folder, which need not exist. Nobody else may write to it until it is closed.</summary>
    public static ContextFolder Open(string folder)
    {
        Directory.CreateDirectory(folder);
        return new ContextFolder(folder, ReadState(StateOf(folder)));
    }

    /// <summary>Removes everything that is not wanted or not up to date.</summary>
    /// <param name="wanted">The wanted content.</param>
    /// <returns>The files to write.</returns>
    public IReadOnlyList<TreeEntry> Prepare(IReadOnlyList<TreeEntry> wanted)
    {
        // If an update is interrupted after this, nothing is known about the folder.
        File.Delete(StatePath);
        var byPath = new Dictionary<string, TreeEntry>(StringComparer.Ordinal);
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in wanted)
        {
            byPath[file.Path] = file;
            for (
                var at = file.Mode == EntryMode.Submodule ? file.Path + "/" : file.Path;
                Up(ref at) && folders.Add(at);

            ) { }
        }

        var kept = new HashSet<string>(StringComparer.Ordinal);
        Sweep(new DirectoryInfo(folder), "", byPath, folders, kept);
        return [.. wanted.Where(file => !kept.Contains(file.Path))];
    }

    /// <summary>Records the contents of the folder, once everything is written.</summary>
    /// <param name="wanted">The content of the folder.</param>
    public void Close(IReadOnlyList<TreeEntry> wanted)
    {
        var state = new StringBuilder();
        foreach (var file in wanted.Where(file => file.Mode is EntryMode.File or EntryMode.Executable))
        {
            var size = new FileInfo(Path.Combine(folder, file.Path)).Length;
            state.Append(Describe(file, size)).Append(' ').Append(file.Path).Append('\0');
        }

        CleanCheckout.SetFolderTimes(folder);
        File.WriteAllText(StatePath, state.ToString());
    }

    private static string StateOf(string folder) => folder + ".files";

    private static Dictionary<string, string> ReadState(string path)
    {
        var state = new Dictionary<string, string>(StringComparer.Ordinal);
        if (File.Exists(path))
        {
            foreach (var entry in File.ReadAllText(path).Split('\0', StringSplitOptions.RemoveEmptyEntries))
            {
                // "mode id size path"
                var fields = entry.Split(' ', 4);
                if (fields.Length == 4)
                {
                    state[fields[3]] = string.Join(' ', fields.Take(3));
                }
            }
        }

        return state;
    }

    private void Sweep(
        DirectoryInfo at,
        string prefix,
        Dictionary<string, TreeEntry> wanted,
        HashSet<string> folders,
        HashSet<string> kept
    )
    {
        foreach (var entry in at.EnumerateFileSystemInfos())
        {
            var path = prefix + entry.Name;
            if (entry is DirectoryInfo { LinkTarget: null } below && folders.Contains(path))
            {
                Sweep(below, path + "/", wanted, folders, kept);
            }
            else if (wanted.TryGetValue(path, out var file) && IsUpToDate(entry, file))
            {
                kept.Add(path);
            }
            else if (entry is DirectoryInfo { LinkTarget: null } unwanted)
            {
                unwanted.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    private bool IsUpToDate(FileSystemInfo entry, TreeEntry file)
    {
        if (entry.LinkTarget is { } target)
        {
            return file.Mode == EntryMode.SymbolicLink && IsBlob(GitPath.Encode(target), file.Id);
        }

        return entry is FileInfo { Length: var size }
            && entry.LastWriteTimeUtc == CleanCheckout.FileTime
            && CleanCheckout.HasMode(entry, file.Mode)
            && written.TryGetValue(file.Path, out var known)
            && known == Describe(file, size);
    }

    private static string Describe(TreeEntry file, long size) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)file.Mode:x} {file.Id} {size}");

    /// <summary>Whether an object id belongs to the given bytes.</summary>
    private static bool IsBlob(byte[] content, ObjectId id)
    {
        byte[] whole =
        [
            .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {content.Length}\0")),
            .. content,
        ];
        return new ObjectId(Hash(whole, id.HexLength)) == id;
    }

    // Git names objects by SHA-1; this trusts it no further than git does.
#pragma warning disable CA5350
    private static byte[] Hash(byte[] bytes, int hexLength) =>
        hexLength == 40 ? SHA1.HashData(bytes) : SHA256.HashData(bytes);
#pragma warning restore CA5350

    private static bool Up(ref string path)
    {
        var slash = path.LastIndexOf('/');
        path = path[..Math.Max(0, slash)];
        return slash >= 0;
    }
}
