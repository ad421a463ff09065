using Lading.Git;

namespace Lading.Context;

/// <summary>Writes the files of a repository as a build sees them: git's own bytes, large files from Git LFS, and the files of submodules.</summary>
/// <param name="repository">The clone.</param>
/// <param name="objects">Its objects, including those of uncommitted files if they count.</param>
/// <param name="root">The git name of the whole repository's tree.</param>
/// <param name="scratch">A folder that need not exist.</param>
internal sealed class RepositoryFiles(GitRepository repository, ObjectReader objects, string root, string scratch)
{
    private const string Lfs = "lfs";

    /// <summary>Writes files into a folder, and removes everything else in it.</summary>
    /// <param name="prefix">The folder of the files, from the top of the repository, ending in <c>/</c>; empty for the top.</param>
    /// <param name="files">The files; paths relative to the prefix.</param>
    /// <param name="covers">Whether a file of a submodule (its path relative to the prefix) counts.</param>
    /// <param name="folder">Need not exist; files from a previous run are not written again.</param>
    /// <param name="cancellationToken">Cancels it; the folder is then incomplete.</param>
    /// <returns>The number of files that were written.</returns>
    /// <exception cref="LadingException">A file is under another filter, or something is not in this clone.</exception>
    public async Task<int> WriteAsync(
        string prefix,
        IReadOnlyList<TreeEntry> files,
        Func<string, bool> covers,
        string folder,
        CancellationToken cancellationToken
    )
    {
        CleanCheckout.RequireDistinct(files, folder);
        var large = await FindLargeAsync(prefix, files, cancellationToken).ConfigureAwait(false);
        var modules = new List<Submodule>();
        foreach (var module in files.Where(file => file.Mode == EntryMode.Submodule))
        {
            modules.Add(
                await Submodule.ReadAsync(repository, prefix, module, covers, cancellationToken).ConfigureAwait(false)
            );
        }

        try
        {
            var context = ContextFolder.Open(folder);
            List<TreeEntry> all = [.. files, .. modules.SelectMany(module => module.Files)];
            var missing = context.Prepare(all);
            var count = missing.Count(file => file.Mode is not EntryMode.Submodule);
            var own = missing.Where(file => !modules.Exists(module => module.Holds(file.Path))).ToList();
            await CleanCheckout.WriteAsync(objects, own, folder, cancellationToken).ConfigureAwait(false);
            await WriteLargeAsync(prefix, own.Where(file => large.Contains(file.Path)), folder, cancellationToken)
                .ConfigureAwait(false);
            foreach (var module in modules)
            {
                var within = missing.Where(file => module.Holds(file.Path)).ToList();
                await module
                    .WriteAsync(within, folder, Path.Combine(scratch, "module"), cancellationToken)
                    .ConfigureAwait(false);
            }

            context.Close(all);
            return count;
        }
        finally
        {
            foreach (var module in modules)
            {
                await module.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>The files in Git LFS; any other filter is refused, since its output is not in git.</summary>
    private async Task<HashSet<string>> FindLargeAsync(
        string prefix,
        IReadOnlyList<TreeEntry> files,
        CancellationToken cancellationToken
    )
    {
        var plain = files.Where(file => file.Mode is EntryMode.File or EntryMode.Executable).ToList();
        var filters = await FileFilters
            .ReadAsync(
                objects,
                root,
                plain.ConvertAll(file => prefix + file.Path),
                Path.Combine(scratch, "attributes"),
                cancellationToken
            )
            .ConfigureAwait(false);
        foreach (var (path, filter) in filters.Where(pair => pair.Value != Lfs).Take(1))
        {
            throw LadingException.Usage(
                "Could not write a build context",
                $"{path} is under the git filter '{filter}' (.gitattributes): what the filter makes of it is not in git, so it cannot count",
                "Keep the file out of the image with the ignore file, or hand it to the build as a secret."
            );
        }

        return [.. filters.Keys.Select(path => path[prefix.Length..])];
    }

    private async Task WriteLargeAsync(
        string prefix,
        IEnumerable<TreeEntry> files,
        string folder,
        CancellationToken cancellationToken
    )
    {
        LfsStore? store = null;
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Path);
            if (
                new FileInfo(path).Length < LfsPointer.MostBytes
                && LfsPointer.Find(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false))
                    is { } pointer
            )
            {
                store ??= await LfsStore.FindAsync(repository.Git, cancellationToken).ConfigureAwait(false);
                await store.WriteAsync(pointer, prefix + file.Path, path, cancellationToken).ConfigureAwait(false);
                File.SetLastWriteTimeUtc(path, CleanCheckout.FileTime);
            }
        }
    }
}
