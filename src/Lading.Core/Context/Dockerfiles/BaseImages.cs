using Lading.Git;
using Lading.Oci;

namespace Lading.Context.Dockerfiles;

/// <summary>The base images of a build: those that it starts from (<c>FROM</c>) or copies from (<c>--from</c>).</summary>
internal static class BaseImages
{
    /// <summary>The references of all base images that a target reaches, in byte order, without duplicates.</summary>
    /// <param name="dockerfile">The Dockerfile.</param>
    /// <param name="target">The stage to build; null for the last.</param>
    /// <param name="args">Build arguments.</param>
    /// <param name="platforms">The platforms that are built: <c>FROM</c> may depend on them.</param>
    /// <param name="contexts">Named build contexts, which replace images of their name.</param>
    /// <returns>With variables replaced, unless only the engine knows one.</returns>
    /// <exception cref="FormatException">There is no such target, or a quote or a brace does not end.</exception>
    public static IReadOnlyList<string> ReachedBy(
        Dockerfile dockerfile,
        string? target,
        IReadOnlyDictionary<string, string> args,
        IReadOnlyList<Platform> platforms,
        IReadOnlyDictionary<string, string> contexts
    )
    {
        if (dockerfile.Stages.Count == 0)
        {
            return [];
        }

        var stage = dockerfile.GetTarget(target);
        var references = new SortedSet<string>(ByteOrder.Comparer);
        foreach (var platform in platforms)
        {
            var values = GlobalArguments.Of(dockerfile, target, args, platform);
            references.UnionWith(StageGraph.From(dockerfile, stage, values, contexts).References.Keys);
        }

        return [.. references];
    }
}
