using Lading.Oci;

namespace Lading.Context.Dockerfiles;

/// <summary>The lines of a Dockerfile that a target does not need.</summary>
internal static class UnreachedLines
{
    /// <summary>The instructions of stages that no platform reaches, without their <c>FROM</c>.</summary>
    /// <returns>First and last lines, from 1.</returns>
    /// <exception cref="FormatException">There is no such target, or a quote or a brace does not end.</exception>
    public static IReadOnlyList<(int First, int Last)> Of(
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
        var reached = platforms
            .SelectMany(platform =>
                StageGraph
                    .From(dockerfile, stage, GlobalArguments.Of(dockerfile, target, args, platform), contexts)
                    .Stages
            )
            .ToHashSet();
        return
        [
            .. dockerfile
                .Stages.Where(one => !reached.Contains(one.Index) && one.Instructions.Count > 0)
                .Select(one =>
                    (
                        one.Instructions[0].Line,
                        one.Index + 1 < dockerfile.Stages.Count
                            ? dockerfile.Stages[one.Index + 1].Line - 1
                            : int.MaxValue
                    )
                ),
        ];
    }
}
