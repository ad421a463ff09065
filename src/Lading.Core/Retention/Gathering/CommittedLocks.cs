using System.Text.Json;
using Lading.Git;
using Lading.Locks;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>
/// Locks that a team keeps in git: where <c>lading:lock</c> in a commit's <c>cdk.json</c> says, or whoever runs this, in the trees
/// of commits.
/// </summary>
/// <param name="prefix">The project's folder from the top of the repository, ending in <c>/</c>; empty at the top.</param>
/// <param name="named">Where the caller says that locks are (<c>LADING_LOCK</c>); null for nowhere.</param>
/// <param name="environments">The names of the environments, of which a folder has a lock each.</param>
/// <param name="host">The registry that a lock holds if it cannot be read.</param>
internal sealed class CommittedLocks(string prefix, string? named, IReadOnlyList<string> environments, string host)
{
    /// <summary>Reads them.</summary>
    /// <param name="git">The program, in the clone that has the commits.</param>
    /// <param name="commits">The commits.</param>
    /// <param name="now">The time that goes with what was read.</param>
    /// <param name="cancellationToken">Ends git.</param>
    public async Task<GatheredUses> ReadAsync(
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
            var apps = await objects
                .FindAllAsync([.. wanted.Select(commit => $"{commit.Name}:{prefix}cdk.json")], cancellationToken)
                .ConfigureAwait(false);
            var paths = wanted
                .Zip(apps)
                .SelectMany(pair =>
                    new[] { LockOf(pair.Second), named }
                        .OfType<string>()
                        .SelectMany(FilesOf)
                        .Distinct(StringComparer.Ordinal)
                        .Select(path => (Commit: pair.First, Path: path))
                )
                .ToList();
            var found = await objects
                .FindAllAsync([.. paths.Select(each => $"{each.Commit.Name}:{prefix}{each.Path}")], cancellationToken)
                .ConfigureAwait(false);
            var uses = new List<ImageUse>();
            var holds = new List<RepositoryHold>();
            foreach (var (lockFile, content) in paths.Zip(found).DistinctBy(pair => (pair.First.Path, pair.Second?.Id)))
            {
                Add(lockFile.Commit, lockFile.Path, content, now, uses, holds);
            }

            return new GatheredUses(uses, holds);
        }
    }

    private void Add(
        WantedCommit commit,
        string path,
        GitObject? content,
        DateTimeOffset now,
        List<ImageUse> uses,
        List<RepositoryHold> holds
    )
    {
        if (content is not { Type: "blob" })
        {
            return;
        }

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

    /// <summary>A file, or one for each environment in a folder; what lies outside of the project's folder is not in its trees.</summary>
    private IEnumerable<string> FilesOf(string location)
    {
        var path = location.Replace('\\', '/').TrimEnd('/');
        path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        return Path.IsPathRooted(path) || path.Split('/').Contains("..", StringComparer.Ordinal) ? []
            : path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? [path]
            : environments.Select(name => LockPath.In(path, name).Replace('\\', '/'));
    }

    private static string? LockOf(GitObject? app)
    {
        try
        {
            using var document = app is { Type: "blob" } ? JsonDocument.Parse(app.Content) : null;
            return document?.RootElement.FindText("context", "lading:lock");
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
