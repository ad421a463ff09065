using System.Text.Json;
using Lading.Context;
using Lading.Oci;

namespace Lading.Layout;

/// <summary>
/// A folder of image layouts: the repositories of the embedded registry. The layout of <c>storefront/web</c> lies at
/// <c>storefront/web/_layout</c>; no part of a repository's name begins with <c>_</c>, so a repository may lie below another.
/// </summary>
internal sealed class LayoutStore(string directory)
{
    private const string LayoutFolder = "_layout";
    private const string SettingsFile = "_repository.json";

    public string Directory { get; } = directory;

    /// <summary>Where uploads under way lie.</summary>
    public string Uploads => Path.Combine(Directory, "_uploads");

    /// <summary>The folder of a repository's layout, for other programs to read.</summary>
    public string PathOf(RepositoryName name) => Path.Combine(FolderOf(name), LayoutFolder);

    /// <summary>What a repository was created with; null where there is no such repository.</summary>
    public RepositoryRecord? Find(RepositoryName name)
    {
        try
        {
            var bytes = File.ReadAllBytes(Path.Combine(FolderOf(name), SettingsFile));
            return JsonSerializer.Deserialize(bytes, LayoutJson.Default.RepositoryRecord);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new LadingException(
                $"Could not read {Path.Combine(FolderOf(name), SettingsFile)}",
                e.Message,
                innerException: e
            );
        }
    }

    /// <summary>Opens a repository's layout with the rules on tags that it has now.</summary>
    public ImageLayout Open(RepositoryName name) =>
        new(
            PathOf(name),
            name,
            tag => Find(name)?.Settings.IsImmutable(tag) == true,
            sibling => new BlobFolder(Path.Combine(PathOf(sibling), "blobs")),
            Directory
        );

    /// <summary>Creates a repository; false where there is one already, which is left as it is.</summary>
    public async Task<bool> CreateAsync(
        RepositoryName name,
        RepositoryRecord record,
        CancellationToken cancellationToken
    )
    {
        if (Find(name) is not null)
        {
            return false;
        }

        OwnFolder.Ignore(FolderOf(name));
        System.IO.Directory.CreateDirectory(FolderOf(name));
        using var right = await LockAsync(name, cancellationToken).ConfigureAwait(false);
        if (Find(name) is not null)
        {
            return false;
        }

        await WriteAsync(name, record, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Changes what a repository is set up with.</summary>
    /// <returns>The new record; null where there is no such repository.</returns>
    public async Task<RepositoryRecord?> ChangeAsync(
        RepositoryName name,
        Func<RepositoryRecord, RepositoryRecord> change,
        CancellationToken cancellationToken
    )
    {
        if (Find(name) is null)
        {
            return null;
        }

        using var right = await LockAsync(name, cancellationToken).ConfigureAwait(false);
        if (Find(name) is not { } record)
        {
            return null;
        }

        var changed = change(record);
        await WriteAsync(name, changed, cancellationToken).ConfigureAwait(false);
        return changed;
    }

    /// <summary>All repositories, in byte order.</summary>
    public IReadOnlyList<RepositoryName> List()
    {
        var found = new List<RepositoryName>();
        Add(Directory, "");
        found.Sort();
        return found;

        // What begins with '_' is the inside of a repository, or the store's own.
        void Add(string folder, string path)
        {
            if (!System.IO.Directory.Exists(folder))
            {
                return;
            }

            foreach (var child in new DirectoryInfo(folder).EnumerateDirectories())
            {
                var text = path.Length == 0 ? child.Name : $"{path}/{child.Name}";
                if (RepositoryName.TryParse(text, out var name))
                {
                    if (File.Exists(Path.Combine(child.FullName, SettingsFile)))
                    {
                        found.Add(name);
                    }

                    Add(child.FullName, text);
                }
            }
        }
    }

    /// <summary>Removes a repository and all that is in it.</summary>
    /// <param name="name">The repository.</param>
    /// <param name="withImages">False: it stays where it has images.</param>
    /// <param name="cancellationToken">Ends the wait for other processes.</param>
    public async Task<RepositoryDeletion> DeleteAsync(
        RepositoryName name,
        bool withImages,
        CancellationToken cancellationToken
    )
    {
        if (Find(name) is null)
        {
            return RepositoryDeletion.NotFound;
        }

        using var right = await LockAsync(name, cancellationToken).ConfigureAwait(false);
        if (Find(name) is null)
        {
            return RepositoryDeletion.NotFound;
        }

        // While nobody pushes, but for Windows, where a folder with an open file cannot be moved.
        var layout = Open(name);
        using var still =
            layout.Exists && !OperatingSystem.IsWindows()
                ? await layout.LockAsync(cancellationToken).ConfigureAwait(false)
                : null;
        var index = await layout.ReadIndexAsync(cancellationToken).ConfigureAwait(false);
        if (!withImages && index.Entries.Count > 0)
        {
            return RepositoryDeletion.NotEmpty;
        }

        // The images go in one step, before the name does: a repository that is created anew never finds old ones.
        System.IO.Directory.CreateDirectory(Uploads);
        var removed = Path.Combine(Uploads, $"deleted-{Guid.NewGuid():N}");
        if (System.IO.Directory.Exists(PathOf(name)))
        {
            System.IO.Directory.Move(PathOf(name), removed);
        }

        File.Delete(Path.Combine(FolderOf(name), SettingsFile));
        if (System.IO.Directory.Exists(removed))
        {
            System.IO.Directory.Delete(removed, recursive: true);
        }

        return RepositoryDeletion.Deleted;
    }

    private Task<FolderLock> LockAsync(RepositoryName name, CancellationToken cancellationToken) =>
        FolderLock.TakeAsync(Path.Combine(FolderOf(name), "_lock"), cancellationToken);

    private Task WriteAsync(RepositoryName name, RepositoryRecord record, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(
            Path.Combine(FolderOf(name), SettingsFile),
            JsonSerializer.SerializeToUtf8Bytes(record, LayoutJson.Default.RepositoryRecord),
            cancellationToken
        );

    private string FolderOf(RepositoryName name) => Path.Combine([Directory, .. name.Value.Split('/')]);
}
