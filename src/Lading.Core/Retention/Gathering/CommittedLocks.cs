using System.Text.Json;
using Lading.Context;
using Lading.Git;
using Lading.Locks;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>
/// Locks in the trees of commits: in the default location, in those that <c>lading:lock</c> in a commit's
/// <c>cdk.json</c> or <c>retention.locks</c> in its <c>lading.json</c> name, and in other named locations.
/// </summary>
/// <param name="prefix">The project's folder from the top of the repository, ending in <c>/</c>; empty at the top.</param>
/// <param name="named">Other locations of locks: files, or folders.</param>
/// <param name="environments">The names of the environments; a folder has a lock for each.</param>
/// <param name="host">The registry to hold if a lock cannot be read.</param>
internal sealed class CommittedLocks(
    string prefix,
    IReadOnlyList<string> named,
    IReadOnlyList<string> environments,
    string host
)
{
    /// <summary>Reads the locks of commits.</summary>
    /// <param name="git">The program, in the clone that has the commits.</param>
    /// <param name="commits">The commits.</param>
    /// <param name="now">The time of the evidence.</param>
    /// <param name="cancellationToken">Cancels it and ends git.</param>
    public async Task<FoundLocks> ReadAsync(
        GitProgram git,
        IReadOnlyList<WantedCommit> commits,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var objects = ObjectReader.Start(git);
        await using (objects.ConfigureAwait(false))
        {
            var wanted = commits.DistinctBy(commit => commit.Name, StringComparer.Ordinal).ToList();
            var apps = await FindAllAsync(objects, wanted, "cdk.json", cancellationToken).ConfigureAwait(false);
            var configurations = await FindAllAsync(objects, wanted, OwnFiles.Configuration, cancellationToken)
                .ConfigureAwait(false);
            var files = wanted
                .SelectMany(
                    (commit, i) =>
                        LocksOf(apps[i], "context", "lading:lock")
                            .Prepend(LockPath.Folder)
                            .Concat(LocksOf(configurations[i], "retention", "locks"))
                            .Concat(named)
                            .Distinct(StringComparer.Ordinal)
                            .SelectMany(location => FilesOf(location).Select(path => (commit, location, path)))
                )
                .ToList();
            var found = await objects
                .FindAllAsync([.. files.Select(file => $"{file.commit.Name}:{file.path}")], cancellationToken)
                .ConfigureAwait(false);
            var locks = files.Zip(found).Where(pair => pair.Second is { Type: "blob" }).ToList();
            var uses = new List<ImageUse>();
            var holds = new List<RepositoryHold>();
            foreach (var (file, content) in locks.DistinctBy(pair => (pair.First.path, pair.Second!.Id)))
            {
                Add(file.commit, file.path, content!, now, uses, holds);
            }

            return new FoundLocks(uses, holds, [.. locks.Select(pair => pair.First.location)]);
        }
    }

    private async Task<IReadOnlyList<GitObject?>> FindAllAsync(
        ObjectReader objects,
        IReadOnlyList<WantedCommit> commits,
        string file,
        CancellationToken cancellationToken
    ) =>
        await objects
            .FindAllAsync([.. commits.Select(commit => $"{commit.Name}:{prefix}{file}")], cancellationToken)
            .ConfigureAwait(false);

    private void Add(
        WantedCommit commit,
        string path,
        GitObject content,
        DateTimeOffset now,
        List<ImageUse> uses,
        List<RepositoryHold> holds
    )
    {
        var origin = new FactOrigin("lock", path, now);
        try
        {
            uses.AddRange(
                LockReader
                    .Parse(content.Content, path)
                    .Images.Values.Select(image => new ImageUse(
                        UseKind.Lock,
                        new UsedImage(null, null, image.Digest),
                        $"pinned in {path} at {commit.Reason}",
                        origin
                    ))
            );
        }
        catch (LadingException e)
        {
            var reason = $"the lock {path} at {commit.Reason} cannot be read: {e.CameBack}";
            holds.Add(new RepositoryHold(host, null, reason, e.Remedy, origin) { Subject = $"lock {path}" });
        }
    }

    /// <summary>
    /// The paths of a location from the top of the repository: a file, or one for each environment in a folder; none if
    /// it is outside.
    /// </summary>
    private IEnumerable<string> FilesOf(string location)
    {
        var fromProject = location.Replace('\\', '/');
        var path = CleanPath.Of(prefix + fromProject);
        var isOutside =
            Path.IsPathRooted(fromProject) || path == ".." || path.StartsWith("../", StringComparison.Ordinal);
        return isOutside ? []
            : path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? [path]
            : environments.Select(name => CleanPath.Of(LockPath.In(path, name).Replace('\\', '/')));
    }

    /// <summary>
    /// The string, or the strings, of a member; empty if there is none. A syntax error is reported by the reader of the whole file.
    /// </summary>
    private static IReadOnlyList<string> LocksOf(GitObject? file, string group, string member)
    {
        try
        {
            using var document = file is { Type: "blob" } ? LenientJson.Parse(file.Content) : null;
            return document is not null && JsonMembers.TryGet(document.RootElement, out var found, group, member)
                ? [.. JsonMembers.TextsOf(found)]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
