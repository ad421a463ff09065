using Lading.Processes;

namespace Lading.Engines;

/// <summary>Which engine builds.</summary>
internal static class EngineChoice
{
    /// <summary>The engines that can be named.</summary>
    public static IReadOnlyList<string> Known { get; } = ["docker", "podman", "buildah", "finch", "nerdctl"];

    /// <summary>Ensures that what was named on the command line can be started, before anything else is done: a misspelt name is reported even if nothing is built.</summary>
    /// <exception cref="LadingException">There is no such program.</exception>
    public static void RequireProgram(IReadOnlyList<(string Origin, string? Name)> names)
    {
        if (
            names.FirstOrDefault(candidate => candidate.Name is not null) is (var origin, { } name)
            && origin.StartsWith("--", StringComparison.Ordinal)
            && !Known.Contains(name, StringComparer.Ordinal)
            && ProgramPath.Find(name) is null
        )
        {
            throw LadingException.Usage(
                $"Could not build with {name}, which {origin} names",
                "the program was not found",
                $"Name one of {string.Join(", ", Known)}, or the path of one that takes Docker's arguments."
            );
        }
    }

    /// <summary>Chooses: what was named, else the first known one that answers.</summary>
    /// <param name="names">Where a name may come from, and the name given there; the first one wins: <c>--engine</c>, <c>LADING_ENGINE</c>, <c>CDK_DOCKER</c>.</param>
    /// <param name="cancellationToken">Ends the probing.</param>
    /// <exception cref="LadingException">The one that was named does not answer, or none does.</exception>
    public static async Task<Engine> ChooseAsync(
        IReadOnlyList<(string Origin, string? Name)> names,
        CancellationToken cancellationToken
    )
    {
        // What answers the CDK in Docker's place builds with one of these itself.
        var (origin, name) = names.FirstOrDefault(candidate =>
            candidate.Name is not null && Path.GetFileNameWithoutExtension(candidate.Name) != "lading-docker"
        );
        if (name is not null)
        {
            var named = Of(name);
            return await named.ProbeAsync(cancellationToken).ConfigureAwait(false) is { } answer
                ? throw new LadingException(
                    $"Could not build with {name}, which {origin} names",
                    $"it does not answer: {answer}",
                    "Start it, or name another one with --engine."
                )
                : named;
        }

        var answers = new List<string>();
        foreach (var engine in Known.Select(Of))
        {
            if (await engine.ProbeAsync(cancellationToken).ConfigureAwait(false) is not { } answer)
            {
                return engine;
            }

            answers.Add($"\n    {engine.Name}: {answer}");
        }

        throw new LadingException(
            "Could not find a container engine to build with",
            $"none answers{string.Concat(answers)}",
            "\nStart or install one of them, or name another one with --engine or LADING_ENGINE. Images with \"assemble\" need none. 'lading doctor engine' asks each of them again."
        );
    }

    /// <summary>The engine that a program name means: what is not known takes Docker's arguments.</summary>
    public static Engine Of(string program) =>
        Path.GetFileNameWithoutExtension(program) switch
        {
            "buildah" => new BuildahEngine(program),
            "podman" => new PodmanEngine(program),
            _ => new DockerEngine(program),
        };
}
