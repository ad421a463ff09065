using System.Globalization;
using Lading.Oci;
using Lading.Running;
using Lading.Running.Evidence;

namespace Lading.Diagnosis;

/// <summary>The images that an environment runs or pins, and how they are used.</summary>
internal static class LiveImages
{
    /// <summary>The images of an environment. Children of a live index are live, and so is an index with a live child.</summary>
    /// <param name="evidence">The evidence of what runs.</param>
    public static IReadOnlyList<LiveImage> Of(EnvironmentEvidence evidence)
    {
        var status = RunningRules.Of(evidence);
        var found = status.Containers.Concat(status.Others).SelectMany(UsesOf).ToList();
        var known = evidence.Images.ToLookup(image => image.Digest);
        var children =
            from live in found
            from image in known[live.Digest]
            where image.Repository == live.Repository
            from child in image.Children ?? []
            select live with
            {
                Digest = child.Digest,
                Use = $"child of {Short(live.Digest)}, {live.Use}",
            };
        var indexes =
            from live in found
            from image in evidence.Images
            where
                image.Repository == live.Repository && image.Children?.Any(child => child.Digest == live.Digest) == true
            select live with
            {
                Digest = image.Digest,
                Use = $"index of {Short(live.Digest)}, {live.Use}",
            };
        return [.. found.Concat(children).Concat(indexes).DistinctBy(live => (live.Repository, live.Digest))];
    }

    /// <summary>A shortened digest, for messages.</summary>
    public static string Short(Digest digest) => $"{digest.Short}…";

    private static IEnumerable<LiveImage> UsesOf(ContainerVerdict verdict)
    {
        if (!ImageReference.TryParse(verdict.Reference, out var reference))
        {
            yield break;
        }

        var repository = $"{reference.Host}/{reference.Repository}";
        foreach (var running in verdict.Running)
        {
            if (running is { Digest: { } digest, Tasks: > 0 })
            {
                var tasks = running.Tasks.ToString(CultureInfo.InvariantCulture);
                yield return new LiveImage(
                    repository,
                    digest,
                    $"running, {tasks} {(running.Tasks == 1 ? "task" : "tasks")} of {verdict.Service}"
                );
            }
        }

        if (verdict.Pinned is { } pinned)
        {
            yield return new LiveImage(repository, pinned, $"pinned by {verdict.Stack ?? verdict.Service}");
        }
    }
}

/// <summary>An image in use, which must not be deleted.</summary>
/// <param name="Repository">Host and repository.</param>
/// <param name="Digest">Of its manifest or index.</param>
/// <param name="Use">Why, as part of a sentence.</param>
internal sealed record LiveImage(string Repository, Digest Digest, string Use);
