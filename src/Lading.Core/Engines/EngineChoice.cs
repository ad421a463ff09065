using Lading.Processes;

namespace Lading.Engines;

/// <summary>Chooses the engine to build with.</summary>
internal static class EngineChoice
{
    /// <summary>The engines that can be selected.</summary>
    public static IReadOnlyList<string> Known { get; } = ["docker", "podman", "buildah", "finch", "nerdctl"];

    /// <summary>The sources of the engine's name; the first one wins.</summary>
    /// <param name="variable">Returns environment variables.</param>
    /// <param name="option">The value of <c>--engine</c>; null if it is not given.</param>
    public static IReadOnlyList<(string Origin, string? Name)> NamesIn(
        Func<string, string?> variable,
        string? option = null
    ) => [("--engine", option), ("LADING_ENGINE", variable("LADING_ENGINE")), ("CDK_DOCKER", variable("CDK_DOCKER"))];

    /// <summary>
    /// The selected engine; null if there is none. <c>lading-docker</c>, which replaces Docker for the CDK, is not one: it builds
    /// with an engine itself.
    /// </summary>
    public static (string Origin, string Program)? FindNamed(IReadOnlyList<(string Origin, string? Name)> names)
    {
        var (origin, name) = names.FirstOrDefault(candidate =>
            candidate.Name is not null && Path.GetFileNameWithoutExtension(candidate.Name) != "lading-docker"
        );
        return name is null ? null : (origin, name);
    }

    /// <summary>
    /// Ensures that the engine on the command line exists, before anything else: a misspelt name is reported even if nothing is built.
    /// </summary>
    /// <exception cref="LadingException">The program does not exist.</exception>
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

    /// <summary>Chooses the selected engine, otherwise the first known one that answers.</summary>
    /// <param name="names">The sources of a name, and the name in each; the first one wins: <c>--engine</c>, <c>LADING_ENGINE</c>,
    /// <c>CDK_DOCKER</c>.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="LadingException">The selected one does not answer, or none does.</exception>
    public static async Task<Engine> ChooseAsync(
        IReadOnlyList<(string Origin, string? Name)> names,
        CancellationToken cancellationToken
    )
    {
        if (FindNamed(names) is var (origin, name))
        {
            var named = Of(name);
            return await named.ProbeAsync(cancellationToken).ConfigureAwait(false) is { } answer
                ? throw new LadingException(
                    $"Could not build with {name}, which {origin} names",
                    $"it does not answer: {answer}",
                    $"Start it, or name another one with --engine. '{DoctorCheck.Command(DoctorCheck.Engine)}' asks it again."
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
            $"\nStart or install one of them, or name another one with --engine or LADING_ENGINE. Images with \"assemble\" need none. '{DoctorCheck.Command(DoctorCheck.Engine)}' asks each of them again."
        );
    }

    /// <summary>The engine for a program's name: an unknown program takes Docker's arguments.</summary>
    public static Engine Of(string program) =>
        Path.GetFileNameWithoutExtension(program) switch
        {
            "buildah" => new BuildahEngine(program),
            "podman" => new PodmanEngine(program),
            _ => new DockerEngine(program),
        };
}
