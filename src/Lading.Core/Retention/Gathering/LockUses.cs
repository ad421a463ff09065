using System.Text.Json;
using Lading.Locks;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>The pins of a project's locks in each working tree. Pins name images by digest, in any registry.</summary>
/// <param name="project">The folder of <c>lading.json</c>.</param>
/// <param name="host">The registry to hold if a lock cannot be read.</param>
/// <param name="named">Other locations of locks: files, or folders.</param>
internal sealed class LockUses(string project, string host, IReadOnlyList<string> named)
{
    /// <summary>Reads the locks.</summary>
    /// <param name="folders">The project's folder in each working tree.</param>
    /// <param name="now">The time of the evidence.</param>
    public FoundLocks Read(IEnumerable<string> folders, DateTimeOffset now)
    {
        var uses = new List<ImageUse>();
        var holds = new List<RepositoryHold>();
        var locations = new List<string>();
        foreach (var folder in folders.Append(project).Distinct(StringComparer.Ordinal))
        {
            foreach (var (location, path) in PathsIn(folder))
            {
                locations.Add(location ?? "");
                var shown = SlashPath.From(project, path);
                var origin = new FactOrigin("lock", shown, now);
                try
                {
                    uses.AddRange(
                        (LockFile.Find(path)?.Images.Values ?? []).Select(image => new ImageUse(
                            UseKind.Lock,
                            new UsedImage(null, null, image.Digest),
                            $"pinned in {shown}",
                            origin
                        ))
                    );
                }
                catch (LadingException e)
                {
                    var reason = $"the lock {shown} cannot be read: {e.CameBack}";
                    holds.Add(new RepositoryHold(host, null, reason, e.Remedy, origin) { Subject = $"lock {shown}" });
                }
            }
        }

        return new FoundLocks(uses, holds, locations);
    }

    /// <summary>The default location, the one in the app's <c>lading:lock</c>, and other named ones.</summary>
    private IEnumerable<(string? Location, string Path)> PathsIn(string folder) =>
        new[] { null, LockOf(folder) }
            .Concat(named)
            .Distinct(StringComparer.Ordinal)
            .SelectMany(each => PathsIn(LockLocation.Of(folder, folder, each)).Select(path => (each, path)));

    private static IEnumerable<string> PathsIn(LockLocation location) =>
        location.File is { } file
            ? File.Exists(file)
                ? [file]
                : []
            : location.Environments().Select(location.For);

    private static string? LockOf(string folder)
    {
        try
        {
            using var document = LenientJson.Parse(File.ReadAllBytes(Path.Combine(folder, "cdk.json")));
            return document.RootElement.FindText("context", "lading:lock");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
