using System.Text.Json;
using Lading.Locks;
using Lading.Retention.Evidence;
using Lading.Running.Evidence;

namespace Lading.Retention.Gathering;

/// <summary>What the locks of a project pin, in each working tree. They name images by digest, whichever registry has them.</summary>
/// <param name="project">The folder of <c>lading.json</c>.</param>
/// <param name="host">The registry that a lock holds if it cannot be read.</param>
/// <param name="named">Where the caller says that locks are (<c>LADING_LOCK</c>); null for nowhere.</param>
internal sealed class LockUses(string project, string host, string? named = null)
{
    /// <summary>Reads them.</summary>
    /// <param name="folders">The project's folder in each working tree.</param>
    /// <param name="now">The time that goes with what was read.</param>
    public (GatheredUses Found, int Number) Read(IEnumerable<string> folders, DateTimeOffset now)
    {
        var uses = new List<ImageUse>();
        var holds = new List<RepositoryHold>();
        var number = 0;
        foreach (var folder in folders.Append(project).Distinct(StringComparer.Ordinal))
        {
            foreach (var path in PathsIn(folder))
            {
                number++;
                var shown = Path.GetRelativePath(project, path);
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

        return (new GatheredUses(uses, holds), number);
    }

    /// <summary>Where locks are as a rule, where the app's <c>lading:lock</c> says, and where the caller does.</summary>
    private IEnumerable<string> PathsIn(string folder)
    {
        var locations = new[] { null, LockOf(folder), named }
            .Distinct(StringComparer.Ordinal)
            .Select(each => LockLocation.Of(folder, folder, each));
        return locations
            .SelectMany(location =>
                location.File is { } file
                    ? File.Exists(file)
                        ? [file]
                        : []
                    : location.Environments().Select(location.For)
            )
            .Distinct(StringComparer.Ordinal);
    }

    private static string? LockOf(string folder)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cdk.json")));
            return document.RootElement.FindText("context", "lading:lock");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
