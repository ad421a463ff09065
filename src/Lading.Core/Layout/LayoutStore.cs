using System.Text.Json;
using Lading.Context;
using Lading.Oci;

namespace Lading.Layout;

/// <summary>
/// A folder of image layouts: the repositories of the embedded registry. The layout of <c>storefront/web</c> is at
/// <c>storefront/web/_layout</c>; no part of a repository's name begins with <c>_</c>, so a repository may be below another.
/// </summary>
/// <param name="directory">The folder.</param>
/// <param name="disk">Its disk; null for the system's.</param>
internal sealed class LayoutStore(string directory, IDisk? disk = null)
{
    private const string LayoutFolder = "_layout";
    private const string SettingsFile = "_repository.json";
    private const string LockFile = "_lock";
    private const string UploadsFolder = "_uploads";

    public string Directory { get; } = directory;

    public IDisk Disk { get; } = disk ?? SystemDisk.Instance;

    /// <summary>The recently used indexes of its layouts.</summary>
    public IndexCache Indexes { get; } = new();

    /// <summary>The folder of uploads in progress.</summary>
    public string Uploads => Path.Combine(Directory, UploadsFolder);

    /// <summary>The folder of a repository's layout, for other programs to read.</summary>
    public string PathOf(RepositoryName name) => Path.Combine(FolderOf(name), LayoutFolder);

    /// <summary>Creates the folder if it does not exist.</summary>
    /// <param name="inside">An internal folder to create in it; null for none.</param>
    /// <exception cref="LadingException">It cannot be created, or a link inside it leads elsewhere.</exception>
    public void Prepare(string? inside = null)
    {
        try
        {
            OwnFolder.Ignore(Directory);
            System.IO.Directory.CreateDirectory(Directory);
            if (inside is not null)
            {
                StoreLinks.Refuse(Directory, [inside]);
                System.IO.Directory.CreateDirectory(Path.Combine(Directory, inside));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LadingException.Usage(
                $"Could not create the folder {Directory}",
                e.Message.TrimEnd('.'),
                "The store is a folder that you may write in; a missing one is created."
            );
        }

        StoreLinks.Refuse(Directory, [UploadsFolder]);
    }

    /// <summary>The settings of a repository; null if it does not exist.</summary>
    /// <exception cref="LadingException">Its file cannot be parsed, or is reached through a link.</exception>
    public RepositoryRecord? Find(RepositoryName name)
    {
        StoreLinks.Refuse(Directory, PartsOf(name), SettingsFile, LockFile);
        try
        {
            var bytes = File.ReadAllBytes(Path.Combine(FolderOf(name), SettingsFile));
            return JsonSerializer.Deserialize(bytes, LayoutJson.Default.RepositoryRecord)
                ?? throw new JsonException("It is null");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new LadingException(
                $"Could not read {Path.Combine(FolderOf(name), SettingsFile)}",
                JsonFault.Of(e),
                "Restore the file; or remove the repository's folder, and push its images again.",
                innerException: e
            );
        }
    }

    /// <summary>Opens a repository's layout with its current rules on tags.</summary>
    /// <exception cref="LadingException">It is reached through a link inside the store.</exception>
    public ImageLayout Open(RepositoryName name)
    {
        StoreLinks.Refuse(Directory, [.. PartsOf(name), LayoutFolder], ImageLayout.Insides);
        return new ImageLayout(PathOf(name), name, tag => Find(name)?.Settings.IsImmutable(tag) == true, this);
    }

    /// <summary>Opens a repository's layout; null if it is reached through a link.</summary>
    public ImageLayout? TryOpen(RepositoryName name)
    {
        try
        {
            return Open(name);
        }
        catch (LadingException)
        {
            return null;
        }
    }

    /// <summary>Creates a repository; false if it exists already, and is unchanged.</summary>
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
        using var repositoryLock = await LockAsync(name, cancellationToken).ConfigureAwait(false);
        if (Find(name) is not null)
        {
            return false;
        }

        await WriteAsync(name, record, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Changes the settings of a repository.</summary>
    /// <returns>The new record; null if the repository does not exist.</returns>
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

        using var repositoryLock = await LockAsync(name, cancellationToken).ConfigureAwait(false);
        if (Find(name) is not { } record)
        {
            return null;
        }

        var changed = change(record);
        await WriteAsync(name, changed, cancellationToken).ConfigureAwait(false);
        return changed;
    }

    /// <summary>All repositories, in byte order.</summary>
    public IReadOnlyList<RepositoryName> List(CancellationToken cancellationToken) =>
        [
            .. StoreFolders
                .Walk(Directory, cancellationToken)
                .Where(folder => File.Exists(Path.Combine(folder.Path, SettingsFile)))
                .Select(folder => folder.Name)
                .Order(),
        ];

    /// <summary>Removes a repository with everything in it.</summary>
    /// <param name="name">The repository.</param>
    /// <param name="withImages">If false, a repository with images stays.</param>
    /// <param name="cancellationToken">Cancels the wait for other processes.</param>
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

        using var repositoryLock = await LockAsync(name, cancellationToken).ConfigureAwait(false);
        if (Find(name) is null)
        {
            return RepositoryDeletion.NotFound;
        }

        // Under the layout's lock, so that nobody pushes; except on Windows, where a folder with an open file cannot be
        // moved.
        var layout = Open(name);
        using var layoutLock =
            layout.Exists && !OperatingSystem.IsWindows()
                ? await layout.LockAsync(cancellationToken).ConfigureAwait(false)
                : null;
        var index = await layout.ReadIndexAsync(cancellationToken).ConfigureAwait(false);
        if (!withImages && index.Entries.Count > 0)
        {
            return RepositoryDeletion.NotEmpty;
        }

        // The images are removed in one step, before the name: a repository that is created again never has old ones.
        StoreLinks.Refuse(Directory, [UploadsFolder]);
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
        FolderLock.TakeAsync(Path.Combine(FolderOf(name), LockFile), cancellationToken);

    private Task WriteAsync(RepositoryName name, RepositoryRecord record, CancellationToken cancellationToken)
    {
        DurableFile.ClearTemporaries(FolderOf(name));
        return DurableFile.WriteAsync(
            Disk,
            Path.Combine(FolderOf(name), SettingsFile),
            JsonSerializer.SerializeToUtf8Bytes(record, LayoutJson.Default.RepositoryRecord),
            cancellationToken
        );
    }

    private string FolderOf(RepositoryName name) => Path.Combine([Directory, .. PartsOf(name)]);

    private static string[] PartsOf(RepositoryName name) => name.Value.Split('/');
}

/// <summary>The result of deleting a repository.</summary>
internal enum RepositoryDeletion
{
    Deleted,
    NotFound,
    NotEmpty,
}
