using System.Security.Cryptography;
using System.Text;
using Lading.Context;
using Lading.Git;

namespace Lading.Fingerprints.Remembered;

/// <summary>
/// The identities that were computed in a checkout before, by everything they depend on (docs/fingerprint.md, "Remembered identities").
/// An entry counts only with a signature by the user's own key: an equal trace does not show who wrote the entry.
/// </summary>
internal sealed class IdentityMemory
{
    /// <summary>The folder in which a project caches what can be computed again, relative to that of <c>lading.json</c>.</summary>
    public const string Place = OwnFiles.Folder + "/cache";
    public const string FileName = "identities";

    /// <summary>The most entries, of some 250 bytes each; the oldest are removed first.</summary>
    public const int MostEntries = 4096;
    private const int MaxEntryLength = 4096;
    private const int HexLength = 64;

    private readonly string file;
    private readonly string stateFolder;
    private readonly string top;
    private readonly byte[]? key;
    private readonly Dictionary<string, string> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> added = new(StringComparer.Ordinal);

    private IdentityMemory(string file, string stateFolder, string top)
    {
        this.file = file;
        this.stateFolder = stateFolder;
        this.top = top;
        key = UserKey.Find(stateFolder, top);
        foreach (var (trace, entry) in key is null ? [] : Read(file))
        {
            entries.TryAdd(trace, entry);
        }
    }

    /// <summary>Opens the memory of a checkout.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="project">The folder of <c>lading.json</c>.</param>
    /// <param name="stateFolder">The user's folder for the key; null to remember nothing.</param>
    /// <param name="root">The commit or tree that is checked out; null if nothing is committed.</param>
    /// <param name="objects">Reads the repository's objects.</param>
    /// <param name="cancellationToken">Cancels the git commands.</param>
    /// <returns>Null if nothing can be remembered here: somebody else may write to the folder, or already did (git tracks it);
    /// it is a link elsewhere; or ids do not determine content.</returns>
    public static async Task<IdentityMemory?> FindAsync(
        GitRepository repository,
        string project,
        string? stateFolder,
        string? root,
        ObjectReader objects,
        CancellationToken cancellationToken
    )
    {
        if (stateFolder is null || ReplacedObjects.MayBeIn(repository.Top))
        {
            return null;
        }

        var isTracked =
            root is not null
            && await objects.FindAsync($"{root}:{repository.Prefix}{Place}", cancellationToken).ConfigureAwait(false)
                is not null;
        return isTracked ? null : Open(project, repository.Top, stateFolder);
    }

    /// <summary>Opens the memory, whatever git has at its path.</summary>
    public static IdentityMemory? Open(string project, string top, string stateFolder)
    {
        var folder = Path.Combine(project, Place);
        var file = Path.Combine(folder, FileName);
        try
        {
            return
                Array.Exists(
                    [Path.GetDirectoryName(folder)!, folder, file],
                    path => new FileInfo(path).LinkTarget is not null
                ) || (Directory.Exists(folder) && PrivateFile.OthersWriteTo(folder))
                ? null
                : new IdentityMemory(file, stateFolder, top);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The remembered identity; null if there is none, or another user wrote it.</summary>
    public RememberedIdentity? Find(IdentityTrace trace) =>
        key is not null && entries.TryGetValue(trace.Hex, out var entry) && IsGenuine(key, trace.Hex, entry)
            ? RememberedIdentity.Parse(entry[(HexLength + 1)..])
            : null;

    /// <summary>Remembers an identity, once it is saved.</summary>
    public void Add(IdentityTrace trace, RememberedIdentity identity) => added[trace.Hex] = identity.ToString();

    /// <summary>Writes new entries. If that fails, they are computed again next time.</summary>
    public void Save()
    {
        if (added.Count == 0 || UserKey.Provide(stateFolder, top) is not { } own)
        {
            return;
        }

        try
        {
            var folder = Path.GetDirectoryName(file)!;
            OwnFolder.Ignore(folder);
            PrivateFile.CreateFolder(folder);
            // Others may have written meanwhile; entries without a valid signature are dropped.
            var lines = Read(file)
                .DistinctBy(pair => pair.Key, StringComparer.Ordinal)
                .Where(pair => !added.ContainsKey(pair.Key) && IsGenuine(own, pair.Key, pair.Value))
                .Select(pair => $"{pair.Key} {pair.Value}\n")
                .Concat(added.Select(pair => $"{pair.Key} {SignatureOf(own, pair.Key, pair.Value)} {pair.Value}\n"))
                .ToList();
            var kept = string.Concat(lines.Skip(lines.Count - MostEntries));
            PrivateFile.Replace(file, Encoding.ASCII.GetBytes(kept));
            added.Clear();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The checkout may be read-only.
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        entries.Clear();
        added.Clear();
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // This process does not read it again.
        }
    }

    /// <summary>Each line is a trace, a signature and an identity; the oldest first.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Read(string file)
    {
        var known = new FileInfo(file);
        if (!known.Exists || known.Length > MostEntries * MaxEntryLength || PrivateFile.OthersWriteTo(file))
        {
            yield break;
        }

        foreach (var line in File.ReadLines(file, Encoding.ASCII))
        {
            if (line.Length is > (2 * HexLength) + 2 and < MaxEntryLength && line[HexLength] == ' ')
            {
                yield return new(line[..HexLength], line[(HexLength + 1)..]);
            }
        }
    }

    private static bool IsGenuine(byte[] key, string trace, string entry) =>
        entry.Length > HexLength
        && entry[HexLength] == ' '
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(entry[..HexLength]),
            Encoding.ASCII.GetBytes(SignatureOf(key, trace, entry[(HexLength + 1)..]))
        );

    private static string SignatureOf(byte[] key, string trace, string text) =>
        Convert
            .ToHexString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"lading identity 1\n{trace}\n{text}")))
            .ToLowerInvariant();
}
